import { expect, test } from 'vitest';
import { JipingError } from '../problem/index.ts';
import { readProjectBookBytes } from './index.ts';
import { found, makeBook, readBook } from './testing/make-book.ts';

/** A made-up number with the right form and check character; it belongs to nobody. */
const IDENTITY = '11010119900307109X';
const errorsOf = async (promise: Promise<unknown>): Promise<JipingError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof JipingError)) throw new Error('expected a JipingError');
  return error;
};

test('forty faults in one book come out at once, each with its cell, and the good cells are read', async () => {
  const heading = ['支付日期', '金额（元）', '凭证号'];
  const bad = Array.from({ length: 19 }, (_, index) => ['不是日期', `错误${index}`, `A${index}`]);
  const { book, problems } = await readBook({
    支付: [heading, ...bad, ['2023-06-20', 5, 'B1']],
    资金: [
      ['类型', '资金来源', '金额（万元）'],
      ['年初', '财政', 70],
      ['年初预算', '财政', -1],
    ],
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors).toHaveLength(40);
  expect(new Set(errors.map(({ where }) => `${where.sheet}!${where.cell}`)).size).toBe(40);
  expect(errors.every(({ message }) => /[。；]/.test(message.zh) && message.en !== '')).toBe(true);
  expect(book.tables.payments.records.at(-1)).toMatchObject({ date: '2023-06-20', voucher: 'B1' });
});

test('an identity number kept as a number, in scientific notation, or in full is a fault and is never repeated', async () => {
  const { book, problems } = await readBook({
    医疗救助: [
      ['救助方式', '人员编号', '备注'],
      ['一站式', 110101199003071000, ''],
      ['一站式', '1.10101E+17', ''],
      ['一站式', 'P0001', `身份证${IDENTITY}`],
      ['一站式', 'P0002', ''],
    ],
    支付: [
      ['支付日期', '金额（元）', '凭证号'],
      [110101199003071000, 110101199003071000, 'A1'],
      [IDENTITY, IDENTITY, IDENTITY],
    ],
  });
  expect(found(problems)).toEqual([
    'cell-not-a-date 支付!A2',
    'number-out-of-range 支付!B2',
    'identity-number-in-book 支付!A3',
    'identity-number-in-book 支付!B3',
    'identity-number-in-book 支付!C3',
    'long-number-as-number 医疗救助!B2',
    'long-number-as-number 医疗救助!B3',
    'identity-number-in-book 医疗救助!C4',
  ]);
  expect(JSON.stringify(problems)).not.toMatch(/1101011990|110101199/);
  expect(book.tables.assistance.records.map(({ personKey }) => personKey)).toEqual([
    undefined,
    undefined,
    'P0001',
    'P0002',
  ]);
  expect(JSON.stringify(book.tables)).not.toContain(IDENTITY);
});

test('=1/0, 1e308, negative money, a year that cannot be', async () => {
  const { problems } = await readBook({
    支付: [
      ['支付日期', '金额（元）', '凭证号'],
      ['2023-06-20', { formula: '1/0', result: { error: '#DIV/0!' } }, 'A1'],
      ['2023-06-20', 1e308, 'A2'],
      ['2023-06-20', '1e308', 'A3'],
      ['3023-06-20', -5, 'A4'],
    ],
    资金: [
      ['类型', '资金来源', '金额（万元）'],
      ['年初预算', '财政', '-70'],
    ],
  });
  expect(found(problems)).toEqual([
    'negative-not-allowed 资金!C2',
    'cell-error-value 支付!B2',
    'number-out-of-range 支付!B3',
    'cell-not-a-number 支付!B4',
    'cell-not-a-date 支付!A5',
  ]);
});

test('the same fault in every row of a long sheet is listed a hundred times and then counted', async () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ['2023-06-20', '错', `A${index}`]);
  const { problems } = await readBook({ 支付: [['支付日期', '金额（元）', '凭证号'], ...rows] });
  const faults = problems.filter(({ rule }) => rule === 'cell-not-a-number');
  expect(faults).toHaveLength(101);
  expect(faults.at(-1)?.message.zh).toContain('900');
});

test.each([
  ['an empty file', new Uint8Array()],
  ['a PDF named .xlsx', new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')],
  ['a text', new TextEncoder().encode('支付,金额\n1,2\n')],
  ['half a zip', (await makeBook({})).slice(0, 3000)],
])('%s is refused in one sentence', async (_name, bytes) => {
  const error = await errorsOf(readProjectBookBytes('台账.xlsx', bytes));
  expect(error.code).toBe('unreadable');
  expect(error.text.zh).not.toContain('\n');
});
