/** Sixty-odd invented cards. The numbers are made up by a seeded generator and end in a Luhn digit unless a doubt is wanted. */
import type { AttemptDetail, CardRow, CardStateName, HistoryEntry } from '../../../shared/cards';
import type { BatchId, CardId } from '../../../shared/ids';
import {
  DEFAULT_WEIGHTS,
  LOOK_WEIGHT,
  NUMBER_DOUBTS,
  WARNING_DOUBTS,
  type Doubt,
} from '../../../shared/doubts';
import { differingDigits, groupCardNumber, maskCardNumber, passesLuhn } from '../../../shared/number';
import type { EngineName, FieldName, WarningCode } from '../../../shared/recognition';
import type { Drawing } from '../../../demo/pictures';

export interface FakeCard {
  row: CardRow;
  values: Partial<Record<FieldName, string>>;
  readings: { engine: EngineName; attemptId: number; values: Partial<Record<FieldName, string>> }[];
  attempts: AttemptDetail[];
  history: HistoryEntry[];
  drawing: Drawing;
  note?: string;
}

const BANKS: readonly (readonly [string, string, number])[] = [
  ['工商银行(01020000)', '牡丹灵通卡', 2],
  ['建设银行(01050000)', '龙卡通', 214],
  ['农业银行(01030000)', '金穗通宝卡', 160],
  ['招商银行(03080000)', '一卡通', 348],
  ['中国银行(01040000)', '长城电子借记卡', 12],
  ['交通银行(03010000)', '太平洋卡', 228],
  ['邮储银行(01000000)', '绿卡通', 134],
  ['平安银行(03070000)', 'Platinum Credit Card', 30],
];
const TYPES = ['借记卡', '借记卡', '借记卡', '贷记卡', '准贷记卡'];

/** A small linear congruential generator, so that every start shows the same desk. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function inventNumber(random: () => number, length: number, luhn: boolean): string {
  let digits = '620000';
  while (digits.length < length - 1) digits += Math.floor(random() * 10);
  const good = [...'0123456789'].find((last) => passesLuhn(digits + last)) ?? '0';
  return digits + (luhn ? good : String((Number(good) + 3) % 10));
}

/** The masked number as rows carry it. */
export function masked(digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : groupCardNumber(maskCardNumber(digits));
}

function stateFor(at: number): CardStateName {
  if (at % 13 === 5) return 'approved';
  if (at % 17 === 9) return 'rejected';
  if (at % 29 === 11) return 'rescan';
  if (at % 19 === 7) return 'failed';
  if (at > 51) return 'queued';
  return 'pending';
}

function warningsFor(at: number): WarningCode[] {
  const found: WarningCode[] = [];
  if (at % 7 === 3) found.push(-9112);
  if (at % 11 === 4) found.push(-9113);
  if (at % 9 === 6) found.push(-9111);
  if (at % 23 === 10) found.push(-9110);
  if (at % 31 === 13) found.push(-9114);
  return found;
}

/** A few of the desk's doubts, enough to be looked at; the policy itself is the core's. */
export function doubtsOf({ row, readings }: FakeCard): readonly Doubt[] {
  const found: Omit<Doubt, 'weight'>[] = row.warnings.map((code) => ({
    name: WARNING_DOUBTS[code],
    picture: 'original',
  }));
  const [one, other] = readings.map(({ values }) => values.cardNumber);
  const digits = one !== undefined && other !== undefined ? differingDigits(one, other) : undefined;
  const inNumber = { field: 'cardNumber', picture: 'number' } as const;
  if (digits && digits.length > 0 && !row.corrected.includes('cardNumber')) {
    found.push({ name: 'enginesDiffer', ...inNumber, digits, params: { count: digits.length } });
  }
  if (row.quality !== undefined && row.quality < 50) {
    found.push({ name: 'lowQuality', picture: 'original', params: { quality: row.quality } });
  }
  if (row.luhnPassed === false) found.push({ name: 'luhn', ...inNumber });
  if (row.validDate === undefined) found.push({ name: 'fieldMissing', field: 'validDate', picture: 'card' });
  for (const field of row.corrected) found.push({ name: 'corrected', field });
  if (row.intakeNotes.includes('smallPicture')) found.push({ name: 'smallPicture', picture: 'original' });
  return found
    .map((doubt) => ({ ...doubt, weight: DEFAULT_WEIGHTS[doubt.name] }))
    .toSorted((left, right) => right.weight - left.weight);
}

export function assessed(card: FakeCard): CardRow {
  const doubts = doubtsOf(card);
  const asks = ({ name, weight }: Doubt) =>
    NUMBER_DOUBTS.includes(name) || (weight >= LOOK_WEIGHT && name !== 'corrected');
  const needsLook = card.values.cardNumber === undefined || card.row.warnings.length > 0 || doubts.some(asks);
  return { ...card.row, doubts, needsLook, score: doubts.reduce((sum, { weight }) => sum + weight, 0) };
}

