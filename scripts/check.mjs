/** `npm run check`: format, lint, types of each folder, dependency rules, unused code. */
import { availableParallelism } from 'node:os';
import { bin } from './lib/build.mjs';
import { root } from './lib/places.mjs';
import { main, run, say } from './lib/say.mjs';

const cache = 'node_modules/.cache/cardproof';
const types = (folder, tool = 'tsc') => [
  `types ${folder}`,
  tool,
  [
    '-p',
    folder,
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    `${cache}/${folder.replaceAll('/', '-')}.tsbuildinfo`,
  ],
];
/** The longest first, so that none is left alone at the end. */
const CHECKS = [
  ['lint with types', 'oxlint', ['--max-warnings', '0', 'src', 'test', 'tools', 'scripts']],
  types('src/renderer', 'vue-tsc'),
  types('src/demo', 'vue-tsc'),
  types('test'),
  types('src/main'),
  ['dependency rules', 'depcruise', ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  ['unused code', 'knip', []],
  types('src/adapters'),
  types('src/emulator'),
  types('src/cli'),
  types('src/core'),
  types('src/shared'),
  types('src/preload'),
  [
    'format',
    'prettier',
    ['--check', '--log-level', 'warn', '--cache', '--cache-location', `${cache}/prettier`, '.'],
  ],
];

export async function check() {
  const started = Date.now();
  const waiting = [...CHECKS];
  const failed = [];
  async function worker() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [title, tool, args] = next;
      const { code, output } = await run(bin(tool), args, {
        cwd: root,
        quiet: true,
        shell: process.platform === 'win32',
      });
      if (code === 0) continue;
      failed.push(title);
      say(`✗ ${title}\n${output}`);
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(
    failed.length === 0
      ? `▸ ${CHECKS.length} checks passed in ${seconds} s`
      : `✗ failed: ${failed.join(', ')}`,
  );
  return failed.length === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('check.mjs')) await main(check);
