import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Exact } from '../../quantity/index.ts';
import { readMeasure } from '../measure.ts';
import { roundedSpan } from '../print-number.ts';
import { reader } from '../testing/rule-sets.ts';
import { gradeLabel } from '../total.ts';
import { scoreChecklist } from './checklist.ts';
import { scoreExecution } from './execution.ts';
import type { Leaf } from './outcome.ts';
import { type ScoringKind, scoreLeaf } from './score-leaf.ts';

const RULE = { places: 2, mode: 'half-up' } as const;

function leafOf(weight: string, target: string, actual: string, more: Partial<Leaf> = {}): Leaf {
  const wanted = readMeasure(target);
  const reached = readMeasure(actual);
  return {
    weight: Exact.of(weight),
    operator: wanted.operator ?? '≥',
    target: wanted.value,
    targetText: target,
    actual: reached.value,
    actualText: actual,
    targetTooLow: undefined,
    hasReason: false,
    rules: reader(),
    ...more,
  };
}

/** `9.91`, or `6..7.99` while it is an interval. */
function scored(weight: string, target: string, actual: string, kind?: ScoringKind, more: Partial<Leaf> = {}): string {
  const outcome = scoreLeaf(leafOf(weight, target, actual, more), kind);
  const { min, max } = roundedSpan(outcome.low, outcome.high, outcome.highOpen === true, RULE);
  return min.eq(max) ? min.toString() : `${min}..${max}`;
}

describe('every kind of domain 1.4', () => {
  it.each([
    // (b) and the Jishan 2020 head count
    ['15', '≥8755人', '8676人', undefined, '14.86'],
    ['10', '≥300人', '300人', undefined, '10'],
    ['10', '>300人', '300人', undefined, '10'],
    ['10', '≥2次', '0次', undefined, '0'],
    // (c)
    ['20', '≤100万元', '125万元', undefined, '16'],
    ['20', '≤100万元', '1000000元', undefined, '20'],
    ['10', '≤5天', '0天', undefined, '10'],
    // (d)
    ['10', '=4次', '4次', undefined, '10'],
    ['10', '=4次', '5次', undefined, '7.5'],
    ['10', '=4次', '9次', undefined, '0'],
    // (e)
    ['10', '=100%', '90%', undefined, '9'],
    ['20', '≥90%', '90%', undefined, '20'],
    ['20', '≥90%', '45', undefined, '10'],
    // (f)
    ['10', '完成', '基本达成目标', undefined, '6..7.99'],
    ['10', '完成', '未完成', undefined, '0..5.99'],
    ['10', '完成', '按期完成', undefined, '10'],
    ['10', '普遍了解', '群众反响热烈', undefined, '0..10'],
    ['10', '优', '良', undefined, '8..8.99'],
    ['10', '良', '优', undefined, '10'],
    // (g)
    ['10', '≥2次', '1次', '达到即满分', '0'],
    ['10', '2024-12-31前', '2024-12-20', undefined, '10'],
    ['10', '2024-12-31前', '2025-01-02', undefined, '0'],
    ['10', '≥90%', '84%', '阶梯', '8'],
    ['10', '≥90%', '90%', '阶梯', '10'],
    ['10', '≥90%', '81%', '满意度', '9'],
    ['10', '≥90%', '59%', '满意度', '0'],
    // ranges
    ['10', '20—30人', '25人', undefined, '10'],
    ['10', '20—30人', '10人', undefined, '5'],
    ['10', '20—30人', '60人', undefined, '5'],
    ['10', '0—30人', '-5人', undefined, '0'],
    ['10', '≤100万元', '112万元', '阶梯', '7'],
    // different things are not compared
    ['10', '≥20人', '30人次', undefined, '0..10'],
    ['10', '≥20人', '', undefined, '0..10'],
  ] as const)('%s points, target %s, actual %s, %s: %s', (weight, target, actual, kind, expected) => {
    expect(scored(weight, target, actual, kind)).toBe(expected);
  });

  it('takes points for over-fulfilment only when a person confirmed a low target', () => {
    expect(scored('10', '≥50000人次', '110406人次')).toBe('10');
    // 2.20812 − 1 − 0.3 = 0.90812; a tenth of it is below the ceiling of 0.2.
    expect(scored('10', '≥50000人次', '110406人次', undefined, { targetTooLow: true })).toBe('9.09');
    expect(scored('10', '≥1次', '100次', undefined, { targetTooLow: true })).toBe('8');
  });

  it('scores the execution of Jishan 2020 as 9.91', () => {
    const outcome = scoreExecution(reader(), Exact.of(10), Exact.of('65.07').div(Exact.of('65.66')));
    expect(roundedSpan(outcome.low, outcome.high, false, RULE).min.toString()).toBe('9.91');
  });

  it('loses a check point that has no record, and leaves open one that nobody judged', () => {
    const point = (more: object) => ({ row: 3, indicator: '支出规范性', point: '有审批', ...more });
    const outcome = scoreChecklist(Exact.of(10), [
      point({ satisfied: '满足', record: '检查记录', weight: Exact.of(4) }),
      point({ satisfied: '满足', weight: Exact.of(2) }),
      point({ satisfied: '部分满足', record: '凭证', weight: Exact.of(2), deduction: Exact.of(1), reason: '缺签字' }),
      point({ weight: Exact.of(2) }),
    ]);
    expect([outcome.low.toString(), outcome.high.toString()]).toEqual(['5', '7']);
    expect(outcome.explanation.zh).toContain('缺签字');
  });
});

