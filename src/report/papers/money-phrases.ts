import type { Inline } from '../../document/index.ts';
import type { Budget, Evaluation, Figure, Rate } from '../../performance/index.ts';
import { type FigureWriter, words } from './inlines.ts';

const RATES = [
  ['arrival', '资金到位率', '到位÷年初预算'],
  ['payment', '资金支付率', '支付÷到位'],
  ['executionInitial', '执行率（对年初预算）', '支付÷年初预算'],
  ['executionAdjusted', '执行率（对全年预算）', '支付÷全年预算'],
] as const satisfies readonly (readonly [keyof Budget['rates'], string, string])[];

/** 资金到位率28.57%（到位÷年初预算）、资金支付率100.00%（支付÷到位）…: the four rates, always side by side. */
export function ratePhrases(budget: Budget, figures: FigureWriter): readonly Inline[] {
  const inlines: Inline[] = [];
  for (const [index, [key, name, quotient]] of RATES.entries()) {
    const rate: Rate | undefined = budget.rates[key];
    inlines.push(words(`${index === 0 ? '' : '、'}${name}`));
    if (rate === undefined) inlines.push(words('无法计算（所需数字未填列）'));
    else inlines.push(figures.rate(rate), words(`（${quotient}）`));
  }
  return inlines;
}

/** 已支付20万元、去向未说明50万元. Parts of zero are left out. */
export function destinationPhrases(budget: Budget, figures: FigureWriter): readonly Inline[] {
  const inlines: Inline[] = [];
  for (const part of budget.destinations.filter((destination) => !destination.amount.value.isZero)) {
    if (inlines.length > 0) inlines.push(words('、'));
    inlines.push(words(part.name), figures.moneyWithUnit(part.amount, budget.unit.symbol));
  }
  return inlines;
}

/** The line above an official table: every rate beside the others, and where the initial budget went. */
export function moneyNote(evaluation: Evaluation, figures: FigureWriter): readonly Inline[] {
  const { budget } = evaluation;
  const destinations = destinationPhrases(budget, figures);
  return [
    ...ratePhrases(budget, figures),
    ...(budget.initial === undefined || destinations.length === 0
      ? [words('。')]
      : [
          words('。年初预算'),
          figures.moneyWithUnit(budget.initial, budget.unit.symbol),
          words('的去向：'),
          ...destinations,
          words('。'),
        ]),
  ];
}

/** 年初预算70万元的去向：已支付20万元、去向未说明50万元。 Nothing when the initial budget is not stated. */
export function destinationSentence(budget: Budget, figures: FigureWriter): readonly Inline[] {
  if (budget.initial === undefined) return [];
  return [
    words('年初预算'),
    figures.moneyWithUnit(budget.initial, budget.unit.symbol),
    words('的去向：'),
    ...destinationPhrases(budget, figures),
    words('。'),
  ];
}

/** 年初预算70万元，到位20万元，支付20万元: what is stated, in the order money moves; what is not is left out. */
export function amountPhrases(budget: Budget, figures: FigureWriter): readonly Inline[] {
  const stated: readonly (readonly [string, Figure | undefined])[] = [
    ['年初预算', budget.initial],
    ['调整后全年预算', budget.adjusted],
    ['实际到位', budget.inPlace],
    ['实际支付', budget.executed],
  ];
  const inlines: Inline[] = [];
  for (const [name, amount] of stated) {
    if (amount === undefined) continue;
    inlines.push(words(`${inlines.length > 0 ? '，' : ''}${name}`), figures.moneyWithUnit(amount, budget.unit.symbol));
  }
  return inlines;
}
