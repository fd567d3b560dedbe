/** Where a sheet goes in the window: a place that will not do is said before anything, and a file that is open is not proposed again. */
import { describe, expect, it } from 'vitest';
import { answer } from '../../src/main/ipc/answer';
import { createHandlers } from '../../src/main/ipc/handlers';
import type { Shell } from '../../src/main/ipc/shell';
import { fail, ok } from '../../src/shared/result';
import { EXAMPLES } from '../contract/examples';
import { desksOfEachTest } from '../helpers/desks';

const desk = desksOfEachTest();

function window(results: readonly unknown[]) {
  const test = desk();
  const left = [...results];
  const proposed: string[] = [];
  const opened = {
    ...test.desk,
    exportSheet: async () => left.shift(),
    exportReport: async () => left.shift(),
  };
  const shell = {
    composition: () => ({ desk: opened }),
    batchName: () => 'noon',
    async chooseSheet(name: string) {
      proposed.push(name);
      return name.startsWith('/') ? name : `/out/${name}`;
    },
    sheetProgress: () => undefined,
    sheetWritten: (file: string) => file,
  } as unknown as Shell;
  const handlers = createHandlers(shell);
  const call = (name: 'sheet:export' | 'report:export') =>
    answer(name, EXAMPLES[name], handlers, () => undefined);
  return { call, proposed };
}

describe('the place of a sheet', () => {
  it.each(['sheet:export', 'report:export'] as const)(
    '%s: proposes another name beside a file that is open, until one was written',
    async (name) => {
      const inUse = fail('sheet.inUse');
      const { call, proposed } = window([inUse, inUse, ok({ rows: 1 }), ok({ rows: 1 })]);
      expect(await call(name)).toMatchObject({ answered: { error: { code: 'sheet.inUse' } } });
      for (let time = 0; time < 3; time++) await call(name);
      const [first = '', ...others] = proposed;
      const stem = `/out/${first.replace('.xlsx', '')}`;
      expect(others).toEqual([`${stem} (2).xlsx`, `${stem} (3).xlsx`, first]);
    },
  );

  it('that is not there is no reason for another name', async () => {
    const { call, proposed } = window([fail('sheet.noPlace'), ok({ rows: 1 })]);
    await call('sheet:export');
    await call('sheet:export');
    expect(proposed[1]).toBe(proposed[0]);
  });
});
