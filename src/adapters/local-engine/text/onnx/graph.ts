/** An ONNX model taken apart to its nodes and put together again; field numbers are those of onnx.proto3. */
import { bytesField, bytesOf, fieldsOf, floatField, numberField, textOf, type Field } from './protobuf';

const MODEL_GRAPH = 7;
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const VALUE = { name: 1, type: 2 } as const;
const [TYPE_TENSOR, TENSOR_ELEMENT] = [1, 1] as const;
const NODE = { input: 1, output: 2, name: 3, op: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, float: 2, int: 3, tensor: 5, ints: 8, type: 20 } as const;
const ATTRIBUTE_TYPE = { float: 1, int: 2, tensor: 4, ints: 7 } as const;
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 } as const;
const FLOAT = 1;

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Each as the message that it is. */
  readonly attributes: readonly Uint8Array[];
  readonly bytes: Uint8Array;
}

export interface Model {
  readonly nodes: readonly Node[];
  /** Names of what the model is given. */
  readonly inputs: readonly string[];
  /** Names of what it answers. */
  readonly outputs: ReadonlySet<string>;
  /** Fields of the graph: numbers that are given by name. */
  readonly initializers: readonly Uint8Array[];
  /** The fields of the graph but for its nodes, and those of the model but for its graph. */
  readonly restOfGraph: readonly Uint8Array[];
  readonly restOfModel: readonly Uint8Array[];
}

export interface FloatTensor {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** Also of several messages one after the other: their graphs are one, as protobuf has it. */
export function openModel(bytes: Uint8Array): Model {
  const fields = fieldsOf(bytes);
  const ofGraph = fields
    .filter(({ number }) => number === MODEL_GRAPH)
    .flatMap((graph) => fieldsOf(bytesOf(graph)));
  const values = (of: number): string[] =>
    ofGraph
      .filter(({ number }) => number === of)
      .flatMap((value) => fieldsOf(bytesOf(value)).filter(({ number }) => number === VALUE.name))
      .map(textOf);
  return {
    nodes: ofGraph.filter(({ number }) => number === GRAPH.node).map((field) => openNode(bytesOf(field))),
    inputs: values(GRAPH.input),
    outputs: new Set(values(GRAPH.output)),
    initializers: ofGraph.filter(({ number }) => number === GRAPH.initializer).map((field) => field.bytes),
    restOfGraph: ofGraph.filter(({ number }) => number !== GRAPH.node).map((field) => field.bytes),
    restOfModel: fields.filter(({ number }) => number !== MODEL_GRAPH).map((field) => field.bytes),
  };
}

export function closeModel({
  nodes,
  restOfGraph,
  restOfModel,
}: Pick<Model, 'nodes' | 'restOfGraph' | 'restOfModel'>): Uint8Array {
  const graph = Buffer.concat([...nodes.map(({ bytes }) => bytesField(GRAPH.node, bytes)), ...restOfGraph]);
  return Buffer.concat([...restOfModel, bytesField(MODEL_GRAPH, graph)]);
}

function openNode(bytes: Uint8Array): Node {
  const fields = fieldsOf(bytes);
  const texts = (of: number): string[] => fields.filter(({ number }) => number === of).map(textOf);
  return {
    op: texts(NODE.op)[0] ?? '',
    inputs: texts(NODE.input),
    outputs: texts(NODE.output),
    attributes: fields.filter(({ number }) => number === NODE.attribute).map(bytesOf),
    bytes,
  };
}

/** Named after its first output. */
export function makeNode(
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Uint8Array[] = [],
): Node {
  const bytes = Buffer.concat([
    ...inputs.map((input) => bytesField(NODE.input, input)),
    bytesField(NODE.output, output),
    bytesField(NODE.name, `${op} ${output}`),
    bytesField(NODE.op, op),
    ...attributes.map((attribute) => bytesField(NODE.attribute, attribute)),
  ]);
  return { op, inputs, outputs: [output], attributes, bytes };
}

export function makeConstant(name: string, dims: readonly number[], values: Float32Array): Node {
  const tensor = Buffer.concat([
    ...dims.map((dim) => numberField(TENSOR.dims, dim)),
    numberField(TENSOR.type, FLOAT),
    bytesField(TENSOR.name, name),
    bytesField(TENSOR.raw, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
  const value = [bytesField(ATTRIBUTE.tensor, tensor), numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.tensor)];
  return makeNode('Constant', [], name, [Buffer.concat([bytesField(ATTRIBUTE.name, 'value'), ...value])]);
}

export function floatAttribute(name: string, value: number): Uint8Array {
  return Buffer.concat([
    bytesField(ATTRIBUTE.name, name),
    floatField(ATTRIBUTE.float, value),
    numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.float),
  ]);
}

export function intAttribute(name: string, value: number): Uint8Array {
  return Buffer.concat([
    bytesField(ATTRIBUTE.name, name),
    numberField(ATTRIBUTE.int, value),
    numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.int),
  ]);
}

export function intsAttribute(name: string, values: readonly number[]): Uint8Array {
  return Buffer.concat([
    bytesField(ATTRIBUTE.name, name),
    ...values.map((value) => numberField(ATTRIBUTE.ints, value)),
    numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.ints),
  ]);
}

