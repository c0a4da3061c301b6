import { z } from 'zod';
import type { RuleReference } from '../fact/index.ts';
import { MONEY_KINDS } from '../ledger/index.ts';
import { JipingError, type Severity, text } from '../problem/index.ts';
import type { Exact, RoundingMode } from '../quantity/index.ts';
import { choice, date, decimal, flag, integer, parseRuleFile, type RuleSource, words } from '../rules/index.ts';

/** The four rates of the money block. */
export const RATE_KEYS = ['arrival', 'payment', 'executionInitial', 'executionAdjusted'] as const;
export type RateKey = (typeof RATE_KEYS)[number];

const SEVERITIES = ['error', 'warning', 'notice'] as const satisfies readonly Severity[];
const ROUNDING = ['half-up', 'half-even', 'down'] as const satisfies readonly RoundingMode[];

/** A datum with the document it stands in; `verified` is false while nobody has read it there (原文未核). */
const sourced = <T>(value: z.ZodType<T>) =>
  z.strictObject({ value, document: words().optional(), verified: flag(), note: words().optional() });

const rateKey = choice(RATE_KEYS);
const wordList = z.array(words());
const span = z.strictObject({ label: words(), from: decimal(), to: decimal() });

const data = {
  /** Alternatives of points by first level; the first whose levels are those of the table applies. Sum to 100. */
  weights: sourced(z.array(z.strictObject({ name: words(), points: z.record(words(), decimal()) })).min(1)),
  /** A department or fiscal evaluation by 决策/过程/产出/效益 splits its points freely, but these levels get this part. */
  fourPart: sourced(z.strictObject({ levels: wordList, outcomeLevels: wordList, outcomeShare: decimal() })),
  /** Half-open grade bands: each from its bound (included) to the next higher one (excluded), the highest to 100. */
  bands: sourced(z.array(z.strictObject({ label: words(), from: decimal() })).min(2)),
  /** Each leaf is rounded once so. */
  rounding: sourced(z.strictObject({ places: integer(), mode: choice(ROUNDING) })),
  execution: sourced(
    z.strictObject({
      method: choice(['proportional', 'stepped']),
      rate: rateKey,
      /** Stepped: full marks from this rate on, 1 = 100%. */
      fullFrom: decimal().optional(),
      /** Stepped: points lost for each percentage point below `fullFrom`. */
      lossPerPoint: decimal().optional(),
      /** A reason is asked for below this rate. */
      reasonBelow: decimal(),
    }),
  ),
  /** Third-level names whose actual is one of the rates of the money block. */
  rateLeaves: sourced(z.record(words(), rateKey)),
  /** Which kinds of the 资金 sheet count as 到位 besides 到位（汇总）. */
  inPlaceKinds: sourced(z.array(choice(MONEY_KINDS))),
  arrivalDenominator: sourced(choice(['initial', 'adjusted'])),
  overfulfilment: sourced(z.strictObject({ tolerance: decimal(), maxPenalty: decimal(), divisor: decimal() })),
  /** A ≤ target used up to less than this part is asked about. */
  underspend: sourced(decimal()),
  exactMiss: sourced(choice(['proportional', 'zero'])),
  /** Completion proportion: actual ÷ target (≥) or target ÷ actual (≤), capped at the weight. */
  proportion: sourced(choice(['capped'])),
  qualitative: sourced(
    z.strictObject({
      bands: z.array(span).length(3),
      attained: wordList,
      partial: wordList,
      failed: wordList,
    }),
  ),
  grades: sourced(z.array(span).min(2)),
  satisfaction: sourced(
    z.strictObject({ method: choice(['proportional', 'step']), zeroBelow: decimal(), names: wordList }),
  ),
  /** Points lost for every begun `points` percentage points below the target. */
  step: sourced(z.strictObject({ points: decimal(), loss: decimal() })),
  notApplicable: sourced(choice(['rescale'])),
  /** Share of equal targets and actuals from which the whole table is suspicious. */
  equalShare: sourced(decimal()),
  /** Below this arrival rate a payment rate of 100% is said to have a favourable denominator. */
  arrivalConcern: sourced(decimal()),
  monitoring: sourced(z.strictObject({ yellowBehind: decimal(), redBehind: decimal(), redZeroFromMonth: integer() })),
  level2: sourced(z.strictObject({ vocabulary: z.record(words(), wordList), mandatory: z.array(wordList) })),
  /** What a problem of 问题整改 may be about, each with the words it shows by; a measure should share one of them. */
  issueAspects: sourced(z.record(words(), wordList)),
  /** What a goal declaration is held against; the other checks ask for results, of which there are none yet. */
  declarationChecks: sourced(wordList),
  survey: sourced(z.strictObject({ minimumValid: integer() })),
};

const limit = sourced(
  z.strictObject({
    severity: choice(SEVERITIES),
    /**
     * What the problem does to the suggested score: `none`; `undecided` = 0 to what the rule would give;
     * `cap` = at most `cap` × weight; `denominator` = from the score against the initial budget upward.
     */
    effect: choice(['none', 'undecided', 'cap', 'denominator']),
    cap: decimal().optional(),
  }),
);

