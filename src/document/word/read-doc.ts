import WordExtractor from 'word-extractor';
import type { Block, Position } from '../blocks.ts';
import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import { damaged, passwordProtected } from '../safety/unreadable.ts';
import { buildTable, type RowCell, readWords } from '../table/build-table.ts';

/** What word-extractor offers; its published types lack `filterUnicode`. */
interface ExtractedDocument {
  getBody(options: RawOptions): string;
  getTextboxes(options: RawOptions & { readonly includeBody?: boolean }): string;
  getFootnotes(options: RawOptions): string;
  getEndnotes(options: RawOptions): string;
  getHeaders(options: RawOptions & { readonly includeFooters?: boolean }): string;
  getFooters(options: RawOptions): string;
}

interface RawOptions {
  readonly filterUnicode: boolean;
}

/** A Word 97–2003 document. Its tables come without spans: cells of a row are taken one place after another. */
export async function readDoc(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  let document: ExtractedDocument;
  try {
    document = await new WordExtractor().extract(Buffer.from(bytes));
  } catch (cause) {
    if (cause instanceof Error && /encrypt|password/i.test(cause.message)) throw passwordProtected(name);
    throw damaged(name, cause);
  }
  const blocks = [
    ...storyBlocks(document.getBody(RAW), undefined),
    ...storyBlocks(document.getTextboxes(RAW), 'text-box'),
    ...storyBlocks(document.getFootnotes(RAW), 'footnote'),
    ...storyBlocks(document.getEndnotes(RAW), 'footnote'),
    ...storyBlocks(document.getHeaders({ ...RAW, includeFooters: false }), 'header'),
    ...storyBlocks(document.getFooters(RAW), 'footer'),
  ];
  return { name, kind: 'doc', ...placeBlocks(blocks), notes: [] };
}

/** Without word-extractor's own replacing of dashes and quotes. */
const RAW = { filterUnicode: false };

/** Cells end with a tab and rows with a line feed, as word-extractor gives them. */
function storyBlocks(words: string, part: Position['part']): Block[] {
  const position = part === undefined ? {} : { position: { part } };
  const blocks: Block[] = [];
  let rows: RowCell[][] = [];
  const endTable = (): void => {
    if (rows.length > 0) blocks.push(buildTable(rows, position.position));
    rows = [];
  };
  for (const line of words.split('\n')) {
    if (line.includes('\t')) {
      rows.push(line.replace(/\t$/, '').split('\t').map(rowCell));
      continue;
    }
    if (line.trim() === '') continue;
    endTable();
    blocks.push({ kind: 'paragraph', role: 'body', inlines: [readWords(line)], ...position });
  }
  endTable();
  return blocks;
}

function rowCell(words: string): RowCell {
  return { paragraphs: words === '' ? [] : [[readWords(words)]], rowSpan: 1, columnSpan: 1 };
}
