/** The question that stands in the decision bar until it is answered or left. */
import { shallowRef } from 'vue';
import type { Person } from '../../../shared/people';
import type { WarningCode } from '../../../shared/recognition';
import { invoke } from '../../backend/backend';
import { translate } from '../../messages/i18n';
import { useToasts } from '../../ui/toast-store';
import type { Subject } from './subject';

export type Question =
  | { readonly kind: 'acknowledge'; readonly subject: Subject; readonly warnings: readonly WarningCode[] }
  | { readonly kind: 'reason'; readonly subject: Subject }
  | { readonly kind: 'assign'; readonly subject: Subject };

export type Questions = ReturnType<typeof createQuestions>;

export function createQuestions() {
  const toasts = useToasts();
  const question = shallowRef<Question>();
  /** To whom cards can be assigned. */
  const people = shallowRef<readonly Person[]>([]);

  function ask(asked: Question): void {
    question.value = asked;
  }
  function leaveQuestion(): void {
    question.value = undefined;
  }
  /** What a question of this kind is about, while it stands. */
  function standing(kind: Question['kind']): Subject | undefined {
    return question.value?.kind === kind ? question.value.subject : undefined;
  }

  async function askWhom(subject: Subject): Promise<void> {
    try {
      people.value = (await invoke('session:get', undefined)).people.filter(({ active }) => active);
    } catch (error) {
      return toasts.broke(error);
    }
    if (people.value.length === 0) return toasts.problem(translate('decide.nobodyElse'));
    ask({ kind: 'assign', subject });
  }

  return { question, people, ask, askWhom, leaveQuestion, standing };
}
