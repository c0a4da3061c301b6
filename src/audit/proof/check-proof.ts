import {
  contains,
  divideIntervals,
  Exact,
  type Interval,
  intersects,
  multiplyIntervals,
  point,
  roundingInterval,
  scaleInterval,
} from '../../quantity/index.ts';
import { type Operand, operandsOf, type Proof } from './proof.ts';

/**
 * Confirms a proof from the text itself and from nothing the rule computed: every operand's digits must stand at its
 * place, and the conclusion must follow for every value rounding allows. Shares no code with the readers.
 */
export function checkProof(proof: Proof, folded: string): boolean {
  return operandsOf(proof).every((operand) => stands(operand, folded)) && follows(proof);
}

function stands(operand: Operand, folded: string): boolean {
  const printed = folded.slice(operand.start, operand.end).replace(/[\s,]/g, '');
  const digits = /-?\d+(?:\.\d+)?/.exec(printed)?.[0];
  if (digits === undefined || /\d/.test(printed.slice(printed.indexOf(digits) + digits.length))) return false;
  const value = Exact.tryParse(digits);
  const dot = digits.indexOf('.');
  return value?.eq(operand.value) === true && operand.places === (dot < 0 ? 0 : digits.length - dot - 1);
}

/** Half a unit of the last printed place on each side. */
function around(operand: Operand): Interval {
  return roundingInterval(operand.value, operand.places);
}

function follows(proof: Proof): boolean {
  switch (proof.kind) {
    case 'sum-differs': {
      const sum = Exact.sum(proof.parts.map((part) => part.value));
      if (!proof.rounded) return !sum.eq(proof.whole.value) && !coarser(sum, proof.whole);
      const slack = Exact.sum(proof.parts.map((part) => Exact.ratio(1n, 2n * 10n ** BigInt(part.places))));
      const whole = around(proof.whole);
      return sum.sub(slack).gt(whole.high) || sum.add(slack).lt(whole.low);
    }
    case 'ratio-differs': {
      const quotient = divideIntervals(around(proof.part), around(proof.whole));
      if (quotient === undefined) return false;
      const percent = scaleInterval(quotient, Exact.hundred);
      return !intersects(percent, around(proof.percent)) && !truncated(percent, proof.percent);
    }
    case 'product-differs': {
      const product = multiplyIntervals(around(proof.left), around(proof.right));
      return !intersects(scaleInterval(product, Exact.one.div(proof.scale)), around(proof.product));
    }
    case 'exceeds':
      return proof.value.value.gt(proof.bound.value);
    case 'missed-yet-full': {
      const { value: actual } = proof.actual;
      const { value: target } = proof.target;
      const order = actual.compare(target);
      const missed =
        proof.operator === '≥' || proof.operator === '>'
          ? order < 0
          : proof.operator === '≤' || proof.operator === '<'
            ? order > 0
            : order !== 0;
      return missed && proof.score.value.eq(proof.weight.value) && proof.weight.value.sign > 0;
    }
    case 'differs':
      return !intersects(around(proof.one), around(proof.other));
  }
}

/** A whole printed with fewer decimals than its parts may have been rounded. */
function coarser(sum: Exact, whole: Operand): boolean {
  return contains(around(whole), sum) && (sum.decimalPlaces ?? 0) > whole.places;
}

/** 99.19% printed as 99.1%: cut off instead of rounded. */
function truncated(percent: Interval, stated: Operand): boolean {
  const step = Exact.ratio(1n, 10n ** BigInt(stated.places));
  return intersects(percent, { ...point(stated.value), high: stated.value.add(step), highClosed: false });
}
