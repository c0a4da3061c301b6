import type { FactId } from '../fact/index.ts';
import { cellOf, type TableRecord } from '../ledger/index.ts';
import { Exact, type Unit, WAN_YUAN } from '../quantity/index.ts';
import type { ComputedActual } from './compute-actuals.ts';
import type { ScoredIndicator } from './evaluation.ts';
import { numberValue } from './facts.ts';
import { type MeasureValue, measureFact, readMeasure } from './measure.ts';
import { inUnitOf } from './scoring/compare.ts';
import type { IndicatorRecord, Scoring, UnitEvaluation } from './scoring-context.ts';

type Line = TableRecord<'subUnits'>;

/** What one sub-unit achieved of an indicator, and the money it used, 万元. */
interface Part {
  readonly unit: string;
  readonly value: MeasureValue;
  readonly amount: Exact | undefined;
  /** The fact of the value, in the unit of the first part; of the money. */
  readonly valueFact: (inUnit: Exact, unit: Unit) => FactId;
  readonly amountFact: () => FactId;
}

/** Measures that do not add up: rates, amounts per head, points, spans of time, ages. */
const RELATIVE: ReadonlySet<string> = new Set(['ratio', 'points', 'days', 'working-days', 'months', 'hours', 'ages']);

/**
 * The actual of an indicator that several sub-units carry out, as the sheet 子单位完成值 says: absolute values add up,
 * relative ones are averaged weighted by the money each used; aggregated first, scored after. Absent when the sheet has
 * no line.
 */
export function subUnitActual(scoring: Scoring, record: IndicatorRecord, unitHint: string): ComputedActual | undefined {
  const { book, facts } = scoring;
  const sheet = book.tables.subUnits;
  const name = record.level3 ?? '';
  const input = (line: Line, key: 'value' | 'amount', value: Exclude<MeasureValue, { kind: 'none' }>): FactId =>
    facts.entered(
      {
        concept: `indicator.${record.row}.subUnit.${line.row}.${key}`,
        label: `${line.name ?? ''}${key === 'value' ? name : '使用资金'}`,
      },
      measureFact(value),
      { sheet: sheet.sheet, cell: cellOf(sheet, line, key), evidence: line.evidence ?? [] },
    ).id;
  const parts = sheet.records
    .filter((line) => name !== '' && line.indicator === name)
    .map(
      (line): Part => ({
        unit: line.name ?? '',
        value: readMeasure(line.value, unitHint).value,
        amount: line.amount,
        valueFact: (value, unit) => input(line, 'value', { kind: 'number', value, unit, unitless: false }),
        amountFact: () =>
          input(line, 'amount', {
            kind: 'number',
            value: line.amount ?? Exact.zero,
            unit: WAN_YUAN,
            unitless: false,
          }),
      }),
    );
  return parts.length === 0 ? undefined : aggregate(scoring, record, parts);
}

/**
 * The same from the sub-units' own workbooks, each evaluated on its own: the unit's actual of the indicator of that
 * name, weighted by what the unit paid. The facts of the units travel along, down to the rows of their books. Absent
 * when no unit has the indicator, or when one of them has no actual and `isStatedHere`.
 */
export function unitBooksActual(
  scoring: Scoring,
  record: IndicatorRecord,
  isStatedHere: boolean,
): ComputedActual | undefined {
  const { facts, units } = scoring;
  const name = record.level3?.trim() ?? '';
  const own = units.flatMap((unit) => {
    const leaf = name === '' ? undefined : unit.evaluation.indicators.find((one) => one.path[2].trim() === name);
    return leaf === undefined ? [] : [{ unit, leaf }];
  });
  if (own.length === 0) return undefined;
  const silent = own.find(({ leaf }) => leaf.actual.kind === 'none' || leaf.actual.factId === undefined);
  if (silent !== undefined)
    return isStatedHere
      ? undefined
      : failed(
          `子单位“${silent.unit.name}”的工作簿里“${name}”没有实际完成值，不能汇总`,
          `the book of the sub-unit “${silent.unit.name}” has no actual of “${name}”`,
        );
  const parts = own.map(({ unit, leaf }): Part => {
    const paid = unit.evaluation.budget.executed;
    return {
      unit: unit.name,
      value: valueOfLeaf(unit, leaf),
      amount: paid?.value,
      valueFact: () => facts.adopt(unit.evaluation.lineage, leaf.actual.factId ?? ''),
      amountFact: () => facts.adopt(unit.evaluation.lineage, paid?.factId ?? ''),
    };
  });
  return aggregate(scoring, record, parts);
}

