/** The distinct values of a column over the tables that share it: integers stand for them everywhere else. */
export interface DistinctValues {
  readonly count: number;
  text(code: number): string;
}

/** Interns byte ranges of one buffer as integers, in order of first appearance. Strings are made only when asked for. */
export class ByteDictionary implements DistinctValues {
  readonly #bytes: Buffer;
  readonly #distinct: boolean;
  #pending = -1;
  #slots: Int32Array<ArrayBuffer>;
  #hashes: Int32Array<ArrayBuffer>;
  #starts: Int32Array<ArrayBuffer>;
  /** End of the range, doubled, plus one if it holds other bytes than ASCII. */
  #ends: Float64Array<ArrayBuffer>;
  #count = 0;
  /** Values that stand nowhere in the buffer as they are (doubled quotes), by code. */
  readonly #texts = new Map<number, string>();
  readonly #textCodes = new Map<string, number>();
  #ascii: string | undefined;

  /**
   * @param rows a guess of how many cells will come
   * @param distinct true for a column of identifiers: every cell gets its own code and nothing is looked up
   */
  constructor(bytes: Buffer, rows: number, distinct = false) {
    this.#bytes = bytes;
    this.#distinct = distinct;
    let size = 4096;
    while (!distinct && size < Math.min(rows, 1 << 21)) size *= 2;
    this.#slots = new Int32Array(size).fill(-1);
    this.#hashes = new Int32Array(1024);
    this.#starts = new Int32Array(1024);
    this.#ends = new Float64Array(1024);
  }

  get count(): number {
    return this.#count;
  }

  add(start: number, end: number): void {
    if (start === end) return;
    const bytes = this.#bytes;
    let hash = 0x811c9dc5 | 0;
    let high = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      high |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    const mark = high >>> 7;
    if (this.#distinct) {
      this.#pending = this.#push(start, end, 0, mark);
      return;
    }
    hash ^= hash >>> 15;
    const slots = this.#slots;
    const hashes = this.#hashes;
    const starts = this.#starts;
    const mask = slots.length - 1;
    let slot = hash & mask;
    const length = end - start;
    for (;;) {
      const code = slots[slot] as number;
      if (code < 0) break;
      if (hashes[code] === hash) {
        const from = starts[code] as number;
        let at = 0;
        while (at < length && bytes[from + at] === bytes[start + at]) at += 1;
        if (at === length && Math.floor((this.#ends[code] as number) / 2) - from === length) {
          this.#pending = code;
          return;
        }
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = this.#count;
    this.#pending = this.#push(start, end, hash, mark);
    if (this.#count * 2 > slots.length) this.#rehash();
  }

  /** A value whose text is not its bytes. It gets a code of its own; equal values meet when values are cleaned. */
  addText(value: string): void {
    if (value === '') return;
    let code = this.#distinct ? undefined : this.#textCodes.get(value);
    if (code === undefined) {
      code = this.#push(0, 0, 0, 1);
      this.#texts.set(code, value);
      this.#textCodes.set(value, code);
    }
    this.#pending = code;
  }

  /** Code of the cell added since the last call, -1 if there was none. */
  take(): number {
    const code = this.#pending;
    this.#pending = -1;
    return code;
  }

  text(code: number): string {
    const end = this.#ends[code] as number;
    const stop = Math.floor(end / 2);
    if (end % 2 === 0) {
      const whole = this.#ascii ?? (this.#bytes.length < LONGEST_STRING ? this.#bytes.toString('latin1') : '');
      this.#ascii = whole;
      if (whole !== '') return whole.substring(this.#starts[code] as number, stop);
    }
    return this.#texts.get(code) ?? this.#bytes.toString('utf8', this.#starts[code], stop);
  }

  #push(start: number, end: number, hash: number, mark: number): number {
    const code = this.#count;
    if (code >= this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#hashes = grown(this.#hashes);
      const ends = new Float64Array(this.#ends.length * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#starts[code] = start;
    this.#ends[code] = end * 2 + mark;
    this.#hashes[code] = hash;
    this.#count += 1;
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#count; code += 1) {
      if (this.#texts.has(code)) continue;
      let slot = (this.#hashes[code] as number) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}

const LONGEST_STRING = 500_000_000;

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
