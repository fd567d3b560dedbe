/** Connections to the cloud, directly or through the proxy that the system or the environment names. */
import type { Dispatcher } from 'undici';

/** The proxy for an address, such as `http://host:port`; undefined for a direct connection. */
export type ResolveProxy = (url: string) => Promise<string | undefined>;

export interface Proxies {
  /** Rejects when the proxy cannot be found out or is not one that we can use. */
  dispatcherFor(url: string): Promise<Dispatcher>;
  /** At once: what is under way is broken off. */
  close(): Promise<void>;
}

const CONNECT = { timeout: 10_000 };
/** Shorter than servers keep an idle connection: a call must not meet one that is just being closed. */
const KEEP_ALIVE = { keepAliveTimeout: 4_000, keepAliveMaxTimeout: 30_000 };

export function createProxies(resolve: ResolveProxy): Proxies {
  let direct: Dispatcher | undefined;
  const byProxy = new Map<string, Dispatcher>();

  return {
    async dispatcherFor(url) {
      const proxy = isLoopback(new URL(url).hostname) ? undefined : await resolve(url);
      // Not before the first request: loading it takes longer than opening a window.
      const { Agent, ProxyAgent } = await import('undici');
      if (!proxy) return (direct ??= new Agent({ connect: CONNECT, ...KEEP_ALIVE }));
      const known = byProxy.get(proxy);
      if (known) return known;
      // Always a tunnel, also for plain http: nothing on the way reads or keeps the request.
      const made = new ProxyAgent({ uri: proxy, proxyTls: CONNECT, requestTls: CONNECT, ...KEEP_ALIVE });
      byProxy.set(proxy, made);
      return made;
    },
    async close() {
      const made = [...(direct ? [direct] : []), ...byProxy.values()];
      await Promise.all(made.map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** What stays on this computer is never sent through a proxy. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The usual variables in either case; the lower-case one wins, as in curl. */
export function proxyFromEnvironment(env: Environment): ResolveProxy {
  const value = (name: string) => env[name.toLowerCase()] || env[name] || undefined;
  const exceptions = (value('NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean);
  return async (url) => {
    const { protocol, hostname, port } = new URL(url);
    if (isLoopback(hostname)) return undefined;
    const number = port || (protocol === 'https:' ? '443' : '80');
    if (exceptions.some((exception) => covers(exception.toLowerCase(), hostname, number))) return undefined;
    const proxy = value(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
    return proxy === undefined || proxy.includes('://') ? proxy : `http://${proxy}`;
  };
}

/** `*`, a host, a domain with all below it (with or without a leading dot or `*.`), each with a port or without. */
function covers(exception: string, hostname: string, port: string): boolean {
  if (exception === '*') return true;
  const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (hostname === domain || hostname.endsWith(`.${domain}`));
}
