/**
 * `npm run torture [-- --kills N] [--seed S]`: prints the tables of what kills and signals did to a queue at
 * work. `-- --desks N [--cards N] [--apart]`:
 * of what desks with one key did to each other, on one computer or each on its own.
 */
import { parseArgs } from 'node:util';
import { torture } from './kills';
import { shareKey } from './shared-key';
import { tortureBySignal } from './signals';

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
if (values.desks === undefined)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    const counts = await tortureBySignal(signal, Math.ceil(whole('kills') / 10), whole('seed'));
    const words = Object.entries(counts).map(([name, value]) => `${name} ${value}`);
    process.stdout.write(`${signal.padEnd(20)} ${words.join(', ')}\n`);
  }
