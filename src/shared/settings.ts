import { z } from 'zod';
import { REJECT_REASONS, RejectReasonSchema } from './cards';
import { DEFAULT_WEIGHTS, DOUBT_NAMES, MOST_WEIGHT } from './doubts';
import { GridSchema, StoredGridSchema } from './grid';
import { KeysSchema, StoredKeysSchema } from './keys-schema';
import { ENGINES, SWITCHES } from './recognition';

export const REGIONS = ['ap-guangzhou', 'ap-beijing', 'ap-shanghai', 'ap-hongkong', 'ap-seoul'] as const;
/** Billed at international prices; mainland packages do not cover them. */
export const INTERNATIONAL_REGIONS: readonly string[] = ['ap-hongkong', 'ap-seoul'];

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How the window looks and which keys it hears is anybody's own affair; all else is the administrator's. */
export type MayChange = 'anybody' | 'administrator';

interface SettingRow<Change extends z.ZodType, Stored extends z.ZodType> {
  readonly by: MayChange;
  /** What a change may say. */
  readonly change: Change;
  /** How it is read from where it was stored; what is not there has its first value. */
  readonly stored: Stored;
}

/** A setting that is stored as it is changed. */
function setting<Schema extends z.ZodType>(
  by: MayChange,
  change: Schema,
  first: z.core.util.NoUndefined<z.output<Schema>>,
): SettingRow<Schema, z.ZodDefault<Schema>> {
  return { by, change, stored: change.default(first) };
}

const percent = z.number().int().min(0).max(100);
const weight = z.number().int().min(0).max(MOST_WEIGHT);

/** One schema for each name, where all are of one kind. */
function shapeOf<Name extends string, Schema>(names: readonly Name[], schema: (name: Name) => Schema) {
  return Object.fromEntries(names.map((name) => [name, schema(name)])) as Record<Name, Schema>;
}

/** Each setting once: who may change it, to what, and what it is at first. */
export const SETTINGS = {
  language: setting('anybody', z.enum(['system', ...LANGUAGES]), 'system'),
  theme: setting('anybody', z.enum(['system', 'light', 'dark']), 'system'),
  /** auto: the cloud where credentials are stored, else this computer. */
  engine: setting('administrator', z.enum(['auto', ...ENGINES]), 'auto'),
  region: setting('administrator', z.enum(REGIONS), 'ap-guangzhou'),
  /** Another address for the cloud's API: https, or http on this computer (the emulator). Empty: the cloud's own. */
  endpoint: setting('administrator', z.string().max(200), ''),
  /** A change names all of them; stored ones may be of a version that had fewer. */
  switches: {
    by: 'administrator',
    change: z.object(shapeOf(SWITCHES, () => z.boolean())),
    stored: z.object(shapeOf(SWITCHES, () => z.boolean().default(true))).prefault({}),
  },
  /** Calls started in any second; the cloud's own limit is 10. */
  callsPerSecond: setting('administrator', z.number().int().min(1).max(10), 10),
  timeoutSeconds: setting('administrator', z.number().int().min(3).max(120), 20),
  /** A back that shows its CVV: not taken in, or with the digits painted over before anything is kept. */
  cardBacks: setting('administrator', z.enum(['refuse', 'paintOver']), 'refuse'),
  /** How much each doubt counts; 0 takes it away. A change names some. */
  doubtWeights: {
    by: 'administrator',
    change: z.partialRecord(z.enum(DOUBT_NAMES), weight),
    stored: z.object(shapeOf(DOUBT_NAMES, (name) => weight.default(DEFAULT_WEIGHTS[name]))).prefault({}),
  },
  /** A picture of lower quality is in doubt; the cloud advises 50. */
  qualityThreshold: setting('administrator', percent, 50),
  /** When the other engine reads a card too. A call to the cloud costs money. */
  secondOpinion: setting('administrator', z.enum(['never', 'doubtful', 'always']), 'never'),
  /** Approves without a person where both engines agree on every digit and nothing is in doubt. */
  approveByRule: setting('administrator', z.boolean(), false),
  /** Share of approvals (%) that come back for a quality check: of those by the rule, and of those by people. */
  sampleOfRule: setting('administrator', percent.min(1), 10),
  sampleOfPeople: setting('administrator', percent, 0),
  /** Whose approval another person repeats without seeing the first one's values; needs two people. */
  secondReview: setting('administrator', z.enum(['off', 'doubtful', 'all']), 'off'),
  rejectReasons: setting('administrator', z.array(RejectReasonSchema).min(1).max(9), [...REJECT_REASONS]),
  /** The keys of commands that a person changed. What another version stored and this one does not know is left out. */
  keys: { by: 'anybody', change: KeysSchema, stored: StoredKeysSchema.default({}) },
  /** The grid's columns; empty: as at first. */
  grid: { by: 'anybody', change: GridSchema, stored: StoredGridSchema.default({ columns: [] }) },
} as const satisfies Readonly<Record<string, SettingRow<z.ZodType, z.ZodType>>>;

type Rows = typeof SETTINGS;
export type SettingName = keyof Rows;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

type StoredShape = { readonly [Name in SettingName]: Rows[Name]['stored'] };
type ChangeShape = { readonly [Name in SettingName]: z.ZodOptional<Rows[Name]['change']> };

export const SettingsSchema = z.object(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].stored])) as unknown as StoredShape,
);
export type Settings = z.infer<typeof SettingsSchema>;

export const SettingsChangeSchema = z.object(
  Object.fromEntries(
    SETTING_NAMES.map((name) => [name, z.optional(SETTINGS[name].change)]),
  ) as unknown as ChangeShape,
);
export type SettingsChange = z.infer<typeof SettingsChangeSchema>;

/** What the window may know of the credentials: never the secret key. */
export interface CredentialsStatus {
  readonly stored: boolean;
  /** First and last four characters of the SecretId. */
  readonly maskedSecretId?: string;
  readonly source?: 'keychain' | 'environment';
  /** False when this computer has no keychain that works: then only the environment can give credentials. */
  readonly keychainAvailable: boolean;
}

export const CredentialsSchema = z.object({
  secretId: z.string().trim().min(8).max(128),
  secretKey: z.string().trim().min(8).max(128),
  token: z.string().trim().max(4096).optional(),
});
export type Credentials = z.infer<typeof CredentialsSchema>;
