/** The invented desk's memory: cards, the open view, edits that can be undone, and a queue that ticks. */
import {
  CARD_STATES,
  type CardRow,
  type CardStateName,
  type Counts,
  type ColumnFilter,
  type DecideTarget,
  type Filter,
  type Group,
  type Sort,
  type Target,
  type ViewGroup,
} from '../../../shared/cards';
import type { BatchId, CardId } from '../../../shared/ids';
import type { EventName, Events, QueueStatus, UndoState } from '../../../shared/ipc';
import { assessed, inventCards, recognised, type FakeCard } from './cards';

type Listener = (payload: never) => void;

interface Edit {
  readonly what: string;
  readonly before: readonly FakeCard[];
  after: readonly FakeCard[];
}

const TICK_MS = 700;

const COLUMN_SORTS: Readonly<Record<ColumnFilter, Sort['key']>> = {
  name: 'name',
  cardNumber: 'cardNumber',
  bankInfo: 'bankInfo',
  cardType: 'cardType',
  cardName: 'cardName',
  validDate: 'validDate',
  batch: 'batch',
  engine: 'engine',
  quality: 'quality',
  risk: 'risk',
  warnings: 'warnings',
};

function sortText(card: FakeCard, key: Sort['key']): string | number {
  const { row } = card;
  const date = row.validDate ?? '';
  const by: Record<Sort['key'], string | number> = {
    risk: row.score ?? '',
    takenIn: row.id,
    name: row.name,
    cardNumber: card.values.cardNumber ?? '',
    bankInfo: row.bankInfo ?? '',
    cardType: row.cardType ?? '',
    cardName: row.cardName ?? '',
    validDate: date.slice(3) + date.slice(0, 2),
    quality: row.quality ?? '',
    warnings: row.warnings.length,
    state: row.state,
    engine: row.engine ?? '',
    batch: row.batchId,
    assignedTo: row.assignedTo ?? '',
    updated: row.updatedAt,
  };
  return by[key];
}

export function countStates(cards: readonly FakeCard[]): Counts {
  const counts = Object.fromEntries(CARD_STATES.map((state) => [state, 0])) as Record<CardStateName, number>;
  for (const card of cards) counts[card.row.state] += 1;
  return counts;
}

