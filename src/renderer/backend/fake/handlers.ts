import type { ChannelName, Input, Output } from '../../../shared/ipc';

export type Handlers = {
  [Name in ChannelName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>;
};
