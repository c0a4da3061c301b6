import {
  type DueEstimate,
  type EstimateInput,
  estimateDue,
  fundName,
  groupName,
  levelName,
  type PolicyRules,
  readAmount,
  readHeads,
} from '../../../policy/index.ts';
import { inLanguage, JipingError, type Language, type Problem, text } from '../../../problem/index.ts';
import type { Exact } from '../../../quantity/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../../command.ts';
import { subsidyFacts } from './english-facts.ts';
import { estimateJson } from './estimate-json.ts';
import { composeEstimatePaper } from './estimate-paper.ts';
import { loadPolicy, pathOf } from './load-policy.ts';
import { readInput } from './read-input.ts';
import {
  levelOf,
  readOptions,
  regionOf,
  type SubsidyOptions,
  subsidyOptions,
  usage,
  yearsOf,
} from './subsidy-options.ts';
import { count, grid, present, problemsJson, wan, yuan } from './subsidy-print.ts';
import { writePaper } from './write-paper.ts';

export const ESTIMATE_OPTIONS = subsidyOptions([
  'region',
  'budget-year',
  'standard-year',
  'provisional',
  'heads',
  'as-of',
  'aid',
  'class',
  'level',
  'carry-over',
  'rules',
  'out',
]);

/** `jiping subsidy estimate`: what each level owes for a budget year, by group. */
export async function runEstimate(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const options = readOptions('estimate', args, ESTIMATE_OPTIONS);
  const rules = loadPolicy(options.many('rules'), io);
  const { input, problems } = await readEstimateInput(rules, options, io, false);
  const estimate = estimateDue(rules, input);
  const all: readonly Problem[] = [...problems, ...estimate.problems];
  const demand = nextDemand(estimate, options);
  const written = writePaper(options.one('out'), composeEstimatePaper(estimate), '财政补助测算表', io);
  return present(io, common, {
    json: {
      ...estimateJson(estimate),
      facts: subsidyFacts(estimate.facts, common.language),
      problems: problemsJson(all, common.language),
      demand: demand === undefined ? null : { level: demand.level, carryOver: demand.carryOver, amount: demand.amount },
      files: written,
    },
    prose: [
      estimateProse(estimate, common.language),
      ...(demand === undefined
        ? []
        : [
            inLanguage(
              text(
                `${demand.name}：应担 + 结转 ${demand.carryOver} = 应上缴 ${demand.amount} 元`,
                `${levelName(demand.level, 'en')}: due + carried over ${demand.carryOver} = to be handed up ${demand.amount} yuan`,
              ),
              common.language,
            ),
          ]),
      ...written,
    ].join('\n'),
    problems: all,
  });
}

/** Heads, aid rows and years from the options; faults of the tables are returned, not thrown. */
export async function readEstimateInput(
  rules: PolicyRules,
  options: SubsidyOptions,
  io: Io,
  settle: boolean,
  noticeDate?: string,
): Promise<{ readonly input: EstimateInput; readonly problems: readonly Problem[] }> {
  const names = rules.aidedNames();
  const table = await readInput(pathOf(io, options.required('heads')));
  const heads = readHeads(table, names);
  const aidPath = options.one('aid');
  const aid = aidPath === undefined ? undefined : readHeads(await readInput(pathOf(io, aidPath)), names);
  const problems = [...heads.problems, ...(aid?.problems ?? [])];
  const [first] = problems.filter(({ severity }) => severity === 'error');
  if (heads.rows.length === 0 && first !== undefined) throw new JipingError('unreadable', first.message, first.where);
  if (heads.rows.length === 0)
    throw new JipingError('unreadable', text('人数表没有数据行', 'the heads table has no data rows'), {
      file: table.file,
    });
  return {
    input: {
      region: regionOf(rules, options),
      years: yearsOf(options, settle, noticeDate),
      heads: heads.rows,
      ...(aid === undefined ? {} : { aid: aid.rows }),
      className: options.one('class'),
    },
    problems,
  };
}

