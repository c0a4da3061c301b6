import { Lineage } from '../../../fact/index.ts';
import {
  budgetYear,
  coverageCollectedUnder,
  explainShare,
  findGroup,
  groupName,
  levelName,
  noticeYear,
  type PolicyRules,
  type Region,
  type RuleReading,
  readingsOf,
  type ShareExplanation,
  unverifiedProblem,
} from '../../../policy/index.ts';
import { inLanguage, JipingError, type Language, problem, text } from '../../../problem/index.ts';
import { Exact, MONEY_IN_YUAN, round, toFixed } from '../../../quantity/index.ts';
import { RuleTrace } from '../../../rules/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../../command.ts';
import { subsidyFacts } from './english-facts.ts';
import { loadPolicy } from './load-policy.ts';
import { statusWords } from './status-words.ts';
import { readOptions, regionOf, subsidyOptions, usage } from './subsidy-options.ts';
import { present, problemsJson } from './subsidy-print.ts';

const yuan = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);

export const EXPLAIN_OPTIONS = subsidyOptions(['region', 'standard-year', 'budget-year', 'group', 'class', 'rules']);

/** `jiping subsidy explain`: each level's share and every step with rule, document and status. */
export async function runExplain(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const options = readOptions('explain', args, EXPLAIN_OPTIONS);
  const rules = loadPolicy(options.many('rules'), io);
  const region = regionOf(rules, options);
  const standard = options.year('standard-year') ?? options.year('budget-year');
  if (standard === undefined) throw usage('缺 --standard-year', '--standard-year is needed');
  const words = options.one('group') ?? 'residents';
  const group = findGroup(words, rules.aidedNames());
  if (group === undefined) throw usage(`不认识的人群“${words}”`, `unknown group “${words}”`);
  const lineage = new Lineage();
  const trace = new RuleTrace();
  const budget = options.year('budget-year') ?? standard;
  const question = {
    region,
    group,
    budget: budgetYear(budget),
    standard: noticeYear(standard),
    className: options.one('class'),
  };
  let explained: ShareExplanation;
  try {
    explained = explainShare(rules, question, lineage, trace);
  } catch (error) {
    const partial = centralOnly(rules, region, budget, standard, error);
    if (partial === undefined) throw error;
    return present(io, common, {
      json: {
        ...partial,
        region: regionJson(rules, region),
        problems: problemsJson(partial.problems, common.language),
      },
      prose: inLanguage(partial.sentence, common.language),
      problems: partial.problems,
    });
  }
  const individual = rules.individual(region, noticeYear(standard), trace);
  const problems = unverifiedProblem(readingsOf(trace));
  return present(io, common, {
    json: {
      region: regionJson(rules, region),
      group: { id: group, name: groupName(group, rules.aidedKindNames()) },
      years: { standard, budget },
      class: explained.plan.className ?? null,
      standard: {
        amount: yuan(explained.standard),
        unit: '元/人',
        rule: ruleJson(explained.standardReading),
        factId: explained.standardFact.id,
      },
      individual: individual === undefined ? null : { low: yuan(individual.low), high: yuan(individual.high) },
      levels: explained.shares.map((share) => ({
        level: share.level,
        name: share.name,
        amount: yuan(share.amount),
        step: share.step,
        rule: ruleJson(share.reading),
        factId: share.fact.id,
      })),
      sum: yuan(Exact.sum(explained.shares.map((share) => share.amount))),
      facts: subsidyFacts(lineage.all(), common.language),
      problems: problemsJson(problems, common.language),
    },
    prose: prose(rules, explained, individual, common.language),
    problems: [],
  });
}

export function regionJson(rules: PolicyRules, region: Region): unknown {
  return { code: region.code, name: region.name, fullName: rules.jurisdictions.fullName(region.code) };
}

export function ruleJson(reading: RuleReading): unknown {
  return {
    ruleSet: reading.ruleSet,
    version: reading.version,
    key: reading.key,
    document: reading.document ?? null,
    verified: reading.verified,
    status: reading.status,
  };
}

