/** What the desk knows and who sits at it: settings, people, doubts and views over one store. */
import type { CardId } from '../shared/ids';
import type { Settings } from '../shared/settings';
import type { DeskPorts } from './desk-ports';
import type { DeskStore } from './desk-store';
import { createAssessor, type Assessor } from './doubts/assessed-store';
import type { Hold } from './environment/hold';
import { createPeople, type People } from './people/people';
import { createDeskSettings, type DeskSettings } from './settings/settings';
import { createViews, type Views } from './views/views';

export interface DeskRecords {
  /** Whatever is written through it has its cards assessed in the same breath. */
  readonly store: DeskStore;
  readonly settings: DeskSettings;
  readonly people: People;
  readonly assessor: Assessor;
  readonly views: Views;
  /** Cards changed, not by the person who looks at them. */
  changed(ids: readonly CardId[]): void;
}

/** What follows in the flow from a change here. */
export interface RecordsChanged {
  settings(now: Settings, before: Settings): void;
  session(): void;
}

export function createRecords(ports: DeskPorts, hold: Hold, follows: RecordsChanged): DeskRecords {
  const { clock, events } = ports;
  const settings = createDeskSettings(
    ports.store,
    (now, before) => {
      events.settingsChanged(now);
      assessor.refresh();
      follows.settings(now, before);
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
      follows.session();
    },
  });
  return { store, settings, people, assessor, views, changed };
}
