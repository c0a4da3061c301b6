import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellText, parseDocument, type Table } from '../../document/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type BookContent, writeProjectBook } from '../../workbook/index.ts';
import { jiping, type Ran } from '../testing/run-in-process.ts';

let folder: string;
let out: string;
let ran: Ran;

function book(name: string, more: Partial<BookContent['project']> = {}, initial = '10'): BookContent {
  return {
    project: {
      name,
      type: '工作经费',
      kind: '单位自评',
      department: '某县医疗保障局',
      year: Exact.of(2024),
      goalExpected: '开展宣传2次',
      claimedGrade: '优',
      ...more,
    },
    tables: {
      money: [
        { kind: '年初预算', source: '县级财政', amount: Exact.of(initial) },
        { kind: '全年预算数（汇总）', source: '县级财政', amount: Exact.of(initial) },
        { kind: '支付（汇总）', source: '县级财政', amount: Exact.of('7.5') },
      ],
      indicators: [
        {
          level1: '产出指标',
          level2: '数量指标',
          level3: '宣传次数',
          target: '≥2次',
          actual: '2次',
          weight: Exact.of(90),
          claimed: Exact.of(90),
          evidence: ['1', '2'],
        },
      ],
      evidence: [
        { number: '1', title: '活动照片', kind: '照片', file: '照片.jpg' },
        { number: '2', title: '签到表', kind: '签到表', file: '签到表.xlsx' },
        { number: '3', title: '通知', kind: '文件', file: '../../etc/passwd' },
        { number: '4', title: '链接', kind: '其他', file: '链接.txt' },
      ],
    },
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-package-'));
  out = join(folder, '成册');
  const put = async (name: string, content: BookContent): Promise<void> => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), await writeProjectBook(content, { sample: false }));
  };
  await put('甲项目.xlsx', book('甲项目'));
  await put('乙/乙项目.xlsx', book('乙项目', { claimedGrade: '良' }, '30'));
  await put('丙项目.xlsx', book('丙项目', { ruleSet: 'SC' }));
  writeFileSync(join(folder, '坏.xlsx'), 'not a workbook');
  writeFileSync(join(folder, '~$甲项目.xlsx'), 'lock');
  writeFileSync(join(folder, '照片.jpg'), 'JPG');
  writeFileSync(join(folder, '签到表.xlsx'), 'a list, no project');
  writeFileSync(join(folder, 'secret'), 'x');
  symlinkSync(join(folder, 'secret'), join(folder, '链接.txt'));
  ran = await jiping(['evaluate', folder, '--out', out, '--format', 'json'], folder);
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Json {
  readonly projects: readonly {
    readonly file: string;
    readonly project: string;
    readonly problems: readonly { rule: string }[];
  }[];
  readonly failed: readonly { readonly file: string; readonly message: string }[];
  readonly files: readonly string[];
}

async function table(path: string): Promise<readonly (readonly string[])[]> {
  const read = await parseDocument(readFileSync(path), basename(path));
  const found = read.blocks.find((block): block is Table => block.kind === 'table');
  if (found === undefined) throw new Error('no table');
  return Array.from({ length: found.rowCount }, (_, row) =>
    found.cells.filter((cell) => cell.row === row).map(cellText),
  );
}

