import type { FactId } from '../fact/index.ts';
import { cellOf, type GivenScalar, projectSheet } from '../ledger/index.ts';
import { Exact, findUnit, NO_UNIT } from '../quantity/index.ts';
import type { Figure } from './evaluation.ts';
import { numberValue } from './facts.ts';
import { measureFact, readMeasure } from './measure.ts';
import type { Scoring } from './scoring-context.ts';

/** A value that formulas may name, and the fact it is when one does. */
export interface FormulaInput extends GivenScalar {
  factId(): FactId | undefined;
}

const MONEY = [
  ['initial', '年初预算', ['年初预算数']],
  ['adjusted', '全年预算', ['全年预算数']],
  ['inPlace', '到位金额', ['到位资金', '实际到位']],
  ['executed', '支付金额', ['全年执行数', '实际支付', '执行数']],
] as const;

/** The money block and the indicators entered by hand, by the names a clerk would use in a formula. */
export function formulaInputs({ book, facts, budget }: Scoring): readonly FormulaInput[] {
  const money = MONEY.flatMap(([key, name, synonyms]): readonly FormulaInput[] => {
    const figure: Figure | undefined = budget[key];
    const schema = { name, synonyms, type: 'number' as const, unit: budget.unit };
    return [{ schema, value: figure?.value, factId: () => figure?.factId }];
  });
  const sheet = book.tables.indicators;
  const entered = sheet.records.flatMap((record): readonly FormulaInput[] => {
    const { value } = readMeasure(record.actual, record.unit);
    const name = record.level3?.trim() ?? '';
    if (record.formula !== undefined || value.kind !== 'number' || name === '') return [];
    const factId = () =>
      facts.entered({ concept: `indicator.${record.row}.entered`, label: `${name}实际完成值` }, measureFact(value), {
        sheet: sheet.sheet,
        cell: cellOf(sheet, record, 'actual'),
        evidence: record.evidence ?? [],
      }).id;
    return [{ schema: { name, type: 'number', unit: value.unit }, value: value.value, factId }];
  });
  return [...money, ...entered];
}

/** The fact of a project-sheet field that a formula names. */
export function fieldFact({ book, facts }: Scoring, name: string): FactId | undefined {
  const entry = Object.entries(projectSheet.columns).find(([, column]) => column.name === name);
  if (entry === undefined) return undefined;
  const [key, column] = entry;
  const field = (book.project as Readonly<Record<string, { value: unknown; cell: string } | undefined>>)[key];
  if (field === undefined) return undefined;
  const { value } = field;
  const isDate = column.type === 'date';
  const fact =
    value instanceof Exact
      ? numberValue(value, findUnit(column.unit ?? '') ?? NO_UNIT)
      : { kind: isDate ? ('date' as const) : ('text' as const), value: String(value) };
  return facts.entered({ concept: `project.${key}`, label: name }, fact, {
    sheet: book.projectSheetName,
    cell: field.cell,
  }).id;
}
