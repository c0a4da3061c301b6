import type { Block } from '../blocks.ts';
import { codePointLength } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import { decodeText } from '../safety/decode-text.ts';
import { readWords } from '../table/build-table.ts';

/** A plain text: its own words untouched; every line that is not blank is a paragraph. */
export function readText(bytes: Uint8Array, name: string): ReadDocument {
  const { text } = decodeText(bytes, name);
  const blocks: Block[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const length = codePointLength(line);
    if (line.trim() !== '') {
      const position = { start: offset, end: offset + length };
      blocks.push({ kind: 'paragraph', role: 'body', inlines: [readWords(line)], position });
    }
    offset += length + 1;
  }
  return { name, kind: 'txt', blocks, text, notes: [] };
}
