import type { MoneyKind, ProjectBook } from '../../ledger/index.ts';
import { Exact, WAN_YUAN } from '../../quantity/index.ts';
import type { Destination, DestinationName, Figure } from '../evaluation.ts';
import { type FactBook, figure, numberValue } from '../facts.ts';
import type { Amounts } from './compute-budget.ts';
import { addFigures, lacksAmount, lacksPayment, moneyOf, sumOfLines } from './money-figures.ts';

const STATED: readonly { readonly name: DestinationName; readonly kind: MoneyKind }[] = [
  { name: '结转', kind: '结转下年' },
  { name: '结余', kind: '结余' },
  { name: '财政收回', kind: '财政收回' },
  { name: '调减', kind: '调减' },
  { name: '未下达', kind: '未下达' },
];

/**
 * Where every yuan of the initial budget (plus what was carried in and added) went, 万元. 去向未说明 takes what
 * nothing in the book explains, so the amounts always add up to the money there was; it is negative when the book
 * explains more than there was. Empty when no initial budget is stated, or when a
 * line that says where money went cannot be read.
 */
export function destinationsOf(book: ProjectBook, facts: FactBook, total: Amounts): readonly Destination[] {
  const { initial, adjusted, executed } = total;
  const kinds = ['上年结转', '追加', '支付（汇总）', ...STATED.map(({ kind }) => kind)] as const;
  if (initial === undefined || lacksPayment(book) || lacksAmount(book, kinds)) return [];
  const part = (kind: MoneyKind): Figure | undefined =>
    sumOfLines(facts, book, { concept: `budget.destination.${kind}`, label: kind }, moneyOf(book, [kind]));
  const added = (['上年结转', '追加'] as const).flatMap((kind) => part(kind) ?? []);
  const destinations: Destination[] = [];
  if (executed !== undefined) destinations.push({ name: '已支付', amount: executed });
  for (const { name, kind } of STATED) {
    const amount = part(kind) ?? (kind === '调减' ? impliedCut(facts, initial, adjusted, added) : undefined);
    if (amount !== undefined) destinations.push({ name, amount });
  }
  const rise = impliedRise(facts, initial, adjusted, added, destinations);
  const money = addFigures(
    facts,
    { concept: 'budget.available', label: '年初预算及追加' },
    '年初预算数 + 上年结转 + 追加',
    [initial, ...added, ...rise].map((one) => ({ sign: 1 as const, figure: one })),
  );
  if (money === undefined) return [];
  const explained = Exact.sum(destinations.map((destination) => destination.amount.value));
  const rest = money.value.sub(explained);
  if (rest.isZero && destinations.length > 0) return destinations;
  const fact = facts.computed(
    { concept: 'budget.destination.unexplained', label: '去向未说明' },
    numberValue(rest, WAN_YUAN),
    {
      formula: '年初预算及追加 − 已说明去向的各项',
      inputs: [money.factId, ...destinations.map((destination) => destination.amount.factId)],
    },
  );
  return [...destinations, { name: '去向未说明', amount: figure(fact, rest, WAN_YUAN) }];
}

/** A stated adjusted budget below the initial one is a cut, also when no line says so. */
function impliedCut(
  facts: FactBook,
  initial: Figure,
  adjusted: Figure | undefined,
  added: readonly Figure[],
): Figure | undefined {
  if (adjusted === undefined || added.length > 0 || adjusted.value.ge(initial.value)) return undefined;
  const value = initial.value.sub(adjusted.value);
  const fact = facts.computed({ concept: 'budget.destination.调减', label: '调减' }, numberValue(value, WAN_YUAN), {
    formula: '年初预算数 − 全年预算数',
    inputs: [initial.factId, adjusted.factId],
  });
  return figure(fact, value, WAN_YUAN);
}

function impliedRise(
  facts: FactBook,
  initial: Figure,
  adjusted: Figure | undefined,
  added: readonly Figure[],
  destinations: readonly Destination[],
): readonly Figure[] {
  const cut = destinations.some((destination) => destination.name === '调减');
  if (adjusted === undefined || added.length > 0 || cut || adjusted.value.le(initial.value)) return [];
  const value = adjusted.value.sub(initial.value);
  const fact = facts.computed({ concept: 'budget.added', label: '追加' }, numberValue(value, WAN_YUAN), {
    formula: '全年预算数 − 年初预算数',
    inputs: [adjusted.factId, initial.factId],
  });
  return [figure(fact, value, WAN_YUAN)];
}
