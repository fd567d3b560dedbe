/** What the command line says: for scripts and their authors, in English alone. Sentences for codes are in codes.ts. */
import { ENGINES } from '../recognition';
import { REGIONS } from '../settings';

export const USAGE = `Usage: process <path|link>... [options]
  --engine ${ENGINES.join('|').padEnd(15)} default: tencent where credentials are stored, else local
  --endpoint URL           another address of the cloud (https, or http on this computer)
  --region NAME            where the cloud is asked (default: the settings')
  --rate N                 calls a second, 1 to 10 (at most what the settings allow)
  --export FILE.xlsx       write a sheet
  --json FILE.jsonl        write a line of JSON for each card
  --profile FOLDER         keep the records there (default: nothing is kept after the run)
  --again                  recognise also what the profile knows (a call for each picture)
  --full-numbers           whole card numbers in what is written (default: masked)
Credentials: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_TOKEN, or the keychain.
Exit code: 0 all recognised, 2 some failed, 1 could not run, 3 the end hung, 128 + N ended by signal N.
`;

/** Why a command line was not understood. */
export const USAGE_FAULTS = {
  noCommand: 'Expected the command "process"',
  noSource: 'Expected a path or a link',
  sameFile: 'Expected two files for --json and --export but received one',
  empty: (option: string) => `Expected a value for ${option} but received an empty one`,
  region: (given: string) => `Expected one of ${REGIONS.join(', ')} for --region but received ${given}`,
  rate: (given: string) => `Expected 1 to 10 for --rate but received ${given}`,
  engine: (given: string) => `Expected ${ENGINES.join(' or ')} for --engine but received ${given}`,
} as const;

export const LINES = {
  progress: (done: number, total: number) => `${done} of ${total}`,
  rate: (cardsPerMinute: number) => `, ${cardsPerMinute.toFixed(0)} a minute`,
  left: (seconds: number) => `, ${seconds} s left`,
  room: (folder: string, megabytes: number | undefined) =>
    megabytes === undefined ? `. ${folder}` : `. ${folder}: about ${megabytes} MB of room needed`,
  json: 'The lines of JSON',
  sheet: 'The sheet',
  cannotWrite: (what: string, why: string) => `${what} cannot be written: ${why}`,
  cannotBegin: (what: string, file: string, why: string) =>
    `${what} cannot be written to ${file}, nothing was recognised: ${why}`,
  sheetWritten: (rows: number, file: string) => `Sheet of ${rows} cards: ${file}`,
  stopped: (why: string, code: string | undefined, where: string) => `Stopped: ${why} (${code})${where}`,
  goesOn: (profile: string) => `The same command goes on with what is kept in ${profile}`,
  failed: (name: string, why: string, code: string) => `failed: ${name}: ${why} (${code})`,
  waiting: (cards: number) => `, ${cards} still waiting (the queue is paused)`,
  done: (recognised: number, failed: number, waiting: string) =>
    `${recognised} recognised, ${failed} failed${waiting}`,
  ended: 'Stopped before it was done: calls that have left may end; a second signal ends it at once',
  noRoom: (place: string, free: number) =>
    `There is no room at ${place} (${free} MB free), nothing was recognised: make room, then start again`,
  littleRoom: (place: string, free: number, pictures: number, needed: number) =>
    `There may be too little room at ${place}: ${free} MB free, about ${needed} MB for ${pictures} pictures. Where it runs out the run waits`,
  keptIn: (profile: string) =>
    `All that was recognised is kept in ${profile}: the same command, with another place for the file if need be, writes it at no cost`,
  keptRun: (folder: string, passphrase: boolean) =>
    `What was recognised is kept, encrypted, in ${folder} (${passphrase ? 'its key is CARDPROOF_PASSPHRASE' : 'its key is in the keychain'}). ` +
    `The same command with --profile ${folder}, and another place for the file if need be, writes it without paying again; remove the folder afterwards`,
  keptMasked: (file: string) =>
    `Nothing could keep the key of this run (no keychain, no CARDPROOF_PASSPHRASE): what was recognised is written to ${file}, with masked numbers`,
  lost: (answers: number) =>
    `${answers} answers could be kept nowhere; with --profile, a keychain or CARDPROOF_PASSPHRASE they are`,
  noKey:
    'Where the files cannot be written at the end, only masked numbers can be kept: there is no keychain. Set CARDPROOF_PASSPHRASE, or --profile',
} as const;
