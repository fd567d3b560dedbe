/**
 * PP-OCR's networks go over their planes eight times between two convolutions: factor, summand, hard swish (x * clip(x + 3, 0, 6) / 6)
 * in four steps, factor, summand. onnxruntime does each by itself, and before and after them brings the planes into another order
 * of memory, which only convolutions, and the products of what comes out of them, are computed in. Here the first factor and
 * summand go into the convolution before, the gate of the swish is a convolution of each plane with itself that is clipped at
 * once, with both divisors and factors in it, and the last summand goes into the convolution after, where that pads nothing. The
 * numbers are the same but for rounding, for two thirds to four fifths of the time.
 */
import {
  closeModel,
  floatAttribute,
  floatOf,
  floatsOf,
  intAttribute,
  intsOf,
  makeConstant,
  makeNode,
  openModel,
  type Model,
  type Node,
} from './graph';

/** What is not built as above stays as it is. */
export function withFewerPasses(bytes: Uint8Array): Uint8Array {
  const model = openModel(bytes);
  const draft = draftOf(model);
  for (const node of model.nodes) takeConvolution(draft, node);
  for (const node of model.nodes) if (node.op === 'Clip') replaceSwish(draft, node);
  return closeModel({ ...model, nodes: nodesOf(model, draft) });
}

/** A convolution whose weights are known, with what was put into them. */
interface Convolution {
  readonly node: Node;
  readonly dims: readonly number[];
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly output: string;
  changed: boolean;
}

interface Draft {
  readonly outputs: ReadonlySet<string>;
  readonly byOutput: ReadonlyMap<string, Node>;
  readonly users: ReadonlyMap<string, readonly Node[]>;
  /** What stands in the place of a node now: nothing, or other nodes. */
  readonly instead: Map<Node, readonly Node[]>;
  readonly convolutions: Map<Node, Convolution>;
  /** How many planes the values of this name have. */
  readonly planes: Map<string, number>;
  readonly constants: Node[];
}

function draftOf({ nodes, outputs }: Model): Draft {
  const users = new Map<string, Node[]>();
  for (const node of nodes)
    for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node]);
  const byOutput = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const [instead, convolutions, planes] = [new Map(), new Map(), new Map()];
  return { outputs, byOutput, users, instead, convolutions, planes, constants: [] };
}

function nodesOf({ nodes }: Model, { instead, convolutions, constants }: Draft): Node[] {
  const changed = [...convolutions.values()].filter(({ changed }) => changed);
  for (const { node, dims, weights, bias, output } of changed) {
    const [ofWeights, ofBias] = [`${output}/weights`, `${output}/bias`];
    constants.push(makeConstant(ofWeights, dims, weights), makeConstant(ofBias, [bias.length], bias));
    const inputs = [node.inputs[0] ?? '', ofWeights, ofBias];
    instead.set(node, [makeNode('Conv', inputs, output, node.attributes)]);
  }
  const all = [...constants, ...nodes.flatMap((node) => instead.get(node) ?? [node])];
  const used = new Set(all.flatMap(({ inputs }) => inputs));
  return all.filter(({ op, outputs }) => op !== 'Constant' || outputs.some((output) => used.has(output)));
}

/** Its one user, where that is of this kind and the model does not answer the value itself. */
function onlyUser({ users, outputs }: Draft, name: string, op?: string): Node | undefined {
  const [user, ...others] = users.get(name) ?? [];
  if (!user || others.length > 0 || outputs.has(name)) return undefined;
  return op === undefined || user.op === op ? user : undefined;
}

/** The one number beside `name` among the inputs. */
function numberBeside({ byOutput }: Draft, node: Node | undefined, name: string): number | undefined {
  const beside = node?.inputs.find((input) => input !== name);
  const values = beside === undefined ? undefined : floatsOf(byOutput.get(beside))?.values;
  return values?.length === 1 ? values[0] : undefined;
}

interface Affine {
  readonly nodes: readonly Node[];
  readonly factor: number;
  readonly summand: number;
  readonly output: string;
}

/** A factor and after it a summand, each one number for all planes. */
function affineAfter(draft: Draft, name: string): Affine | undefined {
  const product = onlyUser(draft, name, 'Mul');
  const factor = numberBeside(draft, product, name);
  const [between = ''] = product?.outputs ?? [];
  const sum = onlyUser(draft, between, 'Add');
  const summand = numberBeside(draft, sum, between);
  const [output] = sum?.outputs ?? [];
  if (!product || !sum || factor === undefined || summand === undefined || output === undefined)
    return undefined;
  return { nodes: [product, sum], factor, summand, output };
}

function takeConvolution(draft: Draft, node: Node): void {
  const kernel = node.op === 'Conv' ? floatsOf(draft.byOutput.get(node.inputs[1] ?? '')) : undefined;
  const [name] = node.outputs;
  if (!kernel || name === undefined) return;
  const [planes = 0] = kernel.dims;
  const ofBias = node.inputs[2];
  const bias = ofBias === undefined ? new Float32Array(planes) : floatsOf(draft.byOutput.get(ofBias))?.values;
  if (!bias) return;
  const affine = affineAfter(draft, name);
  const [factor, summand] = [affine?.factor ?? 1, affine?.summand ?? 0];
  for (const gone of affine?.nodes ?? []) draft.instead.set(gone, []);
  const output = affine?.output ?? name;
  draft.planes.set(output, planes);
  draft.convolutions.set(node, {
    node,
    dims: kernel.dims,
    weights: affine ? kernel.values.map((weight) => weight * factor) : kernel.values,
    bias: affine ? bias.map((value) => value * factor + summand) : bias,
    output,
    changed: affine !== undefined,
  });
}

