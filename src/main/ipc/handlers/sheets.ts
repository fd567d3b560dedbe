/** Sheets of cards and of the report: where to is asked first, then they are written. */
import { anotherName, reportName, sheetName } from '../../../core/export/names';
import { ok } from '../../../shared/result';
import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function sheetHandlers({ shell, opened, desk }: HandlerTools) {
  let writing: AbortController | undefined;
  let inUse: string | undefined;

  /** A file that another program holds open is not proposed again, but one beside it. */
  const choose = (name: string) => shell.chooseSheet(inUse === undefined ? name : anotherName(inUse));

  function heard<Done extends { readonly ok: boolean }>(target: string, done: Done): Done {
    const { error } = done as { readonly error?: { readonly code: string } };
    inUse = error?.code === 'sheet.inUse' ? target : undefined;
    return done;
  }

  return {
    async 'sheet:export'(request) {
      opened();
      const target = await choose(sheetName(shell.batchName()));
      if (target === undefined) return ok(undefined);
      writing = new AbortController();
      const { signal } = writing;
      const done = heard(target, await desk().exportSheet(target, request, signal, shell.sheetProgress));
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
      const target = await choose(reportName(shell.batchName(), language));
      if (target === undefined) return ok(undefined);
      const done = heard(target, await desk().exportReport(target, batchId, language));
      return done.ok ? ok({ name: shell.sheetWritten(target) }) : done;
    },
  } satisfies Partial<Handlers>;
}
