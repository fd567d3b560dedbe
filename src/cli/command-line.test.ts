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
        '--rate',
        '3',
        '--region',
        'ap-beijing',
        '--full-numbers',
        '--json',
        'o',
      ]),
    ).toMatchObject({
      ok: true,
      value: {
        sources: ['a.jpg', 'https://x.example/b.jpg'],
        engine: 'local',
        rate: 3,
        region: 'ap-beijing',
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
    [['process', 'a.jpg', '--rate', '0'], 'Expected 1 to 10 for --rate but received 0'],
    [['process', 'a.jpg', '--rate', '11'], 'Expected 1 to 10 for --rate but received 11'],
    [['process', 'a.jpg', '--rate', '2.5'], 'Expected 1 to 10 for --rate but received 2.5'],
    [
      ['process', 'a.jpg', '--region', 'mars'],
      expect.stringMatching(/^Expected one of ap-guangzhou, .* for --region but received mars$/),
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
