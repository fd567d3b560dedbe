/** A quick stub of the cloud that writes down when each call came and when its answer was on the socket. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../../src/adapters/images/sha256';
import type { Random } from '../../tools/specimens/random';

export interface Call {
  /** When its first byte was here, and when its answer was written; ms of one clock. */
  readonly came: number;
  answered?: number;
  picture?: string;
  /** It came too fast. */
  refused?: boolean;
}

export interface Stub {
  readonly endpoint: string;
  readonly calls: readonly Call[];
  close(): void;
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** The cloud counts by the second. */
const RATE = 10;

/** `latency`: 0 to 1, of the longest time that an answer takes. `strict`: what is over the rate is refused, and not counted. */
export async function startStub(
  latency: Pick<Random, 'next'>,
  { longestMs = 400, strict = false }: { longestMs?: number; strict?: boolean } = {},
): Promise<Stub> {
  const calls: Call[] = [];

  function isTooFast(at: number): boolean {
    const within = calls.slice(-50).filter(({ came, refused }) => !refused && came > at - 1_000);
    return within.length >= RATE;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const came = performance.now();
    const call: Call = { came, refused: strict && isTooFast(came) };
    calls.push(call);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { ImageBase64 = '' } = JSON.parse(Buffer.concat(chunks).toString()) as { ImageBase64?: string };
    call.picture = sha256(Buffer.from(ImageBase64, 'base64'));
    if (call.refused) {
      const Error = { Code: 'RequestLimitExceeded', Message: 'too fast' };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ Response: { Error, RequestId: `stub-${calls.length}` } }));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20 + latency.next() * longestMs));
    const digits = String(parseInt(call.picture.slice(0, 12), 16))
      .padStart(15, '0')
      .slice(-15);
    const body = {
      Response: {
        CardNo: `6222${digits}`,
        BankInfo: '中国工商银行(01020000)',
        ValidDate: '07/2031',
        CardType: '借记卡',
        CardName: '',
        BorderCutImage: PIXEL,
        CardNoImage: PIXEL,
        WarningCode: [],
        QualityValue: 90,
        RequestId: `stub-${calls.length}`,
      },
    };
    if (response.destroyed) return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body), () => (call.answered = performance.now()));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // Whoever called was killed in the middle of it.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** How often more calls came within a second than the cloud allows. */
export function overTheRate(calls: readonly Call[]): number {
  const times = calls.map(({ came }) => came).sort((one, other) => one - other);
  return times.filter((time, at) => time - (times[at - RATE] ?? -Infinity) < 1_000).length;
}
