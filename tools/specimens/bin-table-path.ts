import { fileURLToPath } from 'node:url';

/** The table that the specimens' numbers are taken from. */
export const binTable = fileURLToPath(new URL('../../resources/bin-table.json', import.meta.url));
