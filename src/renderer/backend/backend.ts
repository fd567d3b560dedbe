/** What the window needs from the desk: the bridge of the contract, and where a card's pictures are. */
import { onScopeDispose } from 'vue';
import type { PictureKind } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Bridge, ChannelName, EventName, Events, Input, Output } from '../../shared/ipc';
import { refusalOf } from './refusal';

export interface Backend extends Pick<Bridge, 'on'> {
  /** True for the invented desk of a plain browser. */
  readonly pretended: boolean;
  /** Rejects with a Refusal where the desk does not answer. */
  invoke<Name extends ChannelName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** A token for dropped files; undefined when there is nothing to take among them. */
  dropped(files: readonly unknown[]): Promise<string | undefined>;
  pictureUrl(id: CardId, kind: PictureKind, revision: number): string;
}

let current: Backend | undefined;
let signedOut: (() => void) | undefined;

/** Called once, before anything is mounted. */
export function setBackend(backend: Backend): void {
  current = backend;
}

export function backend(): Backend {
  if (!current) throw new Error('Expected setBackend before the first call but nothing was set');
  return current;
}

/** What to do when a call is refused because nobody is signed in any more. */
export function whenSignedOut(act: () => void): void {
  signedOut = act;
}

export async function invoke<Name extends ChannelName>(
  name: Name,
  input: Input<Name>,
): Promise<Output<Name>> {
  try {
    return await backend().invoke(name, input);
  } catch (error) {
    if (refusalOf(error).code === 'session.signedOut') signedOut?.();
    throw error;
  }
}

/** Listens for as long as the component lives whose setup or mounting calls this: what a person saw ends with the desk. */
export function listen<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): void {
  onScopeDispose(backend().on(name, listener));
}
