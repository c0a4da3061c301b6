import type { RuleReference } from '../fact/index.ts';
import { JipingError, text } from '../problem/index.ts';
import type { Exact } from '../quantity/index.ts';
import { isValidOn, type RuleSource, type RuleTrace } from '../rules/index.ts';
import { type GroupId, groupMatches } from './insured-group.ts';
import { Jurisdictions, type Region } from './jurisdiction.ts';

import type { BudgetYear, NoticeYear } from './policy-years.ts';
import { crossCheckRules } from './rule-cross-check.ts';
import { checkExamples } from './rule-examples.ts';
import { type Filed, lineOfKey, type RuleLibrary, readRuleLibrary } from './rule-library.ts';
import type { Plan, PlanLevel, PremiumAidFile, SharingFile } from './rule-schema.ts';
import type { PayingLevel } from './split-standard.ts';
import { toLevelRule } from './to-level-rule.ts';

/** A rule datum as read: what it says about itself is printed beside the figure. */
export interface RuleReading extends RuleReference {
  /** e.g. 由报告数据反推，文件原文未核. */
  readonly status: string;
  /** What was read, in words. */
  readonly what: string;
}

export interface Standard {
  readonly notice: NoticeYear;
  /** Minimum (or the local) fiscal subsidy, 元/人·年. */
  readonly subsidy: Exact;
  /** Individual contribution announced by the same notice; collected for coverage year notice + 1. */
  readonly individual?: { readonly low: Exact; readonly high: Exact };
  /** The notice's document number, where known. */
  readonly document?: string;
  readonly reading: RuleReading;
}

export interface SharingPlan {
  readonly id: string;
  readonly proration: 'NONE' | 'MONTHLY';
  readonly levels: readonly PayingLevel[];
  /** One reading a level, in the order of `levels`. */
  readonly readings: readonly RuleReading[];
  readonly className?: string;
}

export interface AidKind {
  readonly id: string;
  readonly name: string;
  readonly mode: 'FULL' | 'FIXED' | 'PENDING';
  readonly amount?: Exact;
  readonly fund: 'medical-assistance' | 'own-budget' | 'other';
  readonly reading: RuleReading;
}

export interface AidRules {
  readonly kinds: ReadonlyMap<string, AidKind>;
  /** Identifier and every Chinese name → identifier. */
  readonly names: ReadonlyMap<string, string>;
  readonly midYear: 'JOIN_AT_ONCE' | 'NEXT_YEAR_ONLY';
  readonly onlyInsuredHere: boolean;
}

/** All financing policy in force, looked up by region and year; every read goes into the trace. */
export class PolicyRules {
  readonly jurisdictions = new Jurisdictions();
  readonly #library: RuleLibrary;

  private constructor(library: RuleLibrary) {
    this.#library = library;
    for (const division of library.divisions) this.jurisdictions.add(division);
  }

