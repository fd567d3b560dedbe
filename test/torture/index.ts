/** `npm run torture [-- --kills N] [--seed S]`: prints the table of what kills did to a queue at work. */
import { parseArgs } from 'node:util';
import { torture } from './kills';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed))
  throw new Error('Expected whole numbers: --kills N --seed S');
const table = await torture(kills, seed);
process.stdout.write(`seed ${seed}\n`);
for (const [name, value] of Object.entries(table)) process.stdout.write(`${name.padEnd(20)} ${value}\n`);
