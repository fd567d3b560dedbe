/** `npm run torture [-- --kills N] [--seed S]`: prints the tables of what kills and signals did to a queue at work. */
import { parseArgs } from 'node:util';
import { torture } from './kills';
import { tortureBySignal } from './signals';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed))
  throw new Error('Expected whole numbers: --kills N --seed S');
const table = await torture(kills, seed);
process.stdout.write(`seed ${seed}\n`);
for (const [name, value] of Object.entries(table)) process.stdout.write(`${name.padEnd(20)} ${value}\n`);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  const counts = await tortureBySignal(signal, Math.ceil(kills / 10), seed);
  const words = Object.entries(counts).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`${signal.padEnd(20)} ${words.join(', ')}\n`);
}
