import fc from 'fast-check';
import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { type ColumnSchema, projectSheet, type TableKey, tableSheets } from '../ledger/index.ts';
import { Exact } from '../quantity/index.ts';
import { type BookContent, readProjectBookBytes, writeProjectBook } from './index.ts';
import { comparable, contentOf } from './testing/content-of.ts';

const words = fc
  .array(fc.constantFrom(...Array.from('宣传手册海报某县镇费用《通知》（一）〔2023〕号abcXYZ 0123.-/%≥=<>&"\'𠮷龘')), {
    minLength: 1,
    maxLength: 30,
  })
  .map((characters) => characters.join('').trim())
  .filter((text) => text !== '' && !/\d{11}/.test(text));
const entryWords = words.filter((text) => !/[、，,；;《》（）〔〕()]/.test(text));
const dates = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

function decimal(column: ColumnSchema): fc.Arbitrary<Exact> {
  const low = column.bounds?.low ?? (column.negative ? -1_000_000_000_000 : 0);
  const high = column.bounds?.high ?? 1_000_000_000_000;
  const whole = fc.integer({ min: low, max: high });
  const isWhole =
    column.bounds !== undefined || (column.type === 'number' && !['', '%', '分'].includes(column.unit ?? ''));
  if (isWhole) return whole.map((value) => Exact.of(value));
  // Up to 18 digits: more than a spreadsheet's number holds.
  return fc.tuple(whole, fc.integer({ min: 0, max: 999_999 })).map(([integer, millionths]) => {
    const value = Exact.of(integer).add(Exact.ratio(BigInt(millionths), 1_000_000n));
    return value.le(Exact.of(high)) ? value : Exact.of(integer);
  });
}

function arbitraryValue(column: ColumnSchema): fc.Arbitrary<unknown> {
  switch (column.type) {
    case 'number':
    case 'money':
      return decimal(column);
    case 'date':
      return dates;
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...(column.choices ?? []));
    case 'list':
      return fc.array(column.choices === undefined ? entryWords : fc.constantFrom(...column.choices), {
        minLength: 1,
        maxLength: 4,
      });
    case 'long-text':
      return fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
    default:
      return words;
  }
}

function entryOf(columns: Readonly<Record<string, ColumnSchema>>): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, arbitraryValue(column)])), {
    requiredKeys: Object.keys(columns).filter((key) => columns[key]?.required),
  });
}

const content: fc.Arbitrary<BookContent> = fc.record({
  project: entryOf(projectSheet.columns),
  tables: fc.record(
    Object.fromEntries(
      (Object.keys(tableSheets) as TableKey[]).map((key) => [
        key,
        fc.array(entryOf(tableSheets[key].columns), { minLength: 1, maxLength: 3 }),
      ]),
    ),
    { requiredKeys: [] },
  ),
}) as fc.Arbitrary<BookContent>;

test('what is written is read back, to the last digit', async () => {
  await fc.assert(
    fc.asyncProperty(content, async (written) => {
      const { book } = await readProjectBookBytes('书.xlsx', await writeProjectBook(written, { sample: false }));
      expect(contentOf(book)).toEqual(comparable(written));
    }),
    { numRuns: 25, seed: 20261122 },
  );
});

test('the same content gives the same bytes', async () => {
  const book: BookContent = { project: { name: '甲' }, tables: {} };
  const [first, second] = [
    await writeProjectBook(book, { sample: true }),
    await writeProjectBook(book, { sample: true }),
  ];
  expect(Buffer.compare(first, second)).toBe(0);
});

test('the sample rows of a blank book count for nothing until somebody writes over them', async () => {
  const bytes = await writeProjectBook({ project: {}, tables: {} }, { sample: true });
  const { book, problems } = await readProjectBookBytes('空.xlsx', bytes);
  expect(contentOf(book)).toEqual({ project: {}, tables: {} });
  expect(problems.every(({ rule }) => rule === 'cell-required')).toBe(true);

  const zip = await JSZip.loadAsync(bytes);
  const part = 'xl/worksheets/sheet5.xml';
  const xml = (await zip.file(part)?.async('string')) ?? '';
  zip.file(part, xml.replace('<v>36000</v>', '<v>123.45</v>'));
  const edited = await readProjectBookBytes('改.xlsx', await zip.generateAsync({ type: 'uint8array' }));
  expect(edited.book.tables.payments.records.map(({ amount }) => amount?.toString())).toEqual(['123.45']);
  expect(edited.problems.map(({ rule }) => rule)).toContain('sample-row-changed');
});
