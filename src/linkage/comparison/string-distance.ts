/** The characters of a text as numbers: worked out once per distinct value, compared many times. */
export function codePoints(value: string): Uint32Array {
  return Uint32Array.from(value, (character) => character.codePointAt(0) ?? 0);
}

/**
 * Levenshtein distance in characters (code points).
 * @param most gives up beyond this distance and returns `most + 1`.
 */
export function levenshtein(left: string, right: string, most = Number.POSITIVE_INFINITY): number {
  return pointsApart(codePoints(left), codePoints(right), most);
}

let row = new Uint32Array(64);
let next = new Uint32Array(64);

/** {@link levenshtein} of two texts as numbers. */
export function pointsApart(a: Uint32Array, b: Uint32Array, most: number): number {
  const width = b.length;
  if (Math.abs(a.length - width) > most) return most + 1;
  if (row.length <= width) {
    row = new Uint32Array(2 * width);
    next = new Uint32Array(2 * width);
  }
  for (let j = 0; j <= width; j += 1) row[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    next[0] = i;
    let least = i;
    const point = a[i - 1];
    for (let j = 1; j <= width; j += 1) {
      const replaced = (row[j - 1] as number) + (point === b[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [row, next] = [next, row];
  }
  return row[width] as number;
}

/** Jaro–Winkler likeness in characters (code points), 0 to 1; prefix of at most 4, scale 0.1. */
export function jaroWinkler(left: string, right: string): number {
  return left === right ? 1 : pointsAlike(codePoints(left), codePoints(right));
}

let usedA = new Uint8Array(64);
let usedB = new Uint8Array(64);

/** {@link jaroWinkler} of two different texts as numbers. */
export function pointsAlike(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  const longest = Math.max(a.length, b.length);
  const reach = Math.max(0, Math.floor(longest / 2) - 1);
  if (usedA.length < longest) {
    usedA = new Uint8Array(2 * longest);
    usedB = new Uint8Array(2 * longest);
  }
  usedA.fill(0, 0, a.length);
  usedB.fill(0, 0, b.length);
  let common = 0;
  for (let i = 0; i < a.length; i += 1) {
    const end = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j += 1) {
      if (usedB[j] !== 0 || a[i] !== b[j]) continue;
      usedA[i] = 1;
      usedB[j] = 1;
      common += 1;
      break;
    }
  }
  if (common === 0) return 0;
  let swapped = 0;
  let j = 0;
  for (let i = 0; i < a.length; i += 1) {
    if (usedA[i] === 0) continue;
    while (usedB[j] === 0) j += 1;
    if (a[i] !== b[j]) swapped += 1;
    j += 1;
  }
  const jaro = (common / a.length + common / b.length + (common - swapped / 2) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}
