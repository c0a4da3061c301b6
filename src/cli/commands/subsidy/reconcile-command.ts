import {
  budgetYear,
  findGroup,
  type GroupId,
  type LevelId,
  levelName,
  type PolicyRules,
  type ReconcileInput,
  type Reconciliation,
  type Region,
  readAmount,
  readCount,
  reconcileAmount,
  type StatedAmount,
} from '../../../policy/index.ts';
import { inLanguage, JipingError, type Language, text } from '../../../problem/index.ts';
import { Exact, MONEY_IN_YUAN, toFixed } from '../../../quantity/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../../command.ts';
import { regionJson, ruleJson } from './explain-command.ts';
import { loadPolicy } from './load-policy.ts';
import { statusWords } from './status-words.ts';
import { levelOf, readOptions, regionOf, type SubsidyOptions, subsidyOptions, usage } from './subsidy-options.ts';
import { count, grid, percent, present, wan, yuan } from './subsidy-print.ts';

export const RECONCILE_OPTIONS = subsidyOptions(
  ['amount', 'heads', 'region', 'level', 'class', 'budget', 'budget-heads', 'other-heads', 'rules'],
  {
    heads: {
      type: 'string',
      value: text('人数', 'N'),
      help: text(
        '所述人数；几个人群写作 residents=91248;students-local=86049；必写',
        'the heads stated; of several groups as residents=91248;students-local=86049; required',
      ),
    },
  },
);

/** `jiping subsidy reconcile`: does a stated amount follow from stated heads; exit 1 when it does not. */
export async function runReconcile(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const options = readOptions('reconcile', args, RECONCILE_OPTIONS);
  const rules = loadPolicy(options.many('rules'), io);
  const region = regionOf(rules, options);
  const result = reconcileAmount(rules, inputOf(rules, region, options));
  return present(io, common, {
    json: reconciliationJson(rules, result, common.language),
    prose: reconciliationProse(rules, result, common.language),
    problems: [],
    failed: !result.follows,
  });
}

function inputOf(rules: PolicyRules, region: Region, options: SubsidyOptions): ReconcileInput {
  const heads = options
    .required('heads')
    .split(/(?:[;；]|,(?!\d{3}\b))\s*/)
    .map((part) => {
      const [name, value] = part.includes('=') ? part.split('=') : ['residents', part];
      const group = findGroup(name ?? '', rules.aidedNames());
      const number = readCount(value ?? '');
      if (group === undefined || number === undefined)
        throw usage(
          `--heads 应如 177297 或 residents=91248;students-local=86049，现为“${part}”`,
          `--heads should be a count or group=count, not “${part}”`,
        );
      return { group, heads: number };
    });
  const budget = options.one('budget');
  const budgetHeads = options.one('budget-heads');
  if ((budget === undefined) !== (budgetHeads === undefined))
    throw usage('--budget 与 --budget-heads 要一起给', '--budget and --budget-heads go together');
  return {
    region,
    amount: amountOf('amount', options.required('amount')),
    heads,
    level: levelOf(options) ?? lastLevel(rules, region, heads[0]?.group, options),
    className: options.one('class'),
    budget:
      budget === undefined || budgetHeads === undefined
        ? undefined
        : { amount: amountOf('budget', budget), heads: headsOf('budget-heads', budgetHeads) },
    otherHeads: options
      .one('other-heads')
      ?.split(/[;；,]\s*/)
      .map((part) => headsOf('other-heads', part)),
  };
}

/** 本级: the last level that pays for the group, by the latest year that has a rule. */
function lastLevel(rules: PolicyRules, region: Region, group: GroupId | undefined, options: SubsidyOptions): LevelId {
  for (const year of [...rules.noticeYears(region)].reverse())
    try {
      const plan = rules.plan(region, group ?? 'residents', budgetYear(year), options.one('class'));
      return plan.levels.at(-1)?.level ?? 'county';
    } catch (error) {
      if (!(error instanceof JipingError)) throw error;
    }
  return 'county';
}

function amountOf(name: string, words: string): StatedAmount {
  const amount = readAmount(words);
  if (amount === undefined)
    throw usage(
      `--${name} 应为带单位的金额，如 2028.45万元，现为“${words}”`,
      `--${name} should be an amount with its unit such as 2028.45万元, not “${words}”`,
    );
  return amount;
}

