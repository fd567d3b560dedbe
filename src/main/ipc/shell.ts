/** What the handlers need around the desk. Free of Electron and Node, so that a plain browser can give it too. */
import type { Desk } from '../../core/desk';
import type { Material } from '../../core/intake/intake';
import type { DeskInfo, Output } from '../../shared/ipc';
import type { Place } from '../../shared/keys';
import type { Credentials, CredentialsStatus } from '../../shared/settings';
import { Refused } from './answer';

/** The desk, open, and the credentials that lie beside its records. */
export interface OpenDesk {
  readonly desk: Desk;
  readonly credentials: {
    status(): CredentialsStatus;
    store(credentials: Credentials): Promise<Output<'credentials:store'>>;
    forget(): Promise<Output<'credentials:forget'>>;
  };
  testCredentials(): Promise<Output<'credentials:test'>>;
}

export interface Shell {
  /** Undefined until the records are open. */
  composition(): OpenDesk | undefined;
  info(): Promise<DeskInfo>;
  unlock(passphrase: string): Promise<Output<'desk:unlock'>>;
  chooseFiles(): Promise<readonly string[]>;
  chooseFolder(): Promise<readonly string[]>;
  readClipboard(): Promise<Material | undefined>;
  /** The paths behind a token of preload; each token works once. */
  droppedPaths(token: string): readonly string[] | undefined;
  /** The bundled specimen pictures. */
  specimens(): Promise<readonly string[]>;
  /** Asks where to and proposes a name or a place; undefined when the person closed the dialog. */
  chooseSheet(name: string): Promise<string | undefined>;
  sheetProgress(written: number, total: number): void;
  showSheet(): void;
  /** Answers the file's name without its folder: no path crosses. */
  sheetWritten(file: string): string;
  batchName(): string;
  showPlace(place: Place | undefined): void;
}

/** What each group of handlers is made of. */
export interface HandlerTools {
  readonly shell: Shell;
  /** Refuses while the records are locked. */
  opened(): OpenDesk;
  desk(): Desk;
}

export function handlerTools(shell: Shell): HandlerTools {
  function opened(): OpenDesk {
    const composition = shell.composition();
    if (!composition) throw new Refused('desk.locked');
    return composition;
  }
  return { shell, opened, desk: () => opened().desk };
}
