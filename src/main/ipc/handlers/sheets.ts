/** Sheets of cards and of the report: where to is asked first, then they are written. */
import { reportName, sheetName } from '../../../core/export/names';
import { ok } from '../../../shared/result';
import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function sheetHandlers({ shell, opened, desk }: HandlerTools) {
  let writing: AbortController | undefined;

  return {
    async 'sheet:export'(request) {
      opened();
      const target = await shell.chooseSheet(sheetName(shell.batchName()));
      if (target === undefined) return ok(undefined);
      writing = new AbortController();
      const done = await desk().exportSheet(target, request, writing.signal, shell.sheetProgress);
      writing = undefined;
      return done.ok ? ok({ rows: done.value.rows, name: shell.sheetWritten(target) }) : done;
    },
    'sheet:cancel'() {
      writing?.abort();
      return true;
    },
    'sheet:show'() {
      shell.showSheet();
      return true;
    },
    async 'report:export'({ batchId, language }) {
      opened();
      const target = await shell.chooseSheet(reportName(shell.batchName(), language));
      if (target === undefined) return ok(undefined);
      const done = await desk().exportReport(target, batchId, language);
      return done.ok ? ok({ name: shell.sheetWritten(target) }) : done;
    },
  } satisfies Partial<Handlers>;
}
