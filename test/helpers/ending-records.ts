/**
 * Writes into records under their seal and ends, in a process of its own, as a process ends that nobody kills: what is left open
 * is closed by the libraries. Arguments: the folder, and whether the records are left `open`, `closed`, or `kept` from their
 * checkpoint when they are closed.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { addCards, storeIn } from './sealed-records';

const [folder = '', how = ''] = process.argv.slice(2);
const { store } = await storeIn(folder);
addCards(store, 1_000, 1_040);
// No entry can be written where there is a folder.
if (how === 'kept') mkdirSync(path.join(folder, 'cards.db.seal-journal'));
if (how !== 'open') store.close();
