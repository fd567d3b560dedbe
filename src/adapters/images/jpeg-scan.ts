/**
 * Walks through the coded picture of a sequential JPEG, block by block, without reckoning a pixel: the only way to tell where
 * it ends. Decoders stop after the last row and say nothing of what else stands there, nor of what is missing.
 */

export interface FrameComponent {
  readonly id: number;
  /** Sampling factors, 1 to 4. */
  readonly horizontal: number;
  readonly vertical: number;
  readonly quantisation: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: readonly FrameComponent[];
}

/** For every 16 bits that may follow: the length of the code they begin with, times 256, plus its symbol; 0 for none. */
export type Codes = Uint16Array;

export interface ScanComponent {
  readonly component: FrameComponent;
  readonly dc: Codes;
  readonly ac: Codes;
}

const BLOCK = 8;
const COEFFICIENTS = 64;
const ZERO_RUN = 0xf0;
const RST0 = 0xd0;

/** `counts`: how many codes there are of each length from 1 to 16. Undefined where there are more than fit. */
export function codesOf(counts: Uint8Array, symbols: Uint8Array): Codes | undefined {
  const codes = new Uint16Array(65_536);
  let [at, symbol] = [0, 0];
  for (const [index, count] of counts.entries()) {
    const span = 65_536 >> (index + 1);
    for (let n = 0; n < count; n++, symbol++, at += span) {
      if (at + span > codes.length) return undefined;
      codes.fill(((index + 1) << 8) | (symbols[symbol] ?? 0), at, at + span);
    }
  }
  return codes;
}

/** Gives the bits of the data without what is stuffed in; zeros without end where a marker stands. */
class Bits {
  private buffer = 0;
  private count = 0;
  private madeUp = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  /** The symbol that comes next, or -1 where there is none. */
  symbol(codes: Codes): number {
    if (this.count < 16) this.fill();
    const code = codes[(this.buffer >>> (this.count - 16)) & 0xffff] ?? 0;
    this.count -= code >> 8;
    return code === 0 ? -1 : code & 0xff;
  }

  /** At most 15. */
  skip(bits: number): void {
    if (this.count < bits) this.fill();
    this.count -= bits;
  }

  get over(): boolean {
    return this.count < this.madeUp * 8;
  }

  /** Where the first byte stands of which no bit was taken. */
  get position(): number {
    let at = this.at;
    for (let left = (this.count >> 3) - this.madeUp; left > 0; left--)
      at -= this.bytes[at - 1] === 0 && this.bytes[at - 2] === 0xff ? 2 : 1;
    return at;
  }

  /** Goes on behind a marker. */
  startAt(at: number): void {
    this.at = at;
    this.buffer = this.count = this.madeUp = 0;
  }

  private fill(): void {
    while (this.count <= 24) {
      const byte = this.bytes[this.at];
      const stuffed = byte === 0xff;
      if (byte === undefined || (stuffed && this.bytes[this.at + 1] !== 0)) {
        this.buffer <<= 8;
        this.madeUp++;
      } else {
        this.buffer = (this.buffer << 8) | byte;
        this.at += stuffed ? 2 : 1;
      }
      this.count += 8;
    }
  }
}

function isWhole(bits: Bits, { dc, ac }: ScanComponent): boolean {
  const first = bits.symbol(dc);
  if (first < 0 || first > 15) return false;
  bits.skip(first);
  for (let at = 1; at < COEFFICIENTS;) {
    const symbol = bits.symbol(ac);
    if (symbol < 0) return false;
    const size = symbol & 15;
    if (size === 0 && symbol !== ZERO_RUN) break;
    at += (symbol >> 4) + 1;
    if (at > COEFFICIENTS) return false;
    bits.skip(size);
  }
  return !bits.over;
}

/** What is coded as one, and how many of it there are. A component alone has no more blocks than it shows. */
function units({ width, height, components }: Frame, scan: readonly ScanComponent[]) {
  const most = (of: (component: FrameComponent) => number) => Math.max(...components.map(of));
  const [across, down] = [most(({ horizontal }) => horizontal), most(({ vertical }) => vertical)];
  const [only] = scan;
  if (only && scan.length === 1) {
    const { horizontal, vertical } = only.component;
    const columns = Math.ceil(Math.ceil((width * horizontal) / across) / BLOCK);
    const rows = Math.ceil(Math.ceil((height * vertical) / down) / BLOCK);
    return { unit: [only], count: columns * rows };
  }
  const unit = scan.flatMap((one) =>
    Array.from({ length: one.component.horizontal * one.component.vertical }, () => one),
  );
  return { unit, count: Math.ceil(width / (BLOCK * across)) * Math.ceil(height / (BLOCK * down)) };
}

/**
 * Where the data end. Undefined where they are over before the picture is, are no code, or go on where a restart marker is due:
 * something of them was lost or changed. `restartEvery`: units between two restart markers, 0 for none.
 */
export function walkScan(
  bytes: Uint8Array,
  from: number,
  frame: Frame,
  scan: readonly ScanComponent[],
  restartEvery: number,
): number | undefined {
  const { unit, count } = units(frame, scan);
  const bits = new Bits(bytes, from);
  for (let done = 0, restarts = 0; done < count; done++) {
    if (restartEvery > 0 && done > 0 && done % restartEvery === 0) {
      let at = bits.position;
      // A marker may have any number of these before it.
      while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
      if (bytes[at] !== 0xff || bytes[at + 1] !== RST0 + (restarts++ & 7)) return undefined;
      bits.startAt(at + 2);
    }
    for (const block of unit) if (!isWhole(bits, block)) return undefined;
  }
  return bits.position;
}
