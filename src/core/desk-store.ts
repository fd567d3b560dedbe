import type { AuditLog } from './audit/ports';
import type { BatchStore } from './batches/ports';
import type { CardStore, Transactions } from './cards/ports';
import type { Upkeep } from './environment/ports';
import type { PersonStore } from './people/ports';
import type { AttemptStore } from './recognition/ports';
import type { DecisionStore, EditStore } from './review/ports';
import type { SettingStore } from './settings/ports';

/**
 * All that the desk knows, given as one; each step of the flow takes the parts that it uses. Calls are synchronous: a
 * transaction is a function. What is written when a call returns survives the death of the process.
 */
export type DeskStore = Transactions &
  BatchStore &
  CardStore &
  AttemptStore &
  EditStore &
  DecisionStore &
  PersonStore &
  AuditLog &
  SettingStore &
  Upkeep;
