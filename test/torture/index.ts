/**
 * `npm run torture [-- --kills N] [--seed S]`: prints the table of what kills did to a queue at work. `-- --desks N [--cards N] [--apart]`:
 * of what desks with one key did to each other, on one computer or each on its own.
 */
import { parseArgs } from 'node:util';
import { torture } from './kills';
import { shareKey } from './shared-key';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    desks: { type: 'string' },
    cards: { type: 'string', default: '300' },
    apart: { type: 'boolean', default: false },
  },
});

function whole(name: 'kills' | 'seed' | 'desks' | 'cards'): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`Expected a whole number: --${name} N`);
  return number;
}

async function tableOf(): Promise<object> {
  if (values.desks !== undefined) return shareKey(whole('desks'), whole('cards'), !values.apart);
  const seed = whole('seed');
  return { seed, ...(await torture(whole('kills'), seed)) };
}

for (const [name, value] of Object.entries(await tableOf()))
  process.stdout.write(`${name.padEnd(20)} ${value}\n`);
