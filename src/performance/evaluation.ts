import type { FactId, Lineage } from '../fact/index.ts';
import type { Problem, Text, Where } from '../problem/index.ts';
import type { Exact, Unit } from '../quantity/index.ts';

/** `unit-self` 单位自评, `department` 部门评价, `fiscal` 财政评价. */
export type EvaluationKind = 'unit-self' | 'department' | 'fiscal';

/** A figure of the evaluation: exact value in the unit it was entered in, and the fact it is. */
export interface Figure {
  readonly value: Exact;
  readonly unit: Unit;
  readonly factId: FactId;
}

/** numerator ÷ denominator, unrounded. The two are figures; their facts' labels name them (实际支付 ÷ 全年预算数). */
export interface Rate {
  /** The ratio itself, 1 = 100%. */
  readonly value: Exact;
  readonly numerator: Figure;
  readonly denominator: Figure;
  readonly factId: FactId;
}

export interface BudgetRow {
  /** 资金来源 as written in the book. */
  readonly source: string;
  readonly initial: Figure | undefined;
  readonly adjusted: Figure | undefined;
  readonly inPlace: Figure | undefined;
  readonly executed: Figure | undefined;
  readonly rate: Rate | undefined;
  /** What the unit expects to have spent by the end of the year; stated at mid-year only. */
  readonly forecast: Figure | undefined;
  /** Money of the whole term of a project of several years; stated in goal declarations only. */
  readonly term: Figure | undefined;
}

/** Where a part of the initial budget went. */
export type DestinationName = '已支付' | '结转' | '结余' | '财政收回' | '调减' | '未下达' | '去向未说明';

export interface Destination {
  readonly name: DestinationName;
  readonly amount: Figure;
}

/** A date on which money was due and the date it came, both `YYYY-MM-DD`. */
export interface Lateness {
  /** What was late, e.g. 用款计划批复（2023-03-01 申请）. */
  readonly what: string;
  readonly due: string;
  readonly came: string;
  /** Days from the due date to the day it came; negative = early. */
  readonly days: Figure;
  /** The cell of the day it came. */
  readonly where: Where;
}

export interface Budget {
  readonly unit: Unit;
  /** Absent = not stated in the book; never assumed. */
  readonly initial: Figure | undefined;
  readonly adjusted: Figure | undefined;
  readonly inPlace: Figure | undefined;
  readonly executed: Figure | undefined;
  readonly forecast: Figure | undefined;
  readonly term: Figure | undefined;
  readonly rows: readonly BudgetRow[];
  /** Sums to the initial budget (plus additions), 去向未说明 taking the rest. */
  readonly destinations: readonly Destination[];
  /** 到位率, 支付率, 执行率 (initial / adjusted), always side by side. */
  readonly rates: {
    readonly arrival: Rate | undefined;
    readonly payment: Rate | undefined;
    readonly executionInitial: Rate | undefined;
    readonly executionAdjusted: Rate | undefined;
  };
  readonly lateness: readonly Lateness[];
  /** Amounts that are absent because a line of them cannot be read, not because nobody stated them. */
  readonly unreadable: readonly ('initial' | 'adjusted' | 'inPlace' | 'executed')[];
}

export type Operator = '≥' | '≤' | '>' | '<' | '=' | '定性';

/** A target or an actual, as entered (`text`) and as understood. */
export interface Measure {
  readonly kind: 'number' | 'range' | 'date' | 'grade' | 'text' | 'none';
  /** Exact decimal, `low..high`, `YYYY-MM-DD`, or words; null for `none`. */
  readonly value: string | null;
  /** As written or as printed; empty for `none`. */
  readonly text: string;
  /** Empty when it has none. */
  readonly unit: string;
  /** The fact behind it, when it is one. */
  readonly factId: FactId | undefined;
}

export interface SuggestedScore {
  readonly min: Exact;
  readonly max: Exact;
  readonly factId: FactId;
}