  /**
   * Reads, cross-checks and tests (by their own examples) all rule files. Packaged examples are run on the packaged
   * rules, local ones on all: a county's exception may change what the package says of that county.
   * @param local the user's own files; one with the `id` of a packaged file replaces it
   * @throws JipingError `invalid-rule` naming file, line and key of the first fault.
   */
  static load(packaged: readonly RuleSource[], local: readonly RuleSource[] = []): PolicyRules {
    const base = PolicyRules.#from(packaged);
    checkExamples(base, base.#library, packaged);
    if (local.length === 0) return base;
    const rules = PolicyRules.#from([...packaged, ...local]);
    checkExamples(rules, rules.#library, local);
    return rules;
  }

  static #from(sources: readonly RuleSource[]): PolicyRules {
    const rules = new PolicyRules(readRuleLibrary(sources));
    crossCheckRules(rules.#library, rules.jurisdictions);
    return rules;
  }

  /**
   * The subsidy standard a notice announced, of the nearest jurisdiction that has one.
   * @throws JipingError `not-found` when no file has that year.
   */
  standard(region: Region, notice: NoticeYear, trace?: RuleTrace): Standard {
    for (const place of [...region.path].reverse())
      for (const file of this.#library.standards) {
        if (file.data.jurisdiction !== place.code) continue;
        const entry = file.data.years.find((candidate) => candidate.year === notice.year);
        if (entry === undefined) continue;
        const reading: RuleReading = {
          ruleSet: file.data.id,
          version: file.data.version,
          key: `years.${notice.year}.subsidy`,
          ...(entry.notice === undefined ? {} : { document: entry.notice.number }),
          verified: entry.subsidy.verified,
          status: noticeStatus(entry.subsidy.status, entry.notice),
          what: `${notice.year} 年补助标准 ${entry.subsidy.amount} 元/人（${place.name}）`,
        };
        trace?.record(reading);
        return {
          notice,
          subsidy: entry.subsidy.amount,
          ...(entry.individual === undefined
            ? {}
            : { individual: { low: entry.individual.low, high: entry.individual.high } }),
          ...(entry.notice === undefined ? {} : { document: entry.notice.number }),
          reading,
        };
      }
    throw new JipingError(
      'not-found',
      text(
        `没有 ${notice.year} 年的财政补助标准；请用 --standard-year 指定已有年度并加 --provisional，或在本地规则文件（kind: standards）中录入`,
        `no subsidy standard of ${notice.year}; give --standard-year with --provisional, or add it to a local rule file`,
      ),
    );
  }

  /** Individual contribution of a notice year; national when a local file states only the subsidy. */
  individual(region: Region, notice: NoticeYear, trace?: RuleTrace): { low: Exact; high: Exact } | undefined {
    for (const place of [...region.path].reverse())
      for (const file of this.#library.standards) {
        if (file.data.jurisdiction !== place.code) continue;
        const entry = file.data.years.find((candidate) => candidate.year === notice.year);
        if (entry?.individual === undefined) continue;
        trace?.record({
          ruleSet: file.data.id,
          version: file.data.version,
          key: `years.${notice.year}.individual`,
          ...(entry.notice === undefined ? {} : { document: entry.notice.number }),
          verified: entry.individual.verified,
          status: noticeStatus(entry.individual.status, entry.notice),
          what: `${notice.year} 年个人缴费标准`,
        } as RuleReading);
        return { low: entry.individual.low, high: entry.individual.high };
      }
    return undefined;
  }

  /** Notice years of which the region has a standard, ascending. */
  noticeYears(region: Region): readonly number[] {
    const codes = new Set(region.path.map((place) => place.code));
    const years = this.#library.standards
      .filter((file) => codes.has(file.data.jurisdiction))
      .flatMap((file) => file.data.years.map((entry) => entry.year));
    return [...new Set(years)].sort((a, b) => a - b);
  }

  /**
   * Who pays for a group in a budget year: the plan of the nearest jurisdiction that has one.
   * @param className needed where the region's class is in no file.
   * @throws JipingError `not-found` without a rule, `unsupported` for a template not yet filled.
   */
  plan(region: Region, group: GroupId, budget: BudgetYear, className?: string, trace?: RuleTrace): SharingPlan {
    const day = `${budget.year}-01-01`;
    for (const place of [...region.path].reverse())
      for (const file of this.#library.sharing) {
        if (file.data.jurisdiction !== place.code) continue;
        const matching = file.data.plans.filter(
          (plan) => isValidOn(plan.validity, day) && plan.groups.some((selector) => groupMatches(selector, group)),
        );
        // A plan that names the group itself stands before one that says aided-*.
        const named = matching.filter((plan) => plan.groups.includes(group));
        const candidates = named.length > 0 ? named : matching;
        if (candidates.length === 0) continue;
        const plan = this.#ofClass(candidates, file, region, day, className);
        return this.#resolve(plan, file, region, budget, trace);
      }
    throw new JipingError(
      'not-found',
      text(
        `${this.jurisdictions.fullName(region.code)}没有 ${budget.year} 年 ${group} 的分担规定；请在本地规则文件（kind: sharing）中写入`,
        `no sharing rule for ${group} in ${region.code} in ${budget.year}; add a local rule file`,
      ),
    );
  }

  /** What the centre pays in the region in that budget year; nearest membership wins: county, city, province. */
  centralRule(region: Region, budget: BudgetYear): { readonly level: PlanLevel; readonly reading: RuleReading } {
    const day = `${budget.year}-01-01`;
    for (const file of this.#library.central) {
      const period = file.data.periods.find((candidate) => isValidOn(candidate.validity, day));
      if (period === undefined) continue;
      for (const place of [...region.path].reverse()) {
        const exception = this.#library.memberships.find(
          ({ data }) => data.of === file.data.id && data.region === place.code && isValidOn(data.validity, day),
        );
        const tier =
          exception === undefined
            ? period.tiers.find((candidate) => candidate.members.some((member) => isMember(member, place.code, day)))
            : period.tiers.find((candidate) => candidate.id === exception.data.class);
        if (tier === undefined) continue;
        const origin = exception?.data ?? tier;
        const documents = [...tier.documents, ...(exception?.data.documents ?? [])];
        return {
          level: tier.rule,
          reading: {
            ruleSet: file.data.id,
            version: file.data.version,
            key: `periods.${period.id}.tiers.${tier.id}`,
            ...(documents.length === 0 ? {} : { document: documents.join('、') }),
            verified: tier.verified && origin.verified,
            status: exception === undefined ? tier.status : `${exception.data.status}（${exception.data.title}）`,
            what: `中央分担：${place.name}属${tier.name}`,
          },
        };
      }
    }
    throw new JipingError(
      'not-found',
      text(
        `${this.jurisdictions.fullName(region.code)}没有 ${budget.year} 年的中央分担档次`,
        `no central tier of ${region.code} in ${budget.year}`,
      ),
    );
  }

  /** Whose premium is aided under a notice; a nearer jurisdiction's kind replaces the same kind of a wider one. */
  aid(region: Region, notice: NoticeYear): AidRules | undefined {
    const kinds = new Map<string, AidKind>();
    const names = new Map<string, string>();
    let nearest: PremiumAidFile['periods'][number] | undefined;
    for (const place of region.path)
      for (const file of this.#library.aid) {
        if (file.data.jurisdiction !== place.code) continue;
        const period = file.data.periods.find(
          ({ 'notice-years': years }) => years.from <= notice.year && notice.year <= (years.to ?? 9999),
        );
        if (period === undefined) continue;
        nearest = period;
        for (const kind of period.kinds) {
          kinds.set(kind.id, {
            id: kind.id,
            name: kind.name,
            mode: kind.mode,
            ...(kind.amount === undefined ? {} : { amount: kind.amount }),
            fund: kind.fund,
            reading: {
              ruleSet: file.data.id,
              version: file.data.version,
              key: `kinds.${kind.id}`,
              ...(kind.documents.length === 0 ? {} : { document: kind.documents.join('、') }),
              verified: kind.verified,
              status: kind.status,
              what: `资助参保：${kind.name}（${place.name}）`,
            },
          });
          for (const name of [kind.id, kind.name, ...kind.aliases]) names.set(name, kind.id);
        }
      }
    return nearest === undefined
      ? undefined
      : { kinds, names, midYear: nearest['mid-year'], onlyInsuredHere: nearest['only-insured-here'] };
  }

  /** Names of every aided kind of every file, for reading heads tables before a year is chosen. */
  aidedNames(): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const file of this.#library.aid)
      for (const period of file.data.periods)
        for (const kind of period.kinds)
          for (const name of [kind.id, kind.name, ...kind.aliases]) if (!names.has(name)) names.set(name, kind.id);
    return names;
  }

