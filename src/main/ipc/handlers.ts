/** Each channel of the contract, in its order. Decides nothing: it finds the desk, calls it, and hands back what it said. */
import type { Target } from '../../shared/cards';
import type { BatchId, CardId } from '../../shared/ids';
import type { DeskInfo, LockState } from '../../shared/ipc';
import { fail, ok, type Result } from '../../shared/result';
import type { SheetRequest } from '../../shared/sheet';
import { findLinks } from '../../core/intake/links';
import type { Material } from '../../core/intake/intake';
import { toDetail } from '../../core/review/rows';
import type { Composition } from '../compose';
import { DeskLocked, type Handlers } from './answer';

/** What the handlers need of Electron, and of the application around the desk. */
export interface Shell {
  /** Undefined until the records are open. */
  composition(): Composition | undefined;
  info(): Promise<DeskInfo>;
  unlock(passphrase: string): Promise<Result<LockState, 'unlock.wrongPassphrase' | 'unlock.tooShort'>>;
  chooseFiles(): Promise<readonly string[]>;
  chooseFolder(): Promise<readonly string[]>;
  readClipboard(): Promise<Material | undefined>;
  /** The paths behind a token of preload; each token works once. */
  droppedPaths(token: string): readonly string[] | undefined;
  /** The bundled pictures, without what is told about them beside. */
  specimens(): Promise<readonly string[]>;
  chooseSheet(name: string): Promise<string | undefined>;
  sheetProgress(written: number, total: number): void;
  showSheet(): void;
  sheetWritten(file: string): void;
  batchName(): string;
}

export function createHandlers(shell: Shell): Handlers {
  let writing: AbortController | undefined;

  function opened(): Composition {
    const composition = shell.composition();
    if (!composition) throw new DeskLocked();
    return composition;
  }
  const desk = () => opened().desk;

  function ids(target: Target): readonly CardId[] {
    return target.kind === 'cards' ? target.ids : desk().views.all(target.viewId, target.except);
  }

  async function take(material: Material): Promise<Result<BatchId>> {
    return ok(await desk().intake.take(shell.batchName(), material));
  }

  async function takeChosen(choose: () => Promise<readonly string[]>): Promise<Result<BatchId | undefined>> {
    opened();
    const paths = await choose();
    return paths.length === 0 ? ok(undefined) : take({ paths });
  }

  async function writeSheet(request: SheetRequest) {
    opened();
    const target = await shell.chooseSheet(
      `CardProof ${shell.batchName().replace(/[^\w\u4e00-\u9fff-]+/g, ' ')}.xlsx`,
    );
    if (target === undefined) return ok(undefined);
    writing = new AbortController();
    const done = await desk().exportSheet(target, request, writing.signal, shell.sheetProgress);
    writing = undefined;
    if (!done.ok) return done;
    shell.sheetWritten(target);
    return ok({ rows: done.value.rows, name: target.split(/[\\/]/).pop() ?? '' });
  }

  return {
    'desk:info': () => shell.info(),
    'desk:unlock': ({ passphrase }) => shell.unlock(passphrase),

    'intake:chooseFiles': () => takeChosen(shell.chooseFiles),
    'intake:chooseFolder': () => takeChosen(shell.chooseFolder),
    async 'intake:paste'() {
      opened();
      const material = await shell.readClipboard();
      return material
        ? ok(await desk().intake.take(shell.batchName(), material))
        : fail('intake.nothingToPaste');
    },
    async 'intake:links'({ text }) {
      opened();
      const { links, bad } = findLinks(text);
      if (bad !== undefined) return fail('intake.badLink', { piece: bad });
      if (links.length === 0) return fail('intake.noLinks');
      return ok(await desk().intake.take(shell.batchName(), { links }));
    },
    async 'intake:drop'({ token }) {
      opened();
      const paths = shell.droppedPaths(token);
      return paths
        ? ok(await desk().intake.take(shell.batchName(), { paths }))
        : fail('intake.nothingDropped');
    },
    'intake:specimens': async () => take({ paths: await shell.specimens() }),
    'intake:cancel'({ batchId }) {
      desk().intake.cancel(batchId);
      return ok(true);
    },

    'queue:status': () => desk().queue.status(),
    'queue:pause'() {
      desk().queue.pause();
      return desk().queue.status();
    },
    'queue:resume'() {
      desk().queue.resume();
      return desk().queue.status();
    },
    'queue:cancel'() {
      desk().queue.cancel();
      return desk().queue.status();
    },

    'view:open': ({ filter, sort }) => desk().views.open(filter, sort),
    'view:rows': ({ viewId, from, to }) => desk().views.rows(viewId, from, to),
    'view:position': ({ viewId, cardId }) => desk().views.position(viewId, cardId),
    'batches:list': () => desk().store.batches(),

    'cards:detail'({ cardId }) {
      const card = desk().store.card(cardId);
      return card ? ok(toDetail(card, desk().store)) : fail('card.gone');
    },
    'cards:reveal': ({ cardId }) => desk().review.reveal(cardId),
    'cards:decide': ({ target, decision, warningsAcknowledged }) =>
      desk().review.decide(ids(target), decision, warningsAcknowledged),
    'cards:correct': ({ cardId, field, value }) => desk().review.correct(cardId, field, value),
    'cards:recogniseAgain': ({ target, engine }) => desk().review.recogniseAgain(ids(target), engine),
    'cards:reopen': ({ target }) => desk().review.reopen(ids(target)),
    'edit:state': () => desk().review.undoState(),
    'edit:undo': () => desk().review.undo(),
    'edit:redo': () => desk().review.redo(),

    'sheet:export': (request) => writeSheet(request),
    'sheet:cancel'() {
      writing?.abort();
      return true;
    },
    'sheet:show'() {
      shell.showSheet();
      return true;
    },

    'settings:get': () => desk().settings.get(),
    'settings:change': (change) => desk().settings.change(change),
    'credentials:status': () => opened().credentials.status(),
    async 'credentials:store'(credentials) {
      const stored = await opened().credentials.store(credentials);
      desk().queue.resume();
      return stored;
    },
    async 'credentials:forget'() {
      const forgotten = await opened().credentials.forget();
      desk().queue.wake();
      return forgotten;
    },
    'credentials:test': () => opened().testCredentials(),
  };
}
