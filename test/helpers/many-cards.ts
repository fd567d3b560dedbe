/**
 * A profile with very many cards that were read some time ago, put into its database by the store's own code before the
 * application starts. Of all kinds and repeatable; no number is anybody's: a bank's prefix, and then digits that count.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createPictureStore } from '../../src/adapters/files/picture-store';
import { openProfileKeys } from '../../src/adapters/files/profile';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { openRecords } from '../../src/adapters/sqlite/records';
import type { CardState } from '../../src/core/cards/card';
import type { CardChange } from '../../src/core/cards/ports';
import type { DeskStore } from '../../src/core/desk-store';
import { BASIS_SETTING, basisOf } from '../../src/core/doubts/assessed-store';
import { checkDigit } from '../../tools/specimens/numbers';
import { randomFrom, type Random } from '../../tools/specimens/random';
import { DEFAULT_WEIGHTS, DOUBT_NAMES, WARNING_DOUBTS, type Doubt } from '../../src/shared/doubts';
import { WARNING_CODES, type WarningCode } from '../../src/shared/recognition';
import { SettingsSchema } from '../../src/shared/settings';

/** Opens every profile of the stories. */
export const PASSPHRASE = 'a passphrase for stories';

export interface ManyCard extends CardChange {
  readonly name: string;
  /** Its place in BATCHES. */
  readonly batch: number;
  readonly state: CardState;
  readonly fields: NonNullable<CardChange['fields']>;
  readonly doubts: readonly Doubt[];
}

/** The first holds two of five cards. */
export const BATCHES = ['Head office', 'Harbour branch', 'Airport branch', 'Old town branch', 'By post'];
const BATCH_SHARES = [0.4, 0.2, 0.2, 0.15, 0.05];

const BANKS = [
  { prefix: '622202', length: 19, bankInfo: '中国工商银行(01020000)', share: 0.24 },
  { prefix: '621700', length: 19, bankInfo: '中国建设银行(01050000)', share: 0.2 },
  { prefix: '622848', length: 19, bankInfo: '中国农业银行(01030000)', share: 0.18 },
  { prefix: '621661', length: 19, bankInfo: '中国银行(01040000)', share: 0.14 },
  { prefix: '622588', length: 16, bankInfo: '招商银行(03080000)', share: 0.1 },
  { prefix: '622262', length: 19, bankInfo: '交通银行(03010000)', share: 0.08 },
  { prefix: '622622', length: 16, bankInfo: '中国民生银行(03050000)', share: 0.04 },
  { prefix: '622908', length: 18, bankInfo: '兴业银行(03090000)', share: 0.02 },
] as const;

const DECIDED = { by: 'lin', at: Date.UTC(2026, 0, 15, 9) };
const STATES: readonly { readonly state: CardState; readonly share: number }[] = [
  { state: { kind: 'pending' }, share: 0.5 },
  { state: { kind: 'approved', ...DECIDED }, share: 0.36 },
  { state: { kind: 'rejected', reason: 'unreadable', ...DECIDED }, share: 0.05 },
  { state: { kind: 'rescan', ...DECIDED }, share: 0.04 },
  { state: { kind: 'failed', code: 'FailedOperation.NoBankCardError', at: DECIDED.at }, share: 0.03 },
  { state: { kind: 'held', ...DECIDED }, share: 0.02 },
];

const WARNED_SHARE = 0.08;
const DOUBTED_SHARE = 0.35;
const OTHER_DOUBTS = DOUBT_NAMES.filter(
  (name) => !(Object.values(WARNING_DOUBTS) as string[]).includes(name),
);

function shared<Item extends { readonly share: number }>(list: readonly Item[], random: Random): Item {
  let left = random.next();
  const found = list.find(({ share }) => (left -= share) < 0) ?? list.at(-1);
  if (!found) throw new Error('Expected a list with something in it but received an empty one');
  return found;
}

function doubtsOf(warnings: readonly WarningCode[], random: Random): Doubt[] {
  const names = new Set(warnings.map((code) => WARNING_DOUBTS[code]));
  if (random.chance(DOUBTED_SHARE)) {
    for (let more = random.whole(1, 3); more > 0; more--) names.add(random.pick(OTHER_DOUBTS));
  }
  return [...names]
    .map((name) => ({ name, weight: DEFAULT_WEIGHTS[name] }))
    .sort((one, other) => other.weight - one.weight);
}

/** The last digits run through all ten thousand fours, in no order that a person sees. */
function numberOf({ prefix, length }: (typeof BANKS)[number], at: number): string {
  const between = length - prefix.length - 1;
  const body = String(at).padStart(between - 3, '0') + String((at * 7919) % 1000).padStart(3, '0');
  return prefix + body + String(checkDigit(prefix + body));
}