function headsOf(name: string, words: string): Exact {
  const value = readCount(words);
  if (value === undefined)
    throw usage(`--${name} 应为人数，现为“${words}”`, `--${name} should be a count, not “${words}”`);
  return value;
}

const fen = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);
const four = (value: Exact): string => toFixed(value, { places: 4, mode: 'half-up' });

function stepJson(step: Reconciliation['steps'][number]): unknown {
  return {
    year: step.year,
    standard: fen(step.standard),
    share: fen(step.share),
    computed: fen(step.computed),
    difference: fen(step.difference),
    deviationPercent:
      step.deviation === undefined ? null : toFixed(step.deviation.mul(Exact.hundred), { places: 2, mode: 'half-up' }),
    follows: step.follows,
    headsThatFit:
      step.headsThatFit === undefined || step.headsThatFit.count.isZero
        ? null
        : {
            low: step.headsThatFit.low.toString(),
            high: step.headsThatFit.high.toString(),
            count: step.headsThatFit.count.toString(),
          },
    matchByChancePercent: toFixed(step.matchByChance.mul(Exact.hundred), { places: 1, mode: 'half-up' }),
    differenceInHeads: step.differenceInHeads.toString(),
    differenceInHeadsAtPreviousShare: step.differenceInHeadsAtPrevious?.toString() ?? null,
    rules: step.readings.map(ruleJson),
  };
}

function reconciliationJson(rules: PolicyRules, result: Reconciliation, language: Language): unknown {
  return {
    region: regionJson(rules, result.region),
    level: result.level,
    stated: {
      text: result.amount.text,
      yuan: fen(result.amount.yuan),
      low: fen(result.amount.interval.low),
      high: fen(result.amount.interval.high),
      heads: result.heads.toString(),
      groups: result.groups.map(({ group, heads }) => ({ group, heads: heads.toString() })),
    },
    follows: result.follows,
    steps: result.steps.map(stepJson),
    implied: { low: four(result.implied.low), high: four(result.implied.high), unit: '元/人' },
    mixed:
      result.mixed === undefined
        ? null
        : {
            upper: {
              year: result.mixed.upper.year,
              share: fen(result.mixed.upper.share),
              heads: result.mixed.headsAtUpper.toString(),
            },
            lower: {
              year: result.mixed.lower.year,
              share: fen(result.mixed.lower.share),
              heads: result.mixed.headsAtLower.toString(),
            },
          },
    increments: result.increments.map((step) => ({
      from: step.from,
      to: step.to,
      perHead: fen(step.perHead),
      amount: fen(step.amount),
    })),
    combinations: {
      tried: result.combinations.tried,
      expectedByChance: four(result.combinations.expectedByChance),
      nearest: result.combinations.nearest.map((combination) => ({
        terms: combination.terms.map((term) => ({
          sign: term.sign,
          heads: term.heads.value.toString(),
          rate: fen(term.rate.value),
          headsLabel: inLanguage(term.heads.label, language),
          rateLabel: inLanguage(term.rate.label, language),
        })),
        amount: fen(combination.amount),
        distance: fen(combination.distance),
        within: combination.within,
      })),
    },
    budget:
      result.budget === undefined
        ? null
        : {
            follows: result.budget.follows,
            difference: fen(result.budget.difference),
            deviationPercent: toFixed(result.budget.deviation.mul(Exact.hundred), { places: 2, mode: 'half-up' }),
            headsChange: result.budget.headsChange.toString(),
            byYear: result.budget.byYear.map((entry) => ({
              year: entry.year,
              share: fen(entry.share),
              differenceInHeads: entry.differenceInHeads.toString(),
              headsChangeAmount: fen(entry.headsChangeAmount),
            })),
            steps: result.budget.steps.map(stepJson),
          },
  };
}

