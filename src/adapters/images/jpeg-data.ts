/**
 * What of a JPEG the picture is made of, and nothing else: its frame, the tables that its scans use, and the scans. Metadata,
 * thumbnails, further pictures, tables that nobody uses and whatever stands behind the last row stay out. The result decodes
 * to the very same pixels, and a file of which that is not certain is left to be encoded anew.
 */
import { fail, ok, type Result } from '../../shared/result';
import { codesOf, walkScan, type Codes, type Frame, type ScanComponent } from './jpeg-scan';

/** A progressive picture has some twenty. */
const MOST_SEGMENTS = 10_000;
const MARKER = 0xff;
const SOF_BASELINE = 0xc0;
const SOF_EXTENDED = 0xc1;
const SOF_PROGRESSIVE = 0xc2;
const DHT = 0xc4;
const RST0 = 0xd0;
const RST7 = 0xd7;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;

/** Both tell which colours the components are; written anew, because all else in them is somebody's word. */
const JFIF = Uint8Array.of(0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
const ADOBE = Uint8Array.of(0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0);

/** A table or what else a later scan may need; `used` once one does. */
interface Part {
  readonly bytes: Uint8Array;
  used: boolean;
}
interface Segment {
  readonly marker: number;
  readonly parts: readonly Part[];
  /** The coded picture behind the head of a scan. */
  readonly coded?: Uint8Array;
}

/** Undefined: not certain. */
export function ownJpegData(bytes: Uint8Array): Result<Uint8Array | undefined, 'picture.damaged'> {
  const reader = new JpegReader(bytes);
  const how = reader.read();
  if (how === 'damaged') return fail('picture.damaged');
  return ok(how === 'whole' ? write(reader.segments) : undefined);
}

type Step = 'goOn' | 'whole' | 'damaged' | 'unsure';

class JpegReader {
  readonly segments: Segment[] = [];
  private at = 2;
  private frame: Frame | undefined;
  private scanned = new Set<number>();
  private readonly quantisation = new Map<number, Part>();
  private readonly dc = new Map<number, Part>();
  private readonly ac = new Map<number, Part>();
  private restart: Part | undefined;
  private jfif: Part | undefined;
  private adobe: Part | undefined;

  constructor(private readonly bytes: Uint8Array) {}

  read(): Step {
    for (;;) {
      const step = this.segment();
      if (step !== 'goOn') return step;
    }
  }

  private segment(): Step {
    const { bytes } = this;
    // The end may be missing: whether the picture is whole is told by its scans, or by the decoder.
    if (this.at >= bytes.length) return this.end();
    if (this.segments.length > MOST_SEGMENTS) return 'unsure';
    if (bytes[this.at] !== MARKER) return 'unsure';
    while (bytes[this.at] === MARKER) this.at++;
    const marker = bytes[this.at++];
    if (marker === EOI || marker === undefined) return this.end();
    if (this.at + 2 > bytes.length) return 'unsure';
    const end = this.at + word(bytes, this.at);
    const data = bytes.subarray(this.at + 2, end);
    if (end < this.at + 2 || end > bytes.length) return 'unsure';
    this.at = end;
    switch (marker) {
      case SOF_BASELINE:
      case SOF_EXTENDED:
      case SOF_PROGRESSIVE:
        return this.startOfFrame(marker, data);
      case DQT:
        return this.quantisationTables(data);
      case DHT:
        return this.huffmanTables(data);
      case DRI:
        if (data.length !== 2) return 'unsure';
        this.restart = this.hold(DRI, data);
        return 'goOn';
      case SOS:
        return this.scan(data);
      default:
        return (marker >= APP0 && marker <= APP15) || marker === COM
          ? this.application(marker, data)
          : 'unsure';
    }
  }

  private end(): Step {
    return this.scanned.size > 0 && this.scanned.size === this.frame?.components.length ? 'whole' : 'unsure';
  }

  private hold(marker: number, bytes: Uint8Array, used = false): Part {
    const part = { bytes, used };
    this.segments.push({ marker, parts: [part] });
    return part;
  }

  private application(marker: number, data: Uint8Array): Step {
    if (this.scanned.size > 0) return 'goOn';
    if (marker === APP0 && data.length >= JFIF.length && startsAlike(data, JFIF, 5))
      this.jfif = this.hold(APP0, JFIF);
    if (marker === APP14 && data.length >= 12 && startsAlike(data, ADOBE, 5)) {
      const transform = data[11] ?? 0;
      if (transform > 1) return 'unsure';
      this.adobe = this.hold(APP14, Uint8Array.of(...ADOBE, transform));
    }
    return 'goOn';
  }

  /** Eight bits, one or three components: what the cloud and every decoder read alike. */
  private startOfFrame(marker: number, data: Uint8Array): Step {
    const count = data[5] ?? 0;
    if (this.frame || data[0] !== 8 || !(count === 1 || count === 3) || data.length !== 6 + 3 * count)
      return 'unsure';
    const components = Array.from({ length: count }, (_none, index) => {
      const [id = 0, sampling = 0, quantisation = 0] = data.subarray(6 + 3 * index);
      return { id, horizontal: sampling >> 4, vertical: sampling & 15, quantisation };
    });
    const [height, width] = [word(data, 1), word(data, 3)];
    const sampled = components.every(({ horizontal, vertical }) =>
      [horizontal, vertical].every((factor) => factor >= 1 && factor <= 4),
    );
    const ids = new Set(components.map(({ id }) => id));
    if (!sampled || ids.size !== count || width === 0 || height === 0) return 'unsure';
    this.frame = { width, height, progressive: marker === SOF_PROGRESSIVE, components };
    this.hold(marker, data, true);
    return 'goOn';
  }

  private quantisationTables(data: Uint8Array): Step {
    const parts: Part[] = [];
    for (let at = 0; at < data.length;) {
      const [precision, number] = nibbles(data[at]);
      const end = at + 1 + 64 * (precision + 1);
      if (precision > 1 || number > 3 || end > data.length) return 'unsure';
      const part = { bytes: data.subarray(at, end), used: false };
      parts.push(part);
      this.quantisation.set(number, part);
      at = end;
    }
    this.segments.push({ marker: DQT, parts });
    return 'goOn';
  }

  private huffmanTables(data: Uint8Array): Step {
    const parts: Part[] = [];
    for (let at = 0; at < data.length;) {
      const [kind, number] = nibbles(data[at]);
      const counts = data.subarray(at + 1, at + 17);
      const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
      if (kind > 1 || number > 3 || end > data.length) return 'unsure';
      const part = { bytes: data.subarray(at, end), used: false };
      parts.push(part);
      (kind === 0 ? this.dc : this.ac).set(number, part);
      at = end;
    }
    this.segments.push({ marker: DHT, parts });
    return 'goOn';
  }

  private scan(head: Uint8Array): Step {
    const { frame } = this;
    const count = head[0] ?? 0;
    if (!frame || count === 0 || head.length !== 4 + 2 * count) return 'unsure';
    const [from, to, approximation] = head.subarray(1 + 2 * count);
    // A first pass over the DC, or over the others, needs its table; a second pass over the DC needs none.
    const needsDc = from === 0 && (!frame.progressive || nibbles(approximation)[0] === 0);
    const needsAc = to !== 0;
    const scan: ScanComponent[] = [];
    for (let index = 0; index < count; index++) {
      const component = frame.components.find(({ id }) => id === head[1 + 2 * index]);
      const [dcNumber, acNumber] = nibbles(head[2 + 2 * index]);
      const quantisation = component && this.quantisation.get(component.quantisation);
      const [dc, ac] = [this.dc.get(dcNumber), this.ac.get(acNumber)];
      if (!component || !quantisation || (needsDc && !dc) || (needsAc && !ac)) return 'unsure';
      quantisation.used = true;
      if (dc && needsDc) dc.used = true;
      if (ac && needsAc) ac.used = true;
      if (!frame.progressive) {
        // Twice the same would show the one or the other, by the decoder.
        const [dcCodes, acCodes] = [dc && codesIn(dc), ac && codesIn(ac)];
        if (this.scanned.has(component.id) || !dcCodes || !acCodes) return 'unsure';
        scan.push({ component, dc: dcCodes, ac: acCodes });
      }
      this.scanned.add(component.id);
    }
    for (const part of [this.restart, this.jfif, this.adobe]) if (part) part.used = true;
    const start = this.at;
    if (frame.progressive) {
      this.at = endOfCoded(this.bytes, start);
      this.hold(SOS, head, true);
      this.code(start, this.at);
      return 'goOn';
    }
    if (from !== 0 || to !== 63 || approximation !== 0) return 'unsure';
    const end = walkScan(this.bytes, start, frame, scan, this.restart ? word(this.restart.bytes, 0) : 0);
    if (end === undefined) return 'damaged';
    this.at = endOfCoded(this.bytes, end);
    // Where a byte was changed, what follows is taken for something else, and some of it is left over.
    if (!isPadding(this.bytes.subarray(end, this.at))) return 'damaged';
    this.hold(SOS, head, true);
    this.code(start, end);
    // What decoders do with further scans differs; there is nothing left for them to show.
    return this.end() === 'whole' ? 'whole' : 'goOn';
  }

  private code(start: number, end: number): void {
    const head = this.segments.pop();
    if (head) this.segments.push({ ...head, coded: this.bytes.subarray(start, end) });
  }
}

/** Behind the byte that names the table. */
function codesIn({ bytes }: Part): Codes | undefined {
  return codesOf(bytes.subarray(1, 17), bytes.subarray(17));
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function nibbles(byte = 0): readonly [high: number, low: number] {
  return [byte >> 4, byte & 15];
}

function startsAlike(bytes: Uint8Array, other: Uint8Array, length: number): boolean {
  return bytes.subarray(0, length).every((byte, at) => byte === other[at]);
}

/** Some encoders fill up with zeros or ones, or repeat one byte, or write a last restart marker. */
function isPadding(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  if (bytes.length === 2 && first === MARKER && second >= RST0 && second <= RST7) return true;
  return bytes.every((byte) => byte === first) || bytes.every((byte) => byte === 0 || byte === 0xff);
}

/** The next marker that is none of those that stand among the coded data. */
function endOfCoded(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at >= 0; at = bytes.indexOf(MARKER, at + 2)) {
    const next = bytes[at + 1] ?? EOI;
    if (next !== 0 && !(next >= RST0 && next <= RST7)) return at;
  }
  return bytes.length;
}

function write(segments: readonly Segment[]): Uint8Array {
  const written: Uint8Array[] = [Uint8Array.of(MARKER, SOI)];
  for (const { marker, parts, coded } of segments) {
    const used = parts.filter((part) => part.used).map((part) => part.bytes);
    if (used.length === 0) continue;
    const length = 2 + used.reduce((sum, { length: bytes }) => sum + bytes, 0);
    written.push(Uint8Array.of(MARKER, marker, length >> 8, length & 0xff), ...used);
    if (coded) written.push(coded);
  }
  written.push(Uint8Array.of(MARKER, EOI));
  return Buffer.concat(written);
}
