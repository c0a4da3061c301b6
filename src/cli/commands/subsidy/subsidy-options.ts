import {
  budgetYear,
  coverageFinancedBy,
  findLevel,
  type LevelId,
  noticeYear,
  type PolicyRules,
  type Region,
  type SubsidyYears,
  settlementYear,
} from '../../../policy/index.ts';
import { JipingError, text } from '../../../problem/index.ts';
import { isCalendarDate } from '../../../rules/index.ts';
import { parseOptions } from '../../parse-options.ts';

/** Every option of `jiping subsidy`; each subcommand names those it takes. */
const OPTIONS = {
  region: { type: 'string' },
  rules: { type: 'string', multiple: true },
  class: { type: 'string' },
  group: { type: 'string' },
  level: { type: 'string' },
  'budget-year': { type: 'string' },
  'standard-year': { type: 'string' },
  'settlement-year': { type: 'string' },
  provisional: { type: 'boolean' },
  heads: { type: 'string' },
  'as-of': { type: 'string' },
  aid: { type: 'string' },
  paid: { type: 'string' },
  notice: { type: 'string' },
  'carry-over': { type: 'string' },
  excess: { type: 'string' },
  amount: { type: 'string' },
  budget: { type: 'string' },
  'budget-heads': { type: 'string' },
  'other-heads': { type: 'string' },
  years: { type: 'string' },
  standard: { type: 'string', multiple: true },
  'standard-step': { type: 'string' },
  'heads-growth': { type: 'string' },
  move: { type: 'string', multiple: true },
  share: { type: 'string', multiple: true },
  'alternative-rules': { type: 'string', multiple: true },
  'per-person': { type: 'string' },
  'memory-limit': { type: 'string' },
  out: { type: 'string' },
} as const;

export type OptionName = keyof typeof OPTIONS;

/** The words given, options not taken by the subcommand refused. */
export interface SubsidyOptions {
  readonly words: readonly string[];
  one(name: OptionName): string | undefined;
  many(name: OptionName): readonly string[];
  flag(name: OptionName): boolean;
  /** @throws JipingError `usage` when it was not given */
  required(name: OptionName): string;
  year(name: OptionName): number | undefined;
}

export function readOptions(
  subcommand: string,
  args: readonly string[],
  allowed: readonly OptionName[],
): SubsidyOptions {
  const help = 'jiping subsidy --help';
  const parsed = parseOptions(args, OPTIONS, 'subsidy');
  const values: Readonly<Record<string, unknown>> = parsed.values;
  const { positionals } = parsed;
  for (const name of Object.keys(values))
    if (!allowed.some((known) => known === name))
      throw usage(
        `subsidy ${subcommand} 没有选项 --${name}；${help}`,
        `subsidy ${subcommand} has no option --${name}; ${help}`,
      );
  const one = (name: OptionName): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    words: positionals,
    one,
    many: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.map(String) : [];
    },
    flag: (name) => values[name] === true,
    required: (name) => {
      const value = one(name);
      if (value === undefined || value === '')
        throw usage(`subsidy ${subcommand} 缺 --${name}；${help}`, `subsidy ${subcommand} needs --${name}; ${help}`);
      return value;
    },
    year: (name) => {
      const value = one(name);
      if (value === undefined) return undefined;
      if (!/^(19|20|21)\d{2}$/.test(value))
        throw usage(`--${name} 应为四位年份，现为“${value}”`, `--${name} should be a year, not “${value}”`);
      return Number(value);
    },
  };
}

export function regionOf(rules: PolicyRules, options: SubsidyOptions): Region {
  return rules.jurisdictions.find(options.required('region'));
}

/** The four years from the options; the settlement year only where one is settled. */
export function yearsOf(options: SubsidyOptions, settle: boolean, noticeDate?: string): SubsidyYears {
  const budget = options.year('budget-year');
  if (budget === undefined)
    throw usage('缺 --budget-year（由哪一年预算支出）', '--budget-year is needed (the year whose budget pays)');
  const asOf = options.one('as-of');
  if (asOf !== undefined && !isCalendarDate(asOf))
    throw usage(`--as-of 应为 YYYY-MM-DD，现为“${asOf}”`, `--as-of should be YYYY-MM-DD, not “${asOf}”`);
  const settled =
    options.year('settlement-year') ?? (noticeDate === undefined ? budget + 1 : Number(noticeDate.slice(0, 4)));
  if (settle && settled < budget)
    throw usage(
      `清算年度 ${settled} 早于预算年度 ${budget}`,
      `settlement year ${settled} precedes budget year ${budget}`,
    );
  return {
    standard: noticeYear(options.year('standard-year') ?? budget),
    provisional: options.flag('provisional'),
    coverage: coverageFinancedBy(budgetYear(budget)),
    budget: budgetYear(budget),
    ...(settle ? { settlement: settlementYear(settled) } : {}),
    ...(asOf === undefined ? {} : { headsAsOf: asOf }),
  };
}

export function levelOf(options: SubsidyOptions): LevelId | undefined {
  const words = options.one('level');
  if (words === undefined) return undefined;
  const level = findLevel(words);
  if (level === undefined) throw usage(`不认识的级次“${words}”`, `unknown level “${words}”`);
  return level;
}

export function usage(zh: string, en: string): JipingError {
  return new JipingError('usage', text(zh, en));
}
