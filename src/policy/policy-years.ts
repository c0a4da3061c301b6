/**
 * The four years of resident insurance money are four types: the notice that announces a standard, the year people
 * are covered, the budget year that pays, and the year in which the superior settles. Mixing them is the trade's most
 * frequent error, so the compiler refuses it.
 */
export interface NoticeYear {
  readonly yearOf: 'notice';
  readonly year: number;
}

export interface CoverageYear {
  readonly yearOf: 'coverage';
  readonly year: number;
}

export interface BudgetYear {
  readonly yearOf: 'budget';
  readonly year: number;
}

export interface SettlementYear {
  readonly yearOf: 'settlement';
  readonly year: number;
}

export function noticeYear(year: number): NoticeYear {
  return { yearOf: 'notice', year };
}

export function coverageYear(year: number): CoverageYear {
  return { yearOf: 'coverage', year };
}

export function budgetYear(year: number): BudgetYear {
  return { yearOf: 'budget', year };
}

export function settlementYear(year: number): SettlementYear {
  return { yearOf: 'settlement', year };
}

/** The individual premium of notice year N is collected in the autumn of N for coverage year N + 1. */
export function coverageCollectedUnder(notice: NoticeYear): CoverageYear {
  return coverageYear(notice.year + 1);
}

/** The budget year pays the subsidy of the people covered in the same calendar year. */
export function coverageFinancedBy(budget: BudgetYear): CoverageYear {
  return coverageYear(budget.year);
}

/** The notice whose individual premium the people covered in that year had paid. */
export function noticeCollectedFor(coverage: CoverageYear): NoticeYear {
  return noticeYear(coverage.year - 1);
}

/** The notice that finally governs a budget year's subsidy; until it is out an older one serves provisionally. */
export function finalNoticeOf(budget: BudgetYear): NoticeYear {
  return noticeYear(budget.year);
}

/** All years of one computation, as printed on its paper. */
export interface SubsidyYears {
  /** Notice whose fiscal subsidy standard was used. */
  readonly standard: NoticeYear;
  /** The standard is a stand-in because the budget year's own notice is not out. */
  readonly provisional: boolean;
  readonly coverage: CoverageYear;
  readonly budget: BudgetYear;
  readonly settlement?: SettlementYear;
  /** As-of date of the heads, `YYYY-MM-DD`; absent = not stated (flagged). */
  readonly headsAsOf?: string;
}
