import { z } from 'zod';
import { REJECT_REASONS, RejectReasonSchema } from './cards';
import { DEFAULT_WEIGHTS, DOUBT_NAMES, MOST_WEIGHT, type DoubtName } from './doubts';
import { GridSchema, StoredGridSchema } from './grid';
import { KeysSchema, StoredKeysSchema } from './keys';
import { ENGINES, SWITCHES } from './recognition';

export const REGIONS = ['ap-guangzhou', 'ap-beijing', 'ap-shanghai', 'ap-hongkong', 'ap-seoul'] as const;
/** Billed at international prices; mainland packages do not cover them. */
export const INTERNATIONAL_REGIONS: readonly string[] = ['ap-hongkong', 'ap-seoul'];

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const switchShape = Object.fromEntries(SWITCHES.map((name) => [name, z.boolean().default(true)])) as Record<
  (typeof SWITCHES)[number],
  z.ZodDefault<z.ZodBoolean>
>;

const weight = z.number().int().min(0).max(MOST_WEIGHT);
const weightShape = Object.fromEntries(
  DOUBT_NAMES.map((name) => [name, weight.default(DEFAULT_WEIGHTS[name])]),
) as Record<DoubtName, z.ZodDefault<typeof weight>>;
const percent = z.number().int().min(0).max(100);

export const SettingsSchema = z.object({
  language: z.enum(['system', ...LANGUAGES]).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** auto: the cloud where credentials are stored, else this computer. */
  engine: z.enum(['auto', ...ENGINES]).default('auto'),
  region: z.enum(REGIONS).default('ap-guangzhou'),
  /** Another address for the cloud's API: https, or http on this computer (the emulator). Empty: the cloud's own. */
  endpoint: z.string().max(200).default(''),
  switches: z.object(switchShape).prefault({}),
  /** Calls started in any second; the cloud's own limit is 10. */
  callsPerSecond: z.number().int().min(1).max(10).default(10),
  timeoutSeconds: z.number().int().min(3).max(120).default(20),
  /** A back that shows its CVV: not taken in, or with the digits painted over before anything is kept. */
  cardBacks: z.enum(['refuse', 'paintOver']).default('refuse'),
  /** How much each doubt counts; 0 takes it away. */
  doubtWeights: z.object(weightShape).prefault({}),
  /** A picture of lower quality is in doubt; the cloud advises 50. */
  qualityThreshold: percent.default(50),
  /** When the other engine reads a card too. A call to the cloud costs money. */
  secondOpinion: z.enum(['never', 'doubtful', 'always']).default('never'),
  /** Approves without a person where both engines agree on every digit and nothing is in doubt. */
  approveByRule: z.boolean().default(false),
  /** Share of approvals (%) that come back for a quality check: of those by the rule, and of those by people. */
  sampleOfRule: percent.min(1).default(10),
  sampleOfPeople: percent.default(0),
  /** Whose approval another person repeats without seeing the first one's values; needs two people. */
  secondReview: z.enum(['off', 'doubtful', 'all']).default('off'),
  rejectReasons: z
    .array(RejectReasonSchema)
    .min(1)
    .max(9)
    .default([...REJECT_REASONS]),
  /** The keys of commands that a person changed. */
  keys: StoredKeysSchema.default({}),
  /** The grid's columns; empty: as at first. */
  grid: StoredGridSchema.default({ columns: [] }),
});
export type Settings = z.infer<typeof SettingsSchema>;

export const SettingsChangeSchema = z.object({
  language: SettingsSchema.shape.language.unwrap().optional(),
  theme: SettingsSchema.shape.theme.unwrap().optional(),
  engine: SettingsSchema.shape.engine.unwrap().optional(),
  region: SettingsSchema.shape.region.unwrap().optional(),
  endpoint: SettingsSchema.shape.endpoint.unwrap().optional(),
  switches: z
    .object(
      Object.fromEntries(SWITCHES.map((name) => [name, z.boolean()])) as Record<
        (typeof SWITCHES)[number],
        z.ZodBoolean
      >,
    )
    .optional(),
  callsPerSecond: SettingsSchema.shape.callsPerSecond.unwrap().optional(),
  timeoutSeconds: SettingsSchema.shape.timeoutSeconds.unwrap().optional(),
  cardBacks: SettingsSchema.shape.cardBacks.unwrap().optional(),
  doubtWeights: z.partialRecord(z.enum(DOUBT_NAMES), weight).optional(),
  qualityThreshold: percent.optional(),
  secondOpinion: SettingsSchema.shape.secondOpinion.unwrap().optional(),
  approveByRule: SettingsSchema.shape.approveByRule.unwrap().optional(),
  sampleOfRule: SettingsSchema.shape.sampleOfRule.unwrap().optional(),
  sampleOfPeople: SettingsSchema.shape.sampleOfPeople.unwrap().optional(),
  secondReview: SettingsSchema.shape.secondReview.unwrap().optional(),
  rejectReasons: SettingsSchema.shape.rejectReasons.unwrap().optional(),
  keys: KeysSchema.optional(),
  grid: GridSchema.optional(),
});
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
