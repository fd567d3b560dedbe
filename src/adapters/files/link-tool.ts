import type { Dispatcher } from 'undici';
import { fail, ok } from '../../shared/result';
import { linkOf } from '../../core/intake/links';
import type { LinkTool } from '../../core/intake/ports';

const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 30_000;

/** Downloads pictures by link. `dispatcherFor` gives the proxy for an address, if there is one. */
export function createLinkTool(dispatcherFor: (url: string) => Promise<Dispatcher | undefined>): LinkTool {
  return {
    async fetch(url, maxBytes, signal) {
      if (!URL.canParse(url) || linkOf(url) === undefined) return fail('link.notALink');
      try {
        const { request } = await import('undici');
        let address = new URL(url);
        for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
          if (address.protocol !== 'https:' && address.protocol !== 'http:') return fail('link.refused');
          const answer = await request(address, {
            dispatcher: await dispatcherFor(address.href),
            headersTimeout: TIMEOUT_MS,
            bodyTimeout: TIMEOUT_MS,
            signal,
          });
          const next = answer.headers['location'];
          if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof next === 'string') {
            await answer.body.dump();
            address = new URL(next, address);
            continue;
          }
          if (answer.statusCode !== 200) {
            await answer.body.dump();
            return fail('link.refused', { status: answer.statusCode });
          }
          const chunks: Buffer[] = [];
          let total = 0;
          for await (const chunk of answer.body as AsyncIterable<Buffer>) {
            total += chunk.length;
            if (total > maxBytes) {
              answer.body.destroy();
              return fail('link.tooLarge');
            }
            chunks.push(chunk);
          }
          return ok(Buffer.concat(chunks));
        }
        return fail('link.refused');
      } catch (cause) {
        return fail('link.unreachable', undefined, cause);
      }
    },
  };
}
