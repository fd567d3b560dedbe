import { z } from 'zod';
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
