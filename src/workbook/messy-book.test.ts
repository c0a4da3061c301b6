import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ColumnSchema, projectSheet, type TableKey, tableSheets } from '../ledger/index.ts';
import { JipingError } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import { readProjectBookBytes } from './index.ts';
import { makeBook } from './testing/make-book.ts';

const headings = Object.values(tableSheets).flatMap((schema) =>
  Object.values<ColumnSchema>(schema.columns).flatMap(({ name, unit, synonyms }) => [
    name,
    `${name}(${unit ?? '万元'})`,
    ...synonyms,
  ]),
);
/** Made up, with the right form and check character; in full, inside words, and as a number. */
const IDENTITY = '11010119900307109X';
const cell = fc.oneof(
  fc.constantFrom(IDENTITY, `身份证${IDENTITY}`, '110101199003071099', 110101199003071000),
  { weight: 3, arbitrary: fc.constantFrom(...headings) },
  fc.constantFrom(
    '',
    '合计',
    '小计',
    '示例',
    '注：',
    '—',
    '1e308',
    '１２，３',
    '2023-13-01',
    '45118',
    '=1/0',
    '是',
    '70万元',
    '约5',
    '%',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.date({ min: new Date('1900-03-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
  fc.boolean(),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')),
  fc.constantFrom({ formula: '1/0', result: { error: '#DIV/0!' } }, { formula: 'A1', result: 7 }, { formula: 'A1' }),
);
const rows = fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 14 });
const names = [projectSheet, ...Object.values(tableSheets)].flatMap(({ name }) => [name, `${name}(2)`]);
const book = fc.dictionary(fc.constantFrom(...names, 'Sheet1', '其他'), rows, { minKeys: 1, maxKeys: 6 });

function fits(column: ColumnSchema, value: unknown): boolean {
  switch (column.type) {
    case 'number':
    case 'money':
      return value instanceof Exact;
    case 'flag':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '');
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'choice':
      return typeof value === 'string' && column.choices?.includes(value) === true;
    default:
      return typeof value === 'string' && value !== '';
  }
}

test('whatever stands in the cells, every value read fits its column and every fault has a place and two languages', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(book, async (sheets) => {
      const result = await readProjectBookBytes('乱.xlsx', await makeBook(sheets)).catch((reason: unknown) => {
        if (reason instanceof JipingError && reason.code === 'unreadable') return undefined;
        throw reason;
      });
      if (result === undefined) return;
      for (const key of Object.keys(tableSheets) as TableKey[]) {
        const columns: Readonly<Record<string, ColumnSchema>> = tableSheets[key].columns;
        for (const { row, ...entry } of result.book.tables[key].records) {
          expect(row).toBeGreaterThan(0);
          for (const [name, value] of Object.entries(entry)) {
            read += 1;
            const column = columns[name];
            expect([name, value, column !== undefined && fits(column, value)]).toEqual([name, value, true]);
          }
        }
      }
      for (const { message, where, rule } of result.problems) {
        expect(message.zh === '' || message.en === '').toBe(false);
        expect(`${message.zh}${message.en}`).not.toContain('11010119');
        if (rule !== 'sheets-absent') expect(where.sheet).toBeDefined();
      }
    }),
    { numRuns: 150, seed: 20261122 },
  );
  expect(read).toBeGreaterThan(200);
});
