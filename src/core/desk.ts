/** The whole desk without the world: joins the steps of the flow, so that what one changes the next one hears. */
import type { CutRegion, NextKind, ViewPatch } from '../shared/cards';
import type { BatchId, CardId, ViewId } from '../shared/ids';
import type { IntakeProgress, Output, QueueStatus, UndoState } from '../shared/ipc';
import type { SessionState } from '../shared/people';
import type { EngineName } from '../shared/recognition';
import type { Report } from '../shared/report';
import type { Language, Settings } from '../shared/settings';
import { createBatches, type Batches } from './batches/batches';
import type { Clock, PictureStore } from './cards/ports';
import type { DeskStore } from './desk-store';
import { createCare } from './environment/care';
import { createHold, type Hold } from './environment/hold';
import { tryWriting } from './environment/probe';
import { createAssessor } from './doubts/assessed-store';
import type { PrefixTable } from './doubts/ports';
import type { SheetWriter } from './export/ports';
import { reportBook } from './report/report-book';
import { exportSheet, type SheetOrder } from './export/sheet';
import { createIntake, type Intake } from './intake/intake';
import { takeNamed, type NamedOptions, type NamedSource } from './intake/named';
import type { FileTool, LinkTool, PictureLooker, PictureTool } from './intake/ports';
import { createQueue, type Queue } from './queue/queue';
import { createEngines } from './recognition/engines';
import type { CancelSignal, Canceller, RecognitionEngine } from './recognition/ports';
import { createPeople, type People, type PinHasher } from './people/people';
import { createAfterReading } from './review/after-reading';
import { recogniseCut } from './review/cut';
import { makeReport } from './report/report';
import { nextOf } from './review/next';
import { createReview, type Review } from './review/review';
import { createCardReader, type CardReader } from './views/card-reader';
import { createViews, type Views } from './views/views';
import { createDeskSettings, type DeskSettings } from './settings/settings';

export interface DeskEvents {
  queueChanged(status: QueueStatus): void;
  intakeProgressed(progress: IntakeProgress): void;
  viewPatched(patch: ViewPatch): void;
  undoChanged(state: UndoState): void;
  settingsChanged(settings: Settings): void;
  sessionChanged(session: SessionState): void;
  /** A defect of the program, for the log. */
  defect(error: unknown): void;
}

export interface DeskPorts {
  readonly store: DeskStore;
  readonly pictures: PictureStore;
  /** Where both lie, for people. */
  readonly folder: string;
  readonly pictureTool: PictureTool;
  readonly looker: PictureLooker;
  readonly files: FileTool;
  readonly links: LinkTool;
  readonly clock: Clock;
  random(): number;
  /** Made after the settings are known, which they read at each call. */
  engines(settings: DeskSettings): Readonly<Record<EngineName, RecognitionEngine>>;
  /** Whether credentials for an engine that needs some are stored. */
  hasCredentials(engine: EngineName): boolean;
  newCanceller(): Canceller;
  readonly sheetWriter: SheetWriter;
  readonly prefixes: PrefixTable;
  readonly pins: PinHasher;
  /** The operating system's account. */
  readonly account: string;
  readonly events: DeskEvents;
}

export interface Desk {
  readonly batches: Batches;
  readonly cards: CardReader;
  readonly intake: Intake;
  readonly queue: Queue;
  readonly review: Review;
  readonly views: Views;
  readonly settings: DeskSettings;
  readonly people: People;
  /** Takes in what was named by its place, but for what the desk has; answers how to tell the cards of all of it. */
  takeNamed(sources: readonly NamedSource[], options: NamedOptions): Promise<() => readonly CardId[]>;
  recogniseCut(
    id: CardId,
    region: CutRegion,
    engine: EngineName | undefined,
  ): Promise<Output<'cards:recogniseCut'>>;
  /** What comes next in a view for whoever sits there, and where in the view it is. */
  next(viewId: ViewId, after: CardId, kind: NextKind): Output<'view:next'>;
  report(batchId: BatchId | undefined): Report;
  exportSheet(
    target: string,
    request: SheetOrder,
    signal: CancelSignal,
    written: (rows: number, of: number) => void,
  ): ReturnType<typeof exportSheet>;
  exportReport(
    target: string,
    batchId: BatchId | undefined,
    language: Language,
  ): ReturnType<SheetWriter['write']>;
  /** Does what may fail for the computer's sake as soon as it can; the queue says what stands in the way. */
  keep: Hold['keep'];
  /** Goes on with whatever an earlier run left. */
  start(): void;
  close(): Promise<void>;
}

