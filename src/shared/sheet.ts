import { z } from 'zod';
import { CARD_STATES } from './cards';
import { BatchIdSchema } from './ids';

export const SHEET_COLUMNS = [
  'cardNumber',
  'bankInfo',
  'cardType',
  'cardName',
  'validDate',
  'state',
  'reason',
  'warnings',
  'risk',
  'doubts',
  'quality',
  'engine',
  'corrected',
  'note',
  'decidedBy',
  'rule',
  'decidedAt',
  'takenInAt',
  'batch',
  'name',
  'sha256',
  'requestId',
] as const;
export type SheetColumn = (typeof SHEET_COLUMNS)[number];

export const DEFAULT_COLUMNS: readonly SheetColumn[] = [
  'cardNumber',
  'bankInfo',
  'cardType',
  'cardName',
  'validDate',
  'state',
  'reason',
  'warnings',
  'quality',
  'engine',
  'corrected',
  'decidedAt',
  'batch',
  'name',
];

export const SheetRequestSchema = z.object({
  states: z.array(z.enum(CARD_STATES)).min(1).max(CARD_STATES.length),
  batchId: BatchIdSchema.optional(),
  columns: z.array(z.enum(SHEET_COLUMNS)).min(1).max(SHEET_COLUMNS.length),
  /** Whole card numbers instead of masked ones; written to the audit log. */
  fullNumbers: z.boolean(),
  language: z.enum(['zh-CN', 'en']),
});
export type SheetRequest = z.infer<typeof SheetRequestSchema>;

/** Why a sheet could not be put where it was to go. */
export const NOT_WRITTEN = [
  'sheet.cannotWrite',
  'sheet.inUse',
  'sheet.noPlace',
  'sheet.notWritable',
  'sheet.noRoom',
] as const;
