/**
 * An invented desk inside the page, so that the window can be looked at and tested in a plain browser.
 * `?desk=` picks the situation: full (default), empty, many, new (choose a passphrase), locked, damaged, offline, stopped,
 * people (somebody has to sign in; every PIN is 1234).
 */
import type { CardDetail, DecideTarget, DecisionKind } from '../../../shared/cards';
import type { BatchId, CardId } from '../../../shared/ids';
import type { Input, LockState } from '../../../shared/ipc';
import {
  MAX_DIGITS,
  MIN_DIGITS,
  differingDigits,
  parseCardNumber,
  parseValidDate,
  passesLuhn,
} from '../../../shared/number';
import { FIELD_NAMES } from '../../../shared/recognition';
import { fail, ok } from '../../../shared/result';
import { SettingsSchema, type CredentialsStatus, type Settings } from '../../../shared/settings';
import type { Backend } from '../backend';
import { masked, type FakeCard } from './cards';
import { FakeDesk, countStates } from './desk';
import { draw } from '../../../demo/pictures';
import type { Handlers } from './handlers';
import { peopleHandlers, reviewHandlers } from './review';

const LOCKS: Readonly<Record<string, LockState>> = {
  new: { kind: 'newPassphrase' },
  locked: { kind: 'passphrase' },
  damaged: { kind: 'cannotOpen', code: 'profile.damaged' },
};

function detailOf(card: FakeCard): CardDetail {
  const fields = FIELD_NAMES.map((name) => {
    const show = (value: string) => (name === 'cardNumber' ? (masked(value) ?? '') : value);
    const value = card.values[name];
    const readings = card.readings.flatMap((reading) => {
      const read = reading.values[name];
      return read === undefined
        ? []
        : [{ engine: reading.engine, attemptId: reading.attemptId, value: show(read) }];
    });
    const [one, other] = card.readings.map((reading) => reading.values.cardNumber);
    const differ = name === 'cardNumber' && one && other ? differingDigits(one, other) : undefined;
    return {
      name,
      value: value === undefined ? undefined : show(value),
      corrected: card.row.corrected.includes(name),
      readings,
      differingDigits: differ && differ.length > 0 ? differ : undefined,
    };
  });
  return {
    row: card.row,
    note: card.note,
    doubtfulDigits: card.row.doubts.flatMap(({ digits }) => digits ?? []),
    fields,
    attempts: [...card.attempts].reverse(),
    history: [...card.history].reverse(),
    sha256: `9f2c${String(card.row.id).padStart(4, '0')}41d0c6e1b7a85503f8e2`,
    pictureWidth: 1400,
    pictureHeight: 1000,
    byteLength: 312_400 + card.row.id * 1201,
  };
}

async function counted(total: number, each: (done: number) => boolean): Promise<boolean> {
  for (let done = 0; done <= total; done += Math.max(1, Math.ceil(total / 12))) {
    if (!each(Math.min(done, total))) return false;
    await new Promise((next) => setTimeout(next, 120));
  }
  return each(total);
}

function credentialsHandlers() {
  let status: CredentialsStatus = { stored: false, keychainAvailable: true };
  return {
    'credentials:status': () => status,
    'credentials:store': (input: Input<'credentials:store'>) => {
      const id = input.secretId;
      const maskedSecretId = `${id.slice(0, 4)}••••${id.slice(-4)}`;
      status = { stored: true, maskedSecretId, source: 'keychain', keychainAvailable: true };
      return ok(status);
    },
    'credentials:forget': () => ok((status = { stored: false, keychainAvailable: true })),
    'credentials:test': () => (status.stored ? ok(true as const) : fail('AuthFailure.SecretIdNotFound')),
  };
}

/** Why one card is left as it is. */
function refusalOf(
  card: FakeCard,
  kind: DecisionKind,
  same: readonly FakeCard[],
  singly: boolean,
  warningsAcknowledged: boolean | undefined,
) {
  const { row, values } = card;
  if (['approved', 'rejected', 'rescan'].includes(row.state)) return 'card.decided';
  if (!same.includes(card)) return 'card.changedSince';
  const failed = row.state === 'failed' && (kind === 'reject' || kind === 'rescan');
  if (row.state !== 'pending' && row.state !== 'held' && !failed) return 'card.wrongState';
  if (kind !== 'approve') return undefined;
  if (!singly && row.needsLook) return 'card.needsLook';
  if (values.cardNumber === undefined) return 'card.noNumber';
  return row.warnings.length > 0 && !warningsAcknowledged ? 'card.warningsNotAcknowledged' : undefined;
}

