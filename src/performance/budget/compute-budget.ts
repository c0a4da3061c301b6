import type { MoneyKind, ProjectBook } from '../../ledger/index.ts';
import { WAN_YUAN } from '../../quantity/index.ts';
import type { Budget, BudgetRow, Figure } from '../evaluation.ts';
import { type FactBook, figure, numberValue } from '../facts.ts';
import type { RuleReader } from '../rule-reader.ts';
import { computeRate, computeRates } from './compute-rates.ts';
import { destinationsOf } from './destinations.ts';
import { latenessOf } from './lateness.ts';
import {
  addFigures,
  isTotalSource,
  lacksAmount,
  lacksPayment,
  moneyOf,
  sumOfLines,
  sumOfPayments,
} from './money-figures.ts';

/** The four amounts of one source, or of the whole. */
export interface Amounts {
  readonly initial: Figure | undefined;
  readonly adjusted: Figure | undefined;
  readonly inPlace: Figure | undefined;
  readonly executed: Figure | undefined;
}

const NAMES = { initial: '年初预算数', adjusted: '全年预算数', inPlace: '到位资金', executed: '全年执行数' } as const;
/** Sums that stand in the ledger only as such. */
const STATED = {
  forecast: { label: '全年预计执行数', kind: '全年预计执行（汇总）' },
  term: { label: '中期资金', kind: '中期资金（汇总）' },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly kind: MoneyKind }>>;
const ADDED = ['上年结转', '追加'] as const;

/**
 * The money block from the 资金 and 支付 sheets, 万元. A figure the book does not state is absent: no adjusted
 * budget is assumed from the initial one, no arrival from the payments. So is a sum of which one line has no
 * readable amount.
 */
export function computeBudget(book: ProjectBook, facts: FactBook, rules: RuleReader): Budget {
  const sources = sourcesOf(book);
  const anyAdjustment = moneyOf(book, [...ADDED, '调减']).length > 0;
  const perSource = sources.map((source, index) => ({
    source,
    amounts: amountsOf(book, facts, rules, source, index + 1, anyAdjustment, sources),
  }));
  const total = totalOf(facts, book, rules, perSource);
  const rows: BudgetRow[] = perSource.map(({ source, amounts }, index) => ({
    source,
    ...amounts,
    rate: computeRate(facts, rules, 'executionAdjusted', amounts, `budget.source.${index + 1}`),
    forecast: statedOf('forecast', source, index + 1),
    term: statedOf('term', source, index + 1),
  }));
  return {
    unit: WAN_YUAN,
    ...total,
    forecast: sumOfStated('forecast'),
    term: sumOfStated('term'),
    rows,
    destinations: destinationsOf(book, facts, total),
    rates: computeRates(facts, rules, total),
    lateness: latenessOf(book, facts),
    unreadable: unreadableOf(book, rules, total),
  };

  function statedOf(key: keyof typeof STATED, source: string, index: number): Figure | undefined {
    const { label, kind } = STATED[key];
    const head = { concept: `budget.source.${index}.${key}`, label: `${source}${label}` };
    return lacksAmount(book, [kind], source) ? undefined : sumOfLines(facts, book, head, moneyOf(book, [kind], source));
  }

  function sumOfStated(key: keyof typeof STATED): Figure | undefined {
    const { label, kind } = STATED[key];
    if (lacksAmount(book, [kind])) return undefined;
    const head = { concept: `budget.${key}`, label };
    const figures = rows.flatMap((row) => {
      const stated = row[key];
      return stated === undefined ? [] : [{ sign: 1 as const, figure: stated }];
    });
    const whole = book.tables.money.records.find(
      (record) => record.kind === kind && record.source !== undefined && isTotalSource(record.source),
    )?.source;
    return (
      addFigures(facts, head, `各资金来源${label}之和`, figures) ??
      (whole === undefined ? undefined : sumOfLines(facts, book, head, moneyOf(book, [kind], whole)))
    );
  }
}

/** Names of the sources in order of first appearance; lines written as 合计 are not a source. */
function sourcesOf(book: ProjectBook): readonly string[] {
  const names = [...book.tables.money.records, ...book.tables.payments.records].flatMap((record) =>
    record.source === undefined || isTotalSource(record.source) ? [] : [record.source],
  );
  return [...new Set(names)];
}

function amountsOf(
  book: ProjectBook,
  facts: FactBook,
  rules: RuleReader,
  source: string,
  index: number,
  anyAdjustment: boolean,
  sources: readonly string[],
): Amounts {
  const head = (key: keyof typeof NAMES) => ({
    concept: `budget.source.${index}.${key}`,
    label: `${source}${NAMES[key]}`,
  });
  const initial = lacksAmount(book, ['年初预算'], source)
    ? undefined
    : sumOfLines(facts, book, head('initial'), moneyOf(book, ['年初预算'], source));
  const stated = sumOfLines(facts, book, head('adjusted'), moneyOf(book, ['全年预算数（汇总）'], source));
  const adjusted = adjustedOf(book, facts, head('adjusted'), source, initial, anyAdjustment) ?? stated;
  return { initial, adjusted, inPlace: inPlaceOf(book, facts, rules, head('inPlace'), source), executed: executedOf() };

  function executedOf(): Figure | undefined {
    if (lacksPayment(book, source) || lacksAmount(book, ['支付（汇总）'], source)) return undefined;
    const lines = book.tables.payments.records.filter(
      (record) => record.source === source || (record.source === undefined && sources.length === 1),
    );
    if (lines.length === 0) return sumOfLines(facts, book, head('executed'), moneyOf(book, ['支付（汇总）'], source));
    return sumOfPayments(facts, book, head('executed'), lines, `合计(支付.金额, 资金来源="${source}")`);
  }
}

