import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Exact } from '../quantity/index.ts';
import { openProjectBook } from '../workbook/index.ts';
import { jiping } from './testing/run-in-process.ts';

const office = spawnSync('soffice', ['--version']).status === 0;
if (!office) console.log('LibreOffice tests are skipped: apt-get install libreoffice-calc');

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-kinds-'));
  expect((await jiping(['new', 'book.xlsx', '--type', 'work-fund'], folder)).status).toBe(0);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

type Grid = readonly (readonly (string | number | undefined)[])[];

interface SheetOf {
  readonly grid: Grid;
  /** `A1:C1`. */
  readonly merges?: readonly string[];
  /** Number format by column letter. */
  readonly formats?: Readonly<Record<string, string>>;
}

/** An export as its name says: csv in GB18030, xls of BIFF8, xlsx. */
function save(name: string, sheets: Readonly<Record<string, SheetOf>> | Grid): void {
  const all: Readonly<Record<string, SheetOf>> = Array.isArray(sheets)
    ? { Sheet1: { grid: sheets as Grid } }
    : (sheets as Readonly<Record<string, SheetOf>>);
  if (name.endsWith('.csv')) {
    const quoted = (cell: string | number | undefined): string => {
      const words = String(cell ?? '');
      return /[",\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
    };
    const [first] = Object.values(all);
    const lines = (first?.grid ?? []).map((row) => row.map(quoted).join(','));
    writeFileSync(at(name), iconv.encode(lines.join('\r\n'), 'gb18030'));
    return;
  }
  const book = XLSX.utils.book_new();
  for (const [title, { grid, merges = [], formats = {} }] of Object.entries(all)) {
    const sheet = XLSX.utils.aoa_to_sheet(grid.map((row) => [...row]));
    sheet['!merges'] = merges.map((range) => XLSX.utils.decode_range(range));
    for (const [address, cell] of Object.entries(sheet)) {
      const format = formats[address.replace(/\d+$/, '')];
      if (format !== undefined && (cell as { t?: string }).t === 'n') (cell as { z?: string }).z = format;
    }
    XLSX.utils.book_append_sheet(book, sheet, title);
  }
  const bookType = name.endsWith('.xls') ? 'biff8' : 'xlsx';
  writeFileSync(at(name), XLSX.write(book, { type: 'buffer', bookType }) as Uint8Array);
}

async function importFile(file: string, kind: string, ...more: string[]) {
  const ran = await jiping(
    ['ledger', 'import', file, '--kind', kind, '--into', 'book.xlsx', '--format', 'json', ...more],
    folder,
  );
  return { ...ran, json: ran.out === '' ? undefined : JSON.parse(ran.out) };
}

/** Confirmed, written, and the same file once more: nothing added, the book the same bytes. */
async function importTwice(file: string, kind: string, ...more: string[]) {
  const first = await importFile(file, kind, '--yes', ...more);
  const errors = (first.json?.problems ?? []).filter((each: { severity: string }) => each.severity === 'error');
  expect({ status: first.status, err: first.err, errors }).toEqual({ status: 0, err: '', errors: [] });
  const written = readFileSync(at('book.xlsx'));
  const again = await importFile(file, kind);
  expect({ status: again.status, err: again.err }).toEqual({ status: 0, err: '' });
  expect(again.json.rows).toMatchObject({ read: first.json.rows.read, added: 0, present: first.json.rows.read });
  expect(readFileSync(at('book.xlsx')).equals(written)).toBe(true);
  const { book, problems } = await openProjectBook(at('book.xlsx'));
  return { json: first.json, tables: book.tables, problems };
}

const says = (value: unknown): unknown => (value instanceof Exact ? value.toString() : value);
const plain = (records: readonly object[], ...keys: string[]): unknown[] =>
  records.map((record) => keys.map((key) => says((record as Record<string, unknown>)[key])));

describe('医疗救助明细', () => {
  const HEADING: Grid = [
    ['某县2024年医疗救助待遇支付明细表'],
    [
      '统计期间：2024年1月至12月',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      '单位：元',
    ],
    [
      '序号',
      '救助对象',
      undefined,
      undefined,
      '就诊情况',
      undefined,
      '费用情况',
      undefined,
      undefined,
      '救助类别',
      '备注',
    ],
    [undefined, '姓名', '个人编号', '人员类别', '医院名称', '结算日期', '总费用', '基本医保支付', '医疗救助支付'],
  ];
  const MERGES = ['A1:K1', 'A3:A4', 'B3:D3', 'E3:F3', 'G3:I3', 'J3:J4', 'K3:K4'];
  const ROWS: Grid = [
    [1, '张某', '00081234', '低保对象', '某县人民医院', '2024-03-05', 12000, 8000, 2800.5, '一站式结算'],
    [2, '李某', '00081235', '特困人员', '某县人民医院', '2024-03-05', 900, 500, 400, '一站式结算'],
    ['小计', undefined, undefined, undefined, undefined, undefined, 12900, 8500, 3200.5],
    [3, '张某', '00081234', '低保对象', '某市第一医院', '2024-11-20', 30000, 15000, 6000.33, '手工报销', '跨省'],
    ['合计', undefined, undefined, undefined, undefined, undefined, 42900, 23500, 9200.83],
  ];

  test.each(['xlsx', 'xls', 'csv'])(
    'merged two-line heading, subtotals, personal columns, as %s',
    async (extension) => {
      save(`救助.${extension}`, { 明细: { grid: [...HEADING, ...ROWS], merges: MERGES } });
      const { json, tables } = await importTwice(`救助.${extension}`, '医疗救助');
      expect(json.rows).toEqual({ read: 3, added: 3, present: 0 });
      expect(json.totalRows).toEqual({ count: 2, differing: 0 });
      expect(json.totals).toContainEqual({
        column: '金额',
        unit: '元',
        file: '9200.83',
        added: '9200.83',
        present: '0',
      });
      expect(json.ignored).toContain('姓名');
      expect(
        plain(
          tables.assistance.records,
          'kind',
          'category',
          'date',
          'personKey',
          'amount',
          'institution',
          'importedFrom',
        ),
      ).toEqual([
        ['一站式', '低保对象', '2024-03-05', '00081234', '2800.5', '某县人民医院', `救助.${extension} 第5行`],
        ['一站式', '特困人员', '2024-03-05', '00081235', '400', '某县人民医院', `救助.${extension} 第6行`],
        ['零星救助', '低保对象', '2024-11-20', '00081234', '6000.33', '某市第一医院', `救助.${extension} 第8行`],
      ]);
    },
  );

  test('names and identity numbers reach neither the book nor the output', async () => {
    const id = '51092219900101123X';
    save('救助.xlsx', [
      ['姓名', '身份证号', '开户账号', '救助类型', '结算时间', '救助金额（元）'],
      ['张某某', id, '6217000000000000001', '一站式', '2024-05-01', 100],
    ]);
    const { json } = await importTwice('救助.xlsx', 'assistance');
    expect(JSON.stringify(json)).not.toContain(id);
    expect(json.ignored).toEqual(['姓名', '身份证号', '开户账号']);
    const { book } = await openProjectBook(at('book.xlsx'));
    expect(JSON.stringify(book.tables.assistance.records.map((each) => Object.values(each).map(says)))).not.toMatch(
      /张某某|62170/,
    );
  });

  test('the same person twice on one day stays two, a correction of the total is pointed out', async () => {
    save('救助.csv', [
      ['救助类型', '个人编号', '结算日期', '救助金额(元)'],
      ['一站式', 'P1', '2024/5/1', '80'],
      ['一站式', 'P1', '2024/5/1', '80'],
      ['合计', undefined, undefined, '170'],
    ]);
    const { json, tables } = await importTwice('救助.csv', 'assistance');
    expect(tables.assistance.records).toHaveLength(2);
    expect(json.totalRows).toEqual({ count: 1, differing: 1 });
    expect(json.problems).toContainEqual(
      expect.objectContaining({ rule: 'total-row-differs', where: { file: '救助.csv', sheet: 'Sheet1', cell: 'D4' } }),
    );
  });
});

describe('指标、用款计划、资金台账', () => {
  test('the heading’s own 元 counts before the 万元 of the title', async () => {
    save('计划.xls', [
      ['用款计划批复表'],
      ['编制单位：某县医疗保障局', undefined, undefined, undefined, '金额单位：万元'],
      ['计划编号', '资金性质', '批复日期', '计划月份末', '申请金额', '批复金额（元）'],
      ['JH-001', '一般公共预算资金', '2024-03-10', '2024-03-31', 5, 36000],
      ['JH-002', '一般公共预算资金', '2024-06-10', '2024-06-30', 4, 40000],
      [undefined, '合计', undefined, undefined, 9, 76000],
    ]);
    const { json, tables } = await importTwice('计划.xls', '用款计划');
    expect(json.totals).toEqual([{ column: '金额', unit: '万元', file: '7.6', added: '7.6', present: '0' }]);
    expect(json.totalRows).toEqual({ count: 1, differing: 0 });
    expect(
      plain(tables.money.records, 'kind', 'document', 'amount', 'date', 'dueDate', 'source', 'importedFrom'),
    ).toEqual([
      ['用款计划批复', 'JH-001', '3.6', '2024-03-10', '2024-03-31', '一般公共预算资金', '计划.xls 第4行'],
      ['用款计划批复', 'JH-002', '4', '2024-06-10', '2024-06-30', '一般公共预算资金', '计划.xls 第5行'],
    ]);
  });

  test('a unit in the merged upper heading holds for the columns below it, before the title’s', async () => {
    save('指标.xlsx', {
      指标: {
        grid: [
          ['指标下达明细', undefined, undefined, undefined, undefined, '单位：元'],
          ['指标文号', '下达日期', '资金性质', '指标情况（万元）', undefined, '支付数'],
          [undefined, undefined, undefined, '指标金额', '结余'],
          ['某财社〔2024〕1号', '2024-02-01', '一般公共预算', 12.5, 2.5, 100000],
        ],
        merges: ['A2:A3', 'B2:B3', 'C2:C3', 'D2:E2', 'F2:F3'],
      },
    });
    const { tables } = await importTwice('指标.xlsx', 'allotment');
    expect(plain(tables.money.records, 'document', 'amount')).toEqual([['某财社〔2024〕1号', '12.5']]);
  });

  test('a ledger with its own kinds, units in the cells, columns the other way round', async () => {
    save('资金.csv', [
      ['金额/元', '事由', '文号', '资金来源', '日期', '资金类型'],
      ['700000', undefined, '某财预〔2024〕3号', '当年财政拨款', '2024年2月15日', '年初预算'],
      ['5万元', '征缴扩面', '某财社〔2024〕9号', '当年财政拨款', '2024.6.1', '追加'],
      ['1,000.00', '压减', '某财社〔2024〕10号', '当年财政拨款', '20240901', '调减'],
    ]);
    const { json, tables } = await importTwice('资金.csv', '资金');
    expect(json.totals[0]).toMatchObject({ unit: '万元', file: '75.1' });
    expect(plain(tables.money.records, 'kind', 'amount', 'date')).toEqual([
      ['年初预算', '70', '2024-02-15'],
      ['追加', '5', '2024-06-01'],
      ['调减', '0.1', '2024-09-01'],
    ]);
  });

  test('plans and allotments of one book do not take each other for known', async () => {
    const rows: Grid = [
      ['文号', '日期', '资金来源', '金额（万元）'],
      ['某财社〔2024〕1号', '2024-02-01', '财政拨款', 10],
    ];
    save('一.xlsx', rows);
    expect((await importTwice('一.xlsx', '指标')).tables.money.records).toHaveLength(1);
    const { tables } = await importTwice('一.xlsx', '用款计划');
    expect(plain(tables.money.records, 'kind')).toEqual([['指标下达'], ['用款计划批复']]);
  });
});

describe('参保进度', () => {
  const day = (date: string, first: number, second: number): SheetOf => ({
    grid: [
      ['某县2024年度城乡居民医保参保缴费进度'],
      [`截至日期：${date}`],
      ['排名', '乡镇', '类别', '统计日期', '任务数', '已参保人数', '完成率'],
      [2, '甲镇', '镇', date, 1000, first, first / 1000],
      [1, '乙镇', '镇', date, 500, second, second / 500],
      [undefined, '合计', undefined, undefined, 1500, first + second, (first + second) / 1500],
    ],
    formats: { G: '0.00%' },
  });

  test('one sheet a day; tomorrow’s file brings only the new day', async () => {
    save('进度.xlsx', { '10日': day('2024-01-10', 800, 450), '11日': day('2024-01-11', 815, 460) });
    const { json, tables } = await importTwice('进度.xlsx', '进度');
    expect(json.rows.added).toBe(4);
    expect(json.totalRows).toEqual({ count: 2, differing: 0 });
    expect(
      plain(
        tables.progress.records,
        'unit',
        'unitType',
        'date',
        'task',
        'enrolled',
        'rate',
        'rateRank',
        'importedFrom',
      ),
    ).toEqual([
      ['甲镇', '乡镇', '2024-01-10', '1000', '800', '80', '2', '进度.xlsx 10日 第4行'],
      ['乙镇', '乡镇', '2024-01-10', '500', '450', '90', '1', '进度.xlsx 10日 第5行'],
      ['甲镇', '乡镇', '2024-01-11', '1000', '815', '81.5', '2', '进度.xlsx 11日 第4行'],
      ['乙镇', '乡镇', '2024-01-11', '500', '460', '92', '1', '进度.xlsx 11日 第5行'],
    ]);
    save('进度.xlsx', {
      '10日': day('2024-01-10', 800, 450),
      '11日': day('2024-01-11', 815, 460),
      '12日': day('2024-01-12', 820, 470),
    });
    expect((await importFile('进度.xlsx', '进度')).json.rows).toEqual({ read: 6, added: 2, present: 4 });
  });

  test('numbers in 万人 and a merged category over its towns', async () => {
    save('进度.xls', {
      进度: {
        grid: [
          ['类别', '单位名称', '统计截止日期', '应参保人数（万人）', '累计缴费人数'],
          ['镇', '甲镇', '2024-01-31', 1.25, '1.1万人'],
          [undefined, '乙镇', '2024-01-31', 0.8, 7600],
          ['学校', '某中学', '2024-01-31', 0.1, 1000],
        ],
        merges: ['A2:A3'],
      },
    });
    const { tables } = await importTwice('进度.xls', 'progress');
    expect(plain(tables.progress.records, 'unit', 'unitType', 'task', 'enrolled')).toEqual([
      ['甲镇', '乡镇', '12500', '11000'],
      ['乙镇', '乡镇', '8000', '7600'],
      ['某中学', '学校', '1000', '1000'],
    ]);
  });

  test('the same unit and day with another figure is not lost unsaid', async () => {
    save('进度.xlsx', { 表: day('2024-01-10', 800, 450) });
    await importTwice('进度.xlsx', 'progress');
    save('进度.xlsx', { 表: day('2024-01-10', 801, 450) });
    const { json } = await importFile('进度.xlsx', 'progress');
    expect(json.rows).toMatchObject({ read: 2, added: 0, present: 2 });
    expect(json.problems.map((each: { rule: string }) => each.rule)).toContain('known-row-differs');
  });
});

describe('as LibreOffice saves them', () => {
  test.skipIf(!office)('xlsx, xls and ods of one export give the same rows', async () => {
    save('原.xlsx', {
      明细: {
        grid: [
          ['医疗救助明细', undefined, undefined, undefined, '单位：万元'],
          ['救助方式', '人员', undefined, '结算情况'],
          [undefined, '人员编号', '人员类别', '结算日期', '救助金额'],
          ['一站式', '0001', '低保', 45356, 0.28],
          ['零星救助', '0002', '特困', 45357, 0.04],
          ['合计', undefined, undefined, undefined, 0.32],
        ],
        merges: ['A2:A3', 'B2:C2', 'D2:E2'],
        formats: { D: 'yyyy"年"m"月"d"日"' },
      },
    });
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    for (const extension of ['xlsx', 'xls', 'ods'])
      spawnSync('soffice', [profile, '--headless', '--convert-to', extension, '--outdir', at('lo'), at('原.xlsx')]);
    const first = await importTwice('lo/原.xlsx', 'assistance');
    expect(plain(first.tables.assistance.records, 'kind', 'personKey', 'category', 'date', 'amount')).toEqual([
      ['一站式', '0001', '低保', '2024-03-05', '2800'],
      ['零星救助', '0002', '特困', '2024-03-06', '400'],
    ]);
    for (const other of ['lo/原.xls', 'lo/原.ods', '原.xlsx'])
      expect((await importFile(other, 'assistance')).json.rows).toEqual({ read: 2, added: 0, present: 2 });
  });
});