function reconciliationProse(rules: PolicyRules, result: Reconciliation, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const years = result.steps.filter((step) => step.follows).map((step) => step.year);
  const lines = [
    result.follows
      ? say(
          `成立：${count(result.heads)} 人按 ${years.join('、')} 年的${levelName(result.level)}份额即得 ${result.amount.text}。`,
          `It follows: ${count(result.heads)} persons at the ${levelName(result.level, 'en')} share of ${years.join(', ')} give ${result.amount.text}.`,
        )
      : say(
          `不成立：${count(result.heads)} 人按任何一年的${levelName(result.level)}份额都得不出 ${result.amount.text}（${rules.jurisdictions.fullName(result.region.code)}）。`,
          `It does not follow: ${count(result.heads)} persons at no year's ${levelName(result.level, 'en')} share give ${result.amount.text} (“${rules.jurisdictions.fullName(result.region.code)}”).`,
        ),
    '',
    stepsTable(result.steps, say),
    '',
  ];
  if (!result.follows) lines.push(...whatWouldHaveToBeTrue(result, say));
  if (result.budget !== undefined) lines.push(...budgetLines(result, say));
  const unread = [
    ...new Set(
      result.steps.flatMap((step) =>
        step.readings
          .filter((reading) => !reading.verified)
          .map((reading) =>
            language === 'zh'
              ? `${reading.document ?? reading.what}：${reading.status}`
              : `“${reading.document ?? reading.what}” (${statusWords(reading.status, language)})`,
          ),
      ),
    ),
  ];
  if (unread.length > 0)
    lines.push('', say(`所用规则未核实：${unread.join('；')}`, `unverified rules: ${unread.join('; ')}`));
  return lines.join('\n');
}

type Say = (zh: string, en: string) => string;

function stepsTable(steps: Reconciliation['steps'], say: Say): string {
  return grid([
    [
      say('年度', 'year'),
      say('标准', 'standard'),
      say('份额', 'share'),
      say('按人数应为', 'heads × share'),
      say('所述减应为', 'stated − that'),
      say('偏离', 'off by'),
      say('恰合人数', 'heads that fit'),
    ],
    ...steps.map((step) => [
      String(step.year),
      yuan(step.standard),
      yuan(step.share),
      `${yuan(step.computed)} = ${wan(step.computed)}`,
      wan(step.difference).replace('-', '−'),
      step.deviation === undefined ? '—' : percent(step.deviation),
      step.headsThatFit === undefined || step.headsThatFit.count.isZero
        ? '—'
        : step.headsThatFit.low.eq(step.headsThatFit.high)
          ? count(step.headsThatFit.low)
          : `${count(step.headsThatFit.low)}–${count(step.headsThatFit.high)}`,
    ]),
  ]);
}