function valueOfLeaf(unit: UnitEvaluation, leaf: ScoredIndicator): MeasureValue {
  const { value } = unit.evaluation.lineage.get(leaf.actual.factId ?? '');
  if (value.kind === 'number') {
    // A rate is kept as a ratio and printed as a percentage.
    const printed = readMeasure(leaf.actual.text).value;
    const isPercent = leaf.actual.unit === '%' && value.unit.symbol === '' && printed.kind === 'number';
    return isPercent
      ? { kind: 'number', value: value.value.mul(Exact.hundred), unit: printed.unit, unitless: false }
      : { kind: 'number', value: value.value, unit: value.unit, unitless: false };
  }
  return value.kind === 'date' || value.kind === 'text'
    ? { kind: value.kind, value: value.value }
    : readMeasure(leaf.actual.text).value;
}

function aggregate(scoring: Scoring, record: IndicatorRecord, parts: readonly Part[]): ComputedActual {
  const { facts } = scoring;
  const name = record.level3 ?? '';
  const head = { concept: `indicator.${record.row}.actual`, label: `${name}实际完成值` };
  const [first] = parts;
  const target = readMeasure(record.target, record.unit).value;
  const model = inTargetUnit(first?.value, target);
  const isWords = target.kind !== 'number' && target.kind !== 'range';
  if (isWords && (model?.kind === 'date' || model?.kind === 'text' || model?.kind === 'grade'))
    return aggregateWords(scoring, head, parts);
  const amounts = parts.map(({ value }) =>
    model?.kind === 'number' && value.kind === 'number' ? inUnitOf(model.unit, value) : undefined,
  );
  const wrong = amounts.indexOf(undefined);
  if (model?.kind !== 'number' || wrong >= 0)
    return failed(
      `子单位“${parts[Math.max(0, wrong)]?.unit ?? ''}”的完成值不是数，或与别的子单位单位不同，不能汇总`,
      'a sub-unit’s value is no number or has another unit than the others',
    );
  const numbers = amounts as readonly Exact[];
  const inputs = (): readonly FactId[] =>
    parts.map((part, index) => part.valueFact(numbers[index] ?? Exact.zero, model.unit));
  if (!RELATIVE.has(model.unit.dimension) && !model.unit.symbol.includes('/')) {
    const fact = facts.computed(head, numberValue(Exact.sum(numbers), model.unit), {
      formula: '各子单位完成值之和',
      inputs: inputs(),
    });
    return { kind: 'value', fact };
  }
  const bare = parts.find((part) => part.amount === undefined || part.amount.sign < 0);
  const money = Exact.sum(parts.flatMap((part) => part.amount ?? []));
  if (bare !== undefined || money.isZero)
    return failed(
      `子单位“${(bare ?? first)?.unit ?? ''}”没有使用资金的数，相对值不能按资金加权汇总`,
      'a sub-unit has no money stated, so relative values cannot be weighted',
    );
  const weighted = Exact.sum(parts.map((part, index) => (numbers[index] ?? Exact.zero).mul(part.amount ?? Exact.zero)));
  const fact = facts.computed(head, numberValue(weighted.div(money), model.unit), {
    formula: 'Σ（子单位完成值 × 使用资金）÷ Σ使用资金',
    inputs: [...inputs(), ...parts.map((part) => part.amountFact())],
  });
  return { kind: 'value', fact };
}

/** The sum is made in the unit of the target, where the first part can be said in it. */
function inTargetUnit(first: MeasureValue | undefined, target: MeasureValue): MeasureValue | undefined {
  if (first?.kind !== 'number' || (target.kind !== 'number' && target.kind !== 'range')) return first;
  return inUnitOf(target.unit, first) === undefined ? first : { ...first, unit: target.unit };
}

/** A project is finished when its last unit is; words are the project's when every unit says the same. */
function aggregateWords(
  { facts }: Scoring,
  head: { readonly concept: string; readonly label: string },
  parts: readonly Part[],
): ComputedActual {
  const values = parts.map(({ value }) => (value.kind === 'number' || value.kind === 'range' ? undefined : value));
  const said = values.flatMap((value) =>
    value === undefined || value.kind === 'none' ? [] : [{ kind: value.kind, value: value.value }],
  );
  const [model] = said;
  const isSame = said.length === parts.length && said.every((one) => one.kind === model?.kind);
  const last = said
    .map((one) => one.value)
    .sort()
    .at(-1);
  if (
    model === undefined ||
    last === undefined ||
    !isSame ||
    (model.kind !== 'date' && said.some((one) => one.value !== model.value))
  )
    return failed(
      '各子单位的完成值是文字且不一致，不能汇总，请在总表里填写',
      'the sub-units say different things; state the actual of the whole',
    );
  const inputs = parts.map((part) => part.valueFact(Exact.zero, WAN_YUAN));
  const fact = facts.computed(head, measureFact({ kind: model.kind, value: last }), {
    formula: model.kind === 'date' ? '各子单位中最晚的日期' : '各子单位相同',
    inputs,
  });
  return { kind: 'value', fact };
}

function failed(zh: string, en: string): ComputedActual {
  return { kind: 'failed', rule: 'sub-unit-incomplete', zh, en };
}
