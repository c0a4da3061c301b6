import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RowRange } from '../../fact/index.ts';

/** Up to this many ranges are written plainly, for people. */
const PLAIN = 40;
/** Inflated bytes of one packed list; a sheet has 1,048,576 rows. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Row ranges as text: `2-15,17`, or for long lists `~` and the base64 of the deflated run lengths (gap, length, …),
 * which stays near 25 KB for any choice among 200,000 rows. Ranges must ascend and not touch.
 */
export function packRows(ranges: readonly RowRange[]): string {
  if (ranges.length <= PLAIN)
    return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
  const bytes: number[] = [];
  const put = (value: number): void => {
    let rest = value;
    while (rest > 127) {
      bytes.push((rest & 127) | 128);
      rest >>>= 7;
    }
    bytes.push(rest);
  };
  let at = 0;
  for (const { from, to } of ranges) {
    put(from - at);
    put(to - from);
    at = to;
  }
  return `~${deflateRawSync(Buffer.from(bytes), { level: 9 }).toString('base64')}`;
}

/** @throws RangeError for a text that `packRows` did not make */
export function unpackRows(packed: string): readonly RowRange[] {
  if (packed === '') return [];
  if (!packed.startsWith('~'))
    return packed.split(',').map((piece) => {
      const [from = '', to = from] = piece.split('-');
      if (!/^\d{1,9}$/.test(from) || !/^\d{1,9}$/.test(to)) throw new RangeError('row ranges');
      return { from: Number(from), to: Number(to) };
    });
  const bytes = inflateRawSync(Buffer.from(packed.slice(1), 'base64'), { maxOutputLength: MOST_BYTES });
  const ranges: RowRange[] = [];
  let position = 0;
  const take = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[position];
      if (byte === undefined) throw new RangeError('row ranges');
      position += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError('row ranges');
  };
  let at = 0;
  while (position < bytes.length) {
    const from = at + take();
    at = from + take();
    ranges.push({ from, to: at });
  }
  return ranges;
}
