/** What stands over the columns, pages and lines of the sheet and of the report; words of fields and states are in terms.ts. */
import type { Words } from './words';

export const SHEET_WORDS = {
  cards: { 'zh-CN': '银行卡', en: 'Cards' },
  totals: { 'zh-CN': '合计', en: 'Totals' },
  takenIn: { 'zh-CN': '接收', en: 'Taken in' },
  inThisSheet: { 'zh-CN': '本表', en: 'In this sheet' },
  sum: { 'zh-CN': '合计', en: 'Total' },
} as const satisfies Words<string>;

/** The columns of the report's first page, in their order. */
export const REVIEWER_WORDS = {
  reviewer: { 'zh-CN': '审核人', en: 'Reviewer' },
  decided: { 'zh-CN': '审核数', en: 'Decided' },
  approved: { 'zh-CN': '通过', en: 'Approved' },
  rejected: { 'zh-CN': '退回', en: 'Rejected' },
  rescan: { 'zh-CN': '重扫', en: 'Rescan' },
  corrected: { 'zh-CN': '有更正', en: 'Corrected' },
  perHour: { 'zh-CN': '每小时', en: 'Per hour' },
  keysPerCard: { 'zh-CN': '每张按键（中位）', en: 'Keys a card (median)' },
  secondsPerCard: { 'zh-CN': '每张秒数（中位）', en: 'Seconds a card (median)' },
  checked: { 'zh-CN': '抽检', en: 'Checked' },
  right: { 'zh-CN': '抽检正确', en: 'Found right' },
} as const satisfies Words<string>;
export type ReviewerColumn = keyof typeof REVIEWER_WORDS;

export const REPORT_WORDS = {
  reviewers: { 'zh-CN': '审核人', en: 'Reviewers' },
  cards: { 'zh-CN': '张数', en: 'Cards' },
  balance: { 'zh-CN': '平衡', en: 'Balance' },
  state: { 'zh-CN': '状态', en: 'State' },
  takenIn: { 'zh-CN': '接收合计', en: 'Taken in' },
  byHandAndRule: { 'zh-CN': '人工与规则', en: 'By hand and by rule' },
  how: { 'zh-CN': '方式', en: 'How' },
  byPerson: { 'zh-CN': '人工审核', en: 'Decided by a person' },
  byRule: { 'zh-CN': '规则自动通过', en: 'Approved by the rule' },
  ofTheseChecked: { 'zh-CN': '其中抽检', en: 'Of these checked' },
  foundRight: { 'zh-CN': '抽检正确', en: 'Found right' },
  corrections: { 'zh-CN': '更正', en: 'Corrections' },
  field: { 'zh-CN': '字段', en: 'Field' },
  hours: { 'zh-CN': '每小时', en: 'Hours' },
  hour: { 'zh-CN': '时段', en: 'Hour' },
  doubts: { 'zh-CN': '疑点', en: 'Doubts' },
  doubt: { 'zh-CN': '疑点', en: 'Doubt' },
} as const satisfies Words<string>;
