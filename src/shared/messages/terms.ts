/** The desk's words in both languages, where window, sheet and command line use the same ones. */
import { REJECT_REASONS, type ApprovalRule, type CardStateName, type RejectReason } from '../cards';
import type { DoubtName } from '../doubts';
import type { Role } from '../people';
import type { EngineName, WarningCode } from '../recognition';
import type { Language } from '../settings';
import type { SheetColumn } from '../sheet';
import type { Words } from './words';

export const STATE_WORDS: Words<CardStateName> = {
  arriving: { 'zh-CN': '接收中', en: 'Taking in' },
  queued: { 'zh-CN': '待识别', en: 'Waiting' },
  recognising: { 'zh-CN': '识别中', en: 'Recognising' },
  pending: { 'zh-CN': '待审核', en: 'To review' },
  held: { 'zh-CN': '暂挂', en: 'On hold' },
  second: { 'zh-CN': '待复核', en: 'Second review' },
  disputed: { 'zh-CN': '有分歧', en: 'Disputed' },
  approved: { 'zh-CN': '通过', en: 'Approved' },
  rejected: { 'zh-CN': '退回', en: 'Rejected' },
  rescan: { 'zh-CN': '重扫', en: 'Rescan' },
  failed: { 'zh-CN': '失败', en: 'Failed' },
};

const REASON_WORDS: Words<(typeof REJECT_REASONS)[number]> = {
  notACard: { 'zh-CN': '不是银行卡', en: 'Not a bank card' },
  unreadable: { 'zh-CN': '看不清', en: 'Unreadable' },
  wrongSide: { 'zh-CN': '拍了背面', en: 'Wrong side' },
  expired: { 'zh-CN': '卡已过期', en: 'Card expired' },
  notOriginal: { 'zh-CN': '非原件（复印或翻拍）', en: 'Not the original (copy or re-shot)' },
  duplicate: { 'zh-CN': '重复', en: 'Duplicate' },
  other: { 'zh-CN': '其他', en: 'Other' },
};

/** A preset reason in words; a reason of the desk's own settings is its own words. */
export function reasonWords(reason: RejectReason, language: Language): string {
  const preset = REJECT_REASONS.find((one) => one === reason);
  return preset ? REASON_WORDS[preset][language] : reason;
}

export const ROLE_WORDS: Words<Role> = {
  reviewer: { 'zh-CN': '审核员', en: 'Reviewer' },
  supervisor: { 'zh-CN': '主管', en: 'Supervisor' },
  administrator: { 'zh-CN': '管理员', en: 'Administrator' },
};

export const RULE_WORDS: Words<ApprovalRule> = {
  bothAgree: { 'zh-CN': '自动：两引擎一致', en: 'By rule: both engines agree' },
};

/** A doubt in a few words, for chips, filters and the sheet; the sentences are the window's. */
export const DOUBT_WORDS: Words<DoubtName> = {
  enginesDiffer: { 'zh-CN': '两引擎卡号不同', en: 'Engines differ' },
  numberMissing: { 'zh-CN': '无卡号', en: 'No number' },
  screenWarning: { 'zh-CN': '翻拍件', en: 'Re-shot' },
  copyWarning: { 'zh-CN': '复印件', en: 'Photocopy' },
  dateWarning: { 'zh-CN': '日期无效', en: 'Date invalid' },
  borderWarning: { 'zh-CN': '边框不完整', en: 'Border incomplete' },
  reflectionWarning: { 'zh-CN': '反光', en: 'Reflection' },
  expiryImpossible: { 'zh-CN': '有效期不合理', en: 'Expiry impossible' },
  expired: { 'zh-CN': '已过期', en: 'Expired' },
  length: { 'zh-CN': '位数不符', en: 'Wrong length' },
  weakDigits: { 'zh-CN': '数字不清', en: 'Unclear digits' },
  bankDiffers: { 'zh-CN': '发卡行不符', en: 'Bank mismatch' },
  typeDiffers: { 'zh-CN': '卡类型不符', en: 'Type mismatch' },
  duplicatePictureInBatch: { 'zh-CN': '批内图片重复', en: 'Same picture in batch' },
  duplicateNumberInBatch: { 'zh-CN': '批内卡号重复', en: 'Same number in batch' },
  duplicatePicture: { 'zh-CN': '图片曾接收', en: 'Picture seen before' },
  duplicateNumber: { 'zh-CN': '卡号曾接收', en: 'Number seen before' },
  enginesDifferElsewhere: { 'zh-CN': '两引擎他项不同', en: 'Engines differ elsewhere' },
  lowQuality: { 'zh-CN': '图片质量低', en: 'Low quality' },
  luhn: { 'zh-CN': '校验位不符', en: 'Luhn' },
  corrected: { 'zh-CN': '人工更正', en: 'Corrected' },
  unknownPrefix: { 'zh-CN': '未知卡段', en: 'Unknown prefix' },
  fieldMissing: { 'zh-CN': '缺项', en: 'Field missing' },
  smallPicture: { 'zh-CN': '图片偏小', en: 'Small picture' },
};

export const WARNING_WORDS: Words<WarningCode> = {
  [-9110]: { 'zh-CN': '日期无效', en: 'Date invalid' },
  [-9111]: { 'zh-CN': '边框不完整', en: 'Border incomplete' },
  [-9112]: { 'zh-CN': '反光', en: 'Reflection' },
  [-9113]: { 'zh-CN': '复印件', en: 'Photocopy' },
  [-9114]: { 'zh-CN': '翻拍件', en: 'Re-shot' },
};

export const ENGINE_WORDS: Words<EngineName> = {
  local: { 'zh-CN': '本机', en: 'This computer' },
  tencent: { 'zh-CN': '腾讯云', en: 'Tencent Cloud' },
};

/** Also the labels of the fields in the window. */
export const COLUMN_WORDS: Words<SheetColumn> = {
  cardNumber: { 'zh-CN': '卡号', en: 'Card number' },
  bankInfo: { 'zh-CN': '银行', en: 'Bank' },
  cardType: { 'zh-CN': '卡类型', en: 'Card type' },
  cardName: { 'zh-CN': '卡名称', en: 'Card name' },
  validDate: { 'zh-CN': '有效期', en: 'Expiry' },
  state: { 'zh-CN': '状态', en: 'State' },
  reason: { 'zh-CN': '原因', en: 'Reason' },
  warnings: { 'zh-CN': '告警', en: 'Warnings' },
  quality: { 'zh-CN': '图片质量', en: 'Quality' },
  engine: { 'zh-CN': '识别引擎', en: 'Engine' },
  corrected: { 'zh-CN': '人工更正', en: 'Corrected' },
  decidedBy: { 'zh-CN': '审核人', en: 'Decided by' },
  risk: { 'zh-CN': '风险', en: 'Risk' },
  doubts: { 'zh-CN': '疑点', en: 'Doubts' },
  note: { 'zh-CN': '备注', en: 'Note' },
  rule: { 'zh-CN': '自动规则', en: 'Rule' },
  decidedAt: { 'zh-CN': '审核时间', en: 'Decided at' },
  takenInAt: { 'zh-CN': '接收时间', en: 'Taken in at' },
  batch: { 'zh-CN': '批次', en: 'Batch' },
  name: { 'zh-CN': '文件名', en: 'File' },
  sha256: { 'zh-CN': '图片 SHA-256', en: 'Picture SHA-256' },
  requestId: { 'zh-CN': '请求编号', en: 'Request ID' },
};

/** In the name of a report's file. */
export const REPORT_WORD: Readonly<Record<Language, string>> = { 'zh-CN': '报表', en: 'report' };
