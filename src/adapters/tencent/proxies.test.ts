import { Agent, ProxyAgent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createProxies, proxyFromEnvironment, type Proxies } from './proxies';

const CLOUD = 'https://ocr.tencentcloudapi.com/';

describe('proxyFromEnvironment', () => {
  const resolve = (env: Record<string, string>, url = CLOUD) => proxyFromEnvironment(env)(url);

  it.each([
    ['HTTPS_PROXY', CLOUD, 'http://p:1'],
    ['https_proxy', CLOUD, 'http://p:1'],
    ['HTTP_PROXY', CLOUD, undefined],
    ['HTTP_PROXY', 'http://card.invalid/', 'http://p:1'],
    ['http_proxy', 'http://card.invalid/', 'http://p:1'],
    ['HTTPS_PROXY', 'http://card.invalid/', undefined],
  ])('%s for %s', async (name, url, expected) => {
    expect(await resolve({ [name]: 'http://p:1' }, url)).toBe(expected);
  });

  it('completes an address without a scheme', async () => {
    expect(await resolve({ HTTPS_PROXY: 'p:8080' })).toBe('http://p:8080');
  });

  it.each([
    ['*', true],
    ['ocr.tencentcloudapi.com', true],
    ['.tencentcloudapi.com', true],
    ['*.tencentcloudapi.com', true],
    ['other.invalid, TENCENTCLOUDAPI.COM', true],
    ['tencentcloudapi.com:443', true],
    ['tencentcloudapi.com:8443', false],
    ['cloudapi.com', false],
    ['', false],
  ])('NO_PROXY=%s: direct %s', async (exceptions, direct) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const proxy = await resolve({ https_proxy: 'http://p:1', [name]: exceptions });
      expect(proxy).toBe(direct ? undefined : 'http://p:1');
    }
  });

  it.each(['http://localhost:1/', 'http://127.9.0.1/', 'http://[::1]:8/'])('never for %s', async (url) => {
    expect(await resolve({ http_proxy: 'http://p:1' }, url)).toBeUndefined();
  });
});

describe('createProxies', () => {
  let proxies: Proxies;
  afterEach(() => proxies.close());

  it('makes one dispatcher for each proxy and one for direct connections', async () => {
    let proxy: string | undefined = 'http://127.0.0.1:9';
    proxies = createProxies(async () => proxy);
    const first = await proxies.dispatcherFor(CLOUD);
    expect(first).toBeInstanceOf(ProxyAgent);
    expect(await proxies.dispatcherFor(CLOUD)).toBe(first);
    proxy = 'http://127.0.0.1:10';
    expect(await proxies.dispatcherFor(CLOUD)).not.toBe(first);
    proxy = undefined;
    expect(await proxies.dispatcherFor(CLOUD)).toBeInstanceOf(Agent);
  });

  it('does not even ask for this computer', async () => {
    proxies = createProxies(() => Promise.reject(new Error('asked')));
    expect(await proxies.dispatcherFor('http://127.0.0.1:80/')).toBeInstanceOf(Agent);
    await expect(proxies.dispatcherFor(CLOUD)).rejects.toThrow('asked');
  });
});
