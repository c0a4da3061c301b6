import { type Fact, type FactId, inputsOf, type Lineage } from '../fact/index.ts';
import { cellOf, type GivenScalar, projectSheet } from '../ledger/index.ts';
import { Exact, findUnit, halfWidth, NO_UNIT } from '../quantity/index.ts';
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
export function formulaInputs({ book, facts, budget, evidence }: Scoring): readonly FormulaInput[] {
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
  return [...money, ...entered, ...citedInputs(facts.lineage, evidence)];
}

/**
 * The figures of results of this program that the book cites as evidence (a bulletin, a settlement): `佐证3全县参保人数`, or
 * `佐证3参保人数` for the first of that name in the file. A figure that was altered, or rests on one that was, has no name.
 */
function citedInputs(lineage: Lineage, evidence: Scoring['evidence']): readonly FormulaInput[] {
  return [...evidence].flatMap(([number, { read }]): readonly FormulaInput[] => {
    const known = new Map(read.facts.map((fact) => [fact.id, fact]));
    const whole = (fact: Fact): boolean =>
      inputsOf(fact).every((id) => {
        const input = known.get(id);
        return input !== undefined && whole(input);
      });
    const add = (fact: Fact): FactId => {
      for (const id of inputsOf(fact)) {
        const input = known.get(id);
        if (input !== undefined) add(input);
      }
      return lineage.add(fact).id;
    };
    const seen = new Set<string>();
    return read.facts.flatMap((fact): readonly FormulaInput[] => {
      const [name, short] = [`佐证${number}${fact.place}${fact.label}`, `佐证${number}${fact.label}`].map(halfWidth);
      if (name === undefined || short === undefined || seen.has(name) || fact.value.kind !== 'number' || !whole(fact))
        return [];
      seen.add(name);
      const { value, unit } = fact.value;
      return [{ schema: { name, synonyms: [short], type: 'number', unit }, value, factId: () => add(fact) }];
    });
  });
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