const leafExample = z.strictObject({
  weight: decimal(),
  target: z.string(),
  actual: z.string(),
  scoring: words().optional(),
  targetTooLow: flag().optional(),
  /** `9.91`, or `6..7.99` while a person must choose. */
  suggested: words(),
});
const gradeExample = z.strictObject({ score: decimal(), label: words() });

const fileSchema = z.strictObject({
  id: words(),
  version: words(),
  name: words(),
  nameEn: words(),
  note: words().optional(),
  extends: words().optional(),
  /** Names (parts of a region's name) for which this set is taken when the book names none. */
  regions: wordList,
  validity: z.strictObject({ from: date(), to: date().optional() }),
  /** What the data must give; run as tests. */
  examples: z.strictObject({ leaves: z.array(leafExample), grades: z.array(gradeExample) }),
  data: z.strictObject(data).partial(),
  limits: z.record(words(), limit),
});

type File = z.infer<typeof fileSchema>;
type DataKey = keyof typeof data;
type Data = { readonly [K in DataKey]: z.infer<(typeof data)[K]> };
export type Limit = z.infer<typeof limit>['value'];

interface Origin {
  readonly ruleSet: string;
  readonly version: string;
}

/** The data of one jurisdiction and period. Read it through a `RuleReader`, so that every read is traced. */
export interface RuleSet {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly nameEn: string;
  readonly regions: readonly string[];
  readonly validity: { readonly from: string; readonly to?: string | undefined };
  readonly data: Data;
  readonly limits: Readonly<Record<string, z.infer<typeof limit>>>;
  readonly examples: File['examples'];
  /** Which file each datum comes from: a set may extend another. */
  readonly origins: Readonly<Record<string, Origin>>;
}

export type RuleKey = DataKey;
export type RuleValue<K extends RuleKey> = Data[K]['value'];

/**
 * Reads the rule files of `rules/scoring`, lets a set that `extends` another take what it does not say from there.
 * @throws JipingError `invalid-rule` naming file, line and key.
 */
export function readRuleSets(sources: readonly RuleSource[]): readonly RuleSet[] {
  const files = sources.map((source) => ({ source, file: parseRuleFile(source, fileSchema) }));
  const byId = new Map(files.map((entry) => [entry.file.id, entry]));
  const built = new Map<string, RuleSet>();
  const build = (id: string, from: RuleSource, depth: number): RuleSet => {
    const known = built.get(id);
    if (known !== undefined) return known;
    const entry = byId.get(id);
    if (entry === undefined || depth > byId.size)
      throw invalid(
        from,
        `extends 指向的规则集 ${id} 不存在或互相引用`,
        `rule set ${id} named by extends is missing or cyclic`,
      );
    const parent = entry.file.extends === undefined ? undefined : build(entry.file.extends, entry.source, depth + 1);
    const set = merge(entry.file, parent, entry.source);
    built.set(id, set);
    return set;
  };
  return files.map((entry) => build(entry.file.id, entry.source, 0));
}

function merge(file: File, parent: RuleSet | undefined, source: RuleSource): RuleSet {
  const own: Origin = { ruleSet: file.id, version: file.version };
  const origins: Record<string, Origin> = { ...parent?.origins };
  for (const key of Object.keys(file.data)) origins[key] = own;
  for (const key of Object.keys(file.limits)) origins[`limits.${key}`] = own;
  const merged = { ...parent?.data, ...file.data };
  for (const key of Object.keys(data))
    if (!(key in merged)) throw invalid(source, `缺少 data.${key}`, `data.${key} is missing`);
  const set: RuleSet = {
    id: file.id,
    version: file.version,
    name: file.name,
    nameEn: file.nameEn,
    regions: file.regions,
    validity: file.validity,
    data: merged as Data,
    limits: { ...parent?.limits, ...file.limits },
    examples: file.examples,
    origins,
  };
  checkBands(set, source);
  return set;
}

/** Descending bounds that end at 0: no point of [0, 100] is without a band. */
function checkBands(set: RuleSet, source: RuleSource): void {
  const bounds = set.data.bands.value.map((band) => band.from);
  const descending = bounds.every((bound, index) => index === 0 || bound.lt(bounds[index - 1] as Exact));
  if (!descending || bounds.at(-1)?.isZero !== true)
    throw invalid(source, 'data.bands 应从高到低，最低一档从 0 起', 'data.bands must descend and end at 0');
}

function invalid(source: RuleSource, zh: string, en: string): JipingError {
  return new JipingError('invalid-rule', text(zh, en), { file: source.file });
}

/** Where one datum comes from, for the trace. */
export function referenceTo(set: RuleSet, key: string): RuleReference {
  const datum = key.startsWith('limits.') ? set.limits[key.slice('limits.'.length)] : set.data[key as DataKey];
  const origin = set.origins[key] ?? { ruleSet: set.id, version: set.version };
  return {
    ...origin,
    key,
    ...(datum?.document === undefined ? {} : { document: datum.document }),
    verified: datum?.verified ?? false,
  };
}
