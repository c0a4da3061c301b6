import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectSheet, displayText, openSpreadsheet, type SheetContent } from '../../document/index.ts';
import { makeFact } from '../../fact/index.ts';
import { Exact, NO_UNIT, YUAN } from '../../quantity/index.ts';
import { figure } from '../print.ts';
import { type Report, reportFigures } from '../report.ts';
import { sampleTable } from '../testing/sample-papers.ts';
import { unpackManifest } from '../verify/pack-manifest.ts';
import { renderXlsx } from './render-xlsx.ts';

async function sheets(bytes: Uint8Array): Promise<readonly SheetContent[]> {
  const book = await openSpreadsheet(bytes, { file: 'a.xlsx' });
  try {
    return await Promise.all(book.sheets.map((sheet) => collectSheet(sheet, 'a.xlsx')));
  } finally {
    book.close();
  }
}

function oneFigure(run: ReturnType<typeof figure>): Report {
  return {
    title: 't',
    kind: 'table',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'none',
    blocks: [
      {
        kind: 'table',
        rowCount: 1,
        columnCount: 1,
        headerRows: 0,
        cells: [{ row: 0, column: 0, rowSpan: 1, columnSpan: 1, paragraphs: [[run]] }],
      },
    ],
  };
}

const origin = { kind: 'entered', file: 'a', version: '0', sheet: 'b', cell: 'C1', evidence: [] } as const;

test('a reviewer can compute with the figures: numbers are numbers and show what the paper prints', async () => {
  const manifest = randomBytes(70_000).toString('hex');
  const { report } = sampleTable(14, 80);
  const [paper, facts] = await sheets(renderXlsx(report, manifest));
  expect(facts?.hidden).toBe(true);
  const packed = facts?.rows.map((row) => row.cells.find((cell) => cell.column === 1)?.raw ?? '').join('');
  expect(unpackManifest(packed ?? '')).toBe(manifest);
  const cells = new Map(paper!.rows.flatMap((row) => row.cells.map((cell) => [cell.address, cell])));
  const figures = facts!.rows.flatMap((row) => {
    const [address, id, text] = [3, 4, 5].map((column) => row.cells.find((cell) => cell.column === column)?.raw);
    return address === undefined ? [] : [{ address, id, text }];
  });
  expect(figures.map((one) => one.text)).toEqual(reportFigures(report).map((run) => run.text));
  for (const one of figures) expect(displayText(cells.get(one.address)!)).toContain(one.text);
  const rate = [...cells.values()].find((cell) => cell.format === '0.00%');
  expect(rate?.type).toBe('n');
});

test('any number in any style displays as it is printed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      fc.constantFrom('number', 'grouped', 'signed', 'percent'),
      fc.integer({ min: 0, max: 4 }),
      fc.boolean(),
      async (cents, style, places, showUnit) => {
        const fact = makeFact({
          concept: 'x',
          label: 'x',
          value: { kind: 'number', value: Exact.ratio(cents, 100n), unit: style === 'percent' ? NO_UNIT : YUAN },
          period: '',
          place: '',
          origin,
        });
        const run = figure(fact, { style: style as 'number', places, showUnit });
        const [sheet] = await sheets(renderXlsx(oneFigure(run)));
        expect(displayText(sheet!.rows[0]!.cells[0]!)).toBe(run.text);
      },
    ),
    { numRuns: 60 },
  );
});

test('equal papers give equal bytes', () => {
  const bytes = (): Buffer => Buffer.from(renderXlsx(sampleTable().report, '{}'));
  expect(bytes().equals(bytes())).toBe(true);
});
