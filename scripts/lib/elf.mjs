/** Which libraries a Linux executable or library asks the system for: its NEEDED entries, without the tools of a compiler. */
import { closeSync, openSync, readSync } from 'node:fs';

const MACHINES = { x64: 62, arm64: 183 };
const [PT_LOAD, PT_DYNAMIC] = [1, 2];
const [DT_NEEDED, DT_STRTAB] = [1n, 5n];

/** @returns the sonames; undefined where the file is no 64-bit ELF for this processor. */
export function neededBy(file) {
  const descriptor = openSync(file, 'r');
  const read = (at, length) => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, at));
  };
  try {
    const head = read(0, 64);
    if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46 || head[4] !== 2 || head[5] !== 1)
      return undefined;
    if (head.readUInt16LE(18) !== MACHINES[process.arch]) return undefined;
    const [at, size, count] = [
      Number(head.readBigUInt64LE(32)),
      head.readUInt16LE(54),
      head.readUInt16LE(56),
    ];
    const table = read(at, size * count);
    const segments = Array.from({ length: count }, (_, index) => {
      const entry = table.subarray(index * size, (index + 1) * size);
      const [offset, address, length] = [8, 16, 32].map((field) => Number(entry.readBigUInt64LE(field)));
      return { type: entry.readUInt32LE(0), offset, address, length };
    });
    const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
    if (!dynamic) return [];
    const entries = read(dynamic.offset, dynamic.length);
    const pairs = Array.from({ length: Math.floor(entries.length / 16) }, (_, index) => [
      entries.readBigUInt64LE(index * 16),
      Number(entries.readBigUInt64LE(index * 16 + 8)),
    ]);
    const names = pairs.find(([tag]) => tag === DT_STRTAB)?.[1] ?? 0;
    const home = segments.find(
      ({ type, address, length }) => type === PT_LOAD && names >= address && names < address + length,
    );
    if (!home) return [];
    return pairs
      .filter(([tag]) => tag === DT_NEEDED)
      .map(
        ([, name]) =>
          read(home.offset + names - home.address + name, 256)
            .toString('latin1')
            .split('\0')[0],
      );
  } finally {
    closeSync(descriptor);
  }
}