function whatWouldHaveToBeTrue(result: Reconciliation, say: Say): readonly string[] {
  const { mixed, implied } = result;
  const lines = [
    say(
      '若所述金额属实，须有下列之一（都不能由所给数字证实）：',
      'For the amount to be true one of these would have to hold (none can be proved from the figures):',
    ),
    say(
      `  · 合每人 ${four(implied.low)}…${four(implied.high)} 元（约 ${fen(implied.low)} 元），不等于任何一年的份额`,
      `  · ${four(implied.low)}…${four(implied.high)} yuan per head, the share of no year`,
    ),
  ];
  const near =
    mixed === undefined
      ? result.steps.slice(-1)
      : result.steps.filter((step) => step.year === mixed.lower.year || step.year === mixed.upper.year);
  for (const step of near) {
    if (step.headsThatFit !== undefined && !step.headsThatFit.count.isZero)
      lines.push(
        say(
          `  · 按 ${step.year} 年 ${fen(step.share)} 元结算的是 ${count(step.headsThatFit.low)} 人，而不是 ${count(result.heads)} 人（但任取一个金额也有 ${percentPlain(step.matchByChance)} 的机会碰上整数人数，不足为证）`,
          `  · ${count(step.headsThatFit.low)} heads at ${fen(step.share)} (${step.year}); any amount meets a whole number with probability ${percentPlain(step.matchByChance)}, so this proves little`,
        ),
      );
    const previous = step.differenceInHeadsAtPrevious;
    const more = step.difference.sign > 0;
    lines.push(
      say(
        `  · ${count(result.heads)} × ${fen(step.share)} ${more ? '+' : '−'} ${wan(step.difference.abs())} ${more ? '以前年度补缴' : '以前年度多缴抵扣'}（合 ${count(step.differenceInHeads.abs())} 人 × ${fen(step.share)}${previous === undefined ? '' : `，或 ${count(previous.abs())} 人按上一年份额`}）`,
        `  · ${count(result.heads)} × ${fen(step.share)} ${more ? '+' : '−'} ${wan(step.difference.abs())} carried over (${count(step.differenceInHeads.abs())} heads at that share${previous === undefined ? '' : `, ${count(previous.abs())} at the year before`})`,
      ),
    );
    if (!more)
      lines.push(
        say(
          `  · 按 ${step.year} 年份额，有 ${count(step.differenceInHeads.abs())} 人（如部分大学生）由他级承担`,
          `  · at the ${step.year} share, ${count(step.differenceInHeads.abs())} persons (some students, say) are paid by another level`,
        ),
      );
  }
  if (mixed !== undefined)
    lines.push(
      say(
        `  · 混用标准：${count(mixed.headsAtUpper)} 人按 ${fen(mixed.upper.share)} 元、${count(mixed.headsAtLower)} 人按 ${fen(mixed.lower.share)} 元`,
        `  · mixed shares: ${count(mixed.headsAtUpper)} heads at ${fen(mixed.upper.share)}, ${count(mixed.headsAtLower)} at ${fen(mixed.lower.share)}`,
      ),
    );
  const [nearest] = result.combinations.nearest;
  const hits = result.combinations.nearest.filter((combination) => combination.within).length;
  if (nearest !== undefined)
    lines.push(
      say(
        `  · 试过 ${result.combinations.tried} 种“人数×标准 ± 人数×标准”的组合，${hits === 0 ? '没有一种' : `${hits} 种`}落在所述金额的取整范围内（碰巧落入的期望数为 ${four(result.combinations.expectedByChance)}）；最近的：`,
        `  · ${result.combinations.tried} combinations heads×rate ± heads×rate tried, ${hits} fall within the rounding (${four(result.combinations.expectedByChance)} expected by chance); the nearest:`,
      ),
    );
  for (const combination of result.combinations.nearest.slice(0, 3))
    lines.push(
      `      ${combination.terms
        .map(
          (term, index) =>
            `${term.sign > 0 ? (index === 0 ? '' : '+ ') : '− '}${say(term.heads.label.zh, term.heads.label.en)} × ${fen(term.rate.value)}${say(`（${term.rate.label.zh}）`, ` (${term.rate.label.en})`)}`,
        )
        .join(' ')} = ${yuan(combination.amount)}${say('，差', ', off by')} ${yuan(combination.distance)}`,
    );
  for (const step of result.increments)
    if (mixed !== undefined && step.to === mixed.upper.year)
      lines.push(
        say(
          `  · 从 ${step.from} 年标准改按 ${step.to} 年标准，每人增 ${fen(step.perHead)} 元，${count(result.heads)} 人共 ${wan(step.amount)}`,
          `  · going from the ${step.from} to the ${step.to} standard costs ${fen(step.perHead)} a head, ${wan(step.amount)} in all`,
        ),
      );
  lines.push(
    say(
      '请上级或填报单位提供结算单：分人群人数 × 标准 ± 结转。',
      'Ask for the settlement sheet: heads by group × share ± carry-over.',
    ),
  );
  return lines;
}

function budgetLines(result: Reconciliation, say: Say): readonly string[] {
  const { budget } = result;
  if (budget === undefined) return [];
  const match = budget.steps.filter((step) => step.follows);
  const near =
    result.mixed === undefined
      ? budget.byYear
      : budget.byYear.filter(
          (entry) => entry.year === result.mixed?.lower.year || entry.year === result.mixed?.upper.year,
        );
  return [
    '',
    match.length > 0
      ? say(
          `年初预算成立：${match.map((step) => `按 ${step.year} 年份额 ${fen(step.share)} 元 = ${yuan(step.computed)} 元`).join('；')}`,
          `the budget follows: ${match.map((step) => `${step.year} share ${fen(step.share)} = ${yuan(step.computed)}`).join('; ')}`,
        )
      : say('年初预算也不能由其人数得出', 'the budget does not follow from its heads either'),
    stepsTable(budget.steps, say),
    say(
      `清算比年初预算 ${budget.difference.sign < 0 ? '少' : '多'} ${wan(budget.difference.abs())}（${percent(budget.deviation)}）；人数变化 ${budget.headsChange}`,
      `settled − budget: ${wan(budget.difference)} (${percent(budget.deviation)}); change of heads ${budget.headsChange}`,
    ),
    ...near.map((entry) =>
      say(
        `  按 ${entry.year} 年 ${fen(entry.share)} 元：金额变化合 ${entry.differenceInHeads} 人，人数变化应合 ${wan(entry.headsChangeAmount)}`,
        `  at ${fen(entry.share)} (${entry.year}): the money is ${entry.differenceInHeads} heads, the change of heads would be ${wan(entry.headsChangeAmount)}`,
      ),
    ),
  ];
}

function percentPlain(ratio: Exact): string {
  return `${toFixed(ratio.mul(Exact.hundred), { places: 0, mode: 'half-up' })}%`;
}
