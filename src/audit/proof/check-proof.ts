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
import { asksFor, bandOf, scoresBy } from './check-wording.ts';
import { type Operand, operandsOf, type Proof } from './proof.ts';

/**
 * Confirms a proof from the text itself and from nothing the rule computed: every operand's digits must stand at its
 * place, and the conclusion must follow for every value rounding allows. Shares no code with the readers.
 */
export function checkProof(proof: Proof, folded: string): boolean {
  return operandsOf(proof).every((operand) => stands(operand, folded)) && worded(proof, folded) && follows(proof);
}

function stands(operand: Operand, folded: string): boolean {
  const printed = folded.slice(operand.start, operand.end).replace(/[\s,]/g, '');
  const digits = /-?\d+(?:\.\d+)?/.exec(printed)?.[0];
  if (digits === undefined || /\d/.test(printed.slice(printed.indexOf(digits) + digits.length))) return false;
  const value = Exact.tryParse(digits);
  const dot = digits.indexOf('.');
  return value?.eq(operand.value) === true && operand.places === (dot < 0 ? 0 : digits.length - dot - 1);
}

/** Whether the rule a proof appeals to is printed where it says, in words that have one meaning. */
function worded(proof: Proof, folded: string): boolean {
  if (proof.kind === 'score-by-rule')
    return scoresBy(folded.slice(proof.rule.start, proof.rule.end), proof.reading, proof.weight.value);
  if (proof.kind === 'absent')
    return asksFor(folded.slice(proof.rule.start, proof.rule.end), proof.name) && !holds(folded, proof);
  if (proof.kind !== 'score-outside-band') return true;
  const band = bandOf(
    folded.slice(proof.rule.start, proof.rule.end),
    folded.slice(proof.wording.start, proof.wording.end),
  );
  const inside = [proof.high, proof.low].every(
    (operand) => operand.start >= proof.rule.start && operand.end <= proof.rule.end,
  );
  return inside && band?.high.eq(proof.high.value) === true && band.low.eq(proof.low.value);
}

/** The form names the indicator somewhere outside the words of the rule. */
function holds(folded: string, proof: Extract<Proof, { kind: 'absent' }>): boolean {
  const { form, rule, name } = proof;
  const before = folded.slice(form.start, Math.max(form.start, Math.min(form.end, rule.start)));
  const after = folded.slice(Math.min(form.end, Math.max(form.start, rule.end)), form.end);
  return `${before}${after}`.replace(/\s+/g, '').includes(name);
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
    case 'score-by-rule': {
      const ratio = divideIntervals(around(proof.part), around(proof.whole));
      if (ratio === undefined) return false;
      // The rate may have been rounded or cut to a whole per cent first, the score to its own last place.
      const weight = proof.weight.value;
      const slack = weight.mul(Exact.ratio(1n, 100n)).add(Exact.ratio(1n, 10n ** BigInt(proof.score.places)));
      const capped = (rate: Exact): Exact => Exact.max(Exact.zero, Exact.min(Exact.one, rate)).mul(weight);
      const score = proof.score.value;
      return score.gt(capped(ratio.high).add(slack)) || score.lt(capped(ratio.low).sub(slack));
    }
    case 'score-outside-band': {
      const share = (percent: Operand): Exact => proof.weight.value.mul(percent.value).div(Exact.hundred);
      const slack = Exact.ratio(1n, 2n * 10n ** BigInt(proof.score.places));
      return proof.score.value.gt(share(proof.high).add(slack)) || proof.score.value.lt(share(proof.low).sub(slack));
    }
    case 'absent':
      return true;
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
