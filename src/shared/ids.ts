import { z } from 'zod';

/** Ids are row numbers of the profile's database, branded so that one kind is not taken for another. */
export const CardIdSchema = z.number().int().positive().brand('CardId');
export type CardId = z.infer<typeof CardIdSchema>;

export const BatchIdSchema = z.number().int().positive().brand('BatchId');
export type BatchId = z.infer<typeof BatchIdSchema>;

export const ViewIdSchema = z.number().int().positive().brand('ViewId');
export type ViewId = z.infer<typeof ViewIdSchema>;
