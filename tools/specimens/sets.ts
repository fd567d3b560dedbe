/** Named sets of specimens, each a list of seeds. */
import { KINDS, WIDE_KINDS, type Kind, type PlainKind } from './plan';

const NEGATIVE: readonly Kind[] = ['unreadable', 'idCard', 'membership', 'table'];
const HARD: readonly Kind[] = [
  'blur',
  'motion',
  'noisy',
  'glare',
  'finger',
  'outside',
  'copy',
  'reshoot',
  'small',
  'dark',
];
/** A back is no card to be read, and a plate is several: in no set but their own. */
const BACKS: readonly PlainKind[] = ['back', 'backClean'];
/** Number, date and CVV on the back of a card with an empty front: a set of its own, so that the older one keeps its seeds. */
const MODERN_BACKS: readonly PlainKind[] = ['modernBack'];
/** Both, from afar or badly photographed: for measuring what intake sees. */
const HARD_BACKS: readonly PlainKind[] = ['smallBack', 'wornBack'];
const NO_FRONTS: readonly PlainKind[] = [...BACKS, ...MODERN_BACKS, ...HARD_BACKS, 'plate'];
const FRONTS = KINDS.filter((kind) => !NO_FRONTS.includes(kind));
const GOOD = FRONTS.filter((kind) => !NEGATIVE.includes(kind) && !HARD.includes(kind));

/** The pictures in resources/specimens, chosen by eye for variety. */
export const BUNDLED_SEEDS: readonly string[] = [
  'flat-1',
  'flat-2',
  'embossed-1',
  'embossed-2',
  'busy-1',
  'busy-2',
  'vertical-1',
  'vertical-2',
  'rows-2',
  'rotated-2',
  'quarter-2',
  'perspective-1',
  'perspective-2',
  'scanner-2',
  'expired-1',
  'luhnFails-2',
  'sameColour-1',
  'glare-1',
  'finger-1',
  'blur-1',
  'copy-1',
  'reshoot-1',
  'idCard-1',
  'unreadable-1',
];

/** Kinds take turns; the numbers count up from `first`, so that two runs with other firsts share no picture. */
export function seedsOf(set: string, count: number, first: number): readonly string[] {
  if (set === 'bundled') return BUNDLED_SEEDS;
  const kinds = kindsOf(set);
  return Array.from(
    { length: count },
    (_none, at) => `${kinds[at % kinds.length]}-${first + Math.floor(at / kinds.length)}`,
  );
}

function kindsOf(set: string): readonly Kind[] {
  const named: Readonly<Record<string, readonly Kind[]>> = {
    mixed: FRONTS,
    wide: [...FRONTS, ...WIDE_KINDS],
    good: GOOD,
    hard: HARD,
    negative: NEGATIVE,
    backs: BACKS,
    hardBacks: HARD_BACKS,
  };
  const kinds = named[set] ?? [...KINDS, ...WIDE_KINDS].filter((kind) => kind === set);
  if (kinds.length === 0)
    throw new Error(`Expected the name of a set or a kind but received ${JSON.stringify(set)}`);
  return kinds;
}
