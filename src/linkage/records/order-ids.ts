import { JipingError, text } from '../../problem/index.ts';

/**
 * The order of records by their identifiers, shorter first, then by code unit: numbers stand in numeric order. It
 * makes every result independent of the order of rows.
 * @returns row numbers in order.
 * @throws JipingError `unreadable` if an identifier is empty or stands twice.
 */
export function orderByIdentifier(identifiers: readonly string[], file: string, column: string): Int32Array {
  const order = Int32Array.from(identifiers, (_, row) => row);
  if (!isAscending(identifiers)) {
    const keys = numericKeys(identifiers);
    if (keys !== undefined) order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    else order.sort((a, b) => compareIdentifiers(identifiers[a] ?? '', identifiers[b] ?? ''));
  }
  for (let at = 0; at < order.length; at += 1) {
    const here = identifiers[order[at] ?? 0] ?? '';
    if (here === '')
      throw new JipingError('unreadable', text(`“${column}”列有空值`, `column “${column}” has empty cells`), {
        file,
        row: (order[at] ?? 0) + 2,
      });
    if (at > 0 && here === identifiers[order[at - 1] ?? 0])
      throw new JipingError(
        'unreadable',
        text(`“${column}”列有重复的编号`, `column “${column}” holds an identifier twice`),
        { file, row: (order[at] ?? 0) + 2 },
      );
  }
  return order;
}

export function compareIdentifiers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

function isAscending(identifiers: readonly string[]): boolean {
  for (let row = 1; row < identifiers.length; row += 1)
    if (compareIdentifiers(identifiers[row - 1] ?? '', identifiers[row] ?? '') >= 0) return false;
  return true;
}

/** Numbers that order as the identifiers do, if all share one prefix and end in at most 15 digits. */
function numericKeys(identifiers: readonly string[]): Float64Array | undefined {
  const match = /^(.*?)\d{1,15}$/.exec(identifiers[0] ?? '');
  if (match === null) return undefined;
  const prefix = match[1] ?? '';
  const keys = new Float64Array(identifiers.length);
  let sameLength = true;
  let noLeadingZero = true;
  for (let row = 0; row < identifiers.length; row += 1) {
    const identifier = identifiers[row] ?? '';
    if (!identifier.startsWith(prefix)) return undefined;
    const rest = identifier.slice(prefix.length);
    if (!/^\d{1,15}$/.test(rest)) return undefined;
    keys[row] = Number(rest);
    sameLength &&= identifier.length === identifiers[0]?.length;
    noLeadingZero &&= rest.charCodeAt(0) !== 48;
  }
  return sameLength || noLeadingZero ? keys : undefined;
}
