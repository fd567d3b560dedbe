/** The desk's words in both languages, where window, sheet and command line use the same ones. */
import type { CardStateName, RejectReason } from '../cards';
import type { EngineName, WarningCode } from '../recognition';
import type { Language } from '../settings';
import type { SheetColumn } from '../sheet';

type Words<Key extends string | number> = Readonly<Record<Key, Readonly<Record<Language, string>>>>;

export const STATE_WORDS: Words<CardStateName> = {
  arriving: { 'zh-CN': '接收中', en: 'Taking in' },
  queued: { 'zh-CN': '待识别', en: 'Waiting' },
  recognising: { 'zh-CN': '识别中', en: 'Recognising' },
  pending: { 'zh-CN': '待审核', en: 'To review' },
  approved: { 'zh-CN': '通过', en: 'Approved' },
  rejected: { 'zh-CN': '退回', en: 'Rejected' },
  rescan: { 'zh-CN': '重扫', en: 'Rescan' },
  failed: { 'zh-CN': '失败', en: 'Failed' },
};

export const REASON_WORDS: Words<RejectReason> = {
  notACard: { 'zh-CN': '不是银行卡', en: 'Not a bank card' },
  unreadable: { 'zh-CN': '看不清', en: 'Unreadable' },
  wrongSide: { 'zh-CN': '拍了背面', en: 'Wrong side' },
  expired: { 'zh-CN': '卡已过期', en: 'Card expired' },
  notOriginal: { 'zh-CN': '非原件（复印或翻拍）', en: 'Not the original (copy or re-shot)' },
  duplicate: { 'zh-CN': '重复', en: 'Duplicate' },
  other: { 'zh-CN': '其他', en: 'Other' },
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
  decidedAt: { 'zh-CN': '审核时间', en: 'Decided at' },
  takenInAt: { 'zh-CN': '接收时间', en: 'Taken in at' },
  batch: { 'zh-CN': '批次', en: 'Batch' },
  name: { 'zh-CN': '文件名', en: 'File' },
  sha256: { 'zh-CN': '图片 SHA-256', en: 'Picture SHA-256' },
  requestId: { 'zh-CN': '请求编号', en: 'Request ID' },
};
