function codePoints(value: string): readonly number[] {
  return Array.from(value, (character) => character.codePointAt(0) ?? 0);
}

/**
 * Levenshtein distance in characters (code points).
 * @param most gives up beyond this distance and returns `most + 1`.
 */
export function levenshtein(left: string, right: string, most = Number.POSITIVE_INFINITY): number {
  const a = codePoints(left);
  const b = codePoints(right);
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Jaro–Winkler likeness in characters (code points), 0 to 1; prefix of at most 4, scale 0.1. */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1;
  const a = codePoints(left);
  const b = codePoints(right);
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const usedA = new Uint8Array(a.length);
  const usedB = new Uint8Array(b.length);
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
