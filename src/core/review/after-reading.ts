/**
 * What follows by itself when an engine has read a card: another engine's opinion where the settings want it, and approval
 * by the rule where they allow it. The rule approves nothing that gives rise to any doubt, and a share of what it approves
 * comes back for a person to check.
 */
import type { CardId } from '../../shared/ids';
import type { Settings } from '../../shared/settings';
import { moveTo, type CardState } from '../cards/card';
import type { AuditLog } from '../audit/ports';
import type { Card, CardStore, Clock } from '../cards/ports';
import type { AttemptStore } from '../recognition/ports';
import type { DecisionStore } from './ports';
import { newestReadings } from '../doubts/assessed-store';
import { enginesAgree } from '../doubts/doubts';
import type { Engines } from '../recognition/engines';
import { otherEngine } from './ask-engine';

export interface AfterReadingTools {
  readonly store: CardStore & AttemptStore & DecisionStore & AuditLog;
  readonly clock: Clock;
  settings(): Settings;
  random(): number;
  readonly engines: Engines;
}

/** Who approved, in the audit log and the sheet, where the rule did. */
export const RULE_NAME = 'rule';

export function createAfterReading(tools: AfterReadingTools): (id: CardId) => void {
  const { store, clock } = tools;

  /** Two readings are enough, however many engines there are. */
  function wantsOpinion(card: Card): boolean {
    const { secondOpinion } = tools.settings();
    if (newestReadings(store.attempts(card.id)).length > 1) return false;
    if (secondOpinion === 'never') return false;
    return secondOpinion === 'always' || (card.score ?? 0) > 0;
  }

  function move(card: Card, to: CardState, sample?: 'due'): boolean {
    const moved = moveTo(card.state, to);
    if (moved.ok) store.change(card.id, { state: moved.value, ...(sample && { sample }) }, clock.now());
    return moved.ok;
  }

  function mayPass(card: Card): boolean {
    return (
      tools.settings().approveByRule &&
      card.score === 0 &&
      card.doubts.length === 0 &&
      card.warnings.length === 0 &&
      card.corrected.length === 0 &&
      enginesAgree(newestReadings(store.attempts(card.id)))
    );
  }

  return (id) => {
    const card = store.card(id);
    if (card?.state.kind !== 'pending') return;
    const engine = wantsOpinion(card) ? otherEngine(card, tools) : undefined;
    if (engine !== undefined) {
      move(card, { kind: 'queued', engine, opinion: true });
      return;
    }
    if (!mayPass(card)) return;
    const at = clock.now();
    const sample = tools.random() * 100 < tools.settings().sampleOfRule ? 'due' : undefined;
    if (!move(card, { kind: 'approved', by: RULE_NAME, at, rule: 'bothAgree' }, sample)) return;
    store.addAudit(RULE_NAME, 'approved', id, { rule: 'bothAgree' }, at);
    const line = { editId: 0, at, who: RULE_NAME, cardId: id, batchId: card.batchId, corrected: [] };
    store.addDecisions([{ ...line, kind: 'approved', byRule: true }]);
  };
}