export function carryOverOf(options: SubsidyOptions): Exact | undefined {
  const words = options.one('carry-over');
  if (words === undefined) return undefined;
  const amount = readAmount(words.replace(/^[-−]/, ''));
  if (amount === undefined)
    throw usage(
      `--carry-over 应为带单位的金额，如 21.45万元、-80.62万元，现为“${words}”`,
      `--carry-over should be an amount such as 21.45万元`,
    );
  return /^[-−]/.test(words) ? amount.yuan.neg() : amount.yuan;
}

function nextDemand(estimate: DueEstimate, options: SubsidyOptions) {
  const carryOver = carryOverOf(options);
  if (carryOver === undefined) return undefined;
  const level = levelOf(options) ?? estimate.groups[0]?.levels.at(-1)?.level;
  const own = estimate.levels.find((entry) => entry.level === level);
  if (own === undefined) throw usage('本级不承担这些人群', 'the level pays for none of these groups');
  return { level: own.level, name: own.name, carryOver: yuan(carryOver), amount: yuan(own.due.add(carryOver)) };
}

export function estimateProse(estimate: DueEstimate, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { years } = estimate;
  const nameOf = (level: DueEstimate['levels'][number]): string => say(level.name, levelName(level.level, 'en'));
  const names = estimate.levels.map(nameOf);
  const rows: string[][] = [
    [
      say('人群', 'group'),
      say('人数', 'heads'),
      ...names.map((name) => `${name}${say('人均', ' share')}`),
      ...names.map((name) => `${name}${say('应担', ' due')}`),
    ],
  ];
  for (const group of estimate.groups)
    rows.push([
      say(group.name, groupName(group.group, undefined, 'en')),
      count(group.heads),
      ...estimate.levels.map(({ level }) => {
        const own = group.levels.find((entry) => entry.level === level);
        return own === undefined ? '—' : yuan(own.share);
      }),
      ...estimate.levels.map(({ level }) => {
        const own = group.levels.find((entry) => entry.level === level);
        return own === undefined ? '—' : yuan(own.due);
      }),
    ]);
  rows.push([
    say('合计', 'total'),
    count(estimate.heads),
    ...estimate.levels.map(() => ''),
    ...estimate.levels.map((level) => yuan(level.due)),
  ]);
  const lines = [
    say(
      `${estimate.region.name} ${years.budget.year} 年度财政补助测算（元）`,
      `“${estimate.region.name}”: subsidy due for budget year ${years.budget.year} (yuan)`,
    ),
    say(
      `采用 ${years.standard.year} 年标准 ${estimate.standard} 元/人${years.provisional ? '（暂定）' : ''}；参保年度 ${years.coverage.year}；人数截至 ${years.headsAsOf ?? '（未写）'}`,
      `standard of ${years.standard.year}: ${estimate.standard} yuan per person${years.provisional ? ' (provisional)' : ''}; coverage year ${years.coverage.year}; heads as of ${years.headsAsOf ?? '(not stated)'}`,
    ),
    '',
    grid(rows),
    '',
    ...estimate.levels.map(
      (level) => `  ${nameOf(level)}  ${yuan(level.due)} ${say('元', 'yuan')} = ${wan(level.due)}`,
    ),
  ];
  if (estimate.aid !== undefined) {
    lines.push(
      '',
      say(
        `资助参保（另表，不计入应担补助；${estimate.aid.notice.year} 年通知的个人缴费）`,
        `premium aid (a table apart, not part of the due; individual contribution of the ${estimate.aid.notice.year} notice)`,
      ),
      grid([
        [
          say('对象', 'kind'),
          say('参保年度', 'year'),
          say('人数', 'heads'),
          say('人均资助', 'per head'),
          say('个人缴', 'pays'),
          say('金额', 'amount'),
          say('资金', 'fund'),
        ],
        ...estimate.aid.lines.map((line) => [
          say(line.name, line.kind),
          String(line.coverage.year),
          count(line.heads),
          yuan(line.perHead),
          yuan(line.personPays),
          yuan(line.total),
          fundName(line.fund, language),
        ]),
      ]),
      ...estimate.aid.byFund.map(
        (entry) => `  ${fundName(entry.fund, language)}  ${yuan(entry.total)} ${say('元', 'yuan')}`,
      ),
    );
  }
  return lines.join('\n');
}
