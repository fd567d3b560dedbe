import path from 'node:path';
import { parseArgs } from 'node:util';
import { USAGE_FAULTS } from '../shared/messages/command-line';
import { ENGINES, type EngineName } from '../shared/recognition';
import { REGIONS, type Settings } from '../shared/settings';
import { fail, ok, type Result } from '../shared/result';

export interface ProcessCommand {
  /** Paths and links. */
  readonly sources: readonly string[];
  readonly engine?: EngineName;
  readonly endpoint?: string;
  readonly region?: Settings['region'];
  /** Calls a second, at most what the settings allow. */
  readonly rate?: number;
  readonly exportFile?: string;
  readonly jsonFile?: string;
  readonly profile?: string;
  readonly fullNumbers: boolean;
  /** Takes in and recognises also what the profile knows. */
  readonly again: boolean;
}

/** Errors of the command line are for people who type: the message is in the failure's parameters. */
export function parseCommandLine(words: readonly string[]): Result<ProcessCommand, 'cli.usage'> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        engine: { type: 'string' },
        endpoint: { type: 'string' },
        region: { type: 'string' },
        rate: { type: 'string' },
        export: { type: 'string' },
        json: { type: 'string' },
        profile: { type: 'string' },
        'full-numbers': { type: 'boolean', default: false },
        again: { type: 'boolean', default: false },
      },
    });
    const [command, ...sources] = positionals;
    if (command !== 'process') return fail('cli.usage', { message: USAGE_FAULTS.noCommand });
    if (sources.length === 0) return fail('cli.usage', { message: USAGE_FAULTS.noSource });
    // What a script's empty variable leaves: as a path it would be the folder one stands in.
    const empty = Object.entries({ ...values, 'path or link': sources.find((one) => one === '') }).find(
      ([, value]) => value === '',
    );
    if (empty) return fail('cli.usage', { message: USAGE_FAULTS.empty(empty[0]) });
    if (values.json && values.export && path.resolve(values.json) === path.resolve(values.export))
      return fail('cli.usage', { message: USAGE_FAULTS.sameFile });
    const engine = ENGINES.find((name) => name === values.engine);
    if (values.engine !== undefined && engine === undefined) {
      return fail('cli.usage', {
        message: USAGE_FAULTS.engine(values.engine),
      });
    }
    const region = REGIONS.find((name) => name === values.region);
    if (values.region !== undefined && region === undefined)
      return fail('cli.usage', { message: USAGE_FAULTS.region(values.region) });
    if (values.rate !== undefined && !/^([1-9]|10)$/.test(values.rate))
      return fail('cli.usage', { message: USAGE_FAULTS.rate(values.rate) });
    return ok({
      sources,
      engine,
      endpoint: values.endpoint,
      region,
      rate: values.rate === undefined ? undefined : Number(values.rate),
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
