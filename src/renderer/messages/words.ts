/** The desk's words, codes, numbers and times in the language that is set. Reactive inside templates and computed values. */
import {
  ENGINES,
  FIELD_NAMES,
  type EngineName,
  type FieldName,
  type WarningCode,
} from '../../shared/recognition';
import {
  REJECT_REASONS,
  type ApprovalRule,
  type CardRow,
  type CardStateName,
  type RejectReason,
} from '../../shared/cards';
import type { Doubt, DoubtName } from '../../shared/doubts';
import type { Role } from '../../shared/people';
import type { ApplicationCommand, Command } from '../../shared/keys';
import { sentence } from '../../shared/messages/codes';
import { COMMAND_WORDS } from '../../shared/messages/commands';
import {
  COLUMN_WORDS,
  ENGINE_WORDS,
  DOUBT_WORDS,
  ROLE_WORDS,
  RULE_WORDS,
  STATE_WORDS,
  WARNING_WORDS,
  reasonWords,
} from '../../shared/messages/terms';
import type { Failure } from '../../shared/result';
import type { SheetColumn } from '../../shared/sheet';
import { currentLanguage, isMessage, translate } from './i18n';

function time(at: number, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(currentLanguage() === 'en' ? 'en-GB' : 'zh-CN', parts).format(at);
}

export const words = {
  state: (state: CardStateName) => STATE_WORDS[state][currentLanguage()],
  reason: (reason: RejectReason) => reasonWords(reason, currentLanguage()),
  doubt: (name: DoubtName) => DOUBT_WORDS[name][currentLanguage()],
  /** What is wrong, in a sentence. */
  doubtSentence: ({ name, field, params, digits }: Doubt): string => {
    if (name === 'enginesDiffer' && digits === undefined) return translate('doubt.enginesDifferWhole');
    const count = Number(params?.['count'] ?? params?.['cards'] ?? 1);
    const inWords = field === undefined ? {} : { field: COLUMN_WORDS[field][currentLanguage()] };
    const at = digits?.map((digit) => digit + 1).join(currentLanguage() === 'en' ? ', ' : '、');
    return translate(`doubt.${name}`, { ...params, ...inWords, n: count, at }, count);
  },
  role: (role: Role) => ROLE_WORDS[role][currentLanguage()],
  rule: (rule: ApprovalRule) => RULE_WORDS[rule][currentLanguage()],
  warning: (code: WarningCode) => WARNING_WORDS[code][currentLanguage()],
  engine: (engine: EngineName) => ENGINE_WORDS[engine][currentLanguage()],
  column: (column: SheetColumn) => COLUMN_WORDS[column][currentLanguage()],
  command: (command: Command | ApplicationCommand) => COMMAND_WORDS[command][currentLanguage()],
  field: (field: FieldName) => COLUMN_WORDS[field][currentLanguage()],
  warnings: (codes: readonly WarningCode[]) =>
    codes
      .map((code) => WARNING_WORDS[code][currentLanguage()])
      .join(currentLanguage() === 'en' ? ', ' : '、'),
  sentence: (code: string, params?: Failure['params']) => sentence(code, currentLanguage(), params),
  failure: (failure: Failure) => sentence(failure.code, currentLanguage(), failure.params),
  count: (value: number) => value.toLocaleString(currentLanguage()),
  decimal: (value: number, digits: number) =>
    value.toLocaleString(currentLanguage(), { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  /** A day and a minute. */
  moment: (at: number): string => `${words.day(at)} ${words.timeOfDay(at)}`,
  day: (at: number): string =>
    time(at, { month: currentLanguage() === 'en' ? 'short' : '2-digit', day: '2-digit' }),
  timeOfDay: (at: number): string => time(at, { hour: '2-digit', minute: '2-digit', hour12: false }),
  dateTime: (at: number) =>
    time(at, {
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: false,
    }),
  /** What stands beside a state: the reason of a rejection, the sentence of a failure, the rule that approved. */
  why: (row: Pick<CardRow, 'state' | 'stateCode' | 'stateParams' | 'rule'>): string | undefined => {
    if (row.rule !== undefined) return RULE_WORDS[row.rule][currentLanguage()];
    if (row.stateCode === undefined) return undefined;
    return row.state === 'rejected'
      ? reasonWords(row.stateCode, currentLanguage())
      : sentence(row.stateCode, currentLanguage(), row.stateParams);
  },
  /** A history entry; a code this window does not know is shown as it is. */
  happened: (what: string): string => {
    const key = `history.${what}`;
    return isMessage(key) ? translate(key) : what;
  },
  /** A parameter of a history entry, in words where it names something that has some. */
  detail: (name: string, value: string | number): string => {
    if (name === 'code') return sentence(String(value), currentLanguage());
    if (name === 'what') return words.happened(String(value));
    if (name === 'where' && value === 'wall') return translate('grid.wall');
    if (name === 'rule' && value === 'bothAgree') return words.rule(value);
    const engine = name === 'engine' && ENGINES.find((known) => known === value);
    if (engine) return words.engine(engine);
    const field = FIELD_NAMES.find((known) => known === value);
    if (field) return COLUMN_WORDS[field][currentLanguage()];
    const reason = REJECT_REASONS.find((known) => known === value);
    return reason ? reasonWords(reason, currentLanguage()) : String(value);
  },
  duration: (seconds: number): string => {
    if (seconds < 60) return translate('queue.seconds', { n: Math.max(1, Math.round(seconds)) });
    const minutes = Math.round(seconds / 60);
    if (minutes < 90) return translate('queue.minutes', { n: minutes });
    return translate('queue.hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
  },
};
