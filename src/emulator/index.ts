/**
 * The emulator's command line. One line on stdout says where it listens; all else goes to stderr.
 *   --port 0 --secret-id ID --secret-key KEY [--token T] [--rate 10] [--latency MS] [--faults FILE]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createLinkTool } from '../adapters/files/link-tool';
import { pictureTool } from '../adapters/images/picture-tool';
import { CredentialsSchema } from '../shared/settings';
import { composeEngine } from './compose-engine';
import { createEmulator } from './emulator';
import { parseFaults } from './faults';

const FlagsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  'secret-id': CredentialsSchema.shape.secretId,
  'secret-key': CredentialsSchema.shape.secretKey,
  token: CredentialsSchema.shape.token,
  rate: z.coerce.number().int().min(1).max(1_000).default(10),
  latency: z.coerce.number().int().min(0).max(600_000).default(0),
  faults: z.string().optional(),
});

const BAD_USAGE = 2;

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

function readFlags() {
  const names = Object.keys(FlagsSchema.shape);
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const flags = FlagsSchema.parse(parseArgs({ options }).values);
  return {
    ...flags,
    rules: flags.faults === undefined ? [] : parseFaults(readFileSync(flags.faults, 'utf8')),
  };
}

/** The flags hold a secret, so a complaint names what is wrong and never repeats a value. */
function complaint(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n');
  }
  return error instanceof Error ? error.message : 'bad usage';
}

async function main(): Promise<void> {
  let flags;
  try {
    flags = readFlags();
  } catch (error) {
    log(complaint(error));
    process.exitCode = BAD_USAGE;
    return;
  }
  const engine = composeEngine();
  const emulator = createEmulator({
    engine,
    pictureTool,
    links: createLinkTool(async () => undefined),
    credentials: {
      secretId: flags['secret-id'],
      secretKey: flags['secret-key'],
      token: flags.token || undefined,
    },
    rate: flags.rate,
    latencyMs: flags.latency,
    faults: flags.rules,
    log,
  });
  const end = () => void Promise.all([emulator.close(), engine.close()]);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  const listening = await emulator.listen(flags.port);
  process.stdout.write(`${JSON.stringify({ listening })}\n`);
}

main().catch((error: unknown) => {
  log(error instanceof Error ? error.message : 'the emulator could not start');
  process.exit(1);
});
