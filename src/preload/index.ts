/** The only thing the window has beside the page: the named channels, the named events, and the exchange of dropped files. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNEL_NAMES, DROP_CHANNEL, EVENTS } from '../shared/ipc-names';
import type { Bridge } from '../shared/ipc';

const channels = new Set<string>(CHANNEL_NAMES);
const events = new Set<string>(EVENTS);

const bridge: Bridge = {
  invoke(name, input) {
    if (!channels.has(name))
      return Promise.reject(new Error(`Expected a channel of the contract but received ${name}`));
    return ipcRenderer.invoke(name, input);
  },
  on(name, listener) {
    if (!events.has(name)) throw new Error(`Expected an event of the contract but received ${name}`);
    const heard = (_event: unknown, payload: unknown) => listener(payload as never);
    ipcRenderer.on(name, heard);
    return () => ipcRenderer.removeListener(name, heard);
  },
  async dropped(files) {
    const paths = files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== '');
    return paths.length === 0 ? { answered: undefined } : ipcRenderer.invoke(DROP_CHANNEL, paths);
  },
};

contextBridge.exposeInMainWorld('cardproof', bridge);
