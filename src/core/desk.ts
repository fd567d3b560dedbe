/** The whole desk without the world: joins the steps of the flow, so that what one changes the next one hears. */
import type { ViewPatch } from '../shared/cards';
import type { CardId } from '../shared/ids';
import type { IntakeProgress, QueueStatus, UndoState } from '../shared/ipc';
import type { EngineName } from '../shared/recognition';
import type { Settings } from '../shared/settings';
import type { SheetRequest } from '../shared/sheet';
import type { CardStore, Clock, PictureStore } from './cards/ports';
import type { SheetWriter } from './export/ports';
import { exportSheet } from './export/sheet';
import { createIntake, type Intake } from './intake/intake';
import type { FileTool, LinkTool, PictureTool } from './intake/ports';
import { createQueue, type Canceller, type Queue } from './queue/queue';
import type { CancelSignal, RecognitionEngine } from './recognition/ports';
import { createReview, type Review } from './review/review';
import { createViews, type Views } from './review/views';
import { createDeskSettings, type DeskSettings } from './settings/settings';

export interface DeskEvents {
  queueChanged(status: QueueStatus): void;
  intakeProgressed(progress: IntakeProgress): void;
  viewPatched(patch: ViewPatch): void;
  undoChanged(state: UndoState): void;
  settingsChanged(settings: Settings): void;
  /** A defect of the program, for the log. */
  defect(error: unknown): void;
}

export interface DeskPorts {
  readonly store: CardStore;
  readonly pictures: PictureStore;
  readonly pictureTool: PictureTool;
  readonly files: FileTool;
  readonly links: LinkTool;
  readonly clock: Clock;
  random(): number;
  /** Made after the settings are known, which they read at each call. */
  engines(settings: DeskSettings): Readonly<Record<EngineName, RecognitionEngine>>;
  readonly slots: (engine: EngineName) => number;
  /** Whether calls to the cloud can be signed. */
  hasCredentials(): boolean;
  newCanceller(): Canceller;
  readonly sheetWriter: SheetWriter;
  readonly who: string;
  readonly events: DeskEvents;
}

export interface Desk {
  readonly store: CardStore;
  readonly pictures: PictureStore;
  readonly intake: Intake;
  readonly queue: Queue;
  readonly review: Review;
  readonly views: Views;
  readonly settings: DeskSettings;
  exportSheet(
    target: string,
    request: SheetRequest,
    signal: CancelSignal,
    written: (rows: number, of: number) => void,
  ): ReturnType<typeof exportSheet>;
  /** Goes on with whatever an earlier run left. */
  start(): void;
  close(): Promise<void>;
}

export function createDesk(ports: DeskPorts): Desk {
  const { store, pictures, clock, who, events } = ports;
  const closing = ports.newCanceller();
  const settings = createDeskSettings(store, (now, before) => {
    events.settingsChanged(now);
    // Another engine, address or region may be what a stopped queue was waiting for.
    const elsewhere =
      now.engine !== before.engine || now.endpoint !== before.endpoint || now.region !== before.region;
    const { kind } = queue.status();
    if (elsewhere && (kind === 'stopped' || kind === 'offline')) queue.resume();
    else queue.wake();
  });
  const views = createViews({ store, clock, patch: events.viewPatched });
  const changed = (ids: readonly CardId[]) => views.changed(ids);
  const queue = createQueue({
    store,
    pictures,
    clock,
    random: ports.random,
    engines: ports.engines(settings),
    engine: () => settings.engine(ports.hasCredentials()),
    switches: () => settings.get().switches,
    slots: ports.slots,
    newCanceller: ports.newCanceller,
    changed,
    statusChanged: events.queueChanged,
    defect: events.defect,
  });
  const intake = createIntake({
    store,
    pictures,
    pictureTool: ports.pictureTool,
    files: ports.files,
    links: ports.links,
    clock,
    who,
    signal: closing.signal,
    changed,
    progressed: events.intakeProgressed,
    arrived: () => queue.wake(),
    defect: events.defect,
  });
  const review = createReview({
    store,
    clock,
    who,
    changed,
    undoChanged: events.undoChanged,
    requeued: () => queue.wake(),
  });

  return {
    store,
    pictures,
    intake,
    queue,
    review,
    views,
    settings,
    exportSheet: (target, request, signal, written) =>
      exportSheet({ store, clock, writer: ports.sheetWriter, who }, target, request, signal, written),
    start() {
      queue.start();
      intake.resume();
    },
    async close() {
      closing.cancel();
      views.close();
      await intake.stopped();
      await queue.close();
      store.close();
    },
  };
}