export function createDesk(ports: DeskPorts): Desk {
  const { pictures, clock, events } = ports;
  const closing = ports.newCanceller();
  const hold = createHold({
    clock,
    probe: () => tryWriting(ports.store, pictures),
    changed() {
      queue.wake();
      intake.wake();
    },
    defect: events.defect,
  });
  const settings = createDeskSettings(
    ports.store,
    (now, before) => {
      events.settingsChanged(now);
      assessor.refresh();
      // Another engine, address or region may be what a stopped queue was waiting for.
      const elsewhere =
        now.engine !== before.engine || now.endpoint !== before.endpoint || now.region !== before.region;
      const { kind } = queue.status();
      if (elsewhere && (kind === 'stopped' || kind === 'offline')) queue.resume();
      else queue.wake();
    },
    () => people.may('administrator'),
  );
  const changed = (ids: readonly CardId[]) => views.changed(ids);
  const assessor = createAssessor({
    store: ports.store,
    prefixes: ports.prefixes,
    clock,
    policy() {
      const { doubtWeights: weights, qualityThreshold } = settings.get();
      return { weights, qualityThreshold };
    },
    changed,
    keep: hold.keep,
    defect: events.defect,
  });
  const store: DeskStore = { ...ports.store, change: assessor.change };
  const views = createViews({ store, clock, patch: events.viewPatched });
  const people = createPeople({
    store,
    clock,
    pins: ports.pins,
    account: ports.account,
    changed(session) {
      events.sessionChanged(session);
      events.undoChanged(review.undoState());
    },
  });
  const { who } = people;
  const viewer = () => ({ who: who(), supervisor: people.may('supervisor') });
  const engines = createEngines({
    engines: ports.engines(settings),
    chosen: () => settings.get().engine,
    hasCredentials: ports.hasCredentials,
  });
  const afterReading = createAfterReading({
    store,
    clock,
    settings: settings.get,
    random: ports.random,
    engines,
  });
  const queue = createQueue({
    store,
    pictures,
    sha256: (bytes) => ports.pictureTool.sha256(bytes),
    clock,
    hold,
    folder: ports.folder,
    random: ports.random,
    engines,
    switches: () => settings.get().switches,
    newCanceller: ports.newCanceller,
    read: afterReading,
    changed,
    statusChanged: events.queueChanged,
    defect: events.defect,
  });
  const intake = createIntake({
    store,
    pictures,
    pictureTool: ports.pictureTool,
    looker: ports.looker,
    cardBacks: () => settings.get().cardBacks,
    files: ports.files,
    links: ports.links,
    clock,
    hold,
    who,
    signal: closing.signal,
    newCanceller: ports.newCanceller,
    changed,
    progressed: events.intakeProgressed,
    arrived: () => queue.wake(),
    defect: events.defect,
  });
  const review = createReview({
    store,
    clock,
    who,
    people,
    settings: settings.get,
    random: ports.random,
    engines,
    assessed: assessor.bringUpToDate,
    changed: (ids) => views.changed(ids, true),
    undoChanged: events.undoChanged,
    requeued: () => queue.wake(),
  });

  const care = createCare({
    store,
    clock,
    hold,
    busy: () => queue.status().kind === 'running',
    defect: events.defect,
  });

  return {
    batches: createBatches({ store, clock, who, renamed: views.renamed }),
    cards: createCardReader({ store, pictures, viewer }),
    intake,
    queue,
    review,
    views,
    settings,
    people,
    next(viewId, after, kind) {
      const tools = { store, ...viewer(), several: people.several() };
      const cardId = nextOf(tools, views.around(viewId, after), kind);
      const index = cardId === undefined ? undefined : views.position(viewId, cardId);
      return cardId === undefined || index === undefined ? undefined : { cardId, index };
    },
    report: (batchId) => makeReport(store, batchId),
    takeNamed: (sources, options) =>
      takeNamed(
        {
          store,
          files: ports.files,
          links: ports.links,
          pictureTool: ports.pictureTool,
          intake,
          clock,
          signal: closing.signal,
          who,
          changed,
          requeued: () => queue.wake(),
        },
        sources,
        options,
      ),
    recogniseCut: (id, region, engine) =>
      recogniseCut({ store, pictures, pictureTool: ports.pictureTool, review }, id, region, engine),
    exportSheet: (target, request, signal, written) =>
      exportSheet({ store, clock, writer: ports.sheetWriter, who }, target, request, signal, written),
    exportReport(target, batchId, language) {
      store.addAudit(who(), 'exportedReport', undefined, {}, clock.now());
      const book = reportBook(makeReport(store, batchId), language);
      return ports.sheetWriter.write(target, book, closing.signal, () => undefined);
    },
    keep: hold.keep,
    start() {
      assessor.refresh();
      queue.start();
      intake.resume();
      care.start();
    },
    async close() {
      closing.cancel();
      hold.close();
      care.close();
      assessor.close();
      views.close();
      await intake.stopped();
      await queue.close();
      store.close();
    },
  };
}
