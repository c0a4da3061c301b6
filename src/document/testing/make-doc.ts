import { CFB } from '@e965/xlsx';

/** `mark`: end of paragraph, of cell, or of row (with its shape); `style` 1–9 are headings. */
export interface DocPart {
  readonly words: string;
  readonly mark: 'paragraph' | 'cell' | 'row';
  readonly style?: number;
  /** Edges in twips and, for each cell, its flags ([MS-DOC] TCGRF). */
  readonly row?: { readonly edges: readonly number[]; readonly flags: readonly number[] };
}

/** A Word 97 file of one story: just enough of [MS-DOC] to be read. */
export function makeDoc(parts: readonly DocPart[]): Uint8Array {
  const TEXT_AT = 1024;
  const words = parts.map((part) => part.words + (part.mark === 'paragraph' ? '\r' : '\u0007'));
  const text = Buffer.from(words.join(''), 'utf16le');
  const pages: Buffer[] = [];
  const firsts: number[] = [];
  let offset = TEXT_AT;
  for (const [index, part] of parts.entries()) {
    const end = offset + (words[index]?.length ?? 0) * 2;
    const list = Buffer.concat([
      u16(part.style ?? 0),
      ...(part.mark === 'paragraph' ? [] : [u16(0x2416), Buffer.from([1])]),
      rowEnd(part),
    ]);
    // One page a paragraph: wasteful and legal.
    const page = Buffer.alloc(512);
    page.writeUInt32LE(offset, 0);
    page.writeUInt32LE(end, 4);
    const at = 512 - 2 - 2 * Math.ceil((list.length + 2) / 2);
    page[8] = at / 2;
    page[at] = 0;
    page[at + 1] = Math.ceil(list.length / 2);
    list.copy(page, at + 2);
    page[511] = 1;
    pages.push(page);
    firsts.push(offset);
    offset = end;
  }
  const pagesAt = Math.ceil(offset / 512);
  const main = Buffer.alloc((pagesAt + pages.length) * 512);
  text.copy(main, TEXT_AT);
  for (const [index, page] of pages.entries()) page.copy(main, (pagesAt + index) * 512);
  const clx = Buffer.concat([Buffer.from([2]), u32(16), u32(0), u32(text.length / 2), u16(0), u32(TEXT_AT), u16(0)]);
  const list = Buffer.concat([...firsts.map(u32), u32(offset), ...pages.map((_, index) => u32(pagesAt + index))]);
  const table = Buffer.concat([clx, list]);
  main.writeUInt16LE(0xa5ec, 0);
  main.writeUInt16LE(0xc1, 2);
  main.writeUInt32LE(text.length / 2, 0x4c);
  main.writeUInt32LE(0, 0x1a2);
  main.writeUInt32LE(clx.length, 0x1a6);
  main.writeUInt32LE(clx.length, 0x102);
  main.writeUInt32LE(list.length, 0x106);
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/WordDocument', main);
  CFB.utils.cfb_add(container, '/0Table', table);
  return new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer);
}

function rowEnd(part: DocPart): Buffer {
  if (part.mark !== 'row') return Buffer.alloc(0);
  const { edges, flags } = part.row ?? { edges: [], flags: [] };
  const cells = flags.map((flag) => Buffer.concat([u16(flag), Buffer.alloc(18)]));
  const operand = Buffer.concat([Buffer.from([flags.length]), ...edges.map(u16), ...cells]);
  return Buffer.concat([u16(0x2417), Buffer.from([1]), u16(0xd608), u16(operand.length + 1), operand]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