function makeCard(at: number, random: Random): ManyCard {
  const batch = BATCH_SHARES.findIndex((_share, to) => at % 20 < cumulated(to) * 20);
  const bank = shared(BANKS, random);
  const { state } = shared(STATES, random);
  const name = `scan_${String(at).padStart(6, '0')}_${random.chance(0.5) ? 'front' : 'copy'}.jpg`;
  // What failed was never read.
  if (state.kind === 'failed') return { name, batch, state, fields: {}, doubts: [] };
  const warnings = random.chance(WARNED_SHARE) ? [random.pick(WARNING_CODES)] : [];
  const doubts = doubtsOf(warnings, random);
  return {
    name,
    batch,
    state,
    fields: {
      cardNumber: numberOf(bank, at),
      bankInfo: bank.bankInfo,
      cardType: random.chance(0.8) ? '借记卡' : '贷记卡',
      validDate: `${String(random.whole(1, 12)).padStart(2, '0')}/${random.whole(2027, 2034)}`,
    },
    warnings,
    doubts,
    score: doubts.reduce((sum, { weight }) => sum + weight, 0),
    quality: random.whole(20, 99),
    engine: 'local',
  };
}

const cumulated = (to: number): number =>
  BATCH_SHARES.slice(0, to + 1).reduce((sum, share) => sum + share, 0);

export function makeCards(count: number): readonly ManyCard[] {
  const random = randomFrom('many cards');
  return Array.from({ length: count }, (_none, at) => makeCard(at, random));
}

/** `thumbs`: names of stored pictures, which the cards share; each card's is asked for at an address of its own. */
function fill(store: DeskStore, cards: readonly ManyCard[], thumbs: readonly string[]): void {
  const now = Date.now();
  store.transaction(() => {
    for (const [batch, name] of BATCHES.entries()) {
      const own = cards.filter((card) => card.batch === batch);
      const sources = own.map((card) => ({
        kind: 'file' as const,
        name: card.name,
        location: `/scans/${card.name}`,
      }));
      const ids = store.addCards(store.createBatch(name, now + batch), sources, now);
      for (const [at, id] of ids.entries()) {
        const { name: _name, batch: _batch, ...change } = own[at] as ManyCard;
        const thumb = thumbs[id % thumbs.length];
        store.change(id, thumb ? { ...change, pictures: { thumb } } : change, now);
      }
    }
    // The doubts above are given, not found: without this the application would begin by looking for them anew.
    const { doubtWeights: weights, qualityThreshold } = SettingsSchema.parse({});
    store.setSetting(BASIS_SETTING, basisOf({ weights, qualityThreshold }, now));
  });
}

async function seed(userData: string, count: number, pictures?: string): Promise<void> {
  const folder = path.join(userData, 'profile');
  mkdirSync(folder, { recursive: true });
  const keys = await openProfileKeys(folder, undefined, PASSPHRASE);
  if (!keys.ok) throw new Error(keys.error.code);
  const records = await openRecords({
    file: path.join(folder, 'cards.db'),
    keyHex: keys.value.databaseKeyHex,
    sealKey: keys.value.sealKey,
    migrationsDir: path.resolve('resources/migrations'),
    mustExist: false,
    inspect: async () => undefined,
    log: (message) => process.stderr.write(`${message}\n`),
  });
  if (!records.ok) throw new Error(records.error.code);
  const store = createDeskStore(records.value.database, records.value.keeper);
  const kept = createPictureStore(path.join(folder, 'pictures'), keys.value.pictureKey);
  const thumbs: string[] = [];
  for (const file of pictures ? readdirSync(pictures) : [])
    thumbs.push(await kept.put(readFileSync(path.join(pictures ?? '', file))));
  fill(store, makeCards(count), thumbs);
  store.close();
}

/**
 * Puts `makeCards(count)` into the profile below the application's folder for a user's data. In a process of its own: the
 * lock on the database is held until the last statement is collected, that is until the process ends. `pictures`: a folder
 * of small pictures, which the cards get in turn.
 */
export function seedProfile(userData: string, count: number, pictures?: string): void {
  const words = [userData, String(count), ...(pictures ? [pictures] : [])];
  execFileSync(process.execPath, ['--import', 'tsx', import.meta.filename, ...words]);
}

if (process.argv[1] === import.meta.filename)
  await seed(process.argv[2] ?? '', Number(process.argv[3]), process.argv[4]);
