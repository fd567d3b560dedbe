/** What the window may not do. Each rule has a behavioural test under test/exploit. */
import { app, session, shell, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { DEVELOPMENT_SOCKETS } from '../development';

/** Vue binds inline styles; everything else comes from the application itself. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' picture: data:",
  "font-src 'self'",
  ["connect-src 'self'", ...DEVELOPMENT_SOCKETS].join(' '),
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The only pages that may be opened in the system's browser. */
const MAY_OPEN = ['https://console.cloud.tencent.com/', 'https://cloud.tencent.com/document/product/866/'];

export function mayOpenOutside(url: string): boolean {
  return MAY_OPEN.some((start) => url.startsWith(start));
}

export function isOwnPage(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'app:' && new URL(url).host === 'cardproof';
}

/** The application's page, in its main frame. */
export function isTrusted(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url);
}

export function harden(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
}

/** After the application is ready: nothing is permitted, nothing is fetched from elsewhere, nothing is downloaded. */
export function hardenSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest((details, callback) => {
    const { protocol, host } = new URL(details.url);
    const isOwn = ['app:', 'picture:', 'data:', 'devtools:'].includes(protocol);
    callback({ cancel: !isOwn && !DEVELOPMENT_SOCKETS.includes(`${protocol}//${host}`) });
  });
  defaultSession.on('will-download', (event) => event.preventDefault());
}
