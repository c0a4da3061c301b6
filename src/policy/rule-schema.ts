import { z } from 'zod';
import { Exact } from '../quantity/index.ts';
import { choice, date, decimal, flag, integer, type Validity, words } from '../rules/index.ts';
import { LEVELS } from './paying-level.ts';

/**
 * The shapes of the files under rules/policy. `kind` decides: `divisions` (names and codes of regions), `standards`
 * (subsidy and premium by notice year), `central-tiers` (what the centre pays, per region), `membership` (one
 * region's own tier or class for a time), `sharing` (who pays the rest), `premium-aid` (whose premium is paid, and from which
 * fund).
 */

const region = () => z.string().regex(/^\d{6}$/, '应为 6 位行政区划代码（加引号）');

const ratio = () => decimal().refine((value) => value.sign >= 0 && value.le(Exact.one), '比例应在 0 与 1 之间，如 0.6');

const money = () =>
  decimal().refine((value) => value.sign >= 0 && (value.decimalPlaces ?? 3) <= 2, '金额应为非负、至多两位小数的元数');

/** Rules of a year hold from 1 January to 31 December: a subsidy standard is per person and year. */
const wholeYears = () =>
  z
    .strictObject({
      from: date().refine((value) => value.endsWith('-01-01'), '分担规定按年度生效，应从某年 01-01 起'),
      to: date()
        .refine((value) => value.endsWith('-12-31'), '分担规定按年度失效，应到某年 12-31 止')
        .optional(),
    })
    .refine((value) => value.to === undefined || value.from < value.to, '止日早于起日');

/** Where the datum comes from and whether its document has been read. */
const source = {
  verified: flag(),
  /** Printed beside every figure that used the datum. */
  status: words(),
  documents: z.array(words()).default([]),
};

const head = {
  id: words(),
  version: words(),
  title: words(),
};

const levelId = () => choice(LEVELS);

const methodFields = {
  RATIO_OF_TOTAL: z.strictObject({
    level: levelId(),
    name: words().optional(),
    method: z.literal('RATIO_OF_TOTAL'),
    ratio: ratio(),
  }),
  RATIO_OF_REMAINDER: z.strictObject({
    level: levelId(),
    name: words().optional(),
    method: z.literal('RATIO_OF_REMAINDER'),
    ratio: ratio(),
  }),
  BASE_PLUS_INCREMENT: z
    .strictObject({
      level: levelId(),
      name: words().optional(),
      method: z.literal('BASE_PLUS_INCREMENT'),
      of: choice(['TOTAL', 'REMAINDER']),
      base: money(),
      'base-ratio': ratio().optional(),
      'base-amount': money().optional(),
      'increment-ratio': ratio(),
    })
    .refine(
      (value) => (value['base-ratio'] === undefined) !== (value['base-amount'] === undefined),
      '基数部分应写 base-ratio 或 base-amount 之一',
    ),
  FIXED_PER_CAPITA: z.strictObject({
    level: levelId(),
    name: words().optional(),
    method: z.literal('FIXED_PER_CAPITA'),
    amount: money(),
  }),
  NATIONAL_TIER: z.strictObject({ level: levelId(), name: words().optional(), method: z.literal('NATIONAL_TIER') }),
  PENDING: z.strictObject({ level: levelId(), name: words().optional(), method: z.literal('PENDING') }),
  REMAINDER: z.strictObject({ level: levelId(), name: words().optional(), method: z.literal('REMAINDER') }),
};

const computedLevel = z.discriminatedUnion(
  'method',
  [
    methodFields.RATIO_OF_TOTAL,
    methodFields.RATIO_OF_REMAINDER,
    methodFields.BASE_PLUS_INCREMENT,
    methodFields.FIXED_PER_CAPITA,
    methodFields.NATIONAL_TIER,
    methodFields.PENDING,
    methodFields.REMAINDER,
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? 'method 应为 RATIO_OF_TOTAL、RATIO_OF_REMAINDER、BASE_PLUS_INCREMENT、FIXED_PER_CAPITA、NATIONAL_TIER、PENDING 之一；最末一级不写 method，承担剩余部分'
        : undefined,
  },
);

/** A level without a method takes the remainder; only the last may. */
const planLevel = z.preprocess(
  (value) =>
    value !== null && typeof value === 'object' && !('method' in value) ? { ...value, method: 'REMAINDER' } : value,
  computedLevel,
);

const membership = z.strictObject({
  region: region(),
  from: date().optional(),
  to: date().optional(),
});

const groupSelector = () =>
  z
    .string()
    .regex(
      /^(residents|students-(central|provincial|local)|aided-(\*|[\p{L}\p{N}-]+))$/u,
      '人群应为 residents、students-central、students-provincial、students-local、aided-* 或 aided-<类别>',
    );