/** Where no lower rule exists the centre's part is still known; the rest is named as unknown, never guessed. */
function centralOnly(rules: PolicyRules, region: Region, budget: number, standard: number, error: unknown) {
  if (!(error instanceof JipingError) || (error.code !== 'not-found' && error.code !== 'unsupported')) return undefined;
  try {
    const { level, reading } = rules.centralRule(region, budgetYear(budget));
    if (level.method !== 'RATIO_OF_TOTAL') return undefined;
    const whole = rules.standard(region, noticeYear(standard)).subsidy;
    const central = round(whole.mul(level.ratio), MONEY_IN_YUAN);
    const found = [problem('sharing-unknown', 'error', error.text, error.where)];
    return {
      partial: true,
      standard: { amount: yuan(whole), unit: '元/人' },
      levels: [{ level: 'central', name: '中央', amount: yuan(central), rule: ruleJson(reading) }],
      remainder: yuan(whole.sub(central)),
      problems: found,
      sentence: text(
        `${rules.jurisdictions.fullName(region.code)} ${standard} 年标准 ${yuan(whole)} 元/人：中央 ${yuan(central)}（${reading.what}；${reading.status}），地方合计 ${yuan(whole.sub(central))}，地方如何分担没有规则`,
        `“${rules.jurisdictions.fullName(region.code)}” ${standard}: standard ${yuan(whole)}, central ${yuan(central)}, local ${yuan(whole.sub(central))}; no rule says how the local part is shared`,
      ),
    };
  } catch {
    return undefined;
  }
}

/** Document and status of a rule; the status is a sentence of the rule file and stays as it is written there. */
function basisOf(reading: RuleReading, language: Language): string {
  if (language === 'zh') return `${reading.document ?? '未写文号'}；${reading.status}`;
  const document = reading.document === undefined ? 'no document number' : `“${reading.document}”`;
  return `${document}; ${reading.verified ? 'verified' : 'not verified'} (${statusWords(reading.status, language)})`;
}

function prose(
  rules: PolicyRules,
  explained: ShareExplanation,
  individual: { readonly low: Exact; readonly high: Exact } | undefined,
  language: Language,
): string {
  const { question } = explained;
  const { className } = explained.plan;
  const fullName = rules.jurisdictions.fullName(question.region.code);
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const lines = [
    say(
      `${fullName}（${question.region.code}） · ${groupName(question.group, rules.aidedKindNames())}${className === undefined ? '' : ` · ${className}`}`,
      `“${fullName}” (${question.region.code}), ${groupName(question.group, undefined, 'en')}${className === undefined ? '' : `, class “${className}”`}`,
    ),
    say(
      `${question.standard.year} 年通知的财政补助标准 ${yuan(explained.standard)} 元/人，按 ${question.budget.year} 年度的分担规定：`,
      `Subsidy standard of the ${question.standard.year} notice ${yuan(explained.standard)} yuan per person, shared by the rule of budget year ${question.budget.year}:`,
    ),
    '',
  ];
  for (const share of explained.shares) {
    lines.push(`  ${say(share.name, levelName(share.level, 'en'))}  ${share.step}`);
    lines.push(`      ${say('依据：', 'basis: ')}${basisOf(share.reading, language)}`);
  }
  const sum = yuan(Exact.sum(explained.shares.map((share) => share.amount)));
  lines.push(
    '',
    `  ${say('合计', 'sum')}  ${explained.shares.map((share) => yuan(share.amount)).join(' + ')} = ${sum}`,
  );
  const { standardReading } = explained;
  lines.push(`  ${say('标准依据：', 'basis of the standard: ')}${basisOf(standardReading, language)}`);
  if (individual !== undefined) {
    const amount = individual.low.eq(individual.high)
      ? yuan(individual.high)
      : `${yuan(individual.low)}—${yuan(individual.high)}`;
    lines.push(
      say(
        `  同一通知的个人缴费 ${amount} 元，用于 ${coverageCollectedUnder(question.standard).year} 参保年度`,
        `  individual contribution of the same notice ${amount} yuan, for coverage year ${coverageCollectedUnder(question.standard).year}`,
      ),
    );
  }
  return lines.join('\n');
}
