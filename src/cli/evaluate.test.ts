import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRuleSets } from '../performance/index.ts';
import { Exact } from '../quantity/index.ts';
import { packagedRulesFolder, packageRoot, readRuleFolder } from '../rules/index.ts';
import { openProjectBook } from '../workbook/index.ts';
import { evaluateBook } from './evaluate-project.ts';
import { jiping } from './testing/run-in-process.ts';

const example = (name: string): string => join(packageRoot(), 'examples', name);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-evaluate-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Json {
  readonly project: string;
  readonly kind: string;
  readonly period: string;
  readonly ruleSet: { readonly id: string; readonly version: string };
  readonly budget: {
    readonly unit: string;
    readonly rows: readonly { readonly source: string }[];
    readonly destinations: readonly { readonly name: string; readonly amount: { readonly value: string } }[];
    readonly rates: Readonly<
      Record<
        string,
        {
          readonly percent: string;
          readonly numerator: string;
          readonly denominator: string;
          readonly factId: string;
        } | null
      >
    >;
  } & Readonly<
    Record<
      'initial' | 'adjusted' | 'inPlace' | 'executed',
      { readonly value: string; readonly unit: string; readonly factId: string } | null
    >
  >;
  readonly indicators: readonly {
    readonly path: readonly string[];
    readonly target: { readonly kind: string; readonly value: string | null };
    readonly weight: string | null;
    readonly scores: {
      readonly suggested: { readonly min: string; readonly max: string } | null;
      readonly claimed: string | null;
    };
  }[];
  readonly total: {
    readonly suggested: { readonly min: string; readonly max: string } | null;
    readonly claimed: string | null;
    readonly undecided: number;
  };
  readonly grade: string | null;
  readonly problems: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
  readonly facts: readonly {
    readonly id: string;
    readonly origin: { readonly kind: string; readonly inputs?: readonly string[] };
  }[];
}

async function evaluated(name: string): Promise<Json> {
  const ran = await jiping(['evaluate', example(name), '--format', 'json']);
  expect(ran.err).toBe('');
  expect([0, 1]).toContain(ran.status);
  return JSON.parse(ran.out) as Json;
}

describe('a reviewer evaluates the Gongqingcheng workbook', () => {
  it('sees 100% against the adjusted and 96.18% against the initial budget', async () => {
    const json = await evaluated('gongqingcheng-2024.xlsx');
    expect(json).toMatchObject({ kind: 'department', period: '2024', ruleSet: { id: 'JX' } });
    expect(json.budget).toMatchObject({
      unit: '万元',
      initial: { value: '2109.07', unit: '万元' },
      adjusted: { value: '2028.45' },
      executed: { value: '2028.45' },
      inPlace: null,
    });
    expect(json.budget.rates).toMatchObject({
      arrival: null,
      payment: null,
      executionInitial: { percent: '96.18', numerator: '2028.45', denominator: '2109.07' },
      executionAdjusted: { percent: '100.00' },
    });
    const destinations = Object.fromEntries(json.budget.destinations.map((part) => [part.name, part.amount.value]));
    expect(destinations).toMatchObject({ 已支付: '2028.45', 调减: '80.62' });
  });

  it('gets the claimed 100 beside a suggestion that cannot outrun the missing evidence, and no grade', async () => {
    const json = await evaluated('gongqingcheng-2024.xlsx');
    expect(json.total.claimed).toBe('100');
    expect(json.total.undecided).toBeGreaterThan(0);
    expect(Number(json.total.suggested?.min)).toBeLessThan(60);
    expect(json.grade).toBeNull();
    const late = json.indicators.find((leaf) => leaf.path[2]?.includes('前完成项目'));
    expect(late?.scores.claimed).toBe('10');
    expect(late?.scores.suggested?.max).toBe('7.99');
    expect(json.problems.map((problem) => problem.rule)).not.toHaveLength(0);
  });

  it('finds every fact behind every figure, down to entered and counted ones', async () => {
    const json = await evaluated('gongqingcheng-2024.xlsx');
    const ids = new Map(json.facts.map((fact) => [fact.id, fact]));
    for (const money of [
      json.budget.initial,
      json.budget.adjusted,
      json.budget.executed,
      json.budget.rates.executionInitial,
    ])
      expect(ids.has(money?.factId ?? '')).toBe(true);
    for (const fact of json.facts) for (const input of fact.origin.inputs ?? []) expect(ids.has(input)).toBe(true);
    const leaves = (id: string): string[] => {
      const origin = ids.get(id)!.origin;
      return origin.inputs === undefined ? [origin.kind] : origin.inputs.flatMap(leaves);
    };
    expect(new Set(leaves(json.budget.rates.executionInitial!.factId))).toEqual(new Set(['entered']));
  });
});

