import type { IntakeFailure } from '../../core/intake/formats';
import type { PreparedPicture } from '../../core/intake/ports';

export interface PictureJob {
  readonly id: number;
  readonly bytes: Uint8Array;
}

export interface PictureDone {
  readonly id: number;
  readonly result:
    | { readonly ok: true; readonly value: PreparedPicture }
    | { readonly ok: false; readonly code: IntakeFailure };
}
