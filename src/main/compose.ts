/**
 * Every `new` of the application is here: the adapters are made and given to the desk. Knows nothing of Electron, so
 * that the window and the command line are two faces of the same thing.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createDesk, type Desk, type DeskEvents } from '../core/desk';
import { createRateBudget } from '../core/queue/rate-budget';
import { systemClock } from '../adapters/clock';
import { createCredentials, type CredentialsKeeper } from '../adapters/keychain/credentials';
import type { Keychain } from '../adapters/keychain/keychain';
import { fileTool } from '../adapters/files/file-tool';
import { createLinkTool } from '../adapters/files/link-tool';
import { createPictureStore } from '../adapters/files/picture-store';
import { openProfileKeys, type ProfileFailure, type ProfileKeys } from '../adapters/files/profile';
import { pictureTool } from '../adapters/images/picture-tool';
import { createLocalEngine, localPoolSize, type SpawnWorker } from '../adapters/local-engine/engine';
import { openDatabase, type OpenFailure } from '../adapters/sqlite/database';
import { createCardStore } from '../adapters/sqlite/card-store';
import { createTencentEngine } from '../adapters/tencent/engine';
import { createProxies, type ResolveProxy } from '../adapters/tencent/proxies';
import { sheetWriter } from '../adapters/xlsx/sheet-writer';
import { ok, type Result } from '../shared/result';

export interface ComposeOptions {
  /** Undefined: a profile for this run only, its key never stored, gone at the end. */
  readonly profileFolder?: string;
  readonly keychain?: Keychain;
  readonly passphrase?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly spawnWorker: SpawnWorker;
  readonly resolveProxy: ResolveProxy;
  readonly events: DeskEvents;
}
