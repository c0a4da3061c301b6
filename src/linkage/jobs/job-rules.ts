import { z } from 'zod';
import { noticeYear, PolicyRules, type Region } from '../../policy/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import {
  choice,
  flag,
  packagedRulesFolder,
  parseRuleFile,
  type RuleSource,
  RuleTrace,
  readRuleFolder,
  words,
} from '../../rules/index.ts';
import { type LinkModel, readLinkModel } from '../model/link-model.ts';

const conditionSchema = z.strictObject({
  field: words(),
  in: z.array(words()).optional(),
  empty: flag().optional(),
  /** The money of the field is not this parameter. */
  notMoney: choice(['subsidy', 'premium']).optional(),
});

const sourceSchema = z.strictObject({
  kind: words(),
  where: z.array(conditionSchema).default([]),
  optional: flag().default(false),
});

const checkSchema = z.strictObject({
  check: words(),
  /** matched: left persons found right; missing: not found right; repeated: left persons that stand there more than once. */
  shape: choice(['matched', 'missing', 'repeated']),
  left: sourceSchema,
  rights: z.array(sourceSchema).default([]),
  /** Of missing: persons found here are no findings either, but do not make a household an insured one. */
  besides: z.array(sourceSchema).default([]),
  /** Left persons that stand here too are left out. */
  without: z.array(sourceSchema).default([]),
  /** Only left persons that stand here too. */
  within: z.array(sourceSchema).default([]),
  /** A field to match by instead of the person. */
  key: words().optional(),
  /** Fields that make several findings of one person. */
  per: z.array(words()).default([]),
  /** Of matched: only pairs of these levels. Named, a side's supplier gets only its records without a sound number. */
  levels: z.array(choice(['L3', 'L3*', 'L4'])).default([]),
  /** Only pairs whose fields [left, right] are both there and not equal. */
  differs: z.tuple([words(), words()]).optional(),
  /** Only pairs whose money fields [left, right] do not add up to `not`. */
  total: z.tuple([words(), words()]).optional(),
  not: choice(['subsidy', 'premium']).optional(),
  /** Of missing: only in households with a member who is found right. */
  household: flag().default(false),
  finding: words(),
  findingEn: words(),
  action: words(),
  /** Money effect: a parameter, or a money field of the left register. */
  money: words().optional(),
  workList: flag().default(false),
  /** By what the work lists are parted: a field of the left register, one workbook each value. */
  lists: z.array(choice(['town', 'school', 'employer'])).default(['town']),
  /** Sides whose suppliers get the records of their register that the finding puts in doubt, one workbook each supplier. */
  agencies: z.array(choice(['left', 'right'])).default([]),
});

/** A number of persons or of person-times that a job states beside its findings. */
const countSchema = z.strictObject({
  count: words(),
  label: words(),
  register: sourceSchema,
  /** `person`: each person once; a field: each value once (person-times by settlement). */
  of: words(),
});

const jobSchema = z.strictObject({
  id: words(),
  job: words(),
  version: words(),
  title: words(),
  titleEn: words(),
  document: words(),
  verified: flag(),
  checks: z.array(checkSchema).min(1),
  counts: z.array(countSchema).default([]),
});

const codesSchema = z.strictObject({
  id: words(),
  version: words(),
  title: words(),
  verified: flag(),
  status: words(),
  codes: z.record(
    z.string(),
    z.strictObject({ label: words(), effect: choice(['dismissed', 'resolved', 'open']), reason: words() }),
  ),
  /** A person's word on a pair that trained linkage proposed. */
  proposals: z.record(
    z.string(),
    z.strictObject({ label: words(), effect: choice(['accepted', 'rejected']), reason: words() }),
  ),
});

const statusesSchema = z.strictObject({
  id: words(),
  version: words(),
  title: words(),
  verified: flag(),
  status: words(),
  statuses: z.array(z.strictObject({ status: words(), statusEn: words(), register: sourceSchema, date: words() })),
});

export type RegisterSource = z.output<typeof sourceSchema>;
export type Check = z.output<typeof checkSchema>;
export type ComparisonJob = z.output<typeof jobSchema>;
export type StatusRule = z.output<typeof statusesSchema>['statuses'][number];
export type ReturnCode = z.output<typeof codesSchema>['codes'][string];
export type ProposalCode = z.output<typeof codesSchema>['proposals'][string];