/** Undefined where the node has no attribute of the name. */
export function floatOf(node: Node, name: string): number | undefined {
  const field = attributeOf(node, name)?.find(({ number }) => number === ATTRIBUTE.float);
  return field && Buffer.from(bytesOf(field)).readFloatLE();
}

/** The attribute's whole numbers or its one; undefined where the node has none of the name. */
export function intsOf(node: Node, name: string): readonly number[] | undefined {
  const fields = attributeOf(node, name);
  return fields
    ?.filter(({ number }) => number === ATTRIBUTE.ints || number === ATTRIBUTE.int)
    .flatMap(wholeNumbersOf);
}

/** What a constant of floats holds; undefined for any other node. */
export function floatsOf(node: Node | undefined): FloatTensor | undefined {
  const tensor = node?.op === 'Constant' ? attributeOf(node, 'value') : undefined;
  const message = tensor?.find(({ number }) => number === ATTRIBUTE.tensor);
  if (!message) return undefined;
  const fields = fieldsOf(bytesOf(message));
  const raw = fields.find(({ number }) => number === TENSOR.raw);
  const isFloat = fields.some(({ number, value }) => number === TENSOR.type && value === FLOAT);
  if (!raw || !isFloat) return undefined;
  const dims = fields.filter(({ number }) => number === TENSOR.dims).flatMap(wholeNumbersOf);
  // A copy: floats begin at multiples of four, the bytes of a file anywhere.
  return { dims, values: new Float32Array(new Uint8Array(bytesOf(raw)).buffer) };
}

function attributeOf({ attributes }: Node, name: string): Field[] | undefined {
  return attributes
    .map((attribute) => fieldsOf(attribute))
    .find((fields) => fields.some((field) => field.number === ATTRIBUTE.name && textOf(field) === name));
}

/** One by one, or packed as varints. */
function wholeNumbersOf({ value }: Field): number[] {
  if (typeof value === 'number') return [value];
  const numbers: number[] = [];
  for (let at = 0; at < value.length;) {
    let number = 0;
    for (let unit = 1, more = true; more && at < value.length; unit *= 128) {
      const byte = value[at++] as number;
      number += (byte & 127) * unit;
      more = byte >= 128;
    }
    numbers.push(number);
  }
  return numbers;
}

/**
 * The part of a model that makes these outputs out of this input, which is another node's output or the model's own. All are
 * floats, of whatever size comes.
 */
export function partOf(model: Model, input: string, outputs: readonly string[]): Uint8Array {
  const byOutput = new Map(
    model.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)),
  );
  const needed = new Set<Node>();
  const waiting = [...outputs];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = name === input ? undefined : byOutput.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    waiting.push(...node.inputs);
  }
  return closeModel({
    nodes: model.nodes.filter((node) => needed.has(node)),
    restOfModel: model.restOfModel,
    restOfGraph: [
      bytesField(GRAPH.name, 'part'),
      ...model.initializers,
      bytesField(GRAPH.input, floatValue(input)),
      ...outputs.map((output) => bytesField(GRAPH.output, floatValue(output))),
    ],
  });
}

/** A value's name and kind. */
function floatValue(name: string): Uint8Array {
  const kind = bytesField(VALUE.type, bytesField(TYPE_TENSOR, numberField(TENSOR_ELEMENT, FLOAT)));
  return Buffer.concat([bytesField(VALUE.name, name), kind]);
}