export class FakeDesk {
  cards: FakeCard[] = [];
  batches: { id: BatchId; name: string; createdAt: number }[] = [];
  viewId = 0;
  revision = 1;
  queueKind: QueueStatus['kind'] = 'idle';
  queueCode: string | undefined;
  readonly run = { done: 0, total: 0 };
  private filter: Filter = {
    states: [],
    search: '',
    onlyWithWarnings: false,
    samplesDue: false,
    columns: {},
  };
  private sort: Sort = { key: 'risk', descending: true };
  private group: Group | undefined;
  private asked = { from: 0, to: 0 };
  private changed = new Set<CardId>();
  /** With which revision of the view a card was last told of. */
  private told = new Map<CardId, number>();
  private patchPlanned = false;
  private edits: Edit[] = [];
  private undone: Edit[] = [];
  private readonly listeners = new Map<EventName, Set<Listener>>();
  private ticking = false;

  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    const all = this.listeners.get(name) ?? new Set<Listener>();
    all.add(listener);
    this.listeners.set(name, all);
    return () => all.delete(listener);
  }

  emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    for (const listener of this.listeners.get(name) ?? [])
      (listener as (value: Events[Name]) => void)(payload);
  }

  addBatch(name: string, count: number, settled: boolean): BatchId {
    const id = (this.batches.length + 1) as BatchId;
    this.batches.push({ id, name, createdAt: Date.now() - (settled ? 3_600_000 * (4 - id) : 0) });
    const added = inventCards({ id, name }, count, this.cards.length + 1, Date.now(), settled);
    this.cards.push(...added);
    this.touched(added.map((card) => card.row.id));
    this.work();
    return id;
  }

  // --- views

  openView(filter: Filter, sort: Sort, group: Group | undefined) {
    this.filter = filter;
    this.sort = sort;
    this.group = group;
    this.viewId += 1;
    this.revision = 1;
    this.changed = new Set();
    this.told = new Map();
    return this.viewState();
  }

  private inScope(): FakeCard[] {
    const search = this.filter.search.trim().toLowerCase();
    const digits = search.replace(/\s/g, '');
    return this.cards.filter(
      ({ row, values }) =>
        (this.filter.batchId === undefined || row.batchId === this.filter.batchId) &&
        (search === '' ||
          row.name.toLowerCase().includes(search) ||
          (row.bankInfo ?? '').toLowerCase().includes(search) ||
          (/^\d+$/.test(digits) && (values.cardNumber ?? '').includes(digits))),
    );
  }

  viewCards(): FakeCard[] {
    const { states, onlyWithWarnings, doubt, samplesDue, assignedTo, columns } = this.filter;
    const shown = this.inScope().filter(
      (card) =>
        (states.length === 0 || states.includes(card.row.state)) &&
        (!onlyWithWarnings || card.row.warnings.length > 0) &&
        (doubt === undefined || card.row.doubts.some(({ name }) => name === doubt)) &&
        (!samplesDue || card.row.sample === 'due') &&
        (assignedTo === undefined || card.row.assignedTo === assignedTo) &&
        Object.entries(columns).every(([name, text]) =>
          String(sortText(card, COLUMN_SORTS[name as ColumnFilter])).includes(text.trim()),
        ),
    );
    const sign = this.sort.descending ? -1 : 1;
    return shown.sort((one, other) => {
      const [here, there] = [this.groupKey(one), this.groupKey(other)];
      if (here !== there) return here < there ? -1 : 1;
      const [left, right] = [sortText(one, this.sort.key), sortText(other, this.sort.key)];
      if (left === right) return one.row.id - other.row.id;
      if (left === '' || right === '') return left === '' ? 1 : -1;
      return (left < right ? -1 : 1) * sign;
    });
  }

  private groupKey({ row }: FakeCard): string {
    switch (this.group) {
      case 'batch':
        return String(row.batchId);
      case 'bankInfo':
        return row.bankInfo ?? '';
      case 'state':
        return row.state;
      case 'doubt':
        return row.doubts[0]?.name ?? '';
      case undefined:
        return '';
    }
  }

  private groups(): ViewGroup[] | undefined {
    if (this.group === undefined) return undefined;
    const groups: { key: string; label?: string; count: number }[] = [];
    for (const card of this.viewCards()) {
      const key = this.groupKey(card);
      const last = groups.at(-1);
      if (last?.key === key) last.count += 1;
      else groups.push({ key, label: this.group === 'batch' ? card.row.batchName : undefined, count: 1 });
    }
    return groups;
  }

  viewState() {
    return {
      viewId: this.viewId,
      revision: this.revision,
      version: this.revision,
      total: this.viewCards().length,
      counts: countStates(this.inScope()),
      groups: this.groups(),
    };
  }

  rows(from: number, to: number): readonly CardRow[] {
    this.asked = { from, to };
    return this.viewCards()
      .slice(from, to)
      .map((card) => card.row);
  }

  touched(ids: readonly CardId[]): void {
    for (const id of ids) this.changed.add(id);
    if (this.patchPlanned) return;
    this.patchPlanned = true;
    setTimeout(() => this.patch(), 100);
  }

  private patch(): void {
    this.patchPlanned = false;
    this.revision += 1;
    for (const id of this.changed) this.told.set(id, this.revision);
    const near = this.viewCards().slice(this.asked.from, this.asked.to);
    const changed = near.filter((card) => this.changed.has(card.row.id)).map((card) => card.row);
    this.changed.clear();
    this.emit('view:patch', { ...this.viewState(), changed });
  }

  // --- changes

  find(id: CardId): FakeCard | undefined {
    return this.cards.find((card) => card.row.id === id);
  }

  targets(target: Target): FakeCard[] {
    if (target.kind === 'cards') return target.ids.flatMap((id) => this.find(id) ?? []);
    return this.viewCards().filter((card) => !target.except.includes(card.row.id));
  }

  /** The cards that a decision names, and those among them that still are as they were seen. */
  seen(target: DecideTarget): { named: FakeCard[]; same: FakeCard[] } {
    if (target.kind === 'view') {
      const named = this.targets(target);
      const { version } = target;
      const isSame = ({ row }: FakeCard) =>
        !this.changed.has(row.id) && (this.told.get(row.id) ?? 0) <= version;
      return { named, same: named.filter(isSame) };
    }
    const cards = target.kind === 'card' ? [target] : target.cards;
    const named = cards.flatMap(({ id }) => this.find(id) ?? []);
    const revisions = new Map(cards.map(({ id, revision }) => [id, revision]));
    return { named, same: named.filter(({ row }) => revisions.get(row.id) === row.revision) };
  }

  /** What comes after a card, then from the top. */
  next(after: CardId, isWanted: (row: CardRow) => boolean): { cardId: CardId; index: number } | undefined {
    const cards = this.viewCards();
    const at = cards.findIndex(({ row }) => row.id === after);
    const order = [...cards.slice(at + 1), ...cards.slice(0, Math.max(0, at))];
    const found = order.find(({ row }) => isWanted(row));
    return found && { cardId: found.row.id, index: cards.indexOf(found) };
  }

  /** Changes cards as one step that can be undone. */
  edit(what: string, cards: readonly FakeCard[], change: (card: FakeCard) => void, who = 'li.na'): void {
    const before = cards.map((card) => structuredClone(card));
    for (const card of cards) {
      change(card);
      card.row = assessed(card);
      card.row = { ...card.row, revision: card.row.revision + 1, updatedAt: Date.now() };
      card.history.push({
        at: Date.now(),
        who,
        what: what === 'decided' ? card.row.state : what,
        params: {},
      });
    }
    this.edits.push({ what, before, after: cards.map((card) => structuredClone(card)) });
    this.undone = [];
    this.touched(cards.map((card) => card.row.id));
    this.emit('edit:changed', this.undoState());
  }

  undoState(): UndoState {
    return { undo: this.edits.at(-1)?.what, redo: this.undone.at(-1)?.what };
  }

  step(back: boolean): CardId | undefined {
    const edit = back ? this.edits.pop() : this.undone.pop();
    if (!edit) return undefined;
    (back ? this.undone : this.edits).push(edit);
    for (const kept of back ? edit.before : edit.after) {
      const at = this.cards.findIndex((card) => card.row.id === kept.row.id);
      const revision = (this.cards[at]?.row.revision ?? 0) + 1;
      const copy = structuredClone(kept);
      copy.row = { ...copy.row, revision };
      this.cards[at] = copy;
    }
    const ids = edit.before.map((card) => card.row.id);
    this.touched(ids);
    this.emit('edit:changed', this.undoState());
    return ids.length === 1 ? ids[0] : undefined;
  }

  // --- the queue

  queueStatus(): QueueStatus {
    const waiting = this.cards.filter(({ row }) => row.state === 'queued').length;
    const recognising = this.cards.filter(({ row }) => row.state === 'recognising').length;
    return {
      kind: this.queueKind,
      code: this.queueCode,
      retryAt: ['offline', 'blocked'].includes(this.queueKind) ? Date.now() + 24_000 : undefined,
      room: this.queueKind === 'blocked' ? { folder: '/home/lin/CardProof', megabytes: 50 } : undefined,
      engine: 'tencent',
      done: this.run.done,
      total: this.run.done + waiting + recognising,
      recognising,
      cardsPerMinute: this.queueKind === 'running' ? 86 : undefined,
      secondsLeft: this.queueKind === 'running' ? Math.ceil((waiting + recognising) * 0.7) : undefined,
    };
  }

  setQueue(kind: QueueStatus['kind'], code?: string): QueueStatus {
    this.queueKind = kind;
    this.queueCode = code;
    if (kind === 'running') this.work();
    this.emit('queue:changed', this.queueStatus());
    return this.queueStatus();
  }

  /** Starts the tick unless it runs; nothing happens while the queue is held. */
  work(): void {
    if (this.queueKind === 'idle' && this.cards.some(({ row }) => row.state === 'queued')) {
      this.queueKind = 'running';
      this.run.done = 0;
    }
    if (this.ticking || this.queueKind !== 'running') return;
    this.ticking = true;
    setTimeout(() => this.tick(), TICK_MS);
  }

  private tick(): void {
    this.ticking = false;
    if (this.queueKind !== 'running') return;
    const done = this.cards.filter(({ row }) => row.state === 'recognising');
    for (const card of done) {
      recognised(card, card.row.id, card.row.id * 10 + card.row.revision);
      card.row = { ...card.row, state: 'pending', revision: card.row.revision + 1, updatedAt: Date.now() };
      this.run.done += 1;
    }
    const next = this.cards.filter(({ row }) => row.state === 'queued').slice(0, 2);
    for (const card of next) {
      card.row = {
        ...card.row,
        state: 'recognising',
        revision: card.row.revision + 1,
        updatedAt: Date.now(),
      };
    }
    this.touched([...done, ...next].map((card) => card.row.id));
    if (next.length === 0) this.queueKind = 'idle';
    this.emit('queue:changed', this.queueStatus());
    this.work();
  }
}
