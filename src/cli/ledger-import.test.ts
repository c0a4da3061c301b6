import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeXlsx } from '../document/testing/make-xlsx.ts';
import { packageRoot } from '../rules/index.ts';
import { openProjectBook } from '../workbook/index.ts';
import { jiping } from './testing/run-in-process.ts';

const office = spawnSync('soffice', ['--version']).status === 0;
if (!office) console.log('LibreOffice tests are skipped: apt-get install libreoffice-calc');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

async function blankBook(name = 'book.xlsx'): Promise<void> {
  expect((await jiping(['new', name, '--type', 'work-fund'], folder)).status).toBe(0);
}

async function importFile(file: string, kind: string, ...more: string[]) {
  const ran = await jiping(
    ['ledger', 'import', file, '--kind', kind, '--into', 'book.xlsx', '--format', 'json', ...more],
    folder,
  );
  return { ...ran, json: ran.out === '' ? undefined : JSON.parse(ran.out) };
}

const PAYMENTS = [
  '国库集中支付明细表,,,,,',
  '单位：元,,,,,',
  '序号,凭证编号,支付时间,收款人全称,摘要,支付金额',
  '1,2023-06-0001,2023-06-20,某广告有限公司,征缴宣传横幅,"36,000.00"',
  '2,2023-06-0002,2023-06-21,某印务公司,宣传册,1200.5',
  '小计,,,,,37200.50',
  '3,2023-07-0001,2023-07-03,某广告有限公司,冲销,-100',
  '4,2023-07-0002,2023-07-03,某印务公司,宣传册,50',
  '5,2023-07-0002,2023-07-03,某印务公司,宣传册,50',
  '合计,,,,,37200.50',
];

describe('a clerk imports the vouchers of the budget system', () => {
  test('the mapping is proposed first, then confirmed, remembered, and a second import adds nothing', async () => {
    await blankBook();
    writeFileSync(at('支付.csv'), iconv.encode(PAYMENTS.join('\r\n'), 'gb18030'));
    const before = readFileSync(at('book.xlsx'));
    const proposed = await importFile('支付.csv', '支付');
    expect(proposed.status).toBe(2);
    expect(proposed.err).toContain('--yes');
    expect(proposed.json.written).toBe(false);
    expect(proposed.json.mapping).toContainEqual({
      sheet: 'Sheet1',
      heading: '凭证编号',
      column: '凭证号',
      by: 'synonym',
    });
    expect(readFileSync(at('book.xlsx')).equals(before)).toBe(true);

    const done = await importFile('支付.csv', 'payments', '--yes');
    expect(done.status).toBe(0);
    expect(done.json.rows).toEqual({ read: 5, added: 5, present: 0 });
    expect(done.json.totalRows).toEqual({ count: 2, differing: 0 });
    expect(done.json.totals).toEqual([{ column: '金额', unit: '元', file: '37200.5', added: '37200.5', present: '0' }]);
    const { book, problems } = await openProjectBook(at('book.xlsx'));
    expect(book.tables.payments.records[0]).toMatchObject({
      voucher: '2023-06-0001',
      date: '2023-06-20',
      payee: '某广告有限公司',
      purpose: '征缴宣传横幅',
      importedFrom: '支付.csv 第4行',
    });
    expect(book.tables.payments.records.map((each) => each.amount?.toString())).toEqual([
      '36000',
      '1200.5',
      '-100',
      '50',
      '50',
    ]);
    expect(problems.filter((each) => each.where.sheet === '支付' && each.severity === 'error')).toEqual([]);

    const after = readFileSync(at('book.xlsx'));
    const again = await importFile('支付.csv', 'payments');
    expect(again.status).toBe(0);
    expect(again.json.rows).toEqual({ read: 5, added: 0, present: 5 });
    expect(readFileSync(at('book.xlsx')).equals(after)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['.jiping-home', 'book.xlsx', '支付.csv']);
    expect(statSync(at('.jiping-home/mappings')).mode & 0o777).toBe(0o700);
  });

  test('only what is new is added, and a voucher with another amount is pointed out', async () => {
    await blankBook();
    writeFileSync(at('支付.csv'), PAYMENTS.slice(0, 5).join('\n'));
    await importFile('支付.csv', 'payments', '--yes');
    const more = [...PAYMENTS.slice(0, 5), '3,2023-06-0002,2023-06-21,某印务公司,宣传册,1200.6'];
    writeFileSync(at('支付.csv'), more.join('\n'));
    const { json } = await importFile('支付.csv', 'payments');
    expect(json.rows).toEqual({ read: 3, added: 1, present: 2 });
    expect(json.problems.map((each: { rule: string }) => each.rule)).toContain('number-with-other-figures');
  });

  test('everything else of the book is the same bytes; drop-downs reach over the new rows', async () => {
    await blankBook();
    const rows = Array.from({ length: 4000 }, (_, index) => `V${index},2023-06-01,${index + 1}.25`);
    writeFileSync(at('大.csv'), ['凭证号,支付日期,金额（元）', ...rows].join('\n'));
    const was = await JSZip.loadAsync(readFileSync(at('book.xlsx')));
    expect((await importFile('大.csv', 'payments', '--yes')).status).toBe(0);
    const is = await JSZip.loadAsync(readFileSync(at('book.xlsx')));
    expect(Object.keys(is.files)).toEqual(Object.keys(was.files));
    const changed: string[] = [];
    for (const name of Object.keys(is.files))
      if ((await is.files[name]!.async('string')) !== (await was.files[name]!.async('string'))) changed.push(name);
    expect(changed).toHaveLength(1);
    const xml = await is.files[changed[0]!]!.async('string');
    expect(xml).toContain('sqref="A4:A4004"');
    const styles = [...xml.matchAll(/<c r="B(?:5|4004)" s="(\d+)"/g)].map((match) => match[1]);
    expect(styles).toHaveLength(2);
    expect(new Set(styles).size).toBe(1);
    const { book } = await openProjectBook(at('book.xlsx'));
    expect(book.tables.payments.records).toHaveLength(4000);
    expect(book.tables.payments.records.at(-1)?.amount?.toString()).toBe('4000.25');
  });

  test('records below which a total stands are left alone, with a sentence', async () => {
    await blankBook();
    writeFileSync(at('支付.csv'), PAYMENTS.slice(0, 5).join('\n'));
    const zip = await JSZip.loadAsync(readFileSync(at('book.xlsx')));
    const workbook = await zip.files['xl/workbook.xml']!.async('string');
    const number = [...workbook.matchAll(/name="([^"]+)"/g)].findIndex((match) => match[1] === '支付') + 1;
    const part = `xl/worksheets/sheet${number}.xml`;
    const xml = await zip.files[part]!.async('string');
    zip.file(part, xml.replace(/<c r="A9"([^>]*)\/>/, '<c r="A9"$1 t="inlineStr"><is><t>合计</t></is></c>'));
    const bytes = await zip.generateAsync({ type: 'uint8array' });
    writeFileSync(at('book.xlsx'), bytes);
    const { status, err } = await importFile('支付.csv', 'payments', '--yes');
    expect(status).toBe(2);
    expect(err).toContain('第 9 行');
    expect(readFileSync(at('book.xlsx')).equals(bytes)).toBe(true);
  });

  test('a book that is open in a table program is not written', async () => {
    await blankBook();
    writeFileSync(at('.~lock.book.xlsx#'), '');
    writeFileSync(at('支付.csv'), PAYMENTS.join('\n'));
    expect((await importFile('支付.csv', 'payments', '--yes')).err).toContain('打开');
  });
});