interface Swish {
  /** What it is of. */
  readonly of: string;
  readonly nodes: readonly Node[];
  readonly output: string;
}

/** The hard swish whose gate is clipped here. */
function swishAround(draft: Draft, clip: Node): Swish | undefined {
  const [sumName = ''] = clip.inputs;
  const sum = draft.byOutput.get(sumName);
  const of = sum?.inputs.find((input) => draft.planes.has(input));
  if (sum?.op !== 'Add' || of === undefined || numberBeside(draft, sum, of) !== 3) return undefined;
  if (onlyUser(draft, sumName) !== clip || limitOf(draft, clip, 0) !== 0 || limitOf(draft, clip, 1) !== 6)
    return undefined;
  const [gate = ''] = clip.outputs;
  const product = onlyUser(draft, gate, 'Mul');
  if (!product?.inputs.includes(of)) return undefined;
  const [between = ''] = product.outputs;
  const quotient = onlyUser(draft, between, 'Div');
  const [output] = quotient?.outputs ?? [];
  if (!quotient || output === undefined || quotient.inputs[0] !== between) return undefined;
  if (numberBeside(draft, quotient, between) !== 6) return undefined;
  return { of, nodes: [sum, clip, product, quotient], output };
}

/** The lower or the upper limit: until opset 10 an attribute, from 11 on an input. */
function limitOf({ byOutput }: Draft, clip: Node, which: 0 | 1): number | undefined {
  const given = clip.inputs[which + 1];
  if (given === undefined) return floatOf(clip, which === 0 ? 'min' : 'max');
  return floatsOf(byOutput.get(given))?.values[0];
}

function replaceSwish(draft: Draft, clip: Node): void {
  const swish = swishAround(draft, clip);
  if (!swish) return;
  const { of, output } = swish;
  const planes = draft.planes.get(of) ?? 0;
  const affine = affineAfter(draft, output);
  const factor = affine?.factor ?? 1;
  const gate = `${of}/gate`;
  const gating = [
    byPlane(draft, of, `${gate}/open`, { planes, factor: factor / 6, summand: factor / 2 }),
    clipLike(draft, clip, `${gate}/open`, gate, [Math.min(0, factor), Math.max(0, factor)]),
  ];
  const after = !affine
    ? [makeNode('Mul', [of, gate], output)]
    : putIntoNext(draft, affine, planes)
      ? [makeNode('Mul', [of, gate], affine.output)]
      : [
          makeNode('Mul', [of, gate], output),
          byPlane(draft, output, affine.output, { planes, factor: 1, summand: affine.summand }),
        ];
  for (const gone of [...swish.nodes, ...(affine?.nodes ?? [])]) draft.instead.set(gone, []);
  draft.instead.set(clip, [...gating, ...after]);
}

/** Each plane times a number and more by another, as a convolution, which needs no other order of memory. */
function byPlane(
  draft: Draft,
  input: string,
  output: string,
  { planes, factor, summand }: { readonly planes: number; readonly factor: number; readonly summand: number },
): Node {
  const [weights, bias] = [`${output}/weights`, `${output}/bias`];
  draft.constants.push(
    makeConstant(weights, [planes, 1, 1, 1], new Float32Array(planes).fill(factor)),
    makeConstant(bias, [planes], new Float32Array(planes).fill(summand)),
  );
  return makeNode('Conv', [input, weights, bias], output, [intAttribute('group', planes)]);
}

/** With its limits as inputs or as attributes, as the model's own are. */
function clipLike(
  draft: Draft,
  clip: Node,
  input: string,
  output: string,
  [least, most]: readonly [number, number],
): Node {
  if (clip.inputs.length === 1)
    return makeNode('Clip', [input], output, [floatAttribute('min', least), floatAttribute('max', most)]);
  const limits = [`${output}/least`, `${output}/most`] as const;
  draft.constants.push(
    makeConstant(limits[0], [], Float32Array.of(least)),
    makeConstant(limits[1], [], Float32Array.of(most)),
  );
  return makeNode('Clip', [input, ...limits], output);
}

/** Whether the next convolution took the summand: only one by single points can, beyond whose borders nothing is. */
function putIntoNext(draft: Draft, { summand, output }: Affine, planes: number): boolean {
  const node = onlyUser(draft, output, 'Conv');
  const next = node && draft.convolutions.get(node);
  if (!next || next.node.inputs[0] !== output) return false;
  const [outer = 0, inner, height, width] = next.dims;
  const pads = (intsOf(next.node, 'pads') ?? []).some((pad) => pad !== 0);
  if (pads || inner !== planes || height !== 1 || width !== 1) return false;
  for (let plane = 0; plane < outer; plane++) {
    const sum = next.weights
      .subarray(plane * planes, (plane + 1) * planes)
      .reduce((total, weight) => total + weight, 0);
    (next.bias[plane] as number) += sum * summand;
  }
  next.changed = true;
  return true;
}
