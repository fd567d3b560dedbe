/** One of the processes of generate.ts: makes the specimens it is told to, one after another, and ends with its parent. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentChannel } from '../../src/adapters/processes/channel';
import { binTable } from './bin-table-path';
import { loadNumberMaker } from './numbers';
import { makeSpecimen, type SpecimenTruth } from './specimen';

export interface MakeOrder {
  readonly seed: string;
  readonly folder: string;
}

export type Made =
  | { readonly kind: 'made'; readonly truth: SpecimenTruth; readonly bytes: number }
  | { readonly kind: 'failed'; readonly seed: string; readonly message: string };

const channel = parentChannel<MakeOrder, Made>();
const numbers = loadNumberMaker(binTable);

async function make({ seed, folder }: MakeOrder): Promise<Made> {
  const { jpeg, truth } = await makeSpecimen(seed, await numbers);
  await writeFile(join(folder, truth.file), jpeg);
  return { kind: 'made', truth, bytes: jpeg.length };
}

channel.onMessage((order) => {
  make(order).then(
    (made) => channel.post(made),
    (error: unknown) =>
      channel.post({
        kind: 'failed',
        seed: order.seed,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  );
});
