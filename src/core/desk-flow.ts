/** The flow of the cards: intake, queue, review, and the care for the records; what one changes the next one hears. */
import type { DeskPorts } from './desk-ports';
import type { DeskRecords } from './desk-records';
import { createCare, type Care } from './environment/care';
import type { Hold } from './environment/hold';
import { createIntake, type Intake } from './intake/intake';
import { createQueue, type Queue } from './queue/queue';
import { createEngines } from './recognition/engines';
import type { CancelSignal } from './recognition/ports';
import { createAfterReading } from './review/after-reading';
import { createReview, type Review } from './review/review';

export interface DeskFlow {
  readonly intake: Intake;
  readonly queue: Queue;
  readonly review: Review;
  readonly care: Care;
}

/** `closing` fires when the desk closes. */
export function createFlow(
  ports: DeskPorts,
  { store, settings, people, assessor, views, changed }: DeskRecords,
  hold: Hold,
  closing: CancelSignal,
): DeskFlow {
  const { pictures, clock, events } = ports;
  const { who } = people;
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
    signal: closing,
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
    askedAt: views.askedAt,
    defect: events.defect,
  });
  return { intake, queue, review, care };
}
