import { describe, expect, it } from 'vitest';
import { cellText } from '../blocks.ts';
import { parseDocument } from '../parse-document.ts';
import { expectPlaced } from '../testing/expect-placed.ts';
import { makePdf, type PdfRule, type PdfWord } from '../testing/make-pdf.ts';

const word = (x: number, y: number, words: string): PdfWord => ({ x, y, words });
const level = (y: number, from: number, to: number): PdfRule => ({ from: [from, y], to: [to, y] });
const upright = (x: number, from: number, to: number): PdfRule => ({ from: [x, from], to: [x, to] });

/** Output over two rows, Total over three columns; words of a cell on two lines. */
const form = [
  ...[100, 120, 160, 180, 200].map((y) => level(y, 50, 350)),
  ...[50, 350].map((x) => upright(x, 100, 200)),
  upright(120, 100, 180),
  ...[240, 300].map((x) => upright(x, 100, 200)),
];
const merged = form.filter((rule) => !(rule.from[1] === 160 && rule.to[1] === 160));
const drawn = [...merged, level(160, 120, 350)];
const words = [
  ...[word(55, 114, 'Level'), word(125, 114, 'Indicator'), word(245, 114, 'Target'), word(305, 114, 'Score')],
  ...[word(55, 152, 'Output'), word(125, 134, 'Persons'), word(125, 148, 'enrolled'), word(245, 141, '5')],
  ...[word(305, 141, '20'), word(125, 174, 'Meetings'), word(245, 174, '4')],
  ...[word(55, 194, 'Total'), word(305, 194, '20')],
];
const cells = [
  [0, 0, 1, 1, 'Level'],
  [0, 1, 1, 1, 'Indicator'],
  [0, 2, 1, 1, 'Target'],
  [0, 3, 1, 1, 'Score'],
  [1, 0, 2, 1, 'Output'],
  [1, 1, 1, 1, 'Persons enrolled'],
  [1, 2, 1, 1, '5'],
  [1, 3, 1, 1, '20'],
  [2, 1, 1, 1, 'Meetings'],
  [2, 2, 1, 1, '4'],
  [2, 3, 1, 1, ''],
  [3, 0, 1, 2, 'Total'],
  [3, 2, 1, 1, ''],
  [3, 3, 1, 1, '20'],
];

async function tablesOf(bytes: Uint8Array): Promise<unknown[]> {
  const document = await parseDocument(bytes, 'a.pdf');
  expectPlaced(document);
  return document.blocks.flatMap((block) =>
    block.kind === 'table'
      ? [block.cells.map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan, cellText(cell)])]
      : [],
  );
}

describe('a table drawn with lines is read by its lines', () => {
  it('gives merged cells, cells of several lines and empty cells their places', async () => {
    expect(await tablesOf(makePdf([[word(50, 60, 'Form'), ...drawn, ...words, word(50, 230, 'Signed')]]))).toEqual([
      cells,
    ]);
  });

  it('stands upright whichever way the page is turned', async () => {
    expect(await tablesOf(makePdf([[...drawn, ...words]], true))).toEqual([cells]);
  });

  it('goes on over pages without the head printed again; a merged cell goes on too', async () => {
    const rules = [
      ...[60, 80, 120].map((y) => level(y, 50, 350)),
      level(100, 120, 350),
      ...[50, 120, 240, 300, 350].map((x) => upright(x, 60, 120)),
    ];
    const head = [word(55, 74, 'Level'), word(125, 74, 'Indicator'), word(245, 74, 'Target'), word(305, 74, 'Score')];
    const upper = [...rules, ...head, word(55, 104, 'Output'), word(125, 94, 'one'), word(125, 114, 'two')];
    const lower = [...rules, ...head, word(125, 94, 'three'), word(125, 114, 'four'), word(245, 114, '9')];
    const [table, ...others] = await tablesOf(
      makePdf([
        [...upper, word(290, 800, '- 1 -')],
        [...lower, word(290, 800, '- 2 -')],
      ]),
    );
    expect(others).toEqual([]);
    expect((table as unknown[][]).filter((cell) => cell[4] !== '')).toEqual([
      [0, 0, 1, 1, 'Level'],
      [0, 1, 1, 1, 'Indicator'],
      [0, 2, 1, 1, 'Target'],
      [0, 3, 1, 1, 'Score'],
      [1, 0, 4, 1, 'Output'],
      [1, 1, 1, 1, 'one'],
      [2, 1, 1, 1, 'two'],
      [3, 1, 1, 1, 'three'],
      [4, 1, 1, 1, 'four'],
      [4, 2, 1, 1, '9'],
    ]);
  });

  it('knows the head printed again when it stands further down, other lines above it, and a name moved below the break', async () => {
    // Above the head a line of the form, with an upright line of its own at 180.
    const upper = [
      ...[60, 80, 100, 120].map((y) => level(y, 50, 350)),
      ...[50, 350].map((x) => upright(x, 60, 120)),
      ...[120, 240, 300].map((x) => upright(x, 80, 120)),
      upright(180, 60, 80),
      ...[word(55, 74, 'Form'), word(185, 74, 'County')],
    ];
    const head = (y: number): PdfWord[] => [
      word(55, y, 'Level'),
      word(125, y, 'Indicator'),
      word(245, y, 'Target'),
      word(305, y, 'Score'),
    ];
    const lower = [
      ...[60, 80, 140].map((y) => level(y, 50, 350)),
      ...[100, 120].map((y) => level(y, 120, 350)),
      ...[50, 120, 240, 300, 350].map((x) => upright(x, 60, 140)),
    ];
    const [table, ...others] = await tablesOf(
      makePdf([
        [...upper, ...head(94), word(125, 114, 'one'), word(245, 114, '1')],
        [
          ...lower,
          ...head(74),
          word(55, 114, 'Output'),
          word(125, 94, 'two'),
          word(125, 114, 'three'),
          word(125, 134, 'four'),
        ],
      ]),
    );
    expect(others).toEqual([]);
    expect((table as unknown[][]).filter((cell) => cell[4] !== '')).toEqual([
      [0, 0, 1, 2, 'Form'],
      [0, 2, 1, 3, 'County'],
      [1, 0, 1, 1, 'Level'],
      [1, 1, 1, 2, 'Indicator'],
      [1, 3, 1, 1, 'Target'],
      [1, 4, 1, 1, 'Score'],
      [2, 0, 4, 1, 'Output'],
      [2, 1, 1, 2, 'one'],
      [2, 3, 1, 1, '1'],
      [3, 1, 1, 2, 'two'],
      [4, 1, 1, 2, 'three'],
      [5, 1, 1, 2, 'four'],
    ]);
  });

  it('takes an underline, a frame and a crossed drawing for no table', async () => {
    const frame = [level(50, 40, 500), level(300, 40, 500), upright(40, 50, 300), upright(500, 50, 300)];
    expect(await tablesOf(makePdf([[...frame, word(60, 80, 'Title'), level(84, 60, 120)]]))).toEqual([]);
  });
});
