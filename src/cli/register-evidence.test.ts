import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exact } from '../quantity/index.ts';
import { type DatasetManifest, writeLargeSheet } from '../register/index.ts';
import { writeProjectBook } from '../workbook/index.ts';
import { jiping } from './testing/run-in-process.ts';
import { COUNTY_DAY, smallCounty } from './testing/small-county.ts';

// A clerk measures the progress of the towns, lays the result beside the project workbook as evidence, and names its
// figures in the formulas of the indicators.

const folder = mkdtempSync(join(tmpdir(), 'jiping-register-evidence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const number = (decimal: string): Exact => Exact.of(decimal);

interface FactShape {
  readonly id: string;
  readonly concept: string;
  readonly label: string;
  readonly place: string;
  readonly value: string;
  readonly origin: {
    readonly kind: string;
    readonly inputs?: readonly string[];
    readonly source?: { version: string };
  };
}

describe('figures of the registers in a project', () => {
  let facts: readonly FactShape[] = [];
  let manifests: readonly DatasetManifest[] = [];
  const book = join(folder, 'book.xlsx');

  beforeAll(async () => {
    const { store } = await smallCounty(folder, { persons: 2500, seed: 8 });
    manifests = store.list().map(({ manifest }) => manifest);
    const balance = await jiping(['compare', 'balance', 'c3', '--out', folder, '--format', 'json'], folder, COUNTY_DAY);
    const towns = (JSON.parse(balance.out) as { balance: { towns: { town: string; registered: number }[] } }).balance
      .towns;
    await writeLargeSheet(join(folder, 'tasks.xlsx'), [
      {
        name: '任务',
        columns: [
          { heading: '乡镇', width: 10 },
          { heading: '任务数', width: 10 },
        ],
        rows: [...towns.map(({ town, registered }) => [town, String(registered)]), ['合计', '999999']],
      },
    ]);
    const ran = await jiping(
      ['progress', '--tasks', 'tasks.xlsx', '--document', '某府办〔2024〕9号', '--out', folder, '--format', 'json'],
      folder,
      COUNTY_DAY,
    );
    expect(ran.status).toBe(0);
    facts = (JSON.parse(ran.out) as { facts: FactShape[] }).facts;
    writeFileSync(
      book,
      await writeProjectBook(
        {
          project: {
            name: '工作经费',
            type: '工作经费',
            kind: '单位自评',
            department: '某局',
            unit: '某局',
            region: '某县',
            year: number('2024'),
          },
          tables: {
            indicators: [
              {
                level1: '产出指标',
                level2: '数量指标',
                level3: '居民参保人数',
                target: '≥1000人',
                formula: '佐证1参保人数',
                weight: number('40'),
                evidence: ['1'],
              },
              {
                level1: '产出指标',
                level2: '质量指标',
                level3: '参保任务完成率',
                target: '≥50%',
                formula: '佐证1全县参保人数 ÷ 佐证1全县任务数 × 100%',
                weight: number('30'),
                evidence: ['1'],
              },
              {
                level1: '效益指标',
                level2: '社会效益指标',
                level3: '死亡未停保',
                target: '≤100条',
                formula: '佐证2死亡名册中的人仍为正常参保',
                weight: number('20'),
                evidence: ['2'],
              },
            ],
            evidence: [
              { number: '1', title: '通报', kind: '其他', file: '征缴进度通报.json' },
              { number: '2', title: '比对', kind: '其他', file: '名册比对结果.json' },
            ],
          },
        },
        { sample: false },
      ),
    );
  });

  const county = (label: string): string =>
    facts.find((fact) => fact.label === label && fact.place === '全县')?.value ?? '';

  it('rest on dataset versions and the plan that counted them', () => {
    const known = new Map(facts.map((fact) => [fact.id, fact]));
    const versions = (fact: FactShape | undefined): readonly string[] =>
      fact === undefined
        ? []
        : fact.origin.kind === 'counted'
          ? [fact.origin.source?.version ?? '']
          : (fact.origin.inputs ?? []).flatMap((id) => versions(known.get(id)));
    const rate = facts.find((fact) => fact.concept === 'progress.rate' && fact.place === '全县');
    const found = new Set(versions(rate));
    for (const kind of ['household', 'resident'])
      expect(found).toContain(manifests.find((manifest) => manifest.kind === kind)?.id);
    expect(JSON.stringify(facts)).toMatch(/查询计划 [0-9a-f]{64}/);
  });

  it('are named in formulas, and the lineage page opens down to the dataset versions', async () => {
    const ran = await jiping(
      ['evaluate', book, '--out', join(folder, 'out'), '--format', 'json'],
      folder,
      '2025-03-02',
    );
    const json = JSON.parse(ran.out) as {
      indicators: { path: string[]; actual: { value: string } }[];
      problems: { rule: string; where: { sheet?: string } }[];
    };
    const actuals = Object.fromEntries(json.indicators.map(({ path, actual }) => [path[2], actual.value]));
    expect(actuals).toMatchObject({ 居民参保人数: county('参保人数') });
    const rate = number(county('参保人数'))
      .div(number(county('任务数')))
      .mul(Exact.hundred);
    expect(
      number(actuals.参保任务完成率 ?? '')
        .sub(rate)
        .abs()
        .lt(number('0.01')),
    ).toBe(true);
    expect(number(actuals.死亡未停保 ?? '').sign).toBe(1);
    expect(json.problems.filter(({ rule }) => /^formula|evidence|figure/.test(rule))).toEqual([]);
    const page = readFileSync(join(folder, 'out', 'book-数据来源.html'), 'utf8');
    for (const kind of ['household', 'resident', 'death'])
      expect(page).toContain(manifests.find((manifest) => manifest.kind === kind)?.id ?? 'nothing');
    const verified = await jiping(['verify', join(folder, 'out', 'book-自评表.docx'), '--format', 'json'], folder);
    expect([verified.status, JSON.parse(verified.out).state]).toEqual([0, 'consistent']);
  });

  it('verify on their own papers', async () => {
    for (const name of ['征缴进度通报', '约谈名单', '镇级考核计分表', '应保未保平衡表'])
      for (const form of ['docx', 'xlsx']) {
        const ran = await jiping(['verify', join(folder, `${name}.${form}`), '--format', 'json'], folder);
        expect([name, form, ran.status, JSON.parse(ran.out).state]).toEqual([name, form, 0, 'consistent']);
      }
  });

  it('lose their names when the file was changed by hand', async () => {
    const path = join(folder, '征缴进度通报.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"value": "${county('参保人数')}"`, '"value": "2499"'));
    const ran = await jiping(['evaluate', book, '--format', 'json'], folder, '2025-03-02');
    const rules = (JSON.parse(ran.out) as { problems: { rule: string }[] }).problems.map(({ rule }) => rule);
    expect(rules).toContain('evidence-altered');
    expect(ran.out).not.toContain('2499');
  });
});
