import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jiping, type Ran } from '../../testing/run-in-process.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-subsidy-'));
  writeFileSync(join(folder, 'heads.csv'), 'group,heads\nresidents,100265\nstudents-local,86049\n');
  writeFileSync(
    join(folder, 'gbk.csv'),
    iconv.encode('人群,参保人数\r\n城乡居民,"100,265"\r\n\r\n市县属高校大学生,86049\r\n合计,186314\r\n', 'gb18030'),
  );
  writeFileSync(
    join(folder, 'audited.csv'),
    'group,heads,duplicates,deaths,elsewhere\nresidents,91500,150,60,42\nstudents-local,86049,0,0,0\n',
  );
  writeFileSync(
    join(folder, 'payments.csv'),
    'level,date,amount,unit,document\n本级,2024-03-15,1000,万元,共财社〔2024〕3号\n县级,2024-11-28,1028.45,万元,共财社〔2024〕41号\n',
  );
  writeFileSync(
    join(folder, 'notice.csv'),
    'group,heads,amount,unit,document,date,year\n合计,177297,2028.45,万元,九财社〔2024〕55号,2024-07-15,2024\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const subsidy = (line: string): Promise<Ran> => jiping(['subsidy', ...line.split(' ')], folder, '2026-11-22');

async function json(line: string): Promise<{ status: number; value: Record<string, unknown> }> {
  const { status, out } = await subsidy(`${line} --format json`);
  return { status, value: JSON.parse(out) as Record<string, unknown> };
}

describe('jiping subsidy, as the finance office runs it', () => {
  it('explains the share with step, document and status', async () => {
    const { status, out } = await subsidy('explain --region 共青城 --standard-year 2023');
    expect(status).toBe(0);
    expect(out).toContain('220.00 × 60% + (256.00 − 220.00) × 30% = 142.80');
    expect(out).toContain('640 − 526.80 = 113.20');
    expect(out).toContain('由报告数据反推，文件原文未核');
    expect(out).toContain('384.00 + 142.80 + 113.20 = 640.00');
  });

  it('says only what it knows of a county without a rule, and exits 1', async () => {
    const { status, value } = await json('explain --region 习水县 --standard-year 2024');
    expect(status).toBe(1);
    expect(value).toMatchObject({ partial: true, remainder: '134.00', levels: [{ amount: '536.00' }] });
  });

  it('estimates from a GB18030 table to the cent and writes the paper in three formats', async () => {
    const { status, value } = await json(
      'estimate --region 共青城 --budget-year 2024 --standard-year 2023 --provisional --as-of 2023-08-31 --heads gbk.csv --out papers',
    );
    expect(status).toBe(0);
    expect(value).toMatchObject({
      heads: '186314',
      levels: [{ due: '71544576.00' }, { due: '26605639.20' }, { due: '21090744.80' }],
      years: { standard: 2023, provisional: true, coverage: 2024, budget: 2024, headsAsOf: '2023-08-31' },
    });
    expect(readdirSync(join(folder, 'papers')).sort()).toEqual(
      ['财政补助测算表.docx', '财政补助测算表.pdf', '财政补助测算表.xlsx'].sort(),
    );
  });

  it('settles with the notice and exits 1 because the amounts differ', async () => {
    const line =
      'settle --region 共青城 --budget-year 2024 --standard-year 2023 --provisional --as-of 2024-06-30 --heads audited.csv --paid payments.csv';
    const { status, value } = await json(`${line} --notice notice.csv`);
    expect(status).toBe(1);
    expect(value).toMatchObject({
      paper: 'settlement',
      due: { amount: '20284500.00' },
      prepaid: { amount: '20284500.00' },
      balance: { amount: '0.00', outcome: 'settled' },
    });
    expect((await json(line)).value).toMatchObject({
      paper: 'estimate',
      balance: { amount: '-214479.60', outcome: 'refund' },
    });
  });

  it('reconciles: exit 1 for the settled amount, 0 for the budget', async () => {
    const wrong = await json('reconcile --amount 2028.45万元 --heads 177297 --region 共青城');
    expect([wrong.status, wrong.value['follows']]).toEqual([1, false]);
    const right = await json(
      'reconcile --amount 2109.07万元 --heads residents=100265;students-local=86049 --region 共青城',
    );
    expect([right.status, right.value['follows']]).toEqual([0, true]);
  });

  it('projects a scenario and draws it in one page without script or outside file', async () => {
    const { status, value } = await json(
      'scenario --region 共青城 --years 2025-2026 --heads heads.csv --standard-step 30 --share province=0.7 --out scenario',
    );
    expect(status).toBe(0);
    const years = value['years'] as { standard: unknown; levels: { level: string; scenario: string }[] }[];
    expect(years[1]?.standard).toEqual({ baseline: '730.00', scenario: '730.00', projected: true });
    // 280 of 700 is left by the centre; the province takes 70 % of it.
    expect(years[0]?.levels.find((level) => level.level === 'county')?.scenario).toBe('15650376.00');
    expect(readdirSync(join(folder, 'scenario'))).toContain('情景测算.html');
  });

  it('writes the same bytes for the same input', async () => {
    const line = 'estimate --region 共青城 --budget-year 2024 --as-of 2023-12-31 --heads heads.csv --format json';
    expect((await subsidy(line)).out).toBe((await subsidy(line)).out);
  });

  it.each([
    ['estimate --region 共青城 --budget-year 2024 --standard-year 2023 --heads heads.csv', /--provisional/],
    ['estimate --region 共青城 --budget-year 2024 --heads missing.csv', /missing\.csv/],
    ['estimate --region 共青城 --budget-year 24 --heads heads.csv', /四位年份/],
    ['explain --region 共青城 --standard-year 2023 --heads x', /没有选项 --heads/],
    ['reconcile --amount 2028.45 --heads 177297 --region 共青城', /带单位的金额/],
    ['guess', /子命令/],
  ])('refuses in one sentence, exit 2: %s', async (line, sentence) => {
    const { status, out, err } = await subsidy(line);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