/** What the unit expects of an indicator by the end of the year; stated while the period runs. */
export interface Outlook {
  readonly forecast: Measure;
  /** 确定能, 有可能, 不可能; absent while not said. */
  readonly likelihood: string | undefined;
  /** 经费保障, 制度保障, 人员保障, 硬件条件保障, 其他. */
  readonly causes: readonly string[];
  /** 建议或举措 */
  readonly remedy: string;
}

export interface ScoredIndicator {
  /** 一级, 二级, 三级; the third is empty for a second-level row that the form prints blank. */
  readonly path: readonly [string, string, string];
  readonly operator: Operator;
  readonly target: Measure;
  /** Target of the whole term of a project of several years. */
  readonly termTarget: Measure;
  readonly actual: Measure;
  readonly outlook: Outlook;
  readonly weight: Figure | undefined;
  /** Absent when no weight is known: a leaf without weight has no score. */
  readonly suggested: SuggestedScore | undefined;
  readonly claimed: Figure | undefined;
  readonly reviewed: Figure | undefined;
  /** Why the suggested score is what it is, one sentence or several; empty for a blank row. */
  readonly explanation: Text;
  /** The unit's own 偏差原因分析及改进措施. */
  readonly reason: string;
  /** Fact of the actual when there is one, else of the suggested score, else of the target. */
  readonly factId: FactId | undefined;
  /** Numbers of the 佐证 rows. */
  readonly evidence: readonly string[];
  readonly undecided: boolean;
  /** `true` for the budget-execution leaf, which the form prints in the money block. */
  readonly isExecution: boolean;
  /** 1-based row of the 绩效指标 sheet; absent for an execution leaf that has none. */
  readonly row: number | undefined;
}

export interface Total {
  readonly suggested: SuggestedScore | undefined;
  readonly claimed: Figure | undefined;
  readonly reviewed: Figure | undefined;
  /** How many leaves are 待定. */
  readonly undecided: number;
  /** Sum of the weights, as a figure; absent when no weight is stated. */
  readonly weight: Figure | undefined;
}

/** A grade of the rule set's bands; absent while the score interval spans two bands. */
export interface Grade {
  /** Local label: 优, 一等 … */
  readonly label: string;
  readonly factId: FactId;
}

export interface MonitoringFlag {
  readonly path: readonly [string, string, string] | undefined;
  readonly level: 'yellow' | 'red';
  readonly explanation: Text;
}

export interface Evaluation {
  readonly project: string;
  readonly department: string;
  readonly unit: string;
  readonly region: string;
  readonly kind: EvaluationKind;
  /** Budget year, four digits. */
  readonly period: string;
  readonly asOf: string;
  /** `asOf` lies within the evaluated period: this is monitoring, not an evaluation of the year. */
  readonly isMidPeriod: boolean;
  /** The book declares goals: nothing was done yet, nothing is scored on paper. */
  readonly isDeclaration: boolean;
  /** First day of the evaluated period, `YYYY-MM-DD`. */
  readonly periodStart: string;
  readonly ruleSet: {
    readonly id: string;
    readonly version: string;
    readonly name: string;
    readonly nameEn: string;
    readonly verified: boolean;
  };
  /** 示例权重（未经核实） or where the weights come from; empty when not said. */
  readonly weightSource: string;
  readonly budget: Budget;
  readonly indicators: readonly ScoredIndicator[];
  readonly total: Total;
  /** Grade of the claimed total, of the suggested interval, and the words the unit wrote itself. */
  readonly grade: {
    readonly claimed: Grade | undefined;
    readonly suggested: Grade | undefined;
    readonly stated: string;
  };
  readonly monitoring: readonly MonitoringFlag[];
  readonly problems: readonly Problem[];
  /** Facts counted from the ledgers for the base-data table of a report, in its order. */
  readonly baseData: readonly FactId[];
  readonly lineage: Lineage;
}
