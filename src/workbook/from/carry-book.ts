import type { ProjectBook } from '../../ledger/index.ts';
import { type Problem, problem, text } from '../../problem/index.ts';
import type { CarriedOver } from './read-goal-form.ts';
import { yearIn } from './read-indicator-grid.ts';

/** Facts of the project that hold next year too; the year, dates, results and narratives do not. */
const PROJECT_FACTS = [
  'name',
  'code',
  'type',
  'kind',
  'department',
  'unit',
  'region',
  'ruleSet',
  'goalExpected',
  'goalLong',
  'basis',
] as const;
/** Of an indicator: its path, target, weight and how it is computed. */
const INDICATOR_FACTS = [
  'level1',
  'level2',
  'level3',
  'target',
  'termTarget',
  'unit',
  'weight',
  'scoring',
  'formula',
  'dataSource',
] as const;
const CHECKLIST_FACTS = ['indicator', 'number', 'point', 'weight'] as const;

/** Next year's book from this year's: goals, indicators, their formulas and check lists; no result, no date. */
export function carryBook(book: ProjectBook): CarriedOver {
  const { indicators, checklists } = book.tables;
  const problems: Problem[] = [];
  for (const record of indicators.records) {
    const year = yearIn(record.target ?? '') ?? /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(record.formula ?? '')?.[0];
    if (year !== undefined)
      problems.push(
        problem(
          'year-carried',
          'warning',
          text(
            `“${record.level3 ?? record.level2 ?? ''}”的指标值或公式写着 ${year} 年，已照样带入；请改成新年度的。`,
            `the target or formula of “${record.level3 ?? record.level2 ?? ''}” names the year ${year}; it was carried over, change it.`,
          ),
          { sheet: indicators.sheet, cell: `${indicators.letters.target ?? ''}${record.row}` },
        ),
      );
  }
  const project = Object.fromEntries(
    PROJECT_FACTS.flatMap((key) => {
      const field = book.project[key];
      return field === undefined ? [] : [[key, field.value]];
    }),
  );
  return {
    content: {
      project,
      tables: {
        indicators: indicators.records.map((record) => pick(record, INDICATOR_FACTS)),
        checklists: checklists.records.map((record) => pick(record, CHECKLIST_FACTS)),
      },
    },
    problems,
  };
}

function pick<T extends object, K extends keyof T>(record: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]]))) as Pick<
    T,
    K
  >;
}
