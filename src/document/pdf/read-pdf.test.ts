import { describe, expect, it } from 'vitest';
import { JipingError } from '../../problem/index.ts';
import { cellText } from '../blocks.ts';
import { parseDocument } from '../parse-document.ts';
import { expectPlaced } from '../testing/expect-placed.ts';
import { makePdf, type PdfWord } from '../testing/make-pdf.ts';
import { plainHan } from '../text/plain-han.ts';

/** Courier: a character is 6 points wide at size 10. */
const at = (x: number, y: number, words: string): PdfWord => ({ x, y, words });

describe('a PDF is read as people see it', () => {
  it('joins lines to paragraphs over pages and keeps page numbers apart', async () => {
    const full = 'x'.repeat(80);
    const document = await parseDocument(
      makePdf([
        [
          at(220, 60, 'Title'),
          at(70, 90, full.slice(4)),
          at(50, 105, full),
          at(50, 120, 'end.'),
          at(70, 135, full.slice(4)),
          at(290, 800, '- 1 -'),
        ],
        [at(50, 60, 'goes on'), at(290, 800, '- 2 -')],
      ]),
      'a.pdf',
    );
    expect(document.pageCount).toBe(2);
    expect(
      document.blocks.map(
        (block) =>
          block.kind === 'paragraph' && [block.inlines[0]!.text.length, block.position!.page, block.position!.part],
      ),
    ).toEqual([
      [5, 1, undefined],
      [76 + 80 + 4 + 2, 1, undefined],
      [76 + 7 + 1, 1, undefined],
      [5, 1, 'footer'],
      [5, 2, 'footer'],
    ]);
    expectPlaced(document);
  });

  it('rebuilds a table with wrapped and merged cells from where the words stand', async () => {
    const document = await parseDocument(
      makePdf([
        [
          at(50, 60, 'Self-evaluation'),
          ...[at(50, 100, 'Level'), at(120, 100, 'Indicator'), at(300, 100, 'Target'), at(380, 100, 'Score')],
          ...[
            at(120, 124, 'Persons enrolled'),
            at(120, 138, 'in the county'),
            at(300, 131, '186314'),
            at(380, 131, '20'),
          ],
          at(50, 146, 'Output'),
          ...[at(120, 162, 'Meetings'), at(300, 162, '4'), at(380, 162, '10')],
          ...[at(50, 186, 'Result'), at(120, 186, 'Satisfaction'), at(300, 186, '90%'), at(380, 186, '10')],
          ...[at(50, 210, 'Total'), at(380, 210, '40')],
        ],
      ]),
      'a.pdf',
    );
    const [, table] = document.blocks;
    if (table?.kind !== 'table') throw new Error('no table');
    expect(table.cells.map((cell) => [cell.row, cell.column, cell.rowSpan, cellText(cell)])).toEqual([
      [0, 0, 1, 'Level'],
      [0, 1, 1, 'Indicator'],
      [0, 2, 1, 'Target'],
      [0, 3, 1, 'Score'],
      [1, 0, 2, 'Output'],
      [1, 1, 1, 'Persons enrolled in the county'],
      [1, 2, 1, '186314'],
      [1, 3, 1, '20'],
      [2, 1, 1, 'Meetings'],
      [2, 2, 1, '4'],
      [2, 3, 1, '10'],
      [3, 0, 1, 'Result'],
      [3, 1, 1, 'Satisfaction'],
      [3, 2, 1, '90%'],
      [3, 3, 1, '10'],
      [4, 0, 1, 'Total'],
      [4, 3, 1, '40'],
    ]);
    expectPlaced(document);
  });

  it('carries a table on over a page', async () => {
    const rows = (from: number, count: number): PdfWord[] =>
      Array.from({ length: count }, (_, index) => [
        at(50, 60 + index * 20, `item ${from + index}`),
        at(300, 60 + index * 20, String(from + index)),
      ]).flat();
    const document = await parseDocument(
      makePdf([
        [...rows(1, 30), at(290, 800, '- 1 -')],
        [...rows(31, 3), at(50, 400, 'Signed')],
      ]),
      'a.pdf',
    );
    const [table, , signed] = document.blocks;
    expect(table).toMatchObject({ kind: 'table', rowCount: 33, columnCount: 2 });
    expect(table?.kind === 'table' && table.cells.at(-1)).toMatchObject({ row: 32, position: { page: 2 } });
    expect(signed).toMatchObject({ kind: 'paragraph', position: { page: 2 } });
    expectPlaced(document);
  });

  it('says which pages have no text layer, and refuses a scan', async () => {
    const partly = await parseDocument(makePdf([[at(50, 60, 'words here')], []]), 'a.pdf');
    expect(partly.notes).toMatchObject([{ rule: 'no-text-layer', where: { page: 2 } }]);
    const scan = parseDocument(makePdf([[], []]), '扫描.pdf');
    await expect(scan).rejects.toThrow(JipingError);
    await expect(scan).rejects.toThrow('没有文字层');
    await expect(parseDocument(makePdf([[], [], []]), 'a.pdf', { pages: 2 })).rejects.toThrow('多于 2 页');
  });

  it('writes radicals as the characters they stand for and leaves the rest', () => {
    expect(plainHan('项⽬⽀出，⻅⻚（１）①％')).toBe('项目支出，见页（１）①％');
  });
});
