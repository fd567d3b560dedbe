/** The ways in which pictures come to the desk. */
import type { Material } from '../../../core/intake/intake';
import { linksIn } from '../../../core/intake/links';
import type { Output } from '../../../shared/ipc';
import { fail, ok } from '../../../shared/result';
import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function intakeHandlers({ shell, opened, desk }: HandlerTools) {
  const take = (material: Material) => desk().intake.take(shell.batchName(), material);

  async function takeChosen(choose: () => Promise<readonly string[]>): Promise<Output<'intake:chooseFiles'>> {
    opened();
    const paths = await choose();
    return ok(paths.length === 0 ? undefined : await take({ paths }));
  }

  return {
    'intake:chooseFiles': () => takeChosen(shell.chooseFiles),
    'intake:chooseFolder': () => takeChosen(shell.chooseFolder),
    async 'intake:paste'() {
      opened();
      const material = await shell.readClipboard();
      return material ? ok(await take(material)) : fail('intake.nothingToPaste');
    },
    async 'intake:links'({ text }) {
      opened();
      const found = linksIn(text);
      if (!found.ok) return found;
      const { links, left, wrong } = found.value;
      return ok({ batchId: await take({ links }), left, wrong });
    },
    async 'intake:drop'({ token }) {
      opened();
      const paths = shell.droppedPaths(token);
      return paths ? ok(await take({ paths })) : fail('intake.nothingDropped');
    },
    async 'intake:specimens'() {
      opened();
      return ok(await take({ paths: await shell.specimens() }));
    },
    'intake:cancel'({ batchId }) {
      desk().intake.cancel(batchId);
      return ok(true);
    },
  } satisfies Partial<Handlers>;
}
