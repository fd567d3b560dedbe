/** How a person arranged the grid: the order of its columns, their widths, and which are shown. */
import { z } from 'zod';

/** In the order in which they stand at first. */
export const GRID_COLUMN_NAMES = [
  'picture',
  'risk',
  'cardNumber',
  'bankInfo',
  'cardType',
  'cardName',
  'validDate',
  'quality',
  'warnings',
  'state',
  'name',
  'batch',
  'engine',
  'assignedTo',
  'takenIn',
  'updated',
] as const;
export type GridColumnName = (typeof GRID_COLUMN_NAMES)[number];

export const LEAST_WIDTH = 48;
export const MOST_WIDTH = 800;

const ColumnSchema = z.object({
  name: z.enum(GRID_COLUMN_NAMES),
  /** Pixels; absent: as wide as it is at first. */
  width: z.number().int().min(LEAST_WIDTH).max(MOST_WIDTH).optional(),
  /** Absent: as at first. */
  hidden: z.boolean().optional(),
});
export type ArrangedColumn = z.infer<typeof ColumnSchema>;

export const GridSchema = z.object({
  columns: z
    .array(ColumnSchema)
    .max(GRID_COLUMN_NAMES.length)
    .refine((columns) => new Set(columns.map(({ name }) => name)).size === columns.length, {
      message: 'Expected each column once',
    }),
});

/** As it was stored: what another version wrote and this one does not know is left out. */
export const StoredGridSchema = z.preprocess((stored) => {
  const { columns } = z
    .object({ columns: z.array(z.unknown()).catch([]) })
    .catch({ columns: [] })
    .parse(stored);
  const known = columns.flatMap((column) => ColumnSchema.safeParse(column).data ?? []);
  return { columns: known.filter((one, at) => known.findIndex(({ name }) => name === one.name) === at) };
}, GridSchema);