const plan = z
  .strictObject({
    id: words(),
    groups: z.array(groupSelector()).min(1, '至少一个人群'),
    class: words().optional(),
    validity: wholeYears(),
    /** NONE: a year's subsidy per covered person. MONTHLY: for each month covered, 1/12. */
    proration: choice(['NONE', 'MONTHLY']).default('NONE'),
    levels: z.array(planLevel).min(1, '至少一级财政'),
    ...source,
  })
  .superRefine((value, context) => {
    for (const [index, level] of value.levels.entries()) {
      const last = index === value.levels.length - 1;
      if (last !== (level.method === 'REMAINDER'))
        context.addIssue({
          code: 'custom',
          path: ['levels', index, 'level'],
          message: last ? '最末一级不写 method，承担剩余部分' : '只有最末一级可以不写 method',
        });
      if (value.levels.findIndex((other) => other.level === level.level) < index)
        context.addIssue({ code: 'custom', path: ['levels', index, 'level'], message: `级次 ${level.level} 重复` });
    }
  });

const amounts = z.partialRecord(levelId(), money());

const shareExample = z.strictObject({
  about: words(),
  region: region().optional(),
  group: groupSelector().default('residents'),
  class: words().optional(),
  year: integer(),
  standard: money(),
  shares: amounts,
});

interface Dated {
  readonly validity: Validity;
}

/** Adds an issue at the entry that overlaps, or leaves a gap after, its predecessor. */
function checkContiguous(
  entries: readonly (Dated & { readonly index: number })[],
  what: string,
  report: (index: number, message: string) => void,
): void {
  const sorted = [...entries].sort((a, b) => (a.validity.from < b.validity.from ? -1 : 1));
  for (const [order, entry] of sorted.entries()) {
    const before = sorted[order - 1];
    if (before === undefined) continue;
    const end = before.validity.to;
    if (end === undefined || end >= entry.validity.from)
      report(entry.index, `${what}的有效期重叠：前一条到 ${end ?? '长期'}，本条自 ${entry.validity.from} 起`);
    else if (Number(entry.validity.from.slice(0, 4)) !== Number(end.slice(0, 4)) + 1)
      report(entry.index, `${what}的有效期有缺口：前一条到 ${end}，本条自 ${entry.validity.from} 起`);
  }
}

export const sharingFile = z
  .strictObject({
    ...head,
    kind: z.literal('sharing'),
    jurisdiction: region(),
    /** Regions this file adds to the tree or renames. */
    regions: z.array(z.strictObject({ code: region(), name: words() })).default([]),
    classes: z
      .array(z.strictObject({ id: words(), name: words(), members: z.array(membership).default([]) }))
      .default([]),
    plans: z.array(plan).min(1, '至少一个分担方案'),
    examples: z.array(shareExample).default([]),
  })
  .superRefine((file, context) => {
    const known = new Set(file.classes.map((entry) => entry.id));
    const series = new Map<string, (Dated & { index: number })[]>();
    const ids = new Set<string>();
    for (const [index, entry] of file.plans.entries()) {
      if (ids.has(entry.id))
        context.addIssue({ code: 'custom', path: ['plans', index, 'id'], message: `方案 ${entry.id} 重复` });
      ids.add(entry.id);
      if (entry.class !== undefined && !known.has(entry.class))
        context.addIssue({
          code: 'custom',
          path: ['plans', index, 'class'],
          message: `没有声明类别 ${entry.class}（classes 中应有）`,
        });
      for (const group of entry.groups) {
        const key = `${group}|${entry.class ?? ''}`;
        series.set(key, [...(series.get(key) ?? []), { validity: entry.validity, index }]);
      }
    }
    for (const [key, entries] of series)
      checkContiguous(entries, `人群 ${key.split('|')[0]}`, (index, message) =>
        context.addIssue({ code: 'custom', path: ['plans', index, 'validity', 'from'], message }),
      );
  });

const tier = z.strictObject({
  id: words(),
  name: words(),
  rule: planLevel,
  members: z.array(membership),
  ...source,
});

export const centralTiersFile = z
  .strictObject({
    ...head,
    kind: z.literal('central-tiers'),
    periods: z.array(z.strictObject({ id: words(), validity: wholeYears(), tiers: z.array(tier).min(1) })).min(1),
    examples: z
      .array(z.strictObject({ about: words(), region: region(), year: integer(), standard: money(), amount: money() }))
      .default([]),
  })
  .superRefine((file, context) =>
    checkContiguous(
      file.periods.map((period, index) => ({ validity: period.validity, index })),
      '中央分担规定',
      (index, message) => context.addIssue({ code: 'custom', path: ['periods', index, 'validity', 'from'], message }),
    ),
  );

