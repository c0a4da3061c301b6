/**
 * Full-width forms as half-width, one UTF-16 unit for one, so that positions in the result are positions in the
 * input. (NFKC would do more but moves positions.)
 */
export function halfWidth(input: string): string {
  return input.replace(/[\u3000\u00a0\u2009\u202f\uff01-\uff5e\u2212\u2013\ufe6a\u2550]/g, (char) => {
    const code = char.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    if (code === 0x2212 || code === 0x2013) return '-';
    if (code === 0xfe6a) return '%';
    // BOX DRAWINGS DOUBLE HORIZONTAL is what some form systems print for "=".
    if (code === 0x2550) return '=';
    return ' ';
  });
}

/**
 * Turns UTF-16 positions of `input` into positions in Unicode code points, which is what findings and stated origins
 * count. Build once per text, call often.
 */
export function codePointOffsets(input: string): (utf16: number) => number {
  const surrogates: number[] = [];
  for (let index = 0; index < input.length; index += 1) {
    const code = input.charCodeAt(index);
    if (code < 0xd800 || code > 0xdbff) continue;
    const next = input.charCodeAt(index + 1);
    if (next >= 0xdc00 && next <= 0xdfff) surrogates.push(index + 1);
  }
  if (surrogates.length === 0) return (utf16) => utf16;
  return (utf16) => {
    let low = 0;
    let high = surrogates.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((surrogates[middle] ?? 0) < utf16) low = middle + 1;
      else high = middle;
    }
    return utf16 - low;
  };
}

/** Which positions of one text are spoken for; claiming costs the length of the claim, however many there are. */
export class Claims {
  readonly #taken: Uint8Array;

  constructor(length: number) {
    this.#taken = new Uint8Array(length);
  }

  /** Claims start ≤ i < end, or does nothing and returns false if any of it is taken. */
  claim(start: number, end: number): boolean {
    for (let index = start; index < end; index += 1) if (this.#taken[index] === 1) return false;
    this.#taken.fill(1, start, end);
    return true;
  }
}
