import { expect, test } from 'vitest';
import { auditDocument } from '../audit/index.ts';
import { type Block, cellText, inlineText, parseDocument, type Table } from '../document/index.ts';
import { renderDocx } from './docx/render-docx.ts';
import { renderHtml } from './html/render-html.ts';
import { PdfRenderer } from './pdf/pdf-renderer.ts';
import { orderedCells, type Report, reportLines } from './report.ts';
import { form, sampleReport, sampleTable } from './testing/sample-papers.ts';
import { renderXlsx } from './xlsx/render-xlsx.ts';

/** What a reader of a paper gets: headings and paragraphs by their words, tables by their merged cells. */
function shape(blocks: readonly Block[]): readonly unknown[] {
  return blocks.flatMap((block): readonly unknown[] => {
    if (block.kind === 'page-break' || block.position?.part !== undefined) return [];
    if (block.kind === 'table') return [tableShape(block)];
    const words = inlineText(block.inlines);
    return words === '' ? [] : [block.kind === 'heading' ? { level: block.level, words } : { words }];
  });
}

function tableShape(table: Table): unknown {
  return orderedCells(table.cells)
    .filter((cell) => cellText(cell) !== '')
    .map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan, cellText(cell)]);
}

const papers: readonly (readonly [string, Report])[] = [
  ['table', sampleTable(40, 120).report],
  ['report', sampleReport().report],
];

test.each(papers)('a %s read from its Word file is the report that was rendered', async (_name, report) => {
  const read = await parseDocument(renderDocx(report), 'a.docx');
  expect(shape(read.blocks)).toEqual(shape(report.blocks));
});

test.each(papers)('a %s read from its web page is the report that was rendered', async (_name, report) => {
  const read = await parseDocument(Buffer.from(renderHtml(report)), 'a.html');
  expect(shape(read.blocks)).toEqual(shape(report.blocks));
});

test('a table read from its workbook has the same merged cells', async () => {
  const { report } = sampleTable(40, 120);
  const read = await parseDocument(renderXlsx(report), 'a.xlsx');
  const sheet = read.blocks.find((block): block is Table => block.kind === 'table')!;
  const table = report.blocks.find((block): block is Table => block.kind === 'table')!;
  const top = sheet.cells.find((cell) => cellText(cell) === '项目名称')?.row ?? 0;
  const inside = { ...sheet, cells: sheet.cells.map((cell) => ({ ...cell, row: cell.row - top })) };
  const words = (cells: unknown): unknown[] =>
    (cells as unknown[][]).filter((cell) => (cell[0] as number) >= 0 && (cell[0] as number) < table.rowCount);
  expect(words(tableShape(inside))).toEqual(tableShape(table));
});

test.each([
  [14, 80],
  [40, 120],
  [60, 300],
])('the tables of a PDF of %i indicators have the cells that were printed, over pages too', async (leaves, reason) => {
  const { report } = sampleTable(leaves, reason);
  const read = await parseDocument(new PdfRenderer().render(report).bytes!, 'a.pdf');
  const tables = (blocks: readonly Block[]): unknown[] =>
    blocks
      .filter((block): block is Table => block.kind === 'table')
      .map((table) => ({
        ...table,
        cells: table.cells.map((cell) => ({ ...cell, paragraphs: [[form(cellText(cell).replace(/\s/g, ''))]] })),
      }))
      .map(tableShape);
  expect(tables(read.blocks)).toEqual(tables(report.blocks));
});

test('an audit of the PDF reads the rows that it reads in the Word file', async () => {
  const { report } = sampleTable(30, 60);
  const rows = async (bytes: Uint8Array, name: string): Promise<unknown> =>
    auditDocument(await parseDocument(bytes, name)).tables.map((table) =>
      table.indicators.map((row) =>
        [row.name, row.target, row.actual, row.weight, row.score].map((cell) => cell?.text ?? ''),
      ),
    );
  const ofWord = await rows(renderDocx(report), 'a.docx');
  expect(ofWord).not.toEqual([]);
  expect(await rows(new PdfRenderer().render(report).bytes!, 'a.pdf')).toEqual(ofWord);
});

test('a PDF holds every word of the paper', async () => {
  const renderer = new PdfRenderer();
  for (const [name, report] of papers) {
    const read = await parseDocument(renderer.render(report).bytes!, `${name}.pdf`);
    const left = [...read.text.normalize('NFKC')];
    const count = (characters: Iterable<string>): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
      return counts;
    };
    const present = count(left);
    const wanted = count([...reportLines(report)].map(inlineText).join('').normalize('NFKC').replace(/\s/g, ''));
    for (const [character, times] of wanted)
      expect(present.get(character) ?? 0, `${name}: ${character}`).toBeGreaterThanOrEqual(times);
  }
});

test('a page of words that look like markup shows them as words', async () => {
  const report: Report = {
    title: '<x>',
    kind: 'report',
    page: { orientation: 'portrait', grid: true },
    pageNumber: 'none',
    blocks: [{ kind: 'paragraph', role: 'body', inlines: [form('<script>alert(1)</script>&amp;')] }],
  };
  const html = renderHtml(report);
  expect(html).not.toContain('<script');
  expect((await parseDocument(Buffer.from(html), 'a.html')).text.trim()).toBe('<script>alert(1)</script>&amp;');
});