function cardHandlers(desk: FakeDesk) {
  return {
    'cards:detail': ({ cardId }: { cardId: number }) => {
      const card = desk.find(cardId as CardId);
      return card ? ok(detailOf(card)) : fail('card.gone');
    },
    'cards:reveal': ({ cardId }: { cardId: number }) => {
      const card = desk.find(cardId as CardId);
      if (!card) return fail('card.gone');
      card.history.push({ at: Date.now(), who: 'li.na', what: 'revealed', params: {} });
      const readings = card.readings.flatMap(({ engine, attemptId, values }) =>
        values.cardNumber === undefined ? [] : [{ engine, attemptId, value: values.cardNumber }],
      );
      return ok({ revision: card.row.revision, value: card.values.cardNumber, readings });
    },
    'cards:decide': ({ target, decision, warningsAcknowledged }: Input<'cards:decide'>) => {
      const singly = target.kind === 'card';
      const { named, same } = desk.seen(target as DecideTarget);
      const refusal = (card: FakeCard) => refusalOf(card, decision.kind, same, singly, warningsAcknowledged);
      const able = named.filter((card) => refusal(card) === undefined);
      const why: Record<string, number> = {};
      for (const code of named.flatMap((card) => refusal(card) ?? [])) why[code] = (why[code] ?? 0) + 1;
      const [first] = Object.keys(why) as NonNullable<ReturnType<typeof refusalOf>>[];
      if (singly && able.length === 0) return fail(first ?? 'card.gone');
      if (able.length === 0) return ok({ changed: 0, skipped: named.length, why });
      desk.edit('decided', able, (card) => {
        const reason = decision.kind === 'reject' ? decision.reason : undefined;
        const state = ({ approve: 'approved', reject: 'rejected', rescan: 'rescan', hold: 'held' } as const)[
          decision.kind
        ];
        card.row = { ...card.row, state, stateCode: reason };
      });
      return ok({ changed: able.length, skipped: named.length - able.length, why });
    },
    'cards:correct': ({ card: shown, field, value }: Input<'cards:correct'>) => {
      const card = desk.find(shown.id as CardId);
      if (!card) return fail('card.gone');
      if (['approved', 'rejected', 'rescan'].includes(card.row.state)) return fail('card.decided');
      if (card.row.revision !== shown.revision) return fail('card.changedSince');
      const text = value.trim();
      const parsed =
        text === ''
          ? ''
          : field === 'cardNumber'
            ? parseCardNumber(text)
            : field === 'validDate'
              ? parseValidDate(text)
              : text;
      if (parsed === undefined) {
        return field === 'cardNumber'
          ? fail('field.badNumber', { min: MIN_DIGITS, max: MAX_DIGITS })
          : fail('field.badDate');
      }
      if (parsed.length > 40) return fail('field.tooLong', { max: 40 });
      desk.edit('corrected', [card], () => {
        card.values = { ...card.values, [field]: parsed === '' ? undefined : parsed };
        const { cardNumber, ...rest } = card.values;
        const corrected = [...new Set([...card.row.corrected, field])];
        const luhnPassed = cardNumber === undefined ? undefined : passesLuhn(cardNumber);
        card.row = { ...card.row, ...rest, corrected, maskedNumber: masked(cardNumber), luhnPassed };
      });
      return ok({ changed: 1, skipped: 0, revision: card.row.revision });
    },
    'cards:recogniseAgain': ({ target }: Input<'cards:recogniseAgain'>) => {
      const cards = desk.targets(target as Parameters<FakeDesk['targets']>[0]);
      const able = cards.filter(({ row }) => row.state === 'pending' || row.state === 'failed');
      if (able.length === 0) return fail('card.wrongState');
      for (const card of able) card.row = { ...card.row, state: 'queued', stateCode: undefined };
      desk.touched(able.map(({ row }) => row.id));
      desk.work();
      return ok({ changed: able.length, skipped: cards.length - able.length });
    },
    'cards:recogniseCut': ({ cardId }: Input<'cards:recogniseCut'>) => {
      const card = desk.find(cardId as CardId);
      if (!card) return fail('card.gone');
      if (card.row.state !== 'pending' && card.row.state !== 'failed') return fail('card.wrongState');
      card.row = { ...card.row, state: 'queued', stateCode: undefined };
      desk.touched([card.row.id]);
      desk.work();
      return ok({ changed: 1, skipped: 0 });
    },
    'cards:reopen': ({ target }: Input<'cards:reopen'>) => {
      const cards = desk.targets(target as Parameters<FakeDesk['targets']>[0]);
      const able = cards.filter(({ row }) => ['approved', 'rejected', 'rescan'].includes(row.state));
      if (able.length === 0) return fail('card.wrongState');
      desk.edit('reopened', able, (card) => {
        card.row = { ...card.row, state: 'pending', stateCode: undefined };
      });
      return ok({ changed: able.length, skipped: cards.length - able.length });
    },
  } satisfies Partial<Handlers>;
}

