/**
 * `npm run dev` alone: the page's files come from the development server, under the application's own address, so that all that
 * guards the window stays as it is. A build knows nothing of it: test/exploit/no-demonstration.test.ts.
 */
const SERVER = import.meta.env.DEV ? process.env.ELECTRON_RENDERER_URL : undefined;

/** Where the window hears of what was saved; none in a build. */
export const DEVELOPMENT_SOCKETS: readonly string[] = SERVER ? [`ws://${new URL(SERVER).host}`] : [];

/** Undefined, as the whole function is in a build, where the server has no such file. */
export const developmentFile = SERVER
  ? async ({ pathname, search }: URL): Promise<{ bytes: ArrayBuffer; type: string } | undefined> => {
      const answer = await fetch(new URL(pathname + search, SERVER));
      if (!answer.ok) return undefined;
      return { bytes: await answer.arrayBuffer(), type: answer.headers.get('content-type') ?? 'text/plain' };
    }
  : undefined;
