/** Each channel of the contract, in its order. Decides nothing: it finds the desk, calls it, and hands back what it said. */
import type { DecideTarget, NextKind, Target } from '../../shared/cards';
import type { BatchId, CardId, ViewId } from '../../shared/ids';
import type { ChannelName, DeskInfo, Output } from '../../shared/ipc';
import { CHANNELS, type Least } from '../../shared/ipc-channels';
import type { Place } from '../../shared/keys';
import { maskNumbersIn } from '../../shared/mask';
import { fail, ok } from '../../shared/result';
import type { Language } from '../../shared/settings';
import type { SheetRequest } from '../../shared/sheet';
import type { People } from '../../core/people/people';
import { findLinks } from '../../core/intake/links';
import type { Material } from '../../core/intake/intake';
import { nextOf } from '../../core/review/next';
import { toDetail } from '../../core/views/rows';
import { seenOne, seenTogether, type Seen } from '../../core/review/seen';
import type { Composition } from '../compose';
import { makeReport } from '../../core/report/report';
import { Refused, type Handlers } from './answer';

/** How the window looks and which keys it hears is everybody's own affair; all other settings are the administrator's. */
const ANYBODYS_SETTINGS: readonly string[] = ['language', 'theme', 'keys', 'grid'];

/** Characters of what is no link: enough to find it again. */
const BAD_LINK_SHOWN = 80;

/** What the handlers need of Electron, and of the application around the desk. */
export interface Shell {
  /** Undefined until the records are open. */
  composition(): Composition | undefined;
  info(): Promise<DeskInfo>;
  unlock(passphrase: string): Promise<Output<'desk:unlock'>>;
  chooseFiles(): Promise<readonly string[]>;
  chooseFolder(): Promise<readonly string[]>;
  readClipboard(): Promise<Material | undefined>;
  /** The paths behind a token of preload; each token works once. */
  droppedPaths(token: string): readonly string[] | undefined;
  /** The bundled specimen pictures. */
  specimens(): Promise<readonly string[]>;
  chooseSheet(name: string): Promise<string | undefined>;
  sheetProgress(written: number, total: number): void;
  showSheet(): void;
  sheetWritten(file: string): void;
  batchName(): string;
  showPlace(place: Place | undefined): void;
}

