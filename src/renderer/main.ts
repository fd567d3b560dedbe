import { electronBackend } from './backend/electron';
import { start } from './start';

if (!window.cardproof) throw new Error('Expected the bridge of preload but there is none');
void start(electronBackend(window.cardproof));