/** Puts one region into a tier of the central rule or a class of a sharing file, for a time. */
export const membershipFile = z.strictObject({
  ...head,
  kind: z.literal('membership'),
  region: region(),
  /** Id of the file that declares the tier or class, e.g. `policy.central`. */
  of: words(),
  class: words(),
  validity: wholeYears(),
  ...source,
  examples: z.array(shareExample).default([]),
});

const datum = { verified: flag(), status: words() };

const standardYear = z.strictObject({
  year: integer(),
  subsidy: z.strictObject({ amount: money(), ...datum }),
  individual: z
    .strictObject({ low: money(), high: money(), ...datum })
    .refine((value) => value.low.le(value.high), '下限大于上限')
    .optional(),
  notice: z.strictObject({ number: words(), verified: flag() }).optional(),
});

export const standardsFile = z
  .strictObject({
    ...head,
    kind: z.literal('standards'),
    jurisdiction: region(),
    years: z.array(standardYear).min(1),
    examples: z
      .array(z.strictObject({ about: words(), year: integer(), subsidy: money(), individual: money().optional() }))
      .default([]),
  })
  .superRefine((file, context) => {
    for (const [index, entry] of file.years.entries()) {
      const before = file.years[index - 1];
      if (before !== undefined && entry.year !== before.year + 1)
        context.addIssue({
          code: 'custom',
          path: ['years', index, 'year'],
          message:
            entry.year <= before.year
              ? `年度 ${entry.year} 重复或次序颠倒`
              : `${before.year} 与 ${entry.year} 之间缺年度`,
        });
    }
  });

const aidKind = z
  .strictObject({
    id: z.string().regex(/^[\p{L}\p{N}-]+$/u, '类别代码只用字母、数字和连字符'),
    name: words(),
    aliases: z.array(words()).default([]),
    mode: choice(['FULL', 'FIXED', 'PENDING']),
    amount: money().optional(),
    fund: choice(['medical-assistance', 'own-budget', 'other']),
    ...source,
  })
  .refine((value) => (value.mode === 'FIXED') === (value.amount !== undefined), 'FIXED 须写 amount，其他方式不写');

export const premiumAidFile = z
  .strictObject({
    ...head,
    kind: z.literal('premium-aid'),
    jurisdiction: region(),
    periods: z
      .array(
        z.strictObject({
          /** Years of the notice whose individual premium is aided (not coverage years). */
          'notice-years': z.strictObject({ from: integer(), to: integer().optional() }),
          /** Recognised after the premium of the year was paid: aided for the NEXT coverage year. */
          'mid-year': choice(['JOIN_AT_ONCE', 'NEXT_YEAR_ONLY']),
          'only-insured-here': flag(),
          kinds: z.array(aidKind).min(1),
        }),
      )
      .min(1),
    examples: z
      .array(
        z.strictObject({
          about: words(),
          'notice-year': integer(),
          region: region().optional(),
          kinds: z.array(words()).min(1),
          aid: money(),
          pays: money(),
        }),
      )
      .default([]),
  })
  .superRefine((file, context) =>
    checkContiguous(
      file.periods.map((period, index) => ({
        index,
        validity: {
          from: `${period['notice-years'].from}-01-01`,
          to: period['notice-years'].to === undefined ? undefined : `${period['notice-years'].to}-12-31`,
        },
      })),
      '资助参保标准',
      (index, message) =>
        context.addIssue({ code: 'custom', path: ['periods', index, 'notice-years', 'from'], message }),
    ),
  );

export const divisionsFile = z.strictObject({
  ...head,
  kind: z.literal('divisions'),
  /** One region a line: code, blank, name. */
  table: z.string().superRefine((value, context) => {
    for (const [index, line] of value.split('\n').entries())
      if (line.trim() !== '' && !/^\d{6} \S+$/.test(line.trim()))
        context.addIssue({ code: 'custom', message: `第 ${index + 1} 行应为“代码 名称”，现为“${line.trim()}”` });
  }),
});

/** Only the kind, read first to choose the schema. */
export const anyFile = z.looseObject({
  id: words(),
  kind: choice(['divisions', 'standards', 'central-tiers', 'membership', 'sharing', 'premium-aid']),
});

export type SharingFile = z.infer<typeof sharingFile>;
export type CentralTiersFile = z.infer<typeof centralTiersFile>;
export type MembershipFile = z.infer<typeof membershipFile>;
export type StandardsFile = z.infer<typeof standardsFile>;
export type PremiumAidFile = z.infer<typeof premiumAidFile>;
export type PlanLevel = z.infer<typeof planLevel>;
export type Plan = SharingFile['plans'][number];
