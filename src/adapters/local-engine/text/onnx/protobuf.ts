/** As much of protobuf's wire format as is needed to change a few messages and leave all others as they are. */

/** Wire types (protobuf.dev, "Encoding"). */
const [VARINT, EIGHT_BYTES, BYTES, FOUR_BYTES] = [0, 1, 2, 5] as const;

export interface Field {
  readonly number: number;
  /** A number where it is a varint, else the bytes without their length. */
  readonly value: number | Uint8Array;
  /** The whole field as it stands, to be written again unchanged. */
  readonly bytes: Uint8Array;
}

/** Throws where the bytes end within a field, or hold a wire type that is no longer used. */
export function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    for (let value = 0, unit = 1; at < message.length; unit *= 128) {
      const byte = message[at++] as number;
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
    throw new Error('Expected the end of a number but the message ended');
  };
  const take = (length: number): Uint8Array => {
    if (at + length > message.length)
      throw new Error(`Expected ${length} bytes but received ${message.length - at}`);
    at += length;
    return message.subarray(at - length, at);
  };
  const valueOf = (wire: number): number | Uint8Array => {
    if (wire === VARINT) return varint();
    if (wire === EIGHT_BYTES) return take(8);
    if (wire === BYTES) return take(varint());
    if (wire === FOUR_BYTES) return take(4);
    throw new Error(`Expected a wire type in use but received ${wire}`);
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const value = valueOf(tag % 8);
    fields.push({ number: Math.floor(tag / 8), value, bytes: message.subarray(start, at) });
  }
  return fields;
}

export function textOf({ value }: Field): string {
  return Buffer.from(bytesOf({ value })).toString('utf8');
}

export function bytesOf({ value }: Pick<Field, 'value'>): Uint8Array {
  if (typeof value === 'number') throw new Error('Expected bytes but received a number');
  return value;
}

export function numberField(number: number, value: number): Uint8Array {
  return Buffer.concat([varintBytes(number * 8 + VARINT), varintBytes(value)]);
}

export function floatField(number: number, value: number): Uint8Array {
  const float = Buffer.alloc(4);
  float.writeFloatLE(value);
  return Buffer.concat([varintBytes(number * 8 + FOUR_BYTES), float]);
}

export function bytesField(number: number, value: Uint8Array | string): Uint8Array {
  const bytes = Buffer.from(value);
  return Buffer.concat([varintBytes(number * 8 + BYTES), varintBytes(bytes.length), bytes]);
}

function varintBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return Uint8Array.from([...bytes, left]);
}
