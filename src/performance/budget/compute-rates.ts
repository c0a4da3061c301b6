import { NO_UNIT } from '../../quantity/index.ts';
import type { Budget, Figure, Rate } from '../evaluation.ts';
import { type FactBook, numberValue } from '../facts.ts';
import type { RuleReader } from '../rule-reader.ts';
import type { RateKey } from '../rule-set.ts';
import type { Amounts } from './compute-budget.ts';

type AmountKey = keyof Amounts;

const PARTS: Readonly<Record<RateKey, { label: string; numerator: AmountKey; denominator: AmountKey }>> = {
  arrival: { label: '资金到位率', numerator: 'inPlace', denominator: 'initial' },
  payment: { label: '资金支付率', numerator: 'executed', denominator: 'inPlace' },
  executionInitial: { label: '预算执行率（对年初预算）', numerator: 'executed', denominator: 'initial' },
  executionAdjusted: { label: '预算执行率', numerator: 'executed', denominator: 'adjusted' },
};

/** As said in the formula, so that nobody mistakes one denominator for another. */
const PRINTED: Readonly<Record<AmountKey, string>> = {
  initial: '年初预算数',
  adjusted: '全年预算数',
  inPlace: '实际到位',
  executed: '实际支付',
};

/** One rate, or nothing where its numerator or denominator is not stated or the denominator is zero. */
export function computeRate(
  facts: FactBook,
  rules: RuleReader,
  key: RateKey,
  amounts: Amounts,
  concept: string,
): Rate | undefined {
  const own = rules.fork();
  const { label, numerator, denominator: usual } = PARTS[key];
  const denominator = key === 'arrival' ? own.read('arrivalDenominator') : usual;
  const above: Figure | undefined = amounts[numerator];
  const below: Figure | undefined = amounts[denominator];
  if (above === undefined || below === undefined || below.value.isZero) return undefined;
  const value = above.value.div(below.value);
  const fact = facts.computed({ concept: `${concept}.rate.${key}`, label }, numberValue(value, NO_UNIT), {
    formula: `${PRINTED[numerator]} ÷ ${PRINTED[denominator]}`,
    inputs: [above.factId, below.factId],
    rules: own.references(),
  });
  return { value, numerator: above, denominator: below, factId: fact.id };
}

export function computeRates(facts: FactBook, rules: RuleReader, total: Amounts): Budget['rates'] {
  const rate = (key: RateKey) => computeRate(facts, rules, key, total, 'budget');
  return {
    arrival: rate('arrival'),
    payment: rate('payment'),
    executionInitial: rate('executionInitial'),
    executionAdjusted: rate('executionAdjusted'),
  };
}
