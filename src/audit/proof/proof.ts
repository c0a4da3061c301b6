import type { Exact } from '../../quantity/index.ts';
import type { Operator } from '../read/value.ts';

/** A printed number a proof stands on. Offsets are UTF-16 into the source text. */
export interface Operand {
  readonly label: string;
  readonly value: Exact;
  /** Digits printed after the point: how far rounding may have moved it. */
  readonly places: number;
  readonly start: number;
  readonly end: number;
}

/** A stretch of the text a proof stands on: the wording of a rule the document prints. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** How a printed scoring rule is read: execution rate × weight; B/A × weight of a floor, A/B × weight of a ceiling. */
export type ScoringReading = 'execution' | 'up' | 'down';

/**
 * Why a finding is certain from the text alone: the numbers with their places in the text, the operation, and what
 * follows. Only what `checkProof` confirms may be printed as an error.
 */
export type Proof =
  /** The parts do not add up to the stated whole. */
  | {
      readonly kind: 'sum-differs';
      readonly parts: readonly Operand[];
      readonly whole: Operand;
      readonly rounded: boolean;
    }
  /** part ÷ whole × 100 is not the stated percentage, whatever rounding did to all three. */
  | { readonly kind: 'ratio-differs'; readonly part: Operand; readonly whole: Operand; readonly percent: Operand }
  /** left × right ÷ scale is not the stated amount. */
  | {
      readonly kind: 'product-differs';
      readonly left: Operand;
      readonly right: Operand;
      readonly scale: Exact;
      readonly product: Operand;
    }
  /** One number is larger than another that bounds it. */
  | { readonly kind: 'exceeds'; readonly value: Operand; readonly bound: Operand }
  /** The actual does not meet the target, yet the score is the whole weight. */
  | {
      readonly kind: 'missed-yet-full';
      readonly operator: Operator;
      readonly target: Operand;
      readonly actual: Operand;
      readonly weight: Operand;
      readonly score: Operand;
    }
  /** By the rule printed at `rule` the score would be weight × part ÷ whole, capped; no rounding gives the printed one. */
  | {
      readonly kind: 'score-by-rule';
      readonly rule: Passage;
      readonly reading: ScoringReading;
      readonly part: Operand;
      readonly whole: Operand;
      readonly weight: Operand;
      readonly score: Operand;
    }
  /** The printed rule keeps `low`–`high` per cent of the weight for the result said in `wording`; the score is outside. */
  | {
      readonly kind: 'score-outside-band';
      readonly rule: Passage;
      readonly wording: Passage;
      readonly high: Operand;
      readonly low: Operand;
      readonly weight: Operand;
      readonly score: Operand;
    }
  /** The rule printed at `rule` asks for an indicator called `name`; the form at `form` has none. */
  | { readonly kind: 'absent'; readonly rule: Passage; readonly name: string; readonly form: Passage }
  /** Two statements of one quantity that no rounding reconciles. */
  | { readonly kind: 'differs'; readonly one: Operand; readonly other: Operand };

export function operandsOf(proof: Proof): readonly Operand[] {
  switch (proof.kind) {
    case 'sum-differs':
      return [...proof.parts, proof.whole];
    case 'ratio-differs':
      return [proof.part, proof.whole, proof.percent];
    case 'product-differs':
      return [proof.left, proof.right, proof.product];
    case 'exceeds':
      return [proof.value, proof.bound];
    case 'missed-yet-full':
      return [proof.target, proof.actual, proof.weight, proof.score];
    case 'score-by-rule':
      return [proof.part, proof.whole, proof.weight, proof.score];
    case 'score-outside-band':
      return [proof.high, proof.low, proof.weight, proof.score];
    case 'absent':
      return [];
    case 'differs':
      return [proof.one, proof.other];
  }
}