describe('a bureau evaluates the folder of its projects', () => {
  const json = (): Json => JSON.parse(ran.out) as Json;

  it('gets every project, and the broken workbook with its sentence', () => {
    expect(ran.status).toBe(1);
    expect(ran.err).toBe('');
    expect(json().projects.map((one) => [one.file, one.project])).toEqual([
      ['丙项目.xlsx', '丙项目'],
      ['乙/乙项目.xlsx', '乙项目'],
      ['甲项目.xlsx', '甲项目'],
    ]);
    expect(json().failed.map((one) => one.file)).toEqual(['坏.xlsx']);
    expect(json().failed[0]?.message).not.toContain('内部错误');
  });

  it('finds the papers of each in a folder of its own, by its form, with the numbers of the evidence', async () => {
    for (const file of json().files) expect(existsSync(file)).toBe(true);
    const rows = await table(join(out, '甲项目', '甲项目-自评表.docx'));
    expect(rows.find((row) => row.includes('宣传次数'))?.at(-1)).toBe('1、2');
    expect(existsSync(join(out, '乙', '乙项目', 'evaluation.json'))).toBe(true);
    const sichuan = await table(join(out, '丙项目', '丙项目-自评表.docx'));
    expect(sichuan.flat()).toContain('指标性质');
  });

  it('finds the evidence copied by number, and what is not there named; no path leads out of the folder', async () => {
    expect(readFileSync(join(out, '甲项目', '佐证材料', '1-照片.jpg'), 'utf8')).toBe('JPG');
    expect(existsSync(join(out, '甲项目', '佐证材料', '2-签到表.xlsx'))).toBe(true);
    expect(existsSync(join(out, '甲项目', '佐证材料', '4-链接.txt'))).toBe(false);
    const rows = await table(join(out, '甲项目', '佐证材料目录.docx'));
    expect(rows.slice(1).map((row) => [row[0], row[6], row[7]])).toEqual([
      ['1', '已附', '宣传次数'],
      ['2', '已附', '宣传次数'],
      ['3', '缺文件', ''],
      ['4', '缺文件', ''],
    ]);
    const first = json().projects.find((one) => one.project === '甲项目');
    expect(first?.problems.filter((one) => one.rule === 'evidence-file-missing')).toHaveLength(2);
  });

  it('gets one summary whose money adds up, and one problem list', async () => {
    const rows = await table(join(out, '项目支出绩效自评汇总表.docx'));
    expect(rows[2]?.slice(0, 8)).toEqual(
      ['2', '乙项目', '30.00', '30.00', '7.50', '25.00%', '', '良'].filter(() => true),
    );
    expect(rows.at(-1)?.slice(0, 4)).toEqual(['合计', '50.00', '50.00', '22.50']);
    const problems = await table(join(out, '问题清单.docx'));
    expect(problems[1]?.slice(1, 3)).toEqual(['坏.xlsx', '未评价']);
    const verified = await jiping(['verify', join(out, '项目支出绩效自评汇总表.xlsx'), '--format', 'json'], folder);
    expect([verified.status, verified.out]).toEqual([0, expect.stringContaining('"consistent"')]);
  });

  it('does not take the papers of an earlier package for workbooks, nor writes among the workbooks', async () => {
    const again = await jiping(['evaluate', folder, '--format', 'json'], folder);
    expect((JSON.parse(again.out) as Json).failed.map((one) => one.file)).toEqual(['坏.xlsx']);
    expect((await jiping(['evaluate', folder, '--out', folder], folder)).status).toBe(2);
  });

  it('is told in one sentence that a folder holds no workbook', async () => {
    const empty = join(folder, '空');
    mkdirSync(empty);
    const none = await jiping(['evaluate', empty], folder);
    expect([none.status, none.err.trim().split('\n').length]).toEqual([2, 1]);
    expect(none.err).toContain('没有工作簿');
  });
});

describe('forms chosen on the command line', () => {
  it('--form makes the goal declaration only; an unknown one is named with those there are', async () => {
    const to = join(folder, '申报');
    const made = await jiping(['evaluate', join(folder, '甲项目.xlsx'), '--form', 'F5', '--out', to], folder);
    expect(made.status).not.toBe(2);
    expect(existsSync(join(to, '甲项目-绩效目标申报表.docx'))).toBe(true);
    expect(existsSync(join(to, '甲项目-自评表.docx'))).toBe(false);
    const unknown = await jiping(['evaluate', join(folder, '甲项目.xlsx'), '--form', 'X', '--out', to], folder);
    expect([unknown.status, unknown.err]).toEqual([2, expect.stringContaining('F5 项目支出绩效目标申报表')]);
  });

  it('a wrong file in JIPING_HOME/forms is refused with file and line', async () => {
    const home = join(folder, '.jiping-home', 'forms');
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'x.yaml'), 'id: X\nname: ""\n');
    const refused = await jiping(['evaluate', join(folder, '甲项目.xlsx')], folder);
    expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('forms/x.yaml')]);
    expect(refused.err).toMatch(/第\d+行/);
    rmSync(join(folder, '.jiping-home'), { recursive: true });
  });

  it('within the year the monitoring table is what is made', async () => {
    const to = join(folder, '监控');
    await jiping(['evaluate', join(folder, '甲项目.xlsx'), '--as-of', '2024-07-31', '--out', to], folder);
    expect(existsSync(join(to, '甲项目-绩效运行监控表.pdf'))).toBe(true);
    expect(existsSync(join(to, '甲项目-自评报告.docx'))).toBe(false);
  });
});
