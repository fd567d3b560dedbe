import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptPlace } from './kept-place';

describe.skipIf(process.platform === 'darwin')('where a run is kept', () => {
  const name = process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME';
  const place = (folder: string | undefined) => keptPlace({ [name]: folder }, 0);

  it('is where the system says', () => {
    const folder = path.join(os.tmpdir(), 'state');
    expect(path.dirname(place(folder))).toBe(path.join(folder, 'cardproof'));
  });

  it.each([undefined, '', 'state', './state', '..'])(
    'is below the home where the system says %j',
    (folder) => {
      expect(place(folder).startsWith(os.homedir() + path.sep)).toBe(true);
    },
  );
});
