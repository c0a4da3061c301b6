import { z } from 'zod';
import { JipingError, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { choice, decimal, flag, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';

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
});

const parametersSchema = z.strictObject({
  id: words(),
  version: words(),
  title: words(),
  years: z.record(
    z.string(),
    z.strictObject({ subsidy: decimal(), premium: decimal(), document: words(), verified: flag() }),
  ),
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

/** Amounts of one year in 分. */
export interface ComparisonParameters {
  readonly year: string;
  readonly subsidy: bigint;
  readonly premium: bigint;
  readonly document: string;
  readonly verified: boolean;
}

export interface ComparisonRules {
  readonly jobs: readonly ComparisonJob[];
  readonly codes: Readonly<Record<string, ReturnCode>>;
  readonly statuses: readonly StatusRule[];
  parameters(year: string): ComparisonParameters;
}

/** All rule data of comparison. @throws JipingError `invalid-rule` */
export function loadComparisonRules(folder: string = packagedRulesFolder()): ComparisonRules {
  const sources = readRuleFolder(folder, 'comparison');
  const read = <T>(file: string, schema: z.ZodType<T>): T => {
    const source = sources.find((each) => each.file === `comparison/${file}`);
    if (source === undefined)
      throw new JipingError('invalid-rule', text(`缺少规则文件 ${file}`, `rule file ${file} is missing`), { file });
    return parseRuleFile(source, schema);
  };
  const jobs = sources
    .filter((source) => source.file.includes('/jobs/'))
    .map((source) => parseRuleFile(source, jobSchema))
    .sort((a, b) => Number(a.job.slice(1)) - Number(b.job.slice(1)));
  const { years } = read('parameters.yaml', parametersSchema);
  return {
    jobs,
    codes: read('codes.yaml', codesSchema).codes,
    statuses: read('one-person-one-file.yaml', statusesSchema).statuses,
    parameters: (year) => {
      const found = years[year];
      if (found === undefined)
        throw new JipingError(
          'not-found',
          text(
            `没有 ${year} 年的筹资标准（rules/comparison/parameters.yaml 有 ${Object.keys(years).join('、')}）`,
            `no premium of ${year} in rules/comparison/parameters.yaml`,
          ),
        );
      return { ...found, year, subsidy: fen(found.subsidy), premium: fen(found.premium) };
    },
  };
}

function fen(yuan: Exact): bigint {
  return yuan.mul(Exact.hundred).numerator;
}
