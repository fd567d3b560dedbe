/** What was decided, line by line. */
import type { DecisionStore } from '../../core/review/ports';
import type { Rows } from './rows';
import { stored } from './tables';

export function createDecisionStore({ decisions }: Rows): DecisionStore {
  return {
    addDecisions(lines) {
      for (const line of lines) {
        const id = decisions.next();
        decisions.put(id, { id, line: stored(line), undone: false });
      }
    },
    *decisions(batchId) {
      for (const { line, undone } of decisions.rows()) {
        if (!undone && (batchId === undefined || line.batchId === batchId)) yield line;
      }
    },
  };
}
