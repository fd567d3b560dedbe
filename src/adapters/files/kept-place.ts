/** Where what a run has to leave behind lies for good: this user's, and emptied by no system. */
import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

function stateFolder(environment: Environment): string {
  const home = os.homedir();
  switch (process.platform) {
    case 'win32':
      return absolute(environment['LOCALAPPDATA']) ?? path.join(home, 'AppData', 'Local');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support');
    default:
      return absolute(environment['XDG_STATE_HOME']) ?? path.join(home, '.local', 'state');
  }
}

/** A relative one counts as none: so says who defined the name, and where one stands now is nowhere tomorrow. */
function absolute(folder: string | undefined): string | undefined {
  return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}

/** A place of its own for a run that began at `startedAt`, epoch ms. */
export function keptPlace(environment: Environment, startedAt: number): string {
  const moment = new Date(startedAt).toISOString().replace(/[-:]|\.\d+Z$/g, '');
  return path.join(stateFolder(environment), 'cardproof', `run-${moment}-${process.pid}`);
}
