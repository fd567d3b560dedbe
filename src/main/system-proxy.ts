import { session } from 'electron';

/** The system's proxy for an address, as `http://host:port`; undefined for a direct connection. */
export async function systemProxy(url: string): Promise<string | undefined> {
  const answer = await session.defaultSession.resolveProxy(url);
  const [, kind, place] = /^(PROXY|HTTPS)\s+(\S+)/.exec(answer) ?? [];
  return place && `${kind === 'HTTPS' ? 'https' : 'http'}://${place}`;
}
