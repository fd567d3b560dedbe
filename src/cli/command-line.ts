import path from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINES, type EngineName } from '../shared/recognition';
import { fail, ok, type Result } from '../shared/result';

export interface ProcessCommand {
  /** Paths and links. */
  readonly sources: readonly string[];
  readonly engine?: EngineName;
  readonly endpoint?: string;
  readonly exportFile?: string;
  readonly jsonFile?: string;
  readonly profile?: string;
  readonly fullNumbers: boolean;
  /** Takes in and recognises also what the profile knows. */
  readonly again: boolean;
}

export const USAGE = `Usage: process <path|link>... [options]
  --engine local|tencent   default: tencent where credentials are stored, else local
  --endpoint URL           another address of the cloud (https, or http on this computer)
  --export FILE.xlsx       write a sheet
  --json FILE.jsonl        write a line of JSON for each card
  --profile FOLDER         keep the records there (default: nothing is kept after the run)
  --again                  recognise also what the profile knows (a call for each picture)
  --full-numbers           whole card numbers in what is written (default: masked)
Credentials: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_TOKEN, or the keychain.
Exit code: 0 all recognised, 2 some failed, 1 could not run.
`;

/** Errors of the command line are for people who type: the message is in the failure's parameters. */
export function parseCommandLine(words: readonly string[]): Result<ProcessCommand, 'cli.usage'> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        engine: { type: 'string' },
        endpoint: { type: 'string' },
        export: { type: 'string' },
        json: { type: 'string' },
        profile: { type: 'string' },
        'full-numbers': { type: 'boolean', default: false },
        again: { type: 'boolean', default: false },
      },
    });
    const [command, ...sources] = positionals;
    if (command !== 'process') return fail('cli.usage', { message: 'Expected the command "process"' });
    if (sources.length === 0) return fail('cli.usage', { message: 'Expected a path or a link' });
    // What a script's empty variable leaves: as a path it would be the folder one stands in.
    const empty = Object.entries({ ...values, 'path or link': sources.find((one) => one === '') }).find(
      ([, value]) => value === '',
    );
    if (empty)
      return fail('cli.usage', { message: `Expected a value for ${empty[0]} but received an empty one` });
    if (values.json && values.export && path.resolve(values.json) === path.resolve(values.export))
      return fail('cli.usage', { message: 'Expected two files for --json and --export but received one' });
    const engine = ENGINES.find((name) => name === values.engine);
    if (values.engine !== undefined && engine === undefined) {
      return fail('cli.usage', {
        message: `Expected local or tencent for --engine but received ${values.engine}`,
      });
    }
    return ok({
      sources,
      engine,
      endpoint: values.endpoint,
      exportFile: values.export,
      jsonFile: values.json,
      profile: values.profile,
      fullNumbers: values['full-numbers'],
      again: values.again,
    });
  } catch (cause) {
    return fail('cli.usage', { message: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}
