/** axe-core over every screen of the built application, in both languages and both looks. */
import { removeFolder, startApplication } from '../../e2e/application';
import { violationsOf } from '../../e2e/axe';
import { LOOKS, walkDesk, walkPeople } from '../../e2e/screens';
import { LONGEST_WAIT_MS } from '../patience';
import { electron } from './electron';

/** One in Chinese and dark, one in English and light. */
const BOTH = LOOKS.slice(0, 2);

export async function countViolations(): Promise<number> {
  let violations = 0;
  for (const walk of [walkDesk, walkPeople]) {
    const running = await startApplication({ electron: electron(), waitMs: LONGEST_WAIT_MS });
    try {
      await walk(running, BOTH, async (screen) => {
        const found = await violationsOf(running.page);
        for (const one of found) process.stderr.write(`  ${screen}: ${one}\n`);
        violations += found.length;
      });
    } finally {
      await running.app.close();
      removeFolder(running.userData);
    }
  }
  return violations;
}