/** Amounts of one coverage year in 分, from the financing policy. */
export interface ComparisonParameters {
  readonly year: string;
  /** What the treasury pays for one person of this year. */
  readonly subsidy: bigint;
  /** What one person paid for this year: the individual premium of the notice of the year before. */
  readonly premium: bigint;
  /** Notice years of the two, earlier than they should be while the right one is not out. */
  readonly notices: { readonly subsidy: number; readonly premium: number };
  readonly provisional: boolean;
  readonly verified: boolean;
}

/** Whose standards hold: the country's by default. */
export interface ComparisonPolicy {
  readonly rules: PolicyRules;
  readonly region: Region;
}

export interface ComparisonRules {
  readonly jobs: readonly ComparisonJob[];
  readonly codes: Readonly<Record<string, ReturnCode>>;
  /** Return codes of pairs that trained linkage proposed. */
  readonly proposals: Readonly<Record<string, ProposalCode>>;
  readonly linkage: LinkModel;
  readonly statuses: readonly StatusRule[];
  parameters(year: string): ComparisonParameters;
}

/** All rule data of comparison. @throws JipingError `invalid-rule` */
export function loadComparisonRules(policy?: ComparisonPolicy): ComparisonRules {
  const folder = packagedRulesFolder();
  const sources = readRuleFolder(folder, 'comparison');
  const sourceOf = (file: string): RuleSource => {
    const source = sources.find((each) => each.file === `comparison/${file}`);
    if (source === undefined)
      throw new JipingError('invalid-rule', text(`缺少规则文件 ${file}`, `rule file ${file} is missing`), { file });
    return source;
  };
  const { codes, proposals } = parseRuleFile(sourceOf('codes.yaml'), codesSchema);
  const jobs = sources
    .filter((source) => source.file.includes('/jobs/'))
    .map((source) => parseRuleFile(source, jobSchema))
    .sort((a, b) => Number(a.job.slice(1)) - Number(b.job.slice(1)));
  let standards = policy;
  return {
    jobs,
    codes,
    proposals,
    linkage: readLinkModel(sourceOf('linkage.yaml')).model,
    statuses: parseRuleFile(sourceOf('one-person-one-file.yaml'), statusesSchema).statuses,
    parameters: (year) => {
      if (standards === undefined) {
        const national = PolicyRules.load(readRuleFolder(folder, 'policy'));
        standards = { rules: national, region: national.jurisdictions.find('000000') };
      }
      return parametersOf(standards, Number(year));
    },
  };
}

/** @throws JipingError `not-found` when no notice so early has a standard */
function parametersOf({ rules, region }: ComparisonPolicy, year: number): ComparisonParameters {
  const known = rules.noticeYears(region);
  const upTo = (wanted: number): number => known.filter((each) => each <= wanted).at(-1) ?? wanted;
  const notices = { subsidy: upTo(year), premium: upTo(year - 1) };
  const lacking = (): JipingError => {
    const first = known[0] === undefined ? '' : String(known[0] + 1);
    return new JipingError(
      'not-found',
      text(
        `规则里没有 ${notices.premium} 年通知的个人缴费标准，不能比对 ${year} 年；请核对名册的截至日期，或用 --as-of 指定 ${first} 年以后的日期`,
        `the rules hold no individual premium of the notice of ${notices.premium}, so ${year} cannot be compared: check the date of the registers, or give --as-of a date in ${first} or later`,
      ),
    );
  };
  if (!known.includes(notices.premium)) throw lacking();
  const trace = new RuleTrace();
  const standard = rules.standard(region, noticeYear(notices.subsidy), trace);
  const premium = rules.individual(region, noticeYear(notices.premium), trace);
  if (premium === undefined) throw lacking();
  return {
    year: String(year),
    subsidy: fen(standard.subsidy),
    premium: fen(premium.low),
    notices,
    provisional: notices.subsidy !== year || notices.premium !== year - 1,
    verified: !trace.hasUnverified,
  };
}

function fen(yuan: Exact): bigint {
  return yuan.mul(Exact.hundred).numerator;
}
