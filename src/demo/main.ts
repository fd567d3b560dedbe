/**
 * The demonstration's own door: the real window over the real desk, in a plain browser, with an invented world around it. Never
 * packaged. `?desk=` picks the situation, see situations.ts.
 */
import { start } from '../renderer/start';
import { demoBackend } from './backend';
import { openDemo } from './desk';
import { isSituation } from './situations';

const wanted = new URLSearchParams(location.search).get('desk') ?? '';
const demo = await openDemo(isSituation(wanted) ? wanted : 'usual', reportError);
void start(demoBackend(demo));
