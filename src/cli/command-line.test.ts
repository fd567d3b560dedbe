import { describe, expect, it } from 'vitest';
import { ENGINES } from '../shared/recognition';
import { parseCommandLine } from './command-line';

describe('command line', () => {
  it('reads sources and options in any order', () => {
    expect(
      parseCommandLine([
        'process',
        'a.jpg',
        '--engine',
        'local',
        'https://x.example/b.jpg',
        '--full-numbers',
        '--json',
        'o',
      ]),
    ).toMatchObject({
      ok: true,
      value: {
        sources: ['a.jpg', 'https://x.example/b.jpg'],
        engine: 'local',
        jsonFile: 'o',
        fullNumbers: true,
      },
    });
  });

  it.each([
    [['process'], 'Expected a path or a link'],
    [['a.jpg'], 'Expected the command "process"'],
    [
      ['process', 'a.jpg', '--engine', 'cloud'],
      `Expected ${ENGINES.join(' or ')} for --engine but received cloud`,
    ],
    [['process', ''], 'Expected a value for path or link but received an empty one'],
    [['process', 'a.jpg', '--json', ''], 'Expected a value for json but received an empty one'],
    [['process', 'a.jpg', '--profile='], 'Expected a value for profile but received an empty one'],
    [
      ['process', 'a.jpg', '--json', 'o', '--export', './o'],
      'Expected two files for --json and --export but received one',
    ],
    [['process', 'a.jpg', '--what'], expect.stringContaining('--what')],
  ])('%j is refused and says what was expected', (words, message) => {
    expect(parseCommandLine(words)).toMatchObject({ ok: false, error: { params: { message } } });
  });
});