function intakeHandlers(desk: FakeDesk) {
  const cancelled = new Set<number>();
  const take = (name: string, count: number) => {
    const batchId = (desk.batches.length + 1) as BatchId;
    void counted(count, (taken) => {
      const finished = taken === count || cancelled.has(batchId);
      desk.emit('intake:progress', { batchId, batchName: name, found: count, taken, failed: 0, finished });
      return !cancelled.has(batchId);
    });
    desk.addBatch(name, count, false);
    return ok(batchId);
  };
  return {
    'intake:chooseFiles': () => take('柜面扫描 11-24 下午', 14),
    'intake:chooseFolder': () => take('分行上送', 40),
    'intake:paste': () => take('剪贴板', 1),
    'intake:links': ({ text }: { text: string }) => {
      const lines = text.split(/\s+/).filter((line) => line !== '');
      const bad = lines.filter((line) => !/^https?:\/\//.test(line));
      const good = lines.length - bad.length;
      if (good === 0)
        return bad[0] === undefined ? fail('intake.noLinks') : fail('intake.badLink', { link: bad[0] });
      return ok({ batchId: take('链接', good).value, left: bad.join('\n') });
    },
    'intake:drop': () => take('拖入的文件', 9),
    'intake:specimens': () => take('样卡', 24),
    'intake:cancel': ({ batchId }: { batchId: number }) => {
      cancelled.add(batchId);
      return ok(true as const);
    },
  } satisfies Partial<Handlers>;
}

function sheetHandlers(desk: FakeDesk) {
  let stop = false;
  return {
    'sheet:export': async ({ states, batchId }: Input<'sheet:export'>) => {
      stop = false;
      const rows = desk.cards.filter(
        ({ row }) => states.includes(row.state) && (batchId === undefined || row.batchId === batchId),
      ).length;
      if (rows === 0) return fail('sheet.empty');
      const written = await counted(rows, (done) => {
        desk.emit('sheet:progress', { written: done, total: rows });
        return !stop;
      });
      return written ? ok({ rows, name: 'CardProof 2026-11-24.xlsx' }) : fail('sheet.cancelled');
    },
    'sheet:cancel': () => (stop = true),
    'sheet:show': () => true,
  } satisfies Partial<Handlers>;
}

function firstSettings(): Settings {
  return SettingsSchema.parse({});
}

function deskHandlers(desk: FakeDesk, situation: string) {
  let lock = LOCKS[situation] ?? { kind: 'open' };
  let settings = firstSettings();
  return {
    'desk:info': () => ({
      version: '0.1.0',
      platform: navigator.platform.startsWith('Mac') ? 'darwin' : 'linux',
      systemLanguage: navigator.language.startsWith('zh') ? 'zh-CN' : 'en',
      lock,
      keyKeptIn: lock.kind === 'open' ? 'keychain' : 'passphrase',
    }),
    'desk:unlock': ({ passphrase }: { passphrase: string }) => {
      if (passphrase.length < 10) return fail('unlock.tooShort');
      if (lock.kind === 'passphrase' && passphrase !== 'specimen desk') return fail('unlock.wrongPassphrase');
      lock = { kind: 'open' };
      return ok(lock);
    },
    'settings:get': () => settings,
    'settings:change': (change: Input<'settings:change'>) => {
      const bad = change.endpoint && !/^https:\/\/|^http:\/\/(localhost|127\.)/.test(change.endpoint);
      if (bad) return fail('settings.badEndpoint');
      const doubtWeights = { ...settings.doubtWeights, ...change.doubtWeights };
      settings = SettingsSchema.parse({ ...settings, ...change, doubtWeights });
      desk.emit('settings:changed', settings);
      return ok(settings);
    },
  } satisfies Partial<Handlers>;
}

export function fakeBackend(situation: string): Backend {
  const desk = new FakeDesk();
  if (situation !== 'empty') {
    desk.addBatch('城东支行 11-23', 36, true);
    desk.addBatch('城东支行 11-24 上午', 26, true);
  }
  if (situation === 'many') desk.addBatch('年终补录', 3000, true);
  if (situation === 'offline') desk.setQueue('offline', 'client.network');
  if (situation === 'stopped') desk.setQueue('stopped', 'AuthFailure.SecretIdNotFound');
  if (situation === 'full') desk.setQueue('blocked', 'disk.full');
  const handlers: Handlers = {
    ...deskHandlers(desk, situation),
    ...intakeHandlers(desk),
    'queue:status': () => desk.queueStatus(),
    'queue:pause': () => desk.setQueue('paused'),
    'queue:resume': () => desk.setQueue('running'),
    'queue:cancel': () => {
      const stopped = desk.cards.filter(({ row }) => row.state === 'queued' || row.state === 'recognising');
      for (const card of stopped) card.row = { ...card.row, state: 'failed', stateCode: 'queue.cancelled' };
      desk.touched(stopped.map(({ row }) => row.id));
      return desk.setQueue('idle');
    },
    'view:open': ({ filter, sort, group }) =>
      desk.openView(filter as Parameters<FakeDesk['openView']>[0], sort, group),
    'view:rows': ({ from, to }) => ({ revision: desk.revision, from, rows: desk.rows(from, to) }),
    'view:position': ({ cardId }) => {
      const at = desk.viewCards().findIndex(({ row }) => row.id === cardId);
      return at < 0 ? undefined : at;
    },
    'view:next': ({ after, kind }) => {
      const open: readonly string[] = ['pending', 'held'];
      return desk.next(after as CardId, (row) =>
        kind === 'sample' ? row.sample === 'due' : open.includes(row.state),
      );
    },
    'batches:list': () =>
      desk.batches.map((batch) => ({
        ...batch,
        counts: countStates(desk.cards.filter(({ row }) => row.batchId === batch.id)),
      })),
    ...cardHandlers(desk),
    ...reviewHandlers(desk),
    ...peopleHandlers(desk, situation === 'people'),
    'edit:state': () => desk.undoState(),
    'edit:undo': () => {
      if (desk.undoState().undo === undefined) return fail('edit.nothing');
      return ok({ cardId: desk.step(true), state: desk.undoState() });
    },
    'edit:redo': () => {
      if (desk.undoState().redo === undefined) return fail('edit.nothing');
      return ok({ cardId: desk.step(false), state: desk.undoState() });
    },
    ...sheetHandlers(desk),
    'menu:place': () => true,
    ...credentialsHandlers(),
  };
  return {
    pretended: true,
    invoke: async (name, input) => {
      await new Promise((soon) => setTimeout(soon, 15));
      return structuredClone(await handlers[name](JSON.parse(JSON.stringify(input ?? null)) as never));
    },
    on: (name, listener) => desk.on(name, listener),
    dropped: async (files) => (files.length > 0 ? crypto.randomUUID() : undefined),
    pictureUrl: (id, kind) => {
      const card = desk.find(id);
      return card ? draw(card.drawing, kind) : '';
    },
  };
}
