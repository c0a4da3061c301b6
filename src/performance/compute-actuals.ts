import type { Fact, FactId } from '../fact/index.ts';
import {
  compileFormulas,
  evaluateFormulas,
  type FormulaCellProblem,
  type Evaluation as FormulaResult,
  type FormulaUse,
  toProblem,
} from '../formula/index.ts';
import {
  formulaData,
  formulaSchema,
  LEDGER_FORMULAS,
  type SheetRecords,
  type TableKey,
  tableSheets,
} from '../ledger/index.ts';
import { problem } from '../problem/index.ts';
import { convert, findUnit, sameDimension } from '../quantity/index.ts';
import { numberValue } from './facts.ts';
import type { FormulaInput } from './formula-inputs.ts';
import { fieldFact, formulaInputs } from './formula-inputs.ts';
import { readMeasure } from './measure.ts';
import { placeOf } from './place-of.ts';
import type { IndicatorRecord, Scoring } from './scoring-context.ts';

/** What an indicator's formula gave: a fact with its rows, or why there is none. */
export type ComputedActual =
  | { readonly kind: 'value'; readonly fact: Fact }
  | {
      readonly kind: 'failed';
      readonly rule: 'formula-fault' | 'ledger-empty' | 'sub-unit-incomplete';
      readonly zh: string;
      readonly en: string;
    };

/** The formulas of all indicators, evaluated in the order of their dependence; by row of the indicator sheet. */
export function computeActuals(scoring: Scoring): ReadonlyMap<number, ComputedActual> {
  const named = new Map<string, IndicatorRecord>();
  const ledgerNames = new Set(LEDGER_FORMULAS.map((one) => one.name));
  for (const record of scoring.book.tables.indicators.records) {
    const name = record.level3?.trim() ?? '';
    if (record.formula === undefined || record.formula.trim() === '') continue;
    // An indicator called 参保人数 whose formula is 参保人数 means the ledger's figure, not itself.
    const own = name === '' || ledgerNames.has(name) || named.has(name) ? `${name}（第${record.row}行）` : name;
    named.set(own, record);
  }
  if (named.size === 0) return new Map();
  const inputs = formulaInputs(scoring);
  const entries = [...named].map(([name, record]) => ({ name, text: record.formula ?? '' }));
  const set = compileFormulas([...LEDGER_FORMULAS, ...entries], formulaSchema(inputs));
  const results = evaluateFormulas(set, formulaData(scoring.book, inputs));
  const computed = new Map<number, ComputedActual>();
  const sheet = scoring.book.tables.indicators;
  for (const [name, record] of named) {
    const faults = set.problems.get(name) ?? [];
    const where = placeOf(sheet, record, 'formula');
    for (const fault of faults) scoring.problems.push(toProblem(fault, where));
    if (!results.has(name))
      computed.set(record.row, {
        kind: 'failed',
        rule: 'formula-fault',
        zh: '计算公式有误，或它引用的指标有误，没有算出实际完成值',
        en: 'the formula, or one it names, is faulty',
      });
  }
  const writer = new ActualWriter(scoring, inputs);
  for (const [name, result] of results) {
    const record = named.get(name);
    const actual = writer.write(name, result, set.formulas.get(name)?.text ?? '', record);
    if (record !== undefined) computed.set(record.row, actual);
  }
  return computed;
}

/** Turns results into facts, each after those it was computed from. */
class ActualWriter {
  readonly #scoring: Scoring;
  readonly #inputs: ReadonlyMap<string, FormulaInput>;
  readonly #facts = new Map<string, FactId>();
  readonly #reported = new Set<string>();

  constructor(scoring: Scoring, inputs: readonly FormulaInput[]) {
    this.#scoring = scoring;
    this.#inputs = new Map(inputs.map((input) => [input.schema.name, input]));
  }

