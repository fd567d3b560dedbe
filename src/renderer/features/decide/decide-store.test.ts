/** What the keys send to main: the card as it is on the screen, or nothing at all. */
import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CardRow, CardStateName, DecideTarget } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { fail, ok } from '../../../shared/result';
import { setBackend, type Backend } from '../../backend/backend';
import { SettingsSchema } from '../../../shared/settings';
import { useDesk } from '../../session/desk-store';
import { useToasts } from '../../ui/toast-store';
import { useCard } from '../open-card/card-store';
import { useView } from '../view/view-store';
import { useDecide } from './decide-store';

interface Main {
  readonly cards: Map<number, { state: CardStateName; revision: number }>;
  readonly decided: DecideTarget[];
  /** Happens in main before a note is written. */
  beforeNote?: () => void;
  /** A decision is answered when this is. */
  slow?: Promise<void>;
}
let main: Main;

const row = (id: number): CardRow => {
  const card = main.cards.get(id);
  return {
    id: id as CardId,
    maskedNumber: '••••',
    needsLook: false,
    warnings: [],
    pictures: [],
    doubts: [],
    corrected: [],
    ...card,
  } as unknown as CardRow;
};
const view = () => ({ viewId: 1, revision: 1, version: 1, total: main.cards.size, counts: {} as never });

const HANDLERS: Readonly<Record<string, (input: never) => unknown>> = {
  'view:open': () => ({ ...view(), rows: [...main.cards.keys()].map(row) }),
  'view:rows': () => ({ revision: 1, from: 0, rows: [...main.cards.keys()].map(row) }),
  'view:next': ({ after }: { after: number }) => {
    const found = [...main.cards].find(([id, { state }]) => id !== after && state === 'pending');
    return found && { cardId: found[0], index: [...main.cards.keys()].indexOf(found[0]) };
  },
  'cards:detail': ({ cardId }: { cardId: number }) =>
    ok({ row: row(cardId), fields: [], attempts: [], history: [], doubtfulDigits: [] }),
  'cards:reveal': ({ cardId }: { cardId: number }) => ok({ revision: row(cardId).revision, readings: [] }),
  'cards:note': ({ cardId }: { cardId: number }) => {
    main.beforeNote?.();
    const card = main.cards.get(cardId);
    if (card) card.revision++;
    return ok({ changed: 1, skipped: 0, revision: card?.revision });
  },
  'cards:decide': async ({ target }: { target: DecideTarget }) => {
    main.decided.push(target);
    await main.slow;
    if (target.kind !== 'card') return ok({ changed: 1, skipped: 0 });
    const card = main.cards.get(target.id);
    if (card?.revision !== target.revision) return fail('card.changedSince');
    Object.assign(card, { state: 'approved', revision: card.revision + 1 });
    return ok({ changed: 1, skipped: 0, revision: card.revision });
  },
};

/** A view whose decisions are answered when `resolve` is called. */
async function openSlow() {
  let resolve: () => void = () => undefined;
  main.slow = new Promise((done) => (resolve = done));
  const shown = useView();
  await shown.open();
  return { shown, resolve };
}

beforeEach(() => {
  setActivePinia(createPinia());
  main = {
    cards: new Map([1, 2, 3].map((id) => [id, { state: 'pending' as const, revision: 10 * id }])),
    decided: [],
  };
  const invoke = async (name: string, input: never) => {
    const handle = HANDLERS[name];
    if (!handle) throw new Error(`Expected no call of ${name}`);
    return handle(input);
  };
  setBackend({ invoke, on: () => () => undefined, pictureUrl: () => '' } as unknown as Backend);
  vi.stubGlobal('document', { documentElement: { lang: '', classList: { toggle: () => undefined } } });
  useDesk().settings = SettingsSchema.parse({ language: 'en' });
});
afterEach(() => vi.unstubAllGlobals());

async function openCard(id: number) {
  await useView().open();
  const card = useCard();
  await card.go(id - 1);
  await nextTick();
  return {
    card,
    decide: useDecide(),
    said: () =>
      useToasts()
        .toasts.map(({ text }) => text)
        .join(' '),
  };
}

