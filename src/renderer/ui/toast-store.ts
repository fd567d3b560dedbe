/** Short messages above the status bar, read out by screen readers. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { refusalOf } from '../backend/refusal';
import { translate } from '../messages/i18n';
import { words } from '../messages/words';
import type { Failure } from '../../shared/result';

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'problem';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = { done: 4_500, problem: 9_000 };
const MOST = 3;

export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let nextId = 1;

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  function add(kind: Toast['kind'], text: string, action?: Toast['action']): void {
    const id = nextId++;
    // What was done last replaces what was done before; problems stay until they are read.
    const others = toasts.value.filter((toast) => toast.kind === 'problem' && toast.text !== text);
    toasts.value = [...others, { id, kind, text, action }].slice(-MOST);
    setTimeout(() => dismiss(id), SHOWN_MS[kind]);
  }

  function clear(): void {
    toasts.value = [];
  }

  const done = (text: string, action?: Toast['action']) => add('done', text, action);
  const problem = (text: string) => add('problem', text);
  const failed = (failure: Failure) => add('problem', words.failure(failure));

  /** For calls that were refused or broke: a sentence, and the reference into the log for support. */
  function broke(error: unknown): void {
    const { code, reference } = refusalOf(error);
    // The sign-in screen, which is shown now, says so itself.
    if (code === 'session.signedOut') return;
    const sentence = words.sentence(code);
    problem(reference === undefined ? sentence : translate('app.internal', { sentence, reference }));
  }

  return { toasts, dismiss, clear, done, problem, failed, broke };
});