/** initial + carried in + added − cut, when the ledger has adjustments; their absence is no statement. */
function adjustedOf(
  book: ProjectBook,
  facts: FactBook,
  head: { readonly concept: string; readonly label: string },
  source: string,
  initial: Figure | undefined,
  anyAdjustment: boolean,
): Figure | undefined {
  if (!anyAdjustment || lacksAmount(book, ['年初预算', ...ADDED, '调减'], source)) return undefined;
  if (initial === undefined && moneyOf(book, ['调减'], source).length > 0) return undefined;
  const part = (kind: '上年结转' | '追加' | '调减', sign: 1 | -1) => {
    const sum = sumOfLines(
      facts,
      book,
      { concept: `${head.concept}.${kind}`, label: `${source}${kind}` },
      moneyOf(book, [kind], source),
    );
    return sum === undefined ? [] : [{ sign, figure: sum }];
  };
  const parts = [
    ...(initial === undefined ? [] : [{ sign: 1 as const, figure: initial }]),
    ...part('上年结转', 1),
    ...part('追加', 1),
    ...part('调减', -1),
  ];
  return addFigures(facts, head, '年初预算数 + 上年结转 + 追加 − 调减', parts);
}

/** The lines that the rule set counts as 到位, named in the fact as such; else the stated sum. */
function inPlaceOf(
  book: ProjectBook,
  facts: FactBook,
  rules: RuleReader,
  head: { readonly concept: string; readonly label: string },
  source: string,
): Figure | undefined {
  const own = rules.fork();
  const kinds = own.read('inPlaceKinds');
  const lines = moneyOf(book, kinds, source);
  if (lacksAmount(book, kinds, source)) return undefined;
  if (lines.length === 0) return sumOfLines(facts, book, head, moneyOf(book, ['到位（汇总）'], source));
  const sum = sumOfLines(facts, book, { concept: `${head.concept}.lines`, label: kinds.join('、') }, lines);
  if (sum === undefined) return undefined;
  const fact = facts.computed(head, numberValue(sum.value, WAN_YUAN), {
    formula: `以${kinds.join('、')}为到位`,
    inputs: [sum.factId],
    rules: own.references(),
  });
  return figure(fact, sum.value, WAN_YUAN);
}

/** The lines each amount is made of. */
function kindsOf(rules: RuleReader): Readonly<Record<keyof Amounts, readonly MoneyKind[]>> {
  return {
    initial: ['年初预算'],
    adjusted: ['年初预算', ...ADDED, '调减', '全年预算数（汇总）'],
    inPlace: [...rules.fork().read('inPlaceKinds'), '到位（汇总）'],
    executed: ['支付（汇总）'],
  };
}

function unreadableOf(book: ProjectBook, rules: RuleReader, total: Amounts): Budget['unreadable'] {
  const kinds = kindsOf(rules);
  return (Object.keys(kinds) as (keyof Amounts)[]).filter(
    (key) => total[key] === undefined && (lacksAmount(book, kinds[key]) || (key === 'executed' && lacksPayment(book))),
  );
}

/** Each total is the sum over the sources that state it; a line written as 合计 is taken where no source states it. */
function totalOf(
  facts: FactBook,
  book: ProjectBook,
  rules: RuleReader,
  perSource: readonly { readonly source: string; readonly amounts: Amounts }[],
): Amounts {
  const totalSource = book.tables.money.records.find(
    (record) => record.source !== undefined && isTotalSource(record.source),
  )?.source;
  const stated = totalSource === undefined ? undefined : amountsOf(book, facts, rules, totalSource, 0, false, []);
  const kinds = kindsOf(rules);
  const sum = (key: keyof Amounts): Figure | undefined => {
    if (perSource.some(({ source, amounts }) => amounts[key] === undefined && lacksAmount(book, kinds[key], source)))
      return undefined;
    const figures = perSource.flatMap(({ amounts }) => {
      const one = amounts[key];
      return one === undefined ? [] : [{ sign: 1 as const, figure: one }];
    });
    return (
      addFigures(facts, { concept: `budget.${key}`, label: NAMES[key] }, `各资金来源${NAMES[key]}之和`, figures) ??
      stated?.[key]
    );
  };
  const unsourced = book.tables.payments.records.filter((record) => record.source === undefined);
  const executed = lacksPayment(book)
    ? undefined
    : perSource.length === 1 || unsourced.length === 0
      ? sum('executed')
      : sumOfPayments(
          facts,
          book,
          { concept: 'budget.executed', label: NAMES.executed },
          book.tables.payments.records,
          '合计(支付.金额)',
        );
  return { initial: sum('initial'), adjusted: sum('adjusted'), inPlace: sum('inPlace'), executed };
}
