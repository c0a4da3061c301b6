import { type Fact, type FactId, Lineage, makeFact, type RuleReference } from '../../fact/index.ts';
import { Exact, findUnit, NO_UNIT, PERSON, type Unit, YUAN } from '../../quantity/index.ts';
import type { DatasetReference } from './dataset-reference.ts';
import type { ComparisonRules } from './job-rules.ts';
import type { BalanceRow, BalanceTable, StatusChange } from './one-person-one-file.ts';
import type { ComparisonRun } from './run-comparison.ts';

/** What the county as a whole is called in the place of a fact. */
export const COUNTY = '全县';
const PERSON_TIMES: Unit = findUnit('人次') ?? NO_UNIT;
const ROWS: Unit = findUnit('条') ?? NO_UNIT;

/** What every fact of one result shares. */
export interface RegisterQuestion {
  readonly asOf: string;
  readonly datasets: readonly DatasetReference[];
  readonly planHash: string;
}

/** A figure over registers: what it is, of whom, and how the question reads. */
interface Counted {
  readonly concept: string;
  readonly label: string;
  readonly place: string;
  readonly value: Exact;
  readonly unit: Unit;
  readonly formula: string;
  readonly rules?: readonly RuleReference[];
}

/**
 * The facts of results over registers. A count is computed from dataset versions by a plan: its inputs are the versions,
 * each a fact of its own, so that a lineage page opens down to them; the plan's hash stands among its steps.
 */
export class RegisterFacts {
  readonly lineage = new Lineage();

  /** A dataset version, by its rows. */
  dataset({ kind, title, id, agency, asOf, rows }: DatasetReference): Fact {
    return this.lineage.add(
      makeFact({
        concept: `dataset.${kind}`,
        label: `${title}（${agency}，截至${asOf}）`,
        value: { kind: 'number', value: Exact.of(rows), unit: ROWS },
        period: asOf,
        place: '',
        origin: {
          kind: 'counted',
          source: { kind: 'dataset', name: title, version: id },
          query: '全部行',
          rows: rows === 0 ? [] : [{ from: 1, to: rows }],
          rowCount: rows,
        },
      }),
    );
  }

  counted(question: RegisterQuestion, counted: Counted): Fact {
    const inputs = question.datasets.map((dataset) => this.dataset(dataset).id);
    return this.computed(question.asOf, counted, inputs, [`查询计划 ${question.planHash}`]);
  }

  computed(period: string, head: Counted, inputs: readonly FactId[], steps: readonly string[] = []): Fact {
    const { concept, label, place, value, unit, formula, rules } = head;
    return this.lineage.add(
      makeFact({
        concept,
        label,
        value: { kind: 'number', value, unit },
        period,
        place,
        origin: {
          kind: 'computed',
          formula,
          inputs,
          rules: rules ?? [],
          ...(steps.length === 0 ? {} : { steps }),
        },
      }),
    );
  }

  /** Persons of one row of the balance table: of one status, or `户籍人口`. */
  persons(balance: BalanceTable, row: BalanceRow, status: string): Fact {
    const at = balance.statuses.indexOf(status);
    return this.counted(balance, {
      concept: `register.${status}`,
      label: status,
      place: placeOf(balance, row),
      value: Exact.of(at < 0 ? row.registered : (row.counts[at] ?? 0)),
      unit: PERSON,
      formula: at < 0 ? '户籍人口名册中的人数' : `一人一档中状态为“${status}”的人数`,
    });
  }

  /** Persons who went from one status to another since the table of an earlier day. */
  change(balance: BalanceTable, since: string, { from, to, persons }: StatusChange): Fact {
    return this.counted(balance, {
      concept: 'register.change',
      label: `${from ?? '不在户籍名册'}转${to ?? '不在户籍名册'}`,
      place: COUNTY,
      value: Exact.of(persons),
      unit: PERSON,
      formula: `一人一档中${since}与${balance.asOf}的状态相比`,
    });
  }

  /** Findings of each check that are to be worked on, with their money effect, and the numbers a job states. */
  findings(run: ComparisonRun, rules: ComparisonRules): readonly Fact[] {
    const job = rules.jobs.find((each) => each.job === run.job);
    const numbers = run.numbers.map(({ count, label, of, number }) =>
      this.counted(run, {
        concept: `comparison.${count}`,
        label,
        place: COUNTY,
        value: Exact.of(number),
        unit: of === 'person' ? PERSON : PERSON_TIMES,
        formula: of === 'person' ? '每人计一次' : '每个结算单号计一次',
      }),
    );
    const found = (job?.checks ?? []).flatMap(({ check, finding }) => {
      const active = run.counts.filter((count) => count.check === check && ACTIVE.has(count.state));
      const reference = {
        ruleSet: `comparison.${run.job}`,
        version: job?.version ?? '',
        key: check,
        document: run.document,
        verified: run.verified,
      };
      const base = { place: COUNTY, rules: [reference], formula: `${run.title}：新增、仍在和重现的疑点` };
      const count = this.counted(run, {
        ...base,
        concept: `comparison.${check}`,
        label: finding,
        value: Exact.of(active.reduce((sum, { findings }) => sum + findings, 0)),
        unit: ROWS,
      });
      if (active.every(({ money }) => money === null)) return [count];
      const fen = active.reduce((sum, { money }) => sum + BigInt(money ?? 0), 0n);
      return [
        count,
        this.counted(run, {
          ...base,
          concept: `comparison.${check}.money`,
          label: `${finding}涉及金额`,
          value: Exact.ratio(fen, 100n),
          unit: YUAN,
        }),
      ];
    });
    return [...found, ...numbers];
  }
}

const ACTIVE: ReadonlySet<string> = new Set(['new', 'open', 'reopened']);

function placeOf(balance: BalanceTable, row: BalanceRow): string {
  if (row === balance.county) return COUNTY;
  return `${row.town === '' ? '未注明乡镇' : row.town}${row.village}`;
}
