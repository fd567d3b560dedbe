/**
 * Pictures that were named by their places, some of them perhaps not for the first time. What the desk has of a place, with
 * the very content that lies there now, is not taken in again: it goes on from where it stands. All else is taken in.
 */
import type { BatchId, CardId } from '../../shared/ids';
import type { EngineName } from '../../shared/recognition';
import { assertNever, type Result } from '../../shared/result';
import type { CardState } from '../cards/card';
import { canBeTakenAnew } from '../cards/picture-lost';
import type { AuditLog } from '../audit/ports';
import type { Card, CardStore, Clock, Source, Transactions } from '../cards/ports';
import { classify } from '../recognition/errors';
import type { AttemptStore, CancelSignal } from '../recognition/ports';
import { MAX_FILE_BYTES, type IntakeFailure } from './formats';
import type { Intake } from './intake';
import { linkOf } from './links';
import { shownName } from './names';
import type { FileTool, LinkTool, PictureTool } from './ports';

export interface NamedTools {
  readonly store: CardStore & AttemptStore & AuditLog & Transactions;
  readonly files: FileTool;
  readonly links: LinkTool;
  readonly pictureTool: Pick<PictureTool, 'sha256'>;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly signal: CancelSignal;
  who(): string;
  changed(ids: readonly CardId[]): void;
  /** Cards wait for an engine. */
  requeued(): void;
}

export interface NamedOptions {
  readonly batchName: string;
  /** Takes everything in and asks about everything, whatever is known. */
  readonly again: boolean;
  /** An engine asked for by name: it reads also what only the other one has read. */
  readonly engine?: EngineName;
  /** Asked before any picture is taken in, with how many there are; where it answers false none is. */
  readonly admit?: (pictures: number) => Promise<boolean>;
}

export type NamedSource =
  | { readonly kind: 'path'; readonly path: string }
  /** Also what only looks like a link: it fails on its own card. */
  | { readonly kind: 'link'; readonly url: string };

type Place = Exclude<Source, { kind: 'clipboard' }> & {
  /** The place without symbolic links on the way. */
  readonly real: string;
  /** Its whole folder is gone: what was read of it stands. */
  readonly gone?: true;
};

/** Where the cards of one place are to be found: cards of a picture with several are known only when it has been taken in. */
interface Found {
  readonly location: string;
  readonly batchId: BatchId;
}

const isWaiting = ({ state }: Card): boolean => state.kind === 'arriving';
const refusedAtIntake = ({ state, pictures }: Card): boolean =>
  state.kind === 'failed' && pictures.original === undefined;
const isToBeTakenAgain = (card: Card): boolean => refusedAtIntake(card) || canBeTakenAnew(card);

/**
 * Answers how to tell the cards of all that was named, in its order and each once; ask when intake has become idle. Undefined:
 * they were not admitted.
 */
export async function takeNamed(
  tools: NamedTools,
  sources: readonly NamedSource[],
  options: NamedOptions,
): Promise<(() => readonly CardId[]) | undefined> {
  const { store } = tools;
  const arriving = new Set(store.ids({ states: ['arriving'] }, { key: 'takenIn', descending: false }));
  const places = await placesOf(tools, sources);
  const found = new Map<Place, Found>();
  const fresh: Place[] = [];
  const seen: Card[] = [];
  for (const place of places) {
    if (tools.signal.aborted) break;
    const known = options.again ? undefined : await knownAt(tools, place);
    const [first] = known ?? [];
    if (!known || !first) fresh.push(place);
    else {
      found.set(place, { location: first.location ?? place.location, batchId: first.batchId });
      seen.push(...known);
    }
  }
  if (tools.signal.aborted || !((await options.admit?.(fresh.length)) ?? true)) return undefined;
  // Left by an earlier run, and perhaps refused while the places were looked at: that was just now.
  const toGoOn = seen.filter((card) => !(arriving.has(card.id) && isToBeTakenAgain(card)));
  goOn(tools, toGoOn, options.engine);
  if (fresh.length > 0) {
    const batchId = await tools.intake.take(options.batchName, { sources: fresh, anew: options.again });
    for (const place of fresh) found.set(place, { location: place.location, batchId });
  }
  return () => {
    const ids = places.flatMap((place) => {
      const there = found.get(place);
      if (!there) return [];
      return store
        .cardsAt(there.location)
        .filter(({ batchId }) => batchId === there.batchId)
        .map(({ id }) => id);
    });
    return [...new Set(ids)];
  };
}

