/** What the window needs from the desk: the bridge of the contract, and where a card's pictures are. */
import type { PictureKind } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Bridge, ChannelName, Input, Output } from '../../shared/ipc';

export interface Backend extends Bridge {
  /** True for the invented desk of a plain browser. */
  readonly pretended: boolean;
  pictureUrl(id: CardId, kind: PictureKind, revision: number): string;
}

let current: Backend | undefined;

/** Called once, before anything is mounted. */
export function setBackend(backend: Backend): void {
  current = backend;
}

export function backend(): Backend {
  if (!current) throw new Error('Expected setBackend before the first call but nothing was set');
  return current;
}

export function invoke<Name extends ChannelName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  return backend().invoke(name, input);
}
