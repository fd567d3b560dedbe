/** A process of ours to talk to, be it Node's fork or Electron's utility process. */
export interface Channel<To, From> {
  post(message: To): void;
  onMessage(listener: (message: From) => void): void;
  /** Called once, however the process ended; with the reason where it never began. */
  onExit(listener: (notStarted?: Error) => void): void;
  /** At once and for certain: native code may be running. */
  kill(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Names under which people keep what nobody else should know, ours among them; an address of a proxy may hold its password. */
const SECRET = /PASS(PHRASE|WORD|WD)|SECRET|TOKEN|CREDENTIAL|KEY|PROXY|^(CARDPROOF|TENCENTCLOUD)_/i;

/** What our processes find in their environment: no secret of ours or of others, and onnxruntime sends its maker no telemetry. */
export function processEnvironment(own: Environment): Record<string, string | undefined> {
  const inherited = Object.entries(own).filter(([name]) => !SECRET.test(name));
  return { ...Object.fromEntries(inherited), ORT_DISABLE_TELEMETRY: '1' };
}

/** Starts the process of a script; each script has a protocol of its own. */
export type Spawn = <To, From>(script: string) => Channel<To, From>;

/** The process's own end of the channel. */
export interface ParentChannel<To, From> {
  post(message: From): void;
  onMessage(listener: (message: To) => void): void;
}

/** The part of Electron's parent port that is used; Node's types do not know it. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/** Ctrl-C and the end of a session are said to all processes at once; ours end when their parent has ended its work. */
const SAID_TO_ALL = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Both ends are built together, so messages are taken as what the protocol says. The process ends with its parent. */
export function parentChannel<To, From>(): ParentChannel<To, From> {
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  process.on('disconnect', () => process.exit(0));
  for (const name of SAID_TO_ALL) process.on(name, () => undefined);
  return {
    post(message) {
      if (parentPort) parentPort.postMessage(message);
      else process.send?.(message);
    },
    onMessage(listener) {
      if (parentPort) parentPort.on('message', (event) => listener(event.data as To));
      else process.on('message', (message) => listener(message as To));
    },
  };
}
