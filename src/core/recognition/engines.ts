/** The engines of the desk, and which of them a card goes to: by their traits and their order in the table of names. */
import { ENGINES, type EngineName } from '../../shared/recognition';
import type { Settings } from '../../shared/settings';
import type { EngineTraits, RecognitionEngine } from './ports';

export interface Engines {
  named(name: EngineName): RecognitionEngine;
  traits(name: EngineName): EngineTraits;
  /** Whether it can be asked at all. */
  available(name: EngineName): boolean;
  /** The one for cards that no person asked another one for. */
  own(): EngineName;
  /** The first that can be asked and is none of these. */
  otherThan(names: readonly EngineName[]): EngineName | undefined;
}

export interface EngineTools {
  readonly engines: Readonly<Record<EngineName, RecognitionEngine>>;
  /** What the settings say. */
  chosen(): Settings['engine'];
  /** Whether credentials for an engine that needs some are stored. */
  hasCredentials(name: EngineName): boolean;
}

export function createEngines({ engines, chosen, hasCredentials }: EngineTools): Engines {
  const traits = (name: EngineName) => engines[name].traits;
  const available = (name: EngineName) => !traits(name).needsCredentials || hasCredentials(name);
  const otherThan = (names: readonly EngineName[]) =>
    ENGINES.find((name) => !names.includes(name) && available(name));

  /** Credentials are stored by a person who wants them used. */
  function automatic(): EngineName {
    const entitled = ENGINES.find((name) => traits(name).needsCredentials && available(name));
    return entitled ?? otherThan([]) ?? ENGINES[0];
  }

  return {
    named: (name) => engines[name],
    traits,
    available,
    own() {
      const name = chosen();
      return name === 'auto' ? automatic() : name;
    },
    otherThan,
  };
}