const tenth = (value: number) => Exact.ratio(BigInt(value), 10n);
const sign = fc.constantFrom('≥', '>', '≤', '<', '=');
const amount = fc.integer({ min: 0, max: 100_000 });
const weight = fc.integer({ min: 1, max: 1000 });

test('0 ≤ score ≤ weight, whatever is compared', () => {
  fc.assert(
    fc.property(
      weight,
      sign,
      amount,
      amount,
      fc.constantFrom(undefined, '阶梯', '满意度', '达到即满分'),
      (w, op, t, a, kind) => {
        const leaf = leafOf(tenth(w).toString(), `${op}${tenth(t)}%`, `${tenth(a)}%`);
        const { low, high } = scoreLeaf(leaf, kind as ScoringKind | undefined);
        expect(low.sign >= 0 && low.le(high) && high.le(leaf.weight)).toBe(true);
      },
    ),
  );
});

test('more is never worth less under ≥, and never worth more under ≤', () => {
  fc.assert(
    fc.property(weight, amount, amount, amount, (w, t, a, more) => {
      const of = (op: string, actual: number) =>
        scoreLeaf(leafOf(tenth(w).toString(), `${op}${tenth(t)}人`, `${tenth(actual)}人`), undefined);
      expect(of('≥', a).low.le(of('≥', a + more).low)).toBe(true);
      expect(of('≤', a).low.ge(of('≤', a + more).low)).toBe(true);
    }),
  );
});

test('the target itself gives full marks under ≥, ≤ and =', () => {
  fc.assert(
    fc.property(weight, amount, fc.constantFrom('≥', '≤', '='), (w, t, op) => {
      const leaf = leafOf(tenth(w).toString(), `${op}${tenth(t)}人`, `${tenth(t)}人`);
      expect(scoreLeaf(leaf, undefined).low.eq(leaf.weight)).toBe(true);
    }),
  );
});

test('every score from 0 to 100 has one grade, and 89.5 is 良', () => {
  for (const id of ['CN2020', 'CN2021', 'GD', 'JX']) {
    const rules = reader(id);
    const labels = rules.read('bands').map((band) => band.label);
    expect(gradeLabel(rules, Exact.of('89.5'))).toBe('良');
    expect(gradeLabel(rules, Exact.of(90))).toBe('优');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const rank = (score: number) => labels.indexOf(gradeLabel(rules, Exact.ratio(BigInt(score), 100n)));
        expect(rank(low)).toBeGreaterThanOrEqual(rank(high));
        expect(rank(high)).toBeGreaterThanOrEqual(0);
      }),
    );
  }
});