describe('a reviewer evaluates the Fengshun workbook', () => {
  it('sees 28.57% received beside 100% paid, 50 万元 unaccounted for, and no assumed adjusted budget', async () => {
    const json = await evaluated('fengshun-2023.xlsx');
    expect(json).toMatchObject({ kind: 'unit-self', period: '2023', ruleSet: { id: 'GD' }, grade: null });
    expect(json.budget).toMatchObject({
      initial: { value: '70' },
      inPlace: { value: '20' },
      executed: { value: '20' },
      adjusted: null,
    });
    expect(json.budget.rates).toMatchObject({
      arrival: { percent: '28.57' },
      payment: { percent: '100.00' },
      executionInitial: { percent: '28.57' },
      executionAdjusted: null,
    });
    expect(json.budget.destinations.find((part) => part.name === '去向未说明')?.amount.value).toBe('50');
    expect(json.problems.some((problem) => problem.severity === 'error' && problem.message.includes('自评总分'))).toBe(
      true,
    );
  });
});

describe('jiping evaluate --out', () => {
  it('writes table, report, lineage page and evaluation.json; twice the same bytes', async () => {
    for (const out of ['a', 'b'])
      await jiping([
        'evaluate',
        example('gongqingcheng-2024.xlsx'),
        '--out',
        join(folder, out),
        '--as-of',
        '2024-12-31',
      ]);
    const names = readdirSync(join(folder, 'a')).sort();
    expect(names).toEqual(
      [
        'evaluation.json',
        'gongqingcheng-2024-数据来源.html',
        'gongqingcheng-2024-自评表.docx',
        'gongqingcheng-2024-自评表.pdf',
        'gongqingcheng-2024-自评表.xlsx',
        'gongqingcheng-2024-部门评价报告.docx',
        'gongqingcheng-2024-部门评价报告.pdf',
      ].sort(),
    );
    const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
    for (const name of names)
      expect(`${name} ${hash(join(folder, 'b', name))}`).toBe(`${name} ${hash(join(folder, 'a', name))}`);
  });

  it('takes the last day of the evaluated year, not the clock, when the book names no day', async () => {
    const file = join(folder, 'blank.xlsx');
    await jiping(['new', file, '--type', 'work-fund']);
    const { book } = await openProjectBook(file);
    const sets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
    const year = { value: Exact.of(2023), cell: 'B11' };
    const asOfOf = (today: string): string =>
      evaluateBook({ book: { ...book, project: { ...book.project, year } }, problems: [] }, sets, { today }).asOf;
    expect([asOfOf('2026-11-22'), asOfOf('2023-06-30')]).toEqual(['2023-12-31', '2023-12-31']);
  });

  it('leaves nothing behind when the output folder cannot be made', async () => {
    writeFileSync(join(folder, 'taken'), 'a file, not a folder');
    const ran = await jiping(['evaluate', example('gongqingcheng-2024.xlsx'), '--out', join(folder, 'taken')]);
    expect(ran.status).toBe(2);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});

describe('bad input gets one sentence and exit 2', () => {
  const cases: readonly (readonly [string, Uint8Array | string])[] = [
    ['empty.xlsx', ''],
    ['pdf.xlsx', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'],
    ['text.xlsx', '项目,金额\n甲,1\n'],
    ['truncated.xlsx', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])],
  ];
  for (const [name, content] of cases)
    it(name, async () => {
      writeFileSync(join(folder, name), content);
      const ran = await jiping(['evaluate', join(folder, name), '--out', join(folder, 'out')]);
      expect(ran.status).toBe(2);
      expect(ran.out).toBe('');
      expect(ran.err).toMatch(new RegExp(`^jiping: .*${name}`));
      expect(ran.err.trim().split('\n')).toHaveLength(1);
      expect(readdirSync(folder)).toEqual([name]);
    });

  it('a missing file, an unknown rule set, a wrong date and an unknown option name what is wrong', async () => {
    expect(await jiping(['evaluate', join(folder, 'none.xlsx')])).toMatchObject({
      status: 2,
      err: expect.stringContaining('none.xlsx'),
    });
    const book = example('gongqingcheng-2024.xlsx');
    expect(await jiping(['evaluate', book, '--rules', 'XX'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('XX'),
    });
    expect(await jiping(['evaluate', book, '--as-of', '2024-02-30'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('2024-02-30'),
    });
    expect(await jiping(['evaluate', book, '--nonsense'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('--nonsense'),
    });
    expect(await jiping(['nonsense'])).toMatchObject({ status: 2, err: expect.stringContaining('nonsense') });
  });
});