describe('a key that decides', () => {
  it('is about the card as it is shown, and goes on to what is to be reviewed', async () => {
    main.cards.set(2, { state: 'failed', revision: 20 });
    const { card, decide, said } = await openCard(1);
    await decide.approve();
    expect(main.decided).toEqual([{ kind: 'card', id: 1, revision: 10 }]);
    expect(card.openId).toBe(3);
    await decide.approve();
    expect(said()).toContain('Nothing else is left to review here');
    await decide.rescan();
    expect(said()).toContain('decided already');
    expect(main.decided).toHaveLength(2);
  });

  it('decides nothing when the card is another by now, and shows it as it is', async () => {
    const { card, decide, said } = await openCard(1);
    main.cards.set(1, { state: 'pending', revision: 11 });
    await decide.approve();
    expect(main.cards.get(1)?.state).toBe('pending');
    expect(said()).toContain('look at it again');
    expect([card.openId, card.detail?.row.revision]).toEqual([1, 11]);
    await decide.approve();
    expect(main.cards.get(1)?.state).toBe('approved');
  });

  it('waits for the note that was just written, and is no second thought about it', async () => {
    const { card, decide } = await openCard(1);
    const kept = card.keepNote(1 as CardId, 'seen');
    await decide.approve();
    await kept;
    expect(main.decided).toEqual([{ kind: 'card', id: 1, revision: 11 }]);
    expect(main.cards.get(1)?.state).toBe('approved');
  });

  it('decides nothing when something else came with the note', async () => {
    const { card, decide, said } = await openCard(1);
    main.beforeNote = () => main.cards.set(1, { state: 'pending', revision: 15 });
    const kept = card.keepNote(1 as CardId, 'seen');
    await decide.approve();
    await kept;
    expect(main.decided).toEqual([]);
    expect(said()).toContain('look at it again');
  });

  it('sends no card away that could not be read and that nobody went to', async () => {
    main.cards.set(1, { state: 'failed', revision: 10 });
    const shown = useView();
    await shown.open();
    await useDecide().rescan();
    expect(main.decided).toEqual([]);
    shown.focusOn(0);
    await useDecide().rescan();
    expect(main.decided).toEqual([{ kind: 'card', id: 1, revision: 10 }]);
  });

  it('names what is selected as it was selected', async () => {
    const shown = useView();
    await shown.open();
    shown.toggleAt(0);
    main.cards.set(1, { state: 'pending', revision: 99 });
    await useDecide().approve();
    shown.selectAll();
    await useDecide().hold();
    expect(main.decided).toEqual([
      { kind: 'cards', cards: [{ id: 1, revision: 10 }] },
      { kind: 'view', viewId: 1, version: 1, except: [] },
    ]);
  });
});

describe('a key that is pressed while a decision is stored', () => {
  it('decides once where it is the same key twice', async () => {
    const { decide } = await openCard(1);
    await Promise.all([decide.approve(), decide.approve()]);
    expect(main.decided).toEqual([{ kind: 'card', id: 1, revision: 10 }]);
  });

  it('waits its turn where it is about another card, and leaves the focus where the person went', async () => {
    const { shown, resolve } = await openSlow();
    shown.focusOn(0);
    const decide = useDecide();
    const first = decide.approve();
    await nextTick();
    shown.focusOn(2);
    const second = decide.approve();
    await vi.waitFor(() => expect(main.decided).toEqual([{ kind: 'card', id: 1, revision: 10 }]));
    resolve();
    await Promise.all([first, second]);
    expect(main.decided).toEqual([
      { kind: 'card', id: 1, revision: 10 },
      { kind: 'card', id: 3, revision: 30 },
    ]);
    // From the card that was decided last to the one that is left; not from the first one.
    expect(shown.focusId).toBe(2);
  });

  it('moves nobody who has gone to another card while it was stored', async () => {
    const { shown, resolve } = await openSlow();
    shown.focusOn(0);
    const approved = useDecide().approve();
    await nextTick();
    shown.focusOn(2);
    resolve();
    await approved;
    expect(shown.focusId).toBe(3);
    // The same with cards that are open.
    const { card, decide } = await openCard(2);
    main.slow = new Promise((done) => setImmediate(done));
    const open = decide.approve();
    await card.go(2);
    await open;
    expect(card.openId).toBe(3);
  });

  it('is never lost in silence: with one waiting a third is told to press again', async () => {
    const { shown, resolve } = await openSlow();
    const decide = useDecide();
    const pressed = [0, 1, 2].map(async (at) => {
      shown.focusOn(at);
      return decide.approve();
    });
    await nextTick();
    resolve();
    await Promise.all(pressed);
    expect(main.decided).toHaveLength(2);
    expect(useToasts().toasts.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('still being stored'),
    );
  });
});
