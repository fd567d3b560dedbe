import type { Bridge } from '../shared/ipc';

declare global {
  interface Window {
    /** Put there by preload; absent in a plain browser. */
    readonly cardproof?: Bridge;
  }
}
