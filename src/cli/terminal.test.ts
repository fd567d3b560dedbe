import { describe, expect, it } from 'vitest';
import { createTerminal } from './terminal';

function written(text: string, live = false): { readonly said: string; readonly over: string } {
  let out = '';
  const terminal = createTerminal((more) => (out += more), live);
  terminal.say(text);
  const said = out;
  terminal.sayOver(text);
  return { said, over: out.slice(said.length) };
}

describe('terminal', () => {
  it.each([
    ['kept in /a/6222020011223344', 'kept in /a/622202••••••3344'],
    ['received 6222 0200 1122 3344', 'received 6222 02•• •••• 3344'],
    ['/a/\u001b[31mred\u0007.xlsx', '/a/\ufffd[31mred\ufffd.xlsx'],
    ['3 of 4\n', '3 of 4\n'],
  ])('says %j without a whole number and without control characters', (text, shown) => {
    expect(written(text).said).toBe(shown);
    expect(written(text).over).toBe(`${shown}\n`);
  });

  it('writes over the last line where it can', () => {
    expect(written('3 of 4\u001b[2A', true).over).toBe('\r\u001b[2K3 of 4\ufffd[2A');
  });
});
