/** Engines that answer as a test says. */
import type {
  CancelSignal,
  EngineAnswer,
  EngineTraits,
  RecognitionEngine,
  RecognitionRequest,
} from '../../src/core/recognition/ports';
import {
  ENGINES,
  type EngineName,
  type Fields,
  type Recognition,
  type WarningCode,
} from '../../src/shared/recognition';

export function recognition(fields: Fields, warnings: readonly WarningCode[] = []): EngineAnswer {
  const answer: Recognition = { requestId: 'test', fields, warnings, quality: 90, raw: '{}' };
  return { kind: 'answer', recognition: answer };
}

export function engineError(code: string, sent = true): EngineAnswer {
  return { kind: 'error', code, sent };
}

export type Script = (call: number, signal: CancelSignal) => EngineAnswer | Promise<EngineAnswer>;

export interface ScriptedEngine extends RecognitionEngine {
  calls: number;
  /** What it was asked about, call by call. */
  readonly images: Uint8Array[];
}

export const ON_THIS_COMPUTER: EngineTraits = {
  charges: false,
  overNetwork: false,
  needsCredentials: false,
  slots: 2,
};
export const IN_THE_CLOUD: EngineTraits = {
  charges: true,
  overNetwork: true,
  needsCredentials: true,
  slots: 2,
};

/** `ready`: what is waited for before anything leaves, such as a connection. */
export function scriptedEngine(
  name: EngineName,
  traits: EngineTraits,
  script: Script,
  ready?: (signal: CancelSignal) => Promise<void>,
): ScriptedEngine {
  const engine = {
    name,
    traits,
    calls: 0,
    images: [] as Uint8Array[],
    async recognise({ image }: RecognitionRequest, signal: CancelSignal, leaving = () => true) {
      if (traits.overNetwork) {
        await ready?.(signal);
        if (signal.aborted || !leaving()) return { kind: 'cancelled', sent: false } as const;
      }
      engine.calls++;
      engine.images.push(image);
      return script(engine.calls, signal);
    },
  };
  return engine;
}

/** Every engine of the table: those that a test gives, and in place of each other one that no credentials open. */
export function everyEngine(
  given: Readonly<Partial<Record<EngineName, RecognitionEngine>>>,
): Readonly<Record<EngineName, RecognitionEngine>> {
  const closed = ENGINES.map((name) => [
    name,
    scriptedEngine(name, IN_THE_CLOUD, () => new Promise(() => undefined)),
  ]);
  return { ...Object.fromEntries(closed), ...given };
}
