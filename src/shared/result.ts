/** Expected failure is a value. `code` is translated by whoever shows it; `params` fill the sentence. */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly params?: Readonly<Record<string, string | number>>;
  /** What lies beneath, for the log of this process only: it never crosses IPC. */
  readonly cause?: unknown;
}

export type Result<T, Code extends string = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure<Code> };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<Code extends string>(
  code: Code,
  params?: Readonly<Record<string, string | number>>,
  cause?: unknown,
): { readonly ok: false; readonly error: Failure<Code> } {
  return { ok: false, error: { code, params, cause } };
}

/** Marks a branch that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw new Error(`Expected no other case but received ${JSON.stringify(value)}`);
}