export function createHandlers(shell: Shell): Handlers {
  let writing: AbortController | undefined;

  function opened(): Composition {
    const composition = shell.composition();
    if (!composition) throw new Refused('desk.locked');
    return composition;
  }
  const desk = () => opened().desk;
  const viewer = () => {
    const { people } = desk();
    return { who: people.who(), supervisor: people.may('supervisor') };
  };

  function ids(target: Target): readonly CardId[] {
    return target.kind === 'cards' ? target.ids : desk().views.all(target.viewId, target.except);
  }

  function seen(target: DecideTarget): Seen {
    if (target.kind === 'card') return seenOne(target);
    if (target.kind === 'cards') return seenTogether(target.cards);
    return desk().views.seen(target.viewId, target.version, target.except);
  }

  function next(viewId: ViewId, after: CardId, kind: NextKind) {
    const { views, store, people } = desk();
    const cardId = nextOf(
      { store, ...viewer(), several: people.several() },
      views.around(viewId, after),
      kind,
    );
    const index = cardId === undefined ? undefined : views.position(viewId, cardId);
    return cardId === undefined || index === undefined ? undefined : { cardId, index };
  }

  async function take(material: Material): Promise<Output<'intake:specimens'>> {
    return ok(await desk().intake.take(shell.batchName(), material));
  }

  async function takeChosen(choose: () => Promise<readonly string[]>): Promise<Output<'intake:chooseFiles'>> {
    opened();
    const paths = await choose();
    return paths.length === 0 ? ok(undefined) : take({ paths });
  }

  async function writeSheet(request: SheetRequest) {
    opened();
    const target = await shell.chooseSheet(`CardProof ${fileSafe(shell.batchName())}.xlsx`);
    if (target === undefined) return ok(undefined);
    writing = new AbortController();
    const done = await desk().exportSheet(target, request, writing.signal, shell.sheetProgress);
    writing = undefined;
    if (!done.ok) return done;
    shell.sheetWritten(target);
    return ok({ rows: done.value.rows, name: fileName(target) });
  }

  async function writeReport(batchId: BatchId | undefined, language: Language) {
    opened();
    const target = await shell.chooseSheet(
      `CardProof ${fileSafe(shell.batchName())} ${REPORT_WORD[language]}.xlsx`,
    );
    if (target === undefined) return ok(undefined);
    const done = await desk().exportReport(target, batchId, language);
    if (!done.ok) return done;
    shell.sheetWritten(target);
    return ok({ name: fileName(target) });
  }

  const handlers: Handlers = {
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
      const [wrong] = bad;
      if (links.length === 0) {
        return wrong === undefined
          ? fail('intake.noLinks')
          : fail('intake.badLink', { region: maskNumbersIn(wrong.slice(0, BAD_LINK_SHOWN)) });
      }
      const batchId = await desk().intake.take(shell.batchName(), { links });
      return ok({ batchId, left: bad.join('\n') });
    },
    async 'intake:drop'({ token }) {
      opened();
      const paths = shell.droppedPaths(token);
      return paths
        ? ok(await desk().intake.take(shell.batchName(), { paths }))
        : fail('intake.nothingDropped');
    },
    async 'intake:specimens'() {
      opened();
      return take({ paths: await shell.specimens() });
    },
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

    'view:open': ({ filter, sort, group }) => desk().views.open(filter, sort, group),
    'view:rows': ({ viewId, from, to }) => desk().views.rows(viewId, from, to),
    'view:position': ({ viewId, cardId }) => desk().views.position(viewId, cardId),
    'view:next': ({ viewId, after, kind }) => next(viewId, after, kind),
    'batches:list': () =>
      desk()
        .store.batches()
        .map(({ name, ...batch }) => ({ ...batch, name: maskNumbersIn(name) })),
    'batches:rename'({ batchId, name }) {
      const now = desk()
        .store.batches()
        .find(({ id }) => id === batchId);
      // What was shown masked, and confirmed as it was shown, stays as it is.
      if (now && name === maskNumbersIn(now.name)) return ok(true);
      return desk().store.renameBatch(batchId, name) ? ok(true) : fail('batch.gone');
    },
    'report:get': ({ batchId }) => makeReport(desk().store, batchId),
    'report:export': ({ batchId, language }) => writeReport(batchId, language),

    'cards:detail'({ cardId }) {
      const card = desk().store.card(cardId);
      return card ? ok(toDetail(card, desk().store, viewer())) : fail('card.gone');
    },
    'cards:reveal': ({ cardId }) => desk().review.reveal(cardId),
    'cards:decide': ({ target, decision, warningsAcknowledged, effort }) =>
      desk().review.decide(seen(target), decision, warningsAcknowledged, effort),
    'cards:wall': (input) => desk().review.wall(input.ids),
    'cards:settle': ({ card, side }) => desk().review.settle(card, side),
    'cards:check': ({ card, right }) => desk().review.check(card, right),
    'cards:assign': ({ target, to }) => desk().review.assign(ids(target), to),
    'cards:note': ({ cardId, text }) => desk().review.note(cardId, text),
    'cards:secondOpinion': ({ target }) => desk().review.secondOpinion(ids(target)),
    'cards:correct': ({ card, field, value }) => desk().review.correct(card, field, value),
    'cards:recogniseAgain': ({ target, engine }) => desk().review.recogniseAgain(ids(target), engine),
    'cards:recogniseCut': ({ cardId, engine, ...region }) => desk().recogniseCut(cardId, region, engine),
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

    'session:get': () => desk().people.session(),
    'session:signIn': ({ id, pin }) => desk().people.signIn(id, pin),
    'session:signOut': () => desk().people.signOut(),
    'people:add': ({ name, role, pin }) => desk().people.add(name, role, pin),
    'people:change': (change) => desk().people.change(change),

    'settings:get': () => desk().settings.get(),
    'settings:change'(change) {
      const own = Object.keys(change).every((name) => ANYBODYS_SETTINGS.includes(name));
      if (!own && !desk().people.may('administrator')) throw new Refused('session.notAllowed');
      return desk().settings.change(change);
    },
    'menu:place'({ place }) {
      opened();
      shell.showPlace(place);
      return true;
    },

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
  return guarded(handlers, () => shell.composition()?.desk.people);
}

/** Each handler behind the question whether whoever sits there may call it. */
function guarded(handlers: Handlers, people: () => People | undefined): Handlers {
  const guard = (name: ChannelName) => {
    const here = people();
    const least: Least = CHANNELS[name].least;
    if (!here || least === 'everyone') return;
    if (!here.signedIn()) throw new Refused('session.signedOut');
    if (!here.may(least)) throw new Refused('session.notAllowed');
  };
  return Object.fromEntries(
    (Object.entries(handlers) as [ChannelName, (input: never) => unknown][]).map(([name, handle]) => [
      name,
      (input: never) => {
        guard(name);
        return handle(input);
      },
    ]),
  ) as unknown as Handlers;
}

const REPORT_WORD: Readonly<Record<Language, string>> = { 'zh-CN': '报表', en: 'report' };

function fileSafe(text: string): string {
  return text.replace(/[^\w\u4e00-\u9fff-]+/g, ' ');
}
function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? '';
}