/** Fills a card with what the engines "read". */
export function recognised(card: FakeCard, at: number, attemptId: number): void {
  const random = generator(at * 7919 + 17);
  const { drawing } = card;
  const bank = BANKS[at % BANKS.length] ?? ['', '', 0];
  const values = {
    cardNumber: drawing.digits,
    bankInfo: bank[0],
    cardType: TYPES[Math.floor(random() * TYPES.length)],
    ...(at % 4 === 1 ? {} : { cardName: bank[1] }),
    ...(at % 5 === 2 ? {} : { validDate: drawing.validDate }),
  };
  card.readings = [{ engine: 'tencent', attemptId, values }];
  if (at % 6 === 4) {
    const other = [...drawing.digits];
    other[9] = String((Number(other[9]) + 5) % 10);
    card.readings.push({
      engine: 'local',
      attemptId: attemptId + 1,
      values: {
        ...values,
        cardNumber: other.join(''),
        bankInfo: values.bankInfo.replace('银行', '很行'),
        cardName: undefined,
      },
    });
  } else if (at % 6 === 1) {
    card.readings.push({ engine: 'local', attemptId: attemptId + 1, values: { cardNumber: drawing.digits } });
  }
  card.values = { ...values };
  card.attempts = card.readings.map((reading, index) => ({
    id: reading.attemptId,
    engine: reading.engine,
    startedAt: card.row.takenInAt + 4000 + index * 2500,
    finishedAt: card.row.takenInAt + 4000 + index * 2500 + 640 + at * 9,
    outcome: 'finished',
    requestId: reading.engine === 'tencent' ? `f4e0c1a2-00${attemptId}-4b1e-9d55-8a11c0ffee${at}` : undefined,
    maybeCharged: false,
    ofCut: false,
    copied: false,
  }));
  card.row = {
    ...card.row,
    maskedNumber: masked(values.cardNumber),
    bankInfo: values.bankInfo,
    cardType: values.cardType,
    cardName: values.cardName,
    validDate: values.validDate,
    warnings: warningsFor(at),
    quality: drawing.blurred ? 41 : 62 + Math.floor(random() * 36),
    luhnPassed: passesLuhn(values.cardNumber),
    engine: 'tencent',
    pictures: ['thumb', 'original', 'card', 'number'],
  };
  card.row = assessed(card);
}

function emptyCard(
  at: number,
  id: number,
  batch: { id: BatchId; name: string },
  takenInAt: number,
): FakeCard {
  const random = generator(at * 104729 + 7);
  const digits = inventNumber(random, at % 3 === 0 ? 16 : 19, at % 12 !== 8);
  const bank = BANKS[at % BANKS.length] ?? ['', '', 0];
  return {
    row: {
      id: id as CardId,
      batchId: batch.id,
      batchName: batch.name,
      name: `SCAN_${String(1100 + at * 3).padStart(6, '0')}${at % 8 === 2 ? '_柜面补扫' : ''}.jpg`,
      state: 'queued',
      warnings: [],
      doubts: [],
      hasNote: false,
      needsLook: true,
      intakeNotes: at % 10 === 6 ? ['smallPicture'] : [],
      corrected: [],
      pictures: ['thumb', 'original'],
      revision: 1,
      takenInAt,
      updatedAt: takenInAt,
    },
    values: {},
    readings: [],
    attempts: [],
    history: [{ at: takenInAt, who: 'li.na', what: 'takenIn', params: {} }],
    drawing: {
      digits,
      bank: bank[0].replace(/\(.*/, ''),
      cardName: bank[1],
      validDate: `${String(1 + (at % 12)).padStart(2, '0')}/${2027 + (at % 6)}`,
      hue: bank[2],
      tilt: Math.round(random() * 16 - 8),
      reflection: at % 7 === 3,
      blurred: at % 14 === 12,
    },
  };
}

export function inventCards(
  batch: { id: BatchId; name: string },
  count: number,
  firstId: number,
  now: number,
  settled: boolean,
): FakeCard[] {
  return Array.from({ length: count }, (_, index) => {
    const at = firstId + index;
    const card = emptyCard(at, at, batch, now - (count - index) * 1700);
    const state = settled ? stateFor(at) : 'queued';
    if (state !== 'queued' && state !== 'failed') recognised(card, at, at * 10);
    card.row = { ...card.row, state };
    if (state === 'rejected') card.row = { ...card.row, stateCode: 'unreadable' };
    if (state === 'failed') {
      card.row = { ...card.row, stateCode: 'FailedOperation.NoBankCardError' };
      card.attempts = [
        {
          id: at * 10,
          engine: 'tencent',
          startedAt: now - 90_000,
          finishedAt: now - 89_200,
          outcome: 'failed',
          errorCode: 'FailedOperation.NoBankCardError',
          maybeCharged: false,
          ofCut: false,
          copied: false,
        },
      ];
    }
    if (state === 'approved' || state === 'rejected' || state === 'rescan') {
      card.history.push({ at: now - 60_000 + at * 100, who: 'wang.lei', what: state, params: {} });
    }
    return card;
  });
}
