import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FigureFormat } from '../document/index.ts';
import { type FactValue, makeFact } from '../fact/index.ts';
import { text } from '../problem/index.ts';
import { convert, Exact, findUnit, NO_UNIT, PERCENT, PERSON, POINT, round, WAN_YUAN, YUAN } from '../quantity/index.ts';
import { figure, print } from './print.ts';

function fact(value: FactValue) {
  return makeFact({
    concept: 'budget.adjusted',
    label: '全年预算数',
    value,
    period: '2024',
    place: '某县',
    origin: { kind: 'entered', file: 'a.xlsx', version: '0', sheet: '资金', cell: 'C5', evidence: [] },
  });
}

function money(yuan: string) {
  return fact({ kind: 'number', value: Exact.of(yuan), unit: YUAN });
}

test.each<[string, FigureFormat, string]>([
  ['21090653.4', { style: 'number', places: 2, unit: '万元' }, '2109.07'],
  ['21090650', { style: 'grouped', places: 2, unit: '万元', showUnit: true }, '2,109.07万元'],
  ['21090650', { style: 'grouped', showUnit: true }, '21,090,650元'],
  ['21090650', { style: 'number', unit: '万元' }, '2109.065'],
  ['-806200', { style: 'signed', places: 2, unit: '万元' }, '−80.62'],
  ['806200', { style: 'signed', places: 2, unit: '万元' }, '+80.62'],
  ['0', { style: 'signed', places: 2 }, '0.00'],
  ['-1', { style: 'signed', places: 0, unit: '万元' }, '0'],
])('%s yuan as %o prints %s', (yuan, format, printed) => {
  expect(print(money(yuan), format)).toBe(printed);
});

test('rates, scores, dates, words, the undecided and intervals', () => {
  const rate = fact({ kind: 'number', value: Exact.ratio(202845n, 210907n), unit: NO_UNIT });
  expect(print(rate, { style: 'percent', places: 2 })).toBe('96.18%');
  expect(print(fact({ kind: 'number', value: Exact.of('28.57'), unit: PERCENT }), { style: 'percent' })).toBe('28.57%');
  expect(print(fact({ kind: 'number', value: Exact.of('10'), unit: POINT }), { style: 'points' })).toBe('10 分');
  const day = fact({ kind: 'date', value: '2024-07-11' });
  expect(print(day, { style: 'date' })).toBe('2024年7月11日');
  expect(print(day, { style: 'month' })).toBe('2024年7月');
  expect(print(day, { style: 'year' })).toBe('2024');
  expect(print(fact({ kind: 'text', value: '良' }), { style: 'text' })).toBe('良');
  const reason = text('没有实际完成值', 'no actual');
  expect(print(fact({ kind: 'undecided', reason }), { style: 'number' })).toBe('待定');
  expect(print(fact({ kind: 'undecided', reason, form: '无法计算' }), { style: 'percent' })).toBe('无法计算');
  const score = fact({ kind: 'interval', low: Exact.of(80), high: Exact.of('95.5'), unit: POINT });
  expect(print(score, { style: 'points' })).toBe('80–95.5 分');
  expect(print(score, { style: 'number', places: 2 })).toBe('80.00–95.50');
});

test('a format that does not fit its value is refused', () => {
  const persons = fact({ kind: 'number', value: Exact.of(3), unit: PERSON });
  expect(() => print(persons, { style: 'number', unit: '万元' })).toThrow();
  expect(() => print(persons, { style: 'percent' })).toThrow();
  expect(() => print(persons, { style: 'date' })).toThrow();
});

test('the printed figure reads back as the value rounded once', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.bigInt({ min: 1n, max: 10n ** 6n }),
      fc.constantFrom('number', 'grouped', 'signed'),
      fc.integer({ min: 0, max: 6 }),
      fc.constantFrom('元', '万元', '亿元'),
      (numerator, denominator, style, places, unit) => {
        const value = Exact.ratio(numerator, denominator);
        const run = figure(fact({ kind: 'number', value, unit: WAN_YUAN }), { style, places, unit, showUnit: true });
        const read = Exact.of(run.text.replace(unit, '').replace('−', '-').replaceAll(',', ''));
        const wanted = round(convert(value, WAN_YUAN, findUnit(unit)!), { places, mode: 'half-up' });
        return read.eq(wanted);
      },
    ),
  );
});
