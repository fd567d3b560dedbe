/**
 * Who sits at the desk. Until somebody adds people there is one administrator, the account of the operating system, who
 * needs no PIN and never meets any of this.
 */
import { z } from 'zod';

/** Each may do what those before it may, and more. */
export const ROLES = ['reviewer', 'supervisor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export function mayAct(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

export const PersonIdSchema = z.number().int().positive().brand('PersonId');
export type PersonId = z.infer<typeof PersonIdSchema>;

export const PersonNameSchema = z.string().trim().min(1).max(40);
/** A PIN keeps colleagues apart at one desk; what keeps strangers out is the profile's key. */
export const PinSchema = z.string().regex(/^\d{4,12}$/);

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  /** Those who left keep their name in the history and cannot sign in. */
  readonly active: boolean;
}

export interface SessionState {
  /** False while nobody has added people: then the one person is always there. */
  readonly signInNeeded: boolean;
  /** Undefined while nobody is signed in. */
  readonly person?: { readonly id?: PersonId; readonly name: string; readonly role: Role };
  /** Who may sign in. */
  readonly people: readonly Person[];
}

export const PersonChangeSchema = z.object({
  id: PersonIdSchema,
  name: PersonNameSchema.optional(),
  role: z.enum(ROLES).optional(),
  pin: PinSchema.optional(),
  active: z.boolean().optional(),
});
export type PersonChange = z.infer<typeof PersonChangeSchema>;
