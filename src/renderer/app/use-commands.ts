/** What each command does, and what the menu's commands do. */
import { useCard } from '../features/open-card/card-store';
import { useDecide } from '../features/decide/decide-store';
import { useView } from '../features/view/view-store';
import { useWall } from '../features/wall/wall-store';
import { useIntake } from '../features/intake/intake-store';
import type { MenuCommand } from '../../shared/ipc';
import type { Role } from '../../shared/people';
import { isForStage, type ApplicationCommand, type Command, type StageCommand } from '../../shared/keys';
import { useSession } from '../session/session-store';
import { useToasts } from '../ui/toast-store';
import { isTyping } from '../ui/typing';
import { words } from '../messages/words';
import { useDesk, type DialogName } from '../session/desk-store';

export interface Screen {
  /** How many rows the grid shows. */
  readonly rowsShown: () => number;
  readonly find: () => void;
  /** Zoom, turn, pan: what the picture's stage knows to do. */
  readonly stage: (command: StageCommand) => void;
  readonly writeNote: () => void;
  readonly focusGrid: () => void;
}

export function useCommands(screen: Screen) {
  const desk = useDesk();
  const view = useView();
  const card = useCard();
  const decide = useDecide();
  const intake = useIntake();
  const wall = useWall();
  const session = useSession();
  const toasts = useToasts();

  const onWall = () => view.look === 'wall' && card.openId === undefined;

  function move(to: number): void {
    if (card.openId === undefined) view.focusOn(to);
    else void card.go(Math.max(0, Math.min(to, view.total - 1)));
  }

  function back(): boolean {
    if (decide.question) decide.leaveQuestion();
    else if (card.editing !== undefined) card.editing = undefined;
    else if (card.openId !== undefined) {
      card.close();
      screen.focusGrid();
    } else if (view.selectedCount > 0) view.selectNothing();
    else if (view.look === 'wall') {
      view.look = 'list';
      screen.focusGrid();
    } else return false;
    return true;
  }

  function openFor(role: Role, dialog: DialogName): void {
    if (session.may(role)) desk.dialog = dialog;
    else toasts.problem(words.sentence('session.notAllowed'));
  }

  /** One for each command but those that the stage knows. */
  const acts: Readonly<Record<Exclude<Command, StageCommand | 'back'>, () => void>> = {
    up: () => move(view.focus - 1),
    down: () => move(view.focus + 1),
    previous: () => move(view.focus - 1),
    next: () => move(view.focus + 1),
    pageUp: () => (onWall() ? wall.turn(-1) : move(view.focus - screen.rowsShown())),
    pageDown: () => (onWall() ? wall.turn(1) : move(view.focus + screen.rowsShown())),
    first: () => move(0),
    last: () => move(view.total - 1),
    extendUp: () => void view.extendTo(view.focus - 1),
    extendDown: () => void view.extendTo(view.focus + 1),
    select: () => view.toggleAt(view.focus),
    selectAll: () => view.selectAll(),
    open: () => void card.openFocused(),
    approve: () => void (onWall() ? wall.approveShown() : decide.approve()),
    reject: () => void decide.askReason(),
    rescan: () => void decide.rescan(),
    hold: () => void decide.hold(),
    assign: () => void decide.askAssign(),
    opinion: () => void decide.opinion(),
    checkRight: () => void decide.check(true),
    checkWrong: () => void decide.check(false),
    takeFirst: () => void decide.settle('first'),
    takeSecond: () => void decide.settle('second'),
    mark: () => wall.toggleMark(),
    staying: () => wall.goToStaying(),
    columnLeft: () => wall.sideways(-1),
    columnRight: () => wall.sideways(1),
    wall: () => {
      if (card.openId !== undefined) card.close();
      else view.look = view.look === 'wall' ? 'list' : 'wall';
      screen.focusGrid();
    },
    filters: () => (view.columnFilters = !view.columnFilters),
    again: () => void decide.again(),
    reopen: () => void decide.reopen(),
    reveal: () => void card.toggleReveal(),
    edit: () => void card.edit('cardNumber'),
    note: () => screen.writeNote(),
    undo: () => void decide.undoOnce(),
    redo: () => void decide.redoOnce(),
    find: () => screen.find(),
    report: () => openFor('supervisor', 'report'),
    signOut: () => void session.signOut(),
    shortcuts: () => (desk.dialog = 'shortcuts'),
  };

  function run(command: Command): boolean {
    if (command === 'back') return back();
    if (isForStage(command)) screen.stage(command);
    else acts[command]();
    return true;
  }

  const application: Record<ApplicationCommand, () => void> = {
    chooseFiles: () => void intake.chooseFiles(),
    chooseFolder: () => void intake.chooseFolder(),
    paste: () => {
      if (!isTyping(document.activeElement)) void intake.paste();
    },
    export: () => openFor('supervisor', 'export'),
    settings: () => (desk.dialog = 'settings'),
  };
  const isApplication = (command: MenuCommand): command is ApplicationCommand => command in application;

  /** Undo and redo of the menu mean the text while one is typed. */
  function menu(command: MenuCommand): void {
    if (desk.lock?.kind !== 'open') return;
    if (isApplication(command)) application[command]();
    else if ((command === 'undo' || command === 'redo') && isTyping(document.activeElement))
      document.execCommand(command);
    else if (desk.dialog === undefined) run(command);
  }

  return { run, menu };
}
