import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exact } from '../quantity/index.ts';
import { type BookContent, writeProjectBook } from '../workbook/index.ts';
import { jiping } from './testing/run-in-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-units-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PROJECT = {
  name: '城乡居民医保征缴工作经费',
  type: '工作经费',
  kind: '单位自评',
  department: '某县医疗保障局',
  year: Exact.of(2024),
  goalExpected: '资助9000人参保',
} as const;
type Leaf = NonNullable<BookContent['tables']['indicators']>[number];
const LEAVES = [
  { level1: '产出指标', level2: '数量指标', level3: '资助参保人数', target: '≥9000人', weight: Exact.of(40) },
  { level1: '产出指标', level2: '质量指标', level3: '资金支付及时率', target: '≥97%', weight: Exact.of(30) },
  { level1: '产出指标', level2: '时效指标', level3: '完成时间', target: '2024-12-31前', weight: Exact.of(20) },
] as const satisfies readonly Leaf[];

/** One town's book: its money in 万元 and its actuals. */
function town(name: string, paid: string, actuals: readonly (string | undefined)[]): BookContent {
  return {
    project: { ...PROJECT, unit: name },
    tables: {
      money: [
        { kind: '年初预算', source: '县级财政', amount: Exact.of(paid) },
        { kind: '全年预算数（汇总）', source: '县级财政', amount: Exact.of(paid) },
        { kind: '支付（汇总）', source: '县级财政', amount: Exact.of(paid) },
      ],
      indicators: LEAVES.map(
        (leaf, index): Leaf => (actuals[index] === undefined ? leaf : { ...leaf, actual: actuals[index] }),
      ),
    },
  };
}

async function put(path: string, content: BookContent): Promise<void> {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), await writeProjectBook(content, { sample: false }));
}

const whole = (more: Partial<BookContent['tables']> = {}): BookContent => ({
  project: { ...PROJECT, unit: '某县医疗保障局' },
  tables: { indicators: LEAVES, ...more },
});

interface Json {
  readonly budget: { readonly executed: { readonly value: string } | null; readonly rates: Record<string, unknown> };
  readonly indicators: readonly {
    readonly path: readonly string[];
    readonly actual: { readonly value: string | null };
    readonly factId: string;
    readonly undecided: boolean;
  }[];
  readonly problems: readonly { readonly rule: string; readonly message: string }[];
  readonly facts: readonly {
    readonly id: string;
    readonly origin: { readonly kind: string; readonly inputs?: readonly string[]; readonly file?: string };
  }[];
}

async function evaluate(...args: string[]): Promise<Json> {
  const ran = await jiping(['evaluate', ...args, '--format', 'json'], folder);
  expect(ran.err).toBe('');
  return JSON.parse(ran.out) as Json;
}

const actual = (json: Json, name: string): string | null | undefined =>
  json.indicators.find((one) => one.path[2] === name)?.actual.value;

describe('towns each fill a workbook of their own; the bureau evaluates one project', () => {
  beforeEach(async () => {
    await put('总表-子单位/甲镇.xlsx', town('甲镇', '10', ['3000人', '90%', '2024-11-30']));
    await put('总表-子单位/乙镇.xlsx', town('乙镇', '30', ['0.65万人', '100%', '2024-12-20']));
  });

  it('adds counts, weights rates by money, takes the last day, and adds up the money', async () => {
    await put('总表.xlsx', whole());
    const json = await evaluate('总表.xlsx');
    expect(actual(json, '资助参保人数')).toBe('9500');
    // 90% of 10 and 100% of 30; the plain mean would miss the 97%.
    expect(actual(json, '资金支付及时率')).toBe('97.5');
    expect(actual(json, '完成时间')).toBe('2024-12-20');
    expect(json.budget.executed?.value).toBe('40');
    expect(json.budget.rates.executionAdjusted).toMatchObject({ percent: '100.00' });
  });

  it('leads every aggregated figure down to the cells of the towns’ books', async () => {
    await put('总表.xlsx', whole());
    const json = await evaluate('总表.xlsx');
    const fact = (id: string) => json.facts.find((one) => one.id === id);
    const leaf = json.indicators.find((one) => one.path[2] === '资金支付及时率');
    const inputs = fact(leaf?.factId ?? '')?.origin.inputs ?? [];
    expect(inputs.map((id) => fact(id)?.origin.file)).toEqual(['乙镇.xlsx', '甲镇.xlsx', '乙镇.xlsx', '甲镇.xlsx']);
  });

  it('says where the books differ from what the whole states, and counts the towns', async () => {
    await put(
      '总表.xlsx',
      whole({
        money: [
          { kind: '年初预算', source: '县级财政', amount: Exact.of(50) },
          { kind: '支付（汇总）', source: '县级财政', amount: Exact.of(50) },
        ],
        indicators: LEAVES.map((leaf, index): Leaf => (index === 0 ? { ...leaf, actual: '9600人' } : leaf)),
      }),
    );
    const json = await evaluate('总表.xlsx');
    expect(actual(json, '资助参保人数')).toBe('9500');
    expect(json.problems.map((one) => one.rule)).toEqual(
      expect.arrayContaining(['unit-money-differs', 'unit-actual-differs']),
    );
    expect(json.budget.executed?.value).toBe('50');
  });

  it('is undecided while a town has not filled its actual, and names the town', async () => {
    await put('总表-子单位/丙镇.xlsx', town('丙镇', '5', [undefined, '99%', '2024-12-01']));
    await put('总表.xlsx', whole());
    const json = await evaluate('总表.xlsx');
    expect(json.indicators.find((one) => one.path[2] === '资助参保人数')?.undecided).toBe(true);
    expect(json.problems.find((one) => one.rule === 'sub-unit-incomplete')?.message).toContain('“丙镇”');
  });

  it('stops at a town’s book that cannot be read, and takes another folder when told', async () => {
    await put('总表.xlsx', whole());
    mkdirSync(join(folder, '别处'));
    writeFileSync(join(folder, '别处', '坏.xlsx'), 'no workbook');
    const ran = await jiping(['evaluate', '总表.xlsx', '--units', '别处'], folder);
    expect([ran.status, ran.err.includes('坏.xlsx')]).toEqual([2, true]);
  });

  it('in a package the towns are part of their project, not projects', async () => {
    await put('项目/总表.xlsx', whole());
    await put('项目/总表-子单位/甲镇.xlsx', town('甲镇', '10', ['9500人', '98%', '2024-11-30']));
    const ran = await jiping(['evaluate', '项目', '--format', 'json'], folder);
    const { projects } = JSON.parse(ran.out) as { readonly projects: readonly Json[] };
    expect(projects.map((one) => actual(one, '资助参保人数'))).toEqual(['9500']);
  });
});
