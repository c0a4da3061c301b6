import { describe, expect, it } from 'vitest';
import { Exact } from '../../quantity/index.ts';
import { checkProof } from './check-proof.ts';
import type { Operand } from './proof.ts';

const text = '预算65.66,执行65.07,执行率99%;得分9,分值10;9+13=22,合计23';

function operand(printed: string): Operand {
  const start = text.indexOf(printed);
  const digits = printed.replace('%', '');
  const dot = digits.indexOf('.');
  return {
    label: '',
    value: Exact.of(digits),
    places: dot < 0 ? 0 : digits.length - dot - 1,
    start,
    end: start + printed.length,
  };
}

describe('the proof checker', () => {
  it('confirms a sum that differs and refuses one that does not', () => {
    const parts = [operand('9'), operand('13')];
    expect(checkProof({ kind: 'sum-differs', parts, whole: operand('23'), rounded: false }, text)).toBe(true);
    expect(checkProof({ kind: 'sum-differs', parts, whole: operand('22'), rounded: false }, text)).toBe(false);
  });

  it('allows a rate every rounding of its parts', () => {
    const part = operand('65.07');
    const whole = operand('65.66');
    expect(checkProof({ kind: 'ratio-differs', part, whole, percent: operand('99%') }, text)).toBe(false);
    expect(checkProof({ kind: 'ratio-differs', part: whole, whole: part, percent: operand('99%') }, text)).toBe(true);
  });

  it('refuses an operand that does not stand where it says', () => {
    const moved = { ...operand('10'), start: 0, end: 2 };
    expect(checkProof({ kind: 'exceeds', value: operand('13'), bound: moved }, text)).toBe(false);
    expect(checkProof({ kind: 'exceeds', value: operand('13'), bound: operand('10') }, text)).toBe(true);
    expect(
      checkProof({ kind: 'exceeds', value: { ...operand('13'), value: Exact.of(14) }, bound: operand('10') }, text),
    ).toBe(false);
  });
});
