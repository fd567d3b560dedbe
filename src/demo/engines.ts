/** The two engines of the invented world: they answer with what stands on the invented card, after a while. */
import type { Clock } from '../core/cards/ports';
import type { EngineAnswer, EngineTraits, RecognitionEngine } from '../core/recognition/ports';
import { passesLuhn } from '../shared/number';
import { ENGINES, type EngineName, type Fields, type Recognition } from '../shared/recognition';
import { fromBytes, type InventedCard } from './cards';

export interface EngineTools {
  readonly clock: Clock;
  /** How long a card takes. */
  delayMs(): number;
  /** Of the cloud; undefined while all is well. */
  outage(): string | undefined;
}

const TRAITS: Readonly<Record<EngineName, EngineTraits>> = {
  local: { charges: false, overNetwork: false, needsCredentials: false, slots: 2 },
  tencent: { charges: true, overNetwork: true, needsCredentials: true, slots: 4 },
};

function misreadDigits(digits: string): string {
  const wrong = [...digits];
  wrong[9] = String((Number(wrong[9]) + 5) % 10);
  return wrong.join('');
}

function readBy(name: EngineName, card: InventedCard): Fields {
  const { digits, bankInfo, cardType, cardName, validDate, at, misread } = card;
  if (name === 'local') {
    return { cardNumber: misread ? misreadDigits(digits) : digits, bankInfo, cardType };
  }
  return {
    cardNumber: digits,
    bankInfo,
    cardType,
    ...(at % 4 === 1 ? {} : { cardName }),
    ...(at % 5 === 2 ? {} : { validDate }),
  };
}

function read(name: EngineName, image: Uint8Array): EngineAnswer {
  const card = fromBytes(image);
  if (!card || card.unreadable) return { kind: 'error', code: 'FailedOperation.NoBankCardError', sent: true };
  const fields = readBy(name, card);
  const digits = fields.cardNumber ?? '';
  const recognition: Recognition = {
    requestId: name === 'tencent' ? `invented-${card.at}` : undefined,
    fields,
    borderCutImage: image,
    cardNoImage: image,
    warnings: card.warnings,
    quality: card.quality,
    evidence:
      name === 'local'
        ? {
            digitConfidence: [...digits].map(() => 0.99),
            otherCandidates: [],
            luhnPassed: passesLuhn(digits),
          }
        : undefined,
    raw: '{}',
  };
  return { kind: 'answer', recognition };
}

function createInventedEngine(name: EngineName, tools: EngineTools): RecognitionEngine {
  return {
    name,
    traits: TRAITS[name],
    recognise: ({ image }, signal) =>
      new Promise((resolve) => {
        const cancelled = () => {
          callOff();
          resolve({ kind: 'cancelled', sent: true });
        };
        const callOff = tools.clock.after(tools.delayMs(), () => {
          signal.removeEventListener('abort', cancelled);
          const code = name === 'tencent' ? tools.outage() : undefined;
          resolve(
            code === undefined
              ? read(name, image)
              : { kind: 'error', code, sent: !code.startsWith('client.') },
          );
        });
        signal.addEventListener('abort', cancelled, { once: true });
      }),
  };
}

/** One for each name of the table. */
export function createInventedEngines(tools: EngineTools): Readonly<Record<EngineName, RecognitionEngine>> {
  const made = ENGINES.map((name) => [name, createInventedEngine(name, tools)]);
  return Object.fromEntries(made) as Record<EngineName, RecognitionEngine>;
}
