import type { CutRegion } from '../../shared/cards';
import type { Result } from '../../shared/result';
import type { IntakeFailure } from '../../core/intake/formats';
import type { Corners, CutFailure, PaintFailure, PreparedPicture } from '../../core/intake/ports';

export type PictureWork =
  | { readonly kind: 'prepare'; readonly bytes: Uint8Array }
  | { readonly kind: 'cut'; readonly bytes: Uint8Array; readonly region: CutRegion }
  | { readonly kind: 'paintOver'; readonly bytes: Uint8Array; readonly areas: readonly Corners[] }
  | { readonly kind: 'takeApart'; readonly bytes: Uint8Array; readonly cards: readonly Corners[] };
export type PictureJob = PictureWork & { readonly id: number };

/** Results travel without their causes. */
export type PictureDone = { readonly id: number } & (
  | { readonly kind: 'prepare'; readonly result: Result<PreparedPicture, IntakeFailure> }
  | { readonly kind: 'cut'; readonly result: Result<Uint8Array, CutFailure> }
  | {
      readonly kind: 'takeApart';
      readonly result: Result<readonly PreparedPicture[], PaintFailure>;
    }
  | { readonly kind: 'paintOver'; readonly result: Result<PreparedPicture, PaintFailure> }
);