/** Folders are walked; what is named twice, also by a symbolic link to its folder, is there once. */
async function placesOf(
  { files, store }: Pick<NamedTools, 'files' | 'store'>,
  sources: readonly NamedSource[],
): Promise<readonly Place[]> {
  const places = new Map<string, Place>();
  const add = (place: Place) => places.has(place.real) || places.set(place.real, place);
  for (const source of sources) {
    if (source.kind === 'link') {
      const { url } = source;
      const name = linkOf(url)?.name ?? shownName(url);
      add({ kind: 'link', name, location: url, real: url });
      continue;
    }
    const real = await files.real(source.path);
    const kind = await files.kind(source.path);
    const gone = kind === 'missing' ? placesBelow(store, source.path) : [];
    if (gone.length > 0) gone.forEach(add);
    else if (kind === 'folder') {
      for await (const { path, name } of files.walk(source.path))
        add({ kind: 'file', name, location: path, real: path.replace(source.path, () => real) });
    } else add({ kind: 'file', name: files.name(source.path), location: source.path, real });
  }
  return [...places.values()];
}

/** Of a folder that is gone: what is known of the files that were in it. */
function placesBelow(store: CardStore, folder: string): readonly Place[] {
  const within = (location: string) =>
    location.startsWith(folder) && /^[\\/]./.test(location.slice(folder.replace(/[\\/]+$/, '').length));
  const places = new Map<string, Place>();
  for (const card of store.cards(store.ids({}, { key: 'takenIn', descending: false }))) {
    const { sourceKind: kind, location, name } = card;
    if (kind !== 'file' || location === undefined || !within(location)) continue;
    places.set(location, { kind, name, location, real: location, gone: true });
  }
  return [...places.values()];
}

function bytesAt(tools: NamedTools, place: Place): Promise<Result<Uint8Array, IntakeFailure>> {
  switch (place.kind) {
    case 'file':
      return tools.files.read(place.location, MAX_FILE_BYTES);
    case 'link':
      return tools.links.fetch(place.location, MAX_FILE_BYTES, tools.signal);
    default:
      return assertNever(place);
  }
}

/** The cards that stand for what lies at a place now; none when it has to be taken in. */
async function knownAt(tools: NamedTools, place: Place): Promise<readonly Card[]> {
  const at = (location: string) =>
    tools.store.cardsAt(location).filter(({ sourceKind }) => sourceKind === place.kind);
  const there = [...at(place.location), ...(place.real === place.location ? [] : at(place.real))];
  const batches = [...new Set(there.map(({ batchId }) => batchId))].sort((one, other) => other - one);
  const groups = batches.map((batch) => there.filter(({ batchId }) => batchId === batch));
  const [newest] = groups;
  if (newest === undefined) return [];
  if (place.gone) return newest;
  // Left by a run that was broken off: it is taken in now.
  const waiting = groups.find((cards) => cards.some(isWaiting));
  if (waiting) return waiting;
  const bytes = await bytesAt(tools, place);
  const sha256 = bytes.ok ? tools.pictureTool.sha256(bytes.value) : undefined;
  const same =
    sha256 === undefined ? undefined : groups.find((cards) => cards.some((card) => card.sha256 === sha256));
  if (same) return same;
  // It could not even be read then, or cannot be read now as it could not then: the same card tries again.
  const [only, ...others] = newest;
  const unread = others.length === 0 && only !== undefined && isToBeTakenAgain(only);
  return unread && (only.sha256 === undefined || !bytes.ok) ? newest : [];
}

/** What is still to be done about cards that are known: what failed for its file's sake is taken in again, what was not paid for is asked about. */
function goOn(tools: NamedTools, cards: readonly Card[], engine: EngineName | undefined): void {
  const { store, clock } = tools;
  const retake: CardId[] = [];
  const queued: CardId[] = [];
  store.transaction(() => {
    const now = clock.now();
    for (const card of cards) {
      if (isToBeTakenAgain(card)) {
        // A piece of a picture with several was looked at together with the others.
        if (card.piece === undefined) retake.push(card.id);
        continue;
      }
      const state = nextOf(card, store, engine);
      if (!state) continue;
      store.change(card.id, { state }, now);
      store.addAudit(tools.who(), 'recogniseAgain', card.id, engine ? { engine } : {}, now);
      queued.push(card.id);
    }
  });
  tools.intake.retake(retake);
  if (queued.length === 0) return;
  tools.changed(queued);
  tools.requeued();
}

function nextOf(card: Card, store: AttemptStore, engine: EngineName | undefined): CardState | undefined {
  const { state } = card;
  if (state.kind !== 'failed' && state.kind !== 'pending') return undefined;
  const attempts = store.attempts(card.id);
  const answered = (name: EngineName) =>
    attempts.some((one) => one.engine === name && ['finished', 'failed', 'unknown'].includes(one.outcome));
  if (engine !== undefined && !answered(engine)) return { kind: 'queued', engine };
  if (state.kind === 'pending') return undefined;
  // What may have been paid for is not paid for again unseen.
  if (attempts.some(({ maybeCharged }) => maybeCharged)) return undefined;
  const passing = state.code === 'queue.cancelled' || classify(state.code).class === 'transient';
  return passing ? { kind: 'queued' } : undefined;
}
