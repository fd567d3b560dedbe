/** The page comes from `app://cardproof/…`. It is asked for before the desk is loaded, so this needs nothing of it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, session } from 'electron';
import { developmentFile } from '../development';
import { CONTENT_SECURITY_POLICY } from '../security/harden';
import { allArrived } from './arrival';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Before the application is ready. */
export function declareProtocols(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    { scheme: 'picture', privileges: { standard: true, secure: true } },
  ]);
}

const nothing = () => new Response(null, { status: 404 });

function page(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer, type: string): Response {
  const headers = {
    'content-type': type,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  };
  return new Response(bytes, { headers });
}

/**
 * A page knows the schemes that are served when it is opened, and no later ones: what answers for pictures is waited for. None is
 * asked for before the desk has answered.
 */
export function servePictures(answer: Promise<(request: Request) => Promise<Response>>): void {
  protocol.handle('picture', async (request) => {
    try {
      return await (
        await answer
      )(request);
    } catch {
      // Whoever loads the desk, or gives the picture, has written down what went wrong.
      return nothing();
    }
  });
}

/** `began` is called when the page has all the files that it asked for, a script among them: the window is at work then. */
export function servePage(pageFolder: string, began: () => void): void {
  const whole = allArrived(began);
  const { webRequest } = session.defaultSession;
  webRequest.onCompleted({ urls: ['app://cardproof/*'] }, ({ resourceType }) => {
    // After that it asks for one now and then, and nobody waits to hear of it.
    if (whole.arrived(resourceType)) webRequest.onCompleted(null);
  });
  protocol.handle('app', async (request) => {
    whole.asked();
    const url = new URL(request.url);
    const file = await developmentFile?.(url);
    if (file) return page(file.bytes, file.type);
    const wanted = path.join(
      pageFolder,
      url.pathname === '/' ? 'index.html' : decodeURIComponent(url.pathname),
    );
    const type = TYPES[path.extname(wanted)];
    if (url.host !== 'cardproof' || !wanted.startsWith(pageFolder + path.sep) || !type) return nothing();
    try {
      const bytes = new Uint8Array(await readFile(wanted));
      if (type === TYPES['.html']) performance.mark('page');
      return page(bytes, type);
    } catch {
      // Not there: the same answer as for what may not be asked for.
      return nothing();
    }
  });
}
