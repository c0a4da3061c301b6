import ExcelJS from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Block, Table } from './blocks.ts';
import { cellText } from './blocks.ts';
import { parseDocument } from './parse-document.ts';
import { codePointLength, placeBlocks } from './plain-text.ts';
import type { ReadDocument } from './read-document.ts';
import { expectPlaced } from './testing/expect-placed.ts';

const utf8 = (words: string): Uint8Array => new TextEncoder().encode(words);

const tables = (document: ReadDocument): Table[] => document.blocks.filter((block) => block.kind === 'table');
const grid = (table: Table): (string | number)[][] =>
  table.cells.map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan, cellText(cell)]);

describe('plain text', () => {
  const words = '项目支出绩效自评报告\n\n  到位率 28.57%，𠮷祥。\n⽬标 ①\n';
  it.each([
    ['UTF-8', utf8(words)],
    ['UTF-8 with a mark and CRLF', utf8(`\ufeff${words.replaceAll('\n', '\r\n')}`)],
    ['GB18030', new Uint8Array(iconv.encode(words, 'gb18030'))],
    ['UTF-16LE', new Uint8Array(iconv.encode(words, 'utf16le', { addBOM: true }))],
    ['UTF-16BE', new Uint8Array(iconv.encode(words, 'utf16be', { addBOM: true }))],
    ['UTF-16LE without a mark', new Uint8Array(iconv.encode(words, 'utf16le', { addBOM: false }))],
  ])('keeps the file’s own words in %s', async (_, bytes) => {
    const document = await parseDocument(bytes, '报告.txt');
    expect(document).toMatchObject({ kind: 'txt', text: words });
    expect(document.blocks).toHaveLength(3);
    expectPlaced(document);
  });
});

describe('CSV', () => {
  it('reads quotes, line feeds in fields and other delimiters', async () => {
    const document = await parseDocument(utf8('名称;金额\n"宣传;""印刷""\n费";50\n;\n'), '支付.csv');
    expect(grid(tables(document)[0]!)).toEqual([
      [0, 0, 1, 1, '名称'],
      [0, 1, 1, 1, '金额'],
      [1, 0, 1, 1, '宣传;"印刷"\n费'],
      [1, 1, 1, 1, '50'],
      [2, 0, 1, 1, ''],
      [2, 1, 1, 1, ''],
    ]);
    expect(document.text).toBe('名称 | 金额\n宣传;"印刷" 费 | 50\n | \n');
    expectPlaced(document);
  });
});

describe('a page of a government site', () => {
  it('keeps headings, paragraphs and spanning cells, drops scripts, hidden words and layout tables', async () => {
    const document = await parseDocument(
      utf8(`<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><script>var a=1</script>
      <table><tr><td><h1>绩效自评</h1><p>一、  基本
      情况<br>第二行<b>粗</b></p><p style="display: none">隐</p>
      <table><thead><tr><th rowspan="2">名称</th><th colspan="2">金额</th></tr><tr><th>年初</th><th>执行</th></tr></thead>
      <tr><td>资金</td><td>2192.96<td>2109.07<p>万元</p></table></td></tr></table></body></html>`),
      'a.html',
    );
    expect(document.text).toBe(
      '绩效自评\n一、 基本 情况\n第二行粗\n名称 | 金额\n年初 | 执行\n资金 | 2192.96 | 2109.07 万元\n',
    );
    expect(document.blocks.map((block) => block.kind)).toEqual(['heading', 'paragraph', 'paragraph', 'table']);
    const [table] = tables(document);
    expect(table).toMatchObject({ rowCount: 3, columnCount: 3, headerRows: 2 });
    expect(grid(table!).slice(0, 4)).toEqual([
      [0, 0, 2, 1, '名称'],
      [0, 1, 1, 2, '金额'],
      [1, 1, 1, 1, '年初'],
      [1, 2, 1, 1, '执行'],
    ]);
    expectPlaced(document);
  });
});

describe('a workbook as a document', () => {
  it('gives each visible sheet as one table of displayed words with merges and cell places', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('自评表');
    sheet.mergeCells('A1:C1');
    sheet.getCell('A1').value = '绩效自评表';
    sheet.getCell('A3').value = '执行率';
    sheet.getCell('C3').value = 0.9618;
    sheet.getCell('C3').numFmt = '0.00%';
    book.addWorksheet('隐', { state: 'hidden' }).getCell('A1').value = '不读';
    const document = await parseDocument(new Uint8Array(await book.xlsx.writeBuffer()), '表.xlsx');
    expect(document.text).toBe('绩效自评表\n执行率 | 96.18%\n');
    const [table] = tables(document);
    expect(grid(table!)).toEqual([
      [0, 0, 1, 3, '绩效自评表'],
      [2, 0, 1, 1, '执行率'],
      [2, 2, 1, 1, '96.18%'],
    ]);
    expect(table!.cells[2]!.position).toMatchObject({ sheet: '自评表', cell: 'C3' });
    expect(document.notes.map((note) => note.rule)).toEqual(['hidden-sheet']);
    expectPlaced(document);
  });
});

describe('places', () => {
  it('hold for any blocks', () => {
    const words = fc.string({ unit: fc.constantFrom('一', '𠮷', 'a', '1', ' ', '|') });
    const paragraph = words.map(
      (text): Block => ({ kind: 'paragraph', role: 'body', inlines: [{ kind: 'text', text, source: 'unit' }] }),
    );
    const table = fc.array(fc.array(words, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map(
      (rows): Block => ({
        kind: 'table',
        rowCount: rows.length,
        columnCount: 3,
        headerRows: 0,
        cells: rows.flatMap((cells, row) =>
          cells.map((text, column) => ({
            row,
            column,
            rowSpan: 1,
            columnSpan: 1,
            paragraphs: [[{ kind: 'text' as const, text, source: 'unit' as const }]],
          })),
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(paragraph, table)), (blocks) => {
        const placed = placeBlocks(blocks);
        expectPlaced({ name: '', kind: 'txt', notes: [], ...placed });
        expect(codePointLength(placed.text)).toBe([...placed.text].length);
      }),
    );
  });
});
