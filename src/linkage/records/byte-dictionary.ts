import type { CodedColumn } from './read-csv.ts';

/** Interns byte ranges of one buffer as integers, in order of first appearance. Strings are made once, at the end. */
export class ByteDictionary {
  readonly #bytes: Buffer;
  #codes = new Int32Array(1024);
  #rows = 0;
  #pending = -1;
  #slots = new Int32Array(4096).fill(-1);
  #hashes = new Int32Array(1024);
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);
  #count = 0;
  /** Values that stand nowhere in the buffer as they are (doubled quotes), by code. */
  readonly #texts = new Map<number, string>();
  readonly #textCodes = new Map<string, number>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  add(start: number, end: number): void {
    if (start === end) return;
    const bytes = this.#bytes;
    let hash = 0x811c9dc5 | 0;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    const length = end - start;
    for (;;) {
      const code = this.#slots[slot] as number;
      if (code < 0) break;
      const from = this.#starts[code] as number;
      if (this.#hashes[code] === hash && (this.#ends[code] as number) - from === length) {
        let at = 0;
        while (at < length && bytes[from + at] === bytes[start + at]) at += 1;
        if (at === length) {
          this.#pending = code;
          return;
        }
      }
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#count;
    this.#pending = this.#push(start, end, hash);
    if (this.#count * 2 > this.#slots.length) this.#rehash();
  }

  /** A value whose text is not its bytes. It gets a code of its own; equal values meet again when values are cleaned. */
  addText(value: string): void {
    if (value === '') return;
    let code = this.#textCodes.get(value);
    if (code === undefined) {
      code = this.#push(0, 0, 0);
      this.#texts.set(code, value);
      this.#textCodes.set(value, code);
    }
    this.#pending = code;
  }

  endRow(rows: number): void {
    if (rows > this.#codes.length) this.#codes = grown(this.#codes);
    this.#codes[rows - 1] = this.#pending;
    this.#rows = rows;
    this.#pending = -1;
  }

  finish(): CodedColumn {
    const values: string[] = new Array(this.#count);
    for (let code = 0; code < this.#count; code += 1)
      values[code] = this.#texts.get(code) ?? this.#bytes.toString('utf8', this.#starts[code], this.#ends[code]);
    return { codes: this.#codes.slice(0, this.#rows), values };
  }

  #push(start: number, end: number, hash: number): number {
    const code = this.#count;
    if (code >= this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
      this.#hashes = grown(this.#hashes);
    }
    this.#starts[code] = start;
    this.#ends[code] = end;
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

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
