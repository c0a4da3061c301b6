import { cellOf, type TableRecord } from '../ledger/index.ts';
import { Exact, PERCENT, WAN_YUAN } from '../quantity/index.ts';
import type { ComputedActual } from './compute-actuals.ts';
import { numberValue } from './facts.ts';
import { type MeasureValue, measureFact, readMeasure } from './measure.ts';
import { inUnitOf } from './scoring/compare.ts';
import type { IndicatorRecord, Scoring } from './scoring-context.ts';

type Line = TableRecord<'subUnits'>;

/**
 * The actual of an indicator that several sub-units carry out: absolute values add up, percentages are averaged
 * weighted by the money each used; aggregated first, scored after. Absent when the sheet 子单位完成值 has no line.
 */
export function subUnitActual(scoring: Scoring, record: IndicatorRecord, unitHint: string): ComputedActual | undefined {
  const { book, facts } = scoring;
  const sheet = book.tables.subUnits;
  const name = record.level3 ?? '';
  const lines = sheet.records.filter((line) => name !== '' && line.indicator === name);
  const [first] = lines;
  if (first === undefined) return undefined;
  const values = lines.map((line) => readMeasure(line.value, unitHint).value);
  const [model] = values;
  const amounts = values.map((value) =>
    model?.kind === 'number' && value.kind === 'number' ? inUnitOf(model.unit, value) : undefined,
  );
  const wrong = amounts.findIndex((value) => value === undefined);
  if (model?.kind !== 'number' || wrong >= 0)
    return failed(
      `子单位“${lines[Math.max(0, wrong)]?.name ?? ''}”的完成值不是数，或与别的子单位单位不同，不能汇总`,
      'a sub-unit’s value is no number or has another unit than the others',
    );
  const numbers = amounts as readonly Exact[];
  const input = (line: Line, key: 'value' | 'amount', value: Exclude<MeasureValue, { kind: 'none' }>) =>
    facts.entered(
      {
        concept: `indicator.${record.row}.subUnit.${line.row}.${key}`,
        label: `${line.name ?? ''}${key === 'value' ? name : '使用资金'}`,
      },
      measureFact(value),
      { sheet: sheet.sheet, cell: cellOf(sheet, line, key), evidence: line.evidence ?? [] },
    ).id;
  const head = { concept: `indicator.${record.row}.actual`, label: `${name}实际完成值` };
  const stated = lines.map((line, index) =>
    input(line, 'value', { kind: 'number', value: numbers[index] ?? Exact.zero, unit: model.unit, unitless: false }),
  );
  if (model.unit.dimension !== PERCENT.dimension) {
    const fact = facts.computed(head, numberValue(Exact.sum(numbers), model.unit), {
      formula: '各子单位完成值之和',
      inputs: stated,
    });
    return { kind: 'value', fact };
  }
  const bare = lines.find((line) => line.amount === undefined || line.amount.sign < 0);
  const money = Exact.sum(lines.flatMap((line) => line.amount ?? []));
  if (bare !== undefined || money.isZero)
    return failed(
      `子单位“${(bare ?? first).name ?? ''}”没有填使用资金，百分比不能按资金加权汇总`,
      'a sub-unit has no money stated, so percentages cannot be weighted',
    );
  const weighted = Exact.sum(lines.map((line, index) => (numbers[index] ?? Exact.zero).mul(line.amount ?? Exact.zero)));
  const fact = facts.computed(head, numberValue(weighted.div(money), model.unit), {
    formula: 'Σ（子单位完成值 × 使用资金）÷ Σ使用资金',
    inputs: [
      ...stated,
      ...lines.map((line) =>
        input(line, 'amount', { kind: 'number', value: line.amount ?? Exact.zero, unit: WAN_YUAN, unitless: false }),
      ),
    ],
  });
  return { kind: 'value', fact };
}

function failed(zh: string, en: string): ComputedActual {
  return { kind: 'failed', rule: 'sub-unit-incomplete', zh, en };
}
