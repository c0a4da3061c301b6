import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import { decodeText } from '../safety/decode-text.ts';
import { buildTable, readWords } from '../table/build-table.ts';
import { parseDelimited } from './parse-delimited.ts';

export function readCsv(bytes: Uint8Array, name: string): ReadDocument {
  const rows = parseDelimited(decodeText(bytes, name).text);
  const table = buildTable(
    rows.map((row) => row.map((words) => ({ paragraphs: paragraphs(words), rowSpan: 1, columnSpan: 1 }))),
  );
  return { name, kind: 'csv', ...placeBlocks(rows.length === 0 ? [] : [table]), notes: [] };
}

function paragraphs(words: string): ReturnType<typeof readWords>[][] {
  return words === '' ? [] : words.split('\n').map((line) => [readWords(line)]);
}
