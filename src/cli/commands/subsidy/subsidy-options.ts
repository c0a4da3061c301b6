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
import { MEMORY } from '../../help/engine-options.ts';
import type { Options } from '../../help/option.ts';
import { parseOptions } from '../../parse-options.ts';

/** Every option of `jiping subsidy`; each subcommand takes some of them. */
const OPTIONS = {
  region: {
    type: 'string',
    value: text('地区', 'PLACE'),
    help: text(
      '共青城、江西省九江市共青城市 或 6 位代码；必写',
      'name of the place (“共青城”, “江西省九江市共青城市”) or its code of 6 digits; required',
    ),
  },
  'budget-year': {
    type: 'string',
    value: text('年', 'YEAR'),
    help: text('由哪一年的预算支出', 'the year whose budget pays'),
  },
  'standard-year': {
    type: 'string',
    value: text('年', 'YEAR'),
    help: text(
      '用哪一年通知的标准；不写时为预算年度',
      'the year whose notice set the standard; default: the budget year',
    ),
  },
  'settlement-year': {
    type: 'string',
    value: text('年', 'YEAR'),
    help: text(
      '上级哪一年清算；不写时取通知日期的年份，再取下一年',
      'the year of the settlement; default: the year of the notice, else the year after the budget year',
    ),
  },
  provisional: {
    type: 'boolean',
    help: text('准许预算年度用旧标准（暂定）', 'allows an older standard for the budget year, marked provisional'),
  },
  years: {
    type: 'string',
    value: text('年-年', 'YEAR-YEAR'),
    help: text('如 2024-2028；必写', 'such as 2024-2028; required'),
  },
  group: {
    type: 'string',
    value: text('人群', 'GROUP'),
    help: text('不写时为 residents（城乡居民）', 'group of insured persons; default: residents'),
  },
  amount: {
    type: 'string',
    value: text('金额', 'AMOUNT'),
    help: text(
      '所述金额，带单位，如 2028.45万元；必写',
      'the amount stated, with its unit, such as 2028.45万元; required',
    ),
  },
  heads: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text('人数表（CSV 或 xlsx）；必写', 'table of heads (CSV or xlsx); required'),
  },
  'as-of': {
    type: 'string',
    value: text('日期', 'DATE'),
    help: text('人数截至哪一天（YYYY-MM-DD）', 'the day of the heads (YYYY-MM-DD)'),
  },
  paid: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text('已拨付的资金；必写', 'the payments made; required'),
  },
  notice: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text(
      '上级清算通知；有它才叫结算单',
      'the settlement notice of the higher level; without it the paper is an estimate',
    ),
  },
  aid: {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text(
      '另算资助参保（代缴）的人数表，格式同人数表',
      'heads whose own premium is paid for them, computed apart; columns as in the table of heads',
    ),
  },
  'carry-over': {
    type: 'string',
    value: text('金额', 'AMOUNT'),
    help: text(
      '上年结转，如 21.45万元；负数写作 --carry-over=-80.62万元',
      'carried over from the year before, such as 21.45万元; a negative one as --carry-over=-80.62万元',
    ),
  },
  excess: {
    type: 'string',
    value: text('refund|offset', 'refund|offset'),
    help: text('多拨的退回（refund）或抵下年（offset）', 'money overpaid is refunded, or offset against the next year'),
  },
  budget: {
    type: 'string',
    value: text('金额', 'AMOUNT'),
    help: text('年初预算金额，与 --budget-heads 一起查', 'the initial budget, checked together with --budget-heads'),
  },
  'budget-heads': { type: 'string', value: text('人数', 'N'), help: text('年初预算人数', 'the heads of that budget') },
  'other-heads': {
    type: 'string',
    value: text('人数,…', 'N,…'),
    help: text('报告里的其他人数，试各种组合', 'other heads of the report, tried in combinations'),
  },
  standard: {
    type: 'string',
    multiple: true,
    value: text('年=元', 'YEAR=YUAN'),
    help: text('改某年标准，如 2026=730', 'another standard for a year, such as 2026=730'),
  },
  'standard-step': {
    type: 'string',
    value: text('元', 'YUAN'),
    help: text('通知未出的年度每年提高多少元', 'yuan more in every year that has no notice yet'),
  },
  'heads-growth': {
    type: 'string',
    value: text('百分数', 'PERCENT'),
    help: text('人数每年变化，如 --heads-growth=-2%', 'change of the heads a year, such as --heads-growth=-2%'),
  },
  move: {
    type: 'string',
    multiple: true,
    value: text('人群=人群', 'GROUP=GROUP'),
    help: text(
      '换人群，如 students-local=students-provincial',
      'counts one group as another, such as students-local=students-provincial',
    ),
  },
  share: {
    type: 'string',
    multiple: true,
    value: text('级次=比例', 'LEVEL=RATIO'),
    help: text(
      '改分担，如 province=0.7（占上级分担后剩余部分）',
      'another share of a level, such as province=0.7 (of what the levels above leave)',
    ),
  },
  'alternative-rules': {
    type: 'string',
    multiple: true,
    value: text('文件夹', 'DIR'),
    help: text('换一套规则，与现行规则并列', 'another set of rules, shown beside the present one'),
  },
  register: {
    type: 'string',
    value: text('版本', 'VERSION'),
    help: text(
      '用已导入的城乡居民参保名册的一个版本代替文件：正常参保的计入，按全年',
      'takes a version of the resident register that was imported instead of a file: those active, for the whole year',
    ),
  },
  'per-person': {
    type: 'string',
    value: text('文件', 'FILE'),
    help: text('写出逐人金额（parquet，单位：分）', 'writes the amount of each person (parquet, in fen, 0.01 yuan)'),
  },
  'memory-limit': MEMORY,
  level: {
    type: 'string',
    value: text('级次', 'LEVEL'),
    help: text(
      '本级：central、province、city、county、township；不写时为末级（县级）',
      'the own level: central, province, city, county or township; default: the last one that pays (county)',
    ),
  },
  class: {
    type: 'string',
    value: text('类别', 'CLASS'),
    help: text(
      '规则按类别分档而名单中没有本县时指定',
      'class of the place, where the rules share by class and do not list it',
    ),
  },
  rules: {
    type: 'string',
    multiple: true,
    value: text('文件夹', 'DIR'),
    help: text(
      '本县规则文件；另读 JIPING_HOME/rules/policy；同 id 的本地文件替换随附文件',
      'rule files of your own, besides JIPING_HOME/rules/policy; one with the id of a packaged file replaces it',
    ),
  },
  out: {
    type: 'string',
    value: text('文件夹', 'DIR'),
    help: text('写到哪里；不写时不出文件', 'where to write; without it nothing is written'),
  },
} as const satisfies Options;

export type OptionName = keyof typeof OPTIONS;

/** The options a subcommand takes, in the order of the help. */
export function subsidyOptions(allowed: readonly OptionName[], own: Options = {}): Options {
  const taken = Object.entries(OPTIONS).filter(([name]) => allowed.some((known) => known === name));
  return { ...Object.fromEntries(taken), ...own };
}

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

export function readOptions(subcommand: string, args: readonly string[], allowed: Options): SubsidyOptions {
  const help = `jiping subsidy ${subcommand} --help`;
  const parsed = parseOptions(args, allowed, `subsidy ${subcommand}`);
  const values: Readonly<Record<string, unknown>> = parsed.values;
  const { positionals } = parsed;
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