  write(name: string, result: FormulaResult, text: string, record: IndicatorRecord | undefined): ComputedActual {
    const concept = record === undefined ? `ledger.${name}` : `indicator.${record.row}.actual`;
    const label = record === undefined ? name : `${record.level3 ?? ''}实际完成值`;
    const empty =
      record === undefined ? undefined : result.uses.find((use) => this.#table(use.table).records.length === 0);
    if (empty !== undefined)
      return {
        kind: 'failed',
        rule: 'ledger-empty',
        zh: `“${this.#table(empty.table).sheet}”表没有记录，不能算出实际完成值；没有记录不等于0`,
        en: `the sheet ${empty.table} has no records; that is not the same as 0`,
      };
    if (record !== undefined) for (const found of result.problems) this.#report(found);
    if (result.value.kind === 'undecided')
      return { kind: 'failed', rule: 'formula-fault', zh: result.value.reason.zh, en: result.value.reason.en };
    const [only, ...others] = result.uses;
    const head = { concept, label, ...(record?.asOf === undefined ? {} : { period: record.asOf }) };
    const isCount = only !== undefined && others.length === 0 && result.inputs.length === 0 && only.query === text;
    const fact = isCount
      ? this.#scoring.facts.counted(head, result.value, this.#count(only))
      : this.#scoring.facts.computed(head, result.value, {
          formula: text,
          inputs: [
            ...result.uses.map((use, index) => this.#used(use, `${concept}.use.${index + 1}`)),
            ...result.inputs.flatMap((input) => this.#input(input) ?? []),
          ],
        });
    this.#facts.set(name, fact.id);
    return { kind: 'value', fact: this.#inUnitOf(record, fact) };
  }

  /** 支付 is kept in 元 and its target set in 万元: the actual is printed in the unit of its target. */
  #inUnitOf(record: IndicatorRecord | undefined, fact: Fact): Fact {
    const { value } = fact;
    if (record === undefined || value.kind !== 'number') return fact;
    const target = readMeasure(record.target, record.unit).value;
    const unit = target.kind === 'number' || target.kind === 'range' ? target.unit : findUnit(record.unit ?? '');
    if (unit === undefined || unit.symbol === value.unit.symbol || !sameDimension(unit, value.unit)) return fact;
    const inUnit = numberValue(convert(value.value, value.unit, unit), unit);
    return this.#scoring.facts.computed(
      { concept: `${fact.concept}.printed`, label: fact.label, period: fact.period },
      inUnit,
      { formula: `${value.unit.symbol}换算为${unit.symbol}`, inputs: [fact.id] },
    );
  }

  #used(use: FormulaUse, concept: string): FactId {
    return this.#scoring.facts.counted({ concept, label: use.query }, use.value, this.#count(use)).id;
  }

  #count(use: FormulaUse) {
    return { sheet: this.#table(use.table).sheet, query: use.query, rows: use.rows, rowCount: use.rowCount };
  }

  #input(name: string): FactId | undefined {
    return this.#facts.get(name) ?? this.#inputs.get(name)?.factId() ?? fieldFact(this.#scoring, name);
  }

  #table(name: string): SheetRecords {
    const key = (Object.keys(tableSheets) as TableKey[]).find((one) => tableSheets[one].name === name);
    return this.#scoring.book.tables[key ?? 'evidence'] as unknown as SheetRecords;
  }

  /** A cell that disturbs several formulas is one problem. */
  #report(found: FormulaCellProblem): void {
    const table = found.table === undefined ? undefined : this.#table(found.table);
    const key = Object.entries(table?.schema.columns ?? {}).find(([, column]) => column.name === found.column)?.[0];
    const cell =
      found.row === undefined
        ? undefined
        : `${(key === undefined ? undefined : table?.letters[key]) ?? ''}${found.row}`;
    const where = { ...(table === undefined ? {} : { sheet: table.sheet }), ...(cell === undefined ? {} : { cell }) };
    const id = `${found.rule}|${where.sheet ?? ''}|${cell ?? found.message.zh}`;
    if (this.#reported.has(id)) return;
    this.#reported.add(id);
    this.#scoring.problems.push(problem(found.rule, found.severity, found.message, where));
  }
}
