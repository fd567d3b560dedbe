/** What the whole desk needs of the world, and what it tells a face without being asked. */
import type { ViewPatch } from '../shared/cards';
import type { IntakeProgress, QueueStatus, UndoState } from '../shared/ipc';
import type { SessionState } from '../shared/people';
import type { EngineName } from '../shared/recognition';
import type { Settings } from '../shared/settings';
import type { Clock, PictureStore } from './cards/ports';
import type { DeskStore } from './desk-store';
import type { PrefixTable } from './doubts/ports';
import type { SheetWriter } from './export/ports';
import type { FileTool, LinkTool, PictureLooker, PictureTool } from './intake/ports';
import type { PinHasher } from './people/people';
import type { Canceller, RecognitionEngine } from './recognition/ports';
import type { DeskSettings } from './settings/settings';

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
