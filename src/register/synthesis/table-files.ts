import { closeSync, openSync, writeSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { writeLargeSheet } from '../sheet/write-large-sheet.ts';

const CHUNK = 1 << 20;

/** A CSV file written piece by piece; appears under its name when closed. */
export class CsvFile {
  readonly #path: string;
  readonly #encoding: 'utf-8' | 'gb18030';
  readonly #handle: number;
  #buffer: string;
  rows = 0;

  constructor(folder: string, name: string, headings: readonly string[], encoding: 'utf-8' | 'gb18030') {
    this.#path = join(folder, `${name}.csv`);
    this.#encoding = encoding;
    this.#handle = openSync(`${this.#path}.tmp`, 'w', 0o600);
    this.#buffer = `${headings.join(',')}\r\n`;
  }

  add(cells: readonly string[]): void {
    this.rows += 1;
    this.#buffer += `${cells.join(',')}\r\n`;
    if (this.#buffer.length > CHUNK) this.#flush();
  }

  async close(): Promise<string> {
    this.#flush();
    closeSync(this.#handle);
    await rename(`${this.#path}.tmp`, this.#path);
    return this.#path;
  }

  #flush(): void {
    writeSync(
      this.#handle,
      this.#encoding === 'gb18030' ? iconv.encode(this.#buffer, 'gb18030') : Buffer.from(this.#buffer, 'utf8'),
    );
    this.#buffer = '';
  }
}

/** A workbook collected in memory: for the shorter registers. */
export class SheetFile {
  readonly #path: string;
  readonly #name: string;
  readonly #headings: readonly string[];
  readonly #rows: (readonly string[])[] = [];

  constructor(folder: string, name: string, headings: readonly string[]) {
    this.#path = join(folder, `${name}.xlsx`);
    this.#name = name;
    this.#headings = headings;
  }

  add(cells: readonly string[]): void {
    this.#rows.push(cells);
  }

  get rows(): number {
    return this.#rows.length;
  }

  async close(): Promise<string> {
    await writeLargeSheet(this.#path, [
      {
        name: this.#name,
        title: `${this.#name}名册`,
        columns: this.#headings.map((heading) => ({ heading, width: 16 })),
        rows: this.#rows,
      },
    ]);
    return this.#path;
  }
}
