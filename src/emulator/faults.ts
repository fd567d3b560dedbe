/** Faults on request: which call, counted from 1 by arrival, meets which one. */
import { z } from 'zod';

const FaultSchema = z.union([
  /** An error reply as the API gives it. */
  z.strictObject({ code: z.string().min(1) }),
  /** The answer comes, but late. */
  z.strictObject({ delayMs: z.number().int().min(0).max(600_000) }),
  /** The connection is reset after the request was read. */
  z.literal('reset'),
  /** The connection ends in the middle of the answer. */
  z.literal('halfBody'),
  /** A page, as a captive portal or a proxy gives it. */
  z.literal('html'),
  /** The answer as usual, packed with gzip although nobody asked for it. */
  z.literal('gzip'),
  z.strictObject({ redirect: z.union([z.literal(302), z.literal(307)]) }),
  z.strictObject({ status: z.int().min(400).max(599) }),
]);
export type Fault = z.infer<typeof FaultSchema>;

/** All conditions that are given must hold; a rule without any holds for every call. The first that holds counts. */
const RuleSchema = z.strictObject({
  call: z.number().int().min(1).optional(),
  calls: z.array(z.number().int().min(1)).optional(),
  /** Every n-th call. */
  every: z.number().int().min(1).optional(),
  /** Both ends belong to it. */
  from: z.number().int().min(1).optional(),
  to: z.number().int().min(1).optional(),
  fault: FaultSchema,
});
export type FaultRule = z.infer<typeof RuleSchema>;

export function parseFaults(json: string): readonly FaultRule[] {
  return z.array(RuleSchema).parse(JSON.parse(json));
}

export function faultOf(rules: readonly FaultRule[], call: number): Fault | undefined {
  return rules.find((rule) => holds(rule, call))?.fault;
}

function holds(rule: FaultRule, call: number): boolean {
  return (
    (rule.call === undefined || rule.call === call) &&
    (rule.calls === undefined || rule.calls.includes(call)) &&
    (rule.every === undefined || call % rule.every === 0) &&
    call >= (rule.from ?? 1) &&
    call <= (rule.to ?? Infinity)
  );
}

/** How the list of calls names it. */
export function faultName(fault: Fault): string {
  if (typeof fault === 'string') return `fault.${fault}`;
  if ('code' in fault) return fault.code;
  if ('redirect' in fault) return `fault.${fault.redirect}`;
  return 'status' in fault ? `fault.${fault.status}` : 'fault.delay';
}
