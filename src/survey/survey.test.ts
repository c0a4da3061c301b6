import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Exact } from '../quantity/index.ts';
import { checkSurvey, estimateRate, sampleSize } from './index.ts';

test('the textbook sample sizes', () => {
  expect(sampleSize(Exact.of('0.05')).toString()).toBe('385');
  expect(sampleSize(Exact.of('0.03')).toString()).toBe('1068');
  expect(sampleSize(Exact.of('0.05'), Exact.of(1000)).toString()).toBe('278');
});

test('366 of 385 are 95.06%, known to about two points', () => {
  const estimate = estimateRate(Exact.of(366), Exact.of(385));
  expect(estimate?.rate.toString()).toBe('366/385');
  // Wilson (1927) with z = 1.96: 0.92421 and 0.96818.
  expect(estimate?.low.gt(Exact.of('0.9242'))).toBe(true);
  expect(estimate?.low.lt(Exact.of('0.9243'))).toBe(true);
  expect(estimate?.high.gt(Exact.of('0.9681'))).toBe(true);
  expect(estimate?.high.lt(Exact.of('0.9683'))).toBe(true);
});

test('the interval holds the rate, stays inside 0 and 1, and solves its defining equation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (n, seed) => {
      const valid = Exact.of(n);
      const estimate = estimateRate(Exact.of(seed % (n + 1)), valid);
      if (estimate === undefined) throw new Error('no estimate');
      const { rate, low, high } = estimate;
      expect(low.sign >= 0 && low.le(rate) && rate.le(high) && high.le(Exact.one)).toBe(true);
      // (p̂ − p)² = z² p(1 − p)/n at both ends; outward rounding leaves the left side not smaller.
      for (const end of [low, high]) {
        if (end.isZero || end.eq(Exact.one)) continue;
        const left = rate.sub(end).mul(rate.sub(end));
        const right = Exact.of('3.8416').mul(end).mul(Exact.one.sub(end)).div(valid);
        expect(left.ge(right)).toBe(true);
        expect(left.sub(right).lt(Exact.of('0.00000001'))).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('counts that cannot be, a survey after the report, a sample of ten', () => {
  const survey = {
    row: 3,
    distributed: Exact.of(100),
    returned: Exact.of(120),
    valid: Exact.of(10),
    positive: Exact.of(11),
    to: '2025-04-01',
  };
  const rules = checkSurvey(survey, { reportedOn: '2025-03-10', minimumValid: 30 }).map(
    (one) => `${one.rule} ${one.column}`,
  );
  expect(rules).toEqual([
    'survey-faulty positive',
    'survey-faulty returned',
    'survey-after-report to',
    'survey-small valid',
  ]);
  expect(estimateRate(Exact.of(11), Exact.of(10))).toBeUndefined();
});

test('a sound survey has no findings', () => {
  const survey = {
    row: 3,
    distributed: Exact.of(400),
    returned: Exact.of(392),
    valid: Exact.of(385),
    positive: Exact.of(366),
    to: '2024-11-15',
  };
  expect(checkSurvey(survey, { reportedOn: '2025-03-10', minimumValid: 30 })).toEqual([]);
});
