/** The desk's reasons to reject, as they are edited. */
import { REJECT_REASONS, type RejectReason } from '../../../shared/cards';

export const MOST_REASONS = 9;
export const LONGEST_REASON = 60;

/** How a reason reads in the window's language. */
type Reads = (reason: RejectReason) => string;

/** What was typed, as a reason: the words of a preset one stand for it, so that it is said in every language. */
export function typedReason(text: string, reads: Reads): RejectReason {
  const typed = text.trim();
  return REJECT_REASONS.find((preset) => reads(preset) === typed) ?? typed;
}

export function missingPresets(reasons: readonly RejectReason[]): readonly RejectReason[] {
  return REJECT_REASONS.filter((preset) => !reasons.includes(preset));
}

/** Undefined where it changes nothing or is there already. */
export function withReason(
  reasons: readonly RejectReason[],
  text: string,
  reads: Reads,
  at: number = reasons.length,
): RejectReason[] | undefined {
  const reason = typedReason(text, reads);
  if (reason === '' || at >= MOST_REASONS || has(reasons, reason, reads)) return undefined;
  return [...reasons.slice(0, at), reason, ...reasons.slice(at + 1)];
}

export function has(reasons: readonly RejectReason[], reason: RejectReason, reads: Reads): boolean {
  return reasons.some((one) => reads(one).toLowerCase() === reads(reason).toLowerCase());
}

export function isStandard(reasons: readonly RejectReason[]): boolean {
  return reasons.length === REJECT_REASONS.length && REJECT_REASONS.every((one, at) => reasons[at] === one);
}