describe('exports as other programs make them', () => {
  test('WPS: prefixed names, title and merged two-line heading, one sheet in 元 and one in 万元', async () => {
    await blankBook();
    const text = (ref: string, words: string): string =>
      `<x:c r="${ref}" t="inlineStr"><x:is><x:t>${words}</x:t></x:is></x:c>`;
    const number = (ref: string, value: string): string => `<x:c r="${ref}"><x:v>${value}</x:v></x:c>`;
    const sheet = (unit: string, rows: readonly (readonly [string, string, string])[]): string => {
      const body = rows
        .map(([document, date, amount], index) => {
          const row = index + 5;
          return `<x:row r="${row}">${text(`A${row}`, document)}${text(`B${row}`, date)}${text(`C${row}`, '一般公共预算资金')}${number(`D${row}`, amount)}${number(`E${row}`, '0')}</x:row>`;
        })
        .join('');
      return `<x:sheetData><x:row r="1">${text('A1', '指标下达明细')}</x:row><x:row r="2">${text('A2', `单位：${unit}`)}</x:row>
        <x:row r="3">${text('A3', '指标文号')}${text('B3', '下达日期')}${text('C3', '资金性质')}${text('D3', '指标情况')}</x:row>
        <x:row r="4">${text('D4', '指标金额')}${text('E4', '剩余金额')}</x:row>${body}</x:sheetData>
        <x:mergeCells><x:mergeCell ref="A3:A4"/><x:mergeCell ref="D3:E3"/></x:mergeCells>`;
    };
    writeFileSync(
      at('指标.xlsx'),
      await makeXlsx({
        prefix: 'x:',
        sheets: {
          上半年: sheet('元', [['某财社〔2023〕12号', '2023-02-15', '200000']]),
          下半年: sheet('万元', [['某财社〔2023〕40号', '2023-09-01', '15.5']]),
        },
      }),
    );
    const { status, json, err } = await importFile('指标.xlsx', '指标', '--yes');
    expect(err).toBe('');
    expect(status).toBe(0);
    expect(json.totals).toEqual([{ column: '金额', unit: '万元', file: '35.5', added: '35.5', present: '0' }]);
    const { book } = await openProjectBook(at('book.xlsx'));
    expect(book.tables.money.records.map((each) => [each.kind, each.amount?.toString(), each.importedFrom])).toEqual([
      ['指标下达', '20', '指标.xlsx 上半年 第5行'],
      ['指标下达', '15.5', '指标.xlsx 下半年 第5行'],
    ]);
  });

  test('money without a unit is not guessed', async () => {
    await blankBook();
    writeFileSync(at('计划.csv'), ['计划编号,批复日期,资金性质,计划金额', 'J1,2023-03-01,财政拨款,30000'].join('\n'));
    const first = await importFile('计划.csv', 'plan', '--yes');
    expect(first.status).toBe(2);
    expect(first.err).toContain('--unit');
    const second = await importFile('计划.csv', 'plan', '--yes', '--unit', '元');
    expect(second.json.totals[0].file).toBe('3');
    // Remembered with the mapping.
    expect((await importFile('计划.csv', 'plan')).status).toBe(0);
  });

  test('daily progress whose date stands outside the table, with a mapping of its own', async () => {
    await blankBook();
    writeFileSync(
      at('进度.csv'),
      ['片区,应参保,已缴,备用', '甲镇,100,90,x', '乙镇,50,45,y', '全县合计,150,135,'].join('\n'),
    );
    writeFileSync(
      at('map.json'),
      JSON.stringify({
        columns: { 片区: '单位', 应参保: '任务数', 已缴: '参保人数', 备用: '' },
        set: { 单位类别: '乡镇' },
      }),
    );
    const options = ['--mapping', 'map.json', '--set', '截至日期=2024-01-01', '--agency', '县税务局'];
    const { status, json, err } = await importFile('进度.csv', 'progress', '--yes', ...options);
    expect(err).toBe('');
    expect(status).toBe(0);
    expect(json.ignored).toEqual(['备用']);
    expect(json.totalRows).toEqual({ count: 1, differing: 0 });
    const { book } = await openProjectBook(at('book.xlsx'));
    expect(
      book.tables.progress.records.map((each) => [each.unit, each.unitType, each.date, each.enrolled?.toString()]),
    ).toEqual([
      ['甲镇', '乡镇', '2024-01-01', '90'],
      ['乙镇', '乡镇', '2024-01-01', '45'],
    ]);
    expect(readdirSync(at('.jiping-home/mappings'))).toEqual(['县税务局.progress.json']);
  });

  test('one unreadable amount: nothing is written, the cell is named', async () => {
    await blankBook();
    const before = readFileSync(at('book.xlsx'));
    writeFileSync(at('支付.csv'), [...PAYMENTS.slice(0, 4), '2,V2,2023-06-21,某公司,册,约三千'].join('\n'));
    const { status, json } = await importFile('支付.csv', 'payments', '--yes');
    expect(status).toBe(2);
    expect(json.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', where: { file: '支付.csv', sheet: 'Sheet1', cell: 'F5' } }),
    );
    expect(readFileSync(at('book.xlsx')).equals(before)).toBe(true);
  });

  test.skipIf(!office)('LibreOffice: an xls export into a book it saved', async () => {
    await blankBook();
    writeFileSync(at('支付.csv'), PAYMENTS.join('\n'));
    const convert = (to: string, name: string): void => {
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      // Comma, quote, UTF-8, from the first line.
      const input = name.endsWith('.csv') ? ['--infilter=CSV:44,34,76,1'] : [];
      spawnSync('soffice', [profile, '--headless', '--convert-to', to, ...input, '--outdir', at('lo'), at(name)]);
    };
    convert('xls', '支付.csv');
    convert('xlsx', 'book.xlsx');
    writeFileSync(at('book.xlsx'), readFileSync(at('lo/book.xlsx')));
    const was = await openProjectBook(at('book.xlsx'));
    const { json, err } = await importFile('lo/支付.xls', 'payments', '--yes');
    expect(err).toBe('');
    expect(json.rows).toEqual({ read: 5, added: 5, present: 0 });
    const is = await openProjectBook(at('book.xlsx'));
    expect(is.book.tables.payments.records.map((each) => each.date)).toContain('2023-06-20');
    expect(is.book.tables.indicators.records).toEqual(was.book.tables.indicators.records);
    expect((await importFile('lo/支付.xls', 'payments')).json.rows.added).toBe(0);
  });

  test('our example book takes rows too', async () => {
    writeFileSync(at('book.xlsx'), readFileSync(join(packageRoot(), 'examples', 'fengshun-2023.xlsx')));
    writeFileSync(at('支付.csv'), PAYMENTS.join('\n'));
    expect((await importFile('支付.csv', 'payments', '--yes')).status).toBe(0);
  });
});
