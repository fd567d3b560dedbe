/** The whole desk without the world: joins what it knows with the flow of the cards, and answers a face's questions. */
import type { CutRegion, NextKind } from '../shared/cards';
import type { BatchId, CardId, ViewId } from '../shared/ids';
import type { Output } from '../shared/ipc';
import type { EngineName } from '../shared/recognition';
import type { Report } from '../shared/report';
import type { Language } from '../shared/settings';
import { createBatches, type Batches } from './batches/batches';
import { createFlow } from './desk-flow';
import type { DeskPorts } from './desk-ports';
import { createRecords } from './desk-records';
import { createHold, type Hold } from './environment/hold';
import { tryWriting } from './environment/probe';
import type { SheetWriter } from './export/ports';
import { exportSheet, type SheetOrder } from './export/sheet';
import { createWriting } from './export/writing';
import type { Intake } from './intake/intake';
import { takeNamed, type NamedOptions, type NamedSource } from './intake/named';
import type { People } from './people/people';
import type { Queue } from './queue/queue';
import type { CancelSignal } from './recognition/ports';
import { makeReport } from './report/report';
import { reportBook } from './report/report-book';
import { recogniseAgain } from './review/again';
import { recogniseCut } from './review/cut';
import { nextOf } from './review/next';
import type { Review } from './review/review';
import type { DeskSettings } from './settings/settings';
import { createCardReader, type CardReader } from './views/card-reader';
import type { Views } from './views/views';

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
  takeNamed(sources: readonly NamedSource[], options: NamedOptions): ReturnType<typeof takeNamed>;
  /** Reads cards again; those whose picture is lost are taken in anew from where they came. */
  recogniseAgain(ids: readonly CardId[], engine: EngineName | undefined): Output<'cards:recogniseAgain'>;
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
  /**
   * Takes nothing more in and sends nothing more, and lets calls end that have left and are paid for until it is enough. What
   * is known can still be read and written out.
   */
  stop(enough?: CancelSignal): Promise<void>;
  /** Stops, and ends whatever is being written for others. */
  close(enough?: CancelSignal): Promise<void>;
}

export function createDesk(ports: DeskPorts): Desk {
  const { pictures, pictureTool, clock, events } = ports;
  const closing = ports.newCanceller();
  const shutting = ports.newCanceller();
  const hold = createHold({
    clock,
    probe: () => tryWriting(ports.store, pictures),
    changed() {
      flow.queue.wake();
      flow.intake.wake();
    },
    defect: events.defect,
  });
  const records = createRecords(ports, hold, {
    settings(now, before) {
      // Another engine, address or region may be what a stopped queue was waiting for.
      const elsewhere =
        now.engine !== before.engine || now.endpoint !== before.endpoint || now.region !== before.region;
      const { kind, code } = flow.queue.status();
      // What was lost is for a person to look at, wherever cards go.
      if (
        elsewhere &&
        code !== 'profile.changesLost' &&
        (kind === 'stopped' || kind === 'offline' || kind === 'failing')
      )
        flow.queue.resume();
      else flow.queue.wake();
    },
    session: () => events.undoChanged(flow.review.undoState()),
  });
  const flow = createFlow(ports, records, hold, closing.signal);
  const { store, settings, people, assessor, views, changed } = records;
  const { intake, queue, review, care } = flow;
  const { who } = people;
  const viewer = () => ({ who: who(), supervisor: people.may('supervisor') });
  const writing = createWriting(ports.sheetWriter, shutting.signal);

  async function stop(enough?: CancelSignal): Promise<void> {
    closing.cancel();
    hold.close();
    care.close();
    assessor.close();
    await Promise.all([queue.close(enough), intake.stopped()]);
  }

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
          pictureTool,
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
    recogniseAgain: (ids, engine) => recogniseAgain({ store, review, intake }, ids, engine),
    recogniseCut: (id, region, engine) =>
      recogniseCut({ store, pictures, pictureTool, review }, id, region, engine),
    exportSheet: (target, request, signal, written) =>
      exportSheet({ store, clock, writer: writing.writer, who }, target, request, signal, written),
    exportReport(target, batchId, language) {
      store.addAudit(who(), 'exportedReport', undefined, {}, clock.now());
      const book = reportBook(makeReport(store, batchId), language);
      return writing.writer.write(target, book, shutting.signal, () => undefined);
    },
    keep: hold.keep,
    start() {
      assessor.refresh();
      queue.start();
      intake.resume();
      care.start();
    },
    stop,
    async close(enough) {
      shutting.cancel();
      views.close();
      await Promise.all([stop(enough), writing.ended()]);
      store.close();
    },
  };
}
