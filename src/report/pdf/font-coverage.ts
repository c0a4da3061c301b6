import { closeSync, openSync, readSync } from 'node:fs';

/** Code points a font has a glyph for, as sorted, disjoint ranges. */
export type Coverage = readonly (readonly [first: number, last: number])[];

/** Reads only the `cmap` table of an OpenType file. Tables of format 4 and 12 are known; others are passed over. */
export function readCoverage(file: string): Coverage {
  const handle = openSync(file, 'r');
  try {
    const head = read(handle, 0, 12);
    const directory = read(handle, 12, head.readUInt16BE(4) * 16);
    for (let at = 0; at < directory.length; at += 16)
      if (directory.toString('latin1', at, at + 4) === 'cmap')
        return merge(subtables(read(handle, directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12))));
    return [];
  } finally {
    closeSync(handle);
  }
}

export function covers(coverage: Coverage, codePoint: number): boolean {
  let low = 0;
  let high = coverage.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = coverage[middle] ?? [0, -1];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

function read(handle: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  readSync(handle, buffer, 0, length, position);
  return buffer;
}

function subtables(cmap: Buffer): [number, number][] {
  const ranges: [number, number][] = [];
  const count = cmap.readUInt16BE(2);
  for (let index = 0; index < count; index += 1) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    const format = table.readUInt16BE(0);
    if (format === 4) ranges.push(...segments(table));
    else if (format === 12) ranges.push(...groups(table));
  }
  return ranges;
}

function* groups(table: Buffer): Generator<[number, number]> {
  const count = table.readUInt32BE(12);
  for (let index = 0; index < count; index += 1)
    yield [table.readUInt32BE(16 + index * 12), table.readUInt32BE(20 + index * 12)];
}

function* segments(table: Buffer): Generator<[number, number]> {
  const double = table.readUInt16BE(6);
  for (let at = 0; at < double; at += 2) {
    const last = table.readUInt16BE(14 + at);
    const first = table.readUInt16BE(16 + double + at);
    if (first !== 0xffff) yield [first, last];
  }
}

function merge(ranges: readonly [number, number][]): Coverage {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