  aidedKindNames(): ReadonlyMap<string, string> {
    return new Map(
      this.#library.aid.flatMap((file) =>
        file.data.periods.flatMap((period) => period.kinds.map((kind) => [kind.id, kind.name] as const)),
      ),
    );
  }

  #ofClass(
    plans: readonly Plan[],
    file: Filed<SharingFile>,
    region: Region,
    day: string,
    className: string | undefined,
  ): Plan {
    const [first] = plans;
    if (first !== undefined && plans.length === 1 && first.class === undefined) return first;
    const known = className ?? this.#classOf(file, region, day);
    const wanted = file.data.classes.find((entry) => entry.id === known || entry.name === known);
    const plan = plans.find((candidate) => candidate.class === wanted?.id && wanted !== undefined);
    if (plan !== undefined) return plan;
    const list = file.data.classes.map((entry) => `${entry.id}（${entry.name}）`).join('、');
    throw new JipingError(
      'not-found',
      text(
        `${file.data.title}按类别分担，${region.name}的类别${known === undefined ? '未知' : `“${known}”不在其中`}；请用 --class 指定，或在本地规则文件（kind: membership）中写明。类别：${list}`,
        `${file.data.id} shares by class and the class of ${region.code} is ${known ?? 'unknown'}; give --class. Classes: ${file.data.classes.map((entry) => entry.id).join(', ')}`,
      ),
    );
  }

  #classOf(file: Filed<SharingFile>, region: Region, day: string): string | undefined {
    for (const place of [...region.path].reverse()) {
      const own = this.#library.memberships.find(
        ({ data }) => data.of === file.data.id && data.region === place.code && isValidOn(data.validity, day),
      );
      if (own !== undefined) return own.data.class;
      const entry = file.data.classes.find(({ members }) =>
        members.some((member) => isMember(member, place.code, day)),
      );
      if (entry !== undefined) return entry.id;
    }
    return undefined;
  }

  #resolve(
    plan: Plan,
    file: Filed<SharingFile>,
    region: Region,
    budget: BudgetYear,
    trace: RuleTrace | undefined,
  ): SharingPlan {
    const levels: PayingLevel[] = [];
    const readings: RuleReading[] = [];
    for (const level of plan.levels) {
      const national = level.method === 'NATIONAL_TIER' ? this.centralRule(region, budget) : undefined;
      const used = national?.level ?? level;
      const reading = national?.reading ?? {
        ruleSet: file.data.id,
        version: file.data.version,
        key: `plans.${plan.id}.levels.${level.level}`,
        ...(plan.documents.length === 0 ? {} : { document: plan.documents.join('、') }),
        verified: plan.verified,
        status: plan.status,
        what: `${file.data.title}`,
      };
      const rule = toLevelRule(used);
      if (rule === undefined)
        throw new JipingError(
          'unsupported',
          text(
            `${reading.what}的比例待填（${reading.status}）；请按文件填写本地规则文件后再算，程序不估计`,
            `${reading.key} is a template to be filled from its document; nothing is assumed`,
          ),
          national === undefined
            ? { file: file.source.file, line: lineOfKey(file.source, `id: ${plan.id}`), key: reading.key }
            : { file: reading.ruleSet, key: reading.key },
        );
      levels.push({ level: level.level, ...(level.name === undefined ? {} : { name: level.name }), rule });
      readings.push(reading);
      trace?.record(reading);
    }
    const className = file.data.classes.find((entry) => entry.id === plan.class)?.name;
    return {
      id: `${file.data.id}#${plan.id}`,
      proration: plan.proration,
      levels,
      readings,
      ...(className === undefined ? {} : { className }),
    };
  }
}

function isMember(
  member: { readonly region: string; readonly from?: string | undefined; readonly to?: string | undefined },
  code: string,
  day: string,
): boolean {
  return member.region === code && isValidOn({ from: member.from ?? '0000-01-01', to: member.to }, day);
}

function noticeStatus(status: string, notice: { readonly verified: boolean } | undefined): string {
  return notice === undefined || notice.verified || status.includes('未核') ? status : `${status}；文号未核`;
}
