import {
  findGroup,
  findLevel,
  type GroupId,
  groupName,
  type LevelId,
  levelName,
  type PolicyRules,
  readHeads,
  runScenario,
  type ScenarioChanges,
  type ScenarioResult,
} from '../../../policy/index.ts';
import { inLanguage, type Language, type Problem, type Text, text } from '../../../problem/index.ts';
import { Exact, MONEY_IN_YUAN, toFixed } from '../../../quantity/index.ts';
import { figure, type Report } from '../../../report/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../../command.ts';
import { subsidyFacts } from './english-facts.ts';
import { basisNotes } from './estimate-paper.ts';
import { regionJson, ruleJson } from './explain-command.ts';
import { loadPolicy, pathOf } from './load-policy.ts';
import { note, type PaperCell, table, title, unitNote, words } from './paper-parts.ts';
import { readInput } from './read-input.ts';
import { scenarioPage } from './scenario-page.ts';
import { readOptions, regionOf, type SubsidyOptions, subsidyOptions, usage } from './subsidy-options.ts';
import { count, grid, present, problemsJson, wan } from './subsidy-print.ts';
import { writePaper } from './write-paper.ts';

export const SCENARIO_OPTIONS = subsidyOptions([
  'region',
  'years',
  'heads',
  'class',
  'standard',
  'standard-step',
  'heads-growth',
  'move',
  'share',
  'alternative-rules',
  'rules',
  'out',
]);

/** `jiping subsidy scenario`: the effect of changed standards, shares, heads or groups per level and year. */
export async function runScenarioCommand(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const options = readOptions('scenario', args, SCENARIO_OPTIONS);
  const rules = loadPolicy(options.many('rules'), io);
  const region = regionOf(rules, options);
  const [, from = '', to = from] = /^(\d{4})(?:[-–—~至](\d{4}))?$/.exec(options.required('years')) ?? [];
  if (from === '') throw usage('--years 应如 2024-2028', '--years should be such as 2024-2028');
  const heads = readHeads(await readInput(pathOf(io, options.required('heads'))), rules.aidedNames());
  const { changes, assumptions } = readChanges(rules, options, io);
  const result = runScenario(rules, {
    region,
    years: { from: Number(from), to: Number(to) },
    heads: heads.rows,
    className: options.one('class'),
    standardStep: decimalOf('standard-step', options.one('standard-step')),
    changes,
  });
  const problems: readonly Problem[] = [...heads.problems, ...result.problems];
  const heading = text(
    `${region.name}城乡居民医保财政补助情景测算（${from}${to === from ? '' : `—${to}`}年）`,
    `“${region.name}”: scenario of the resident insurance subsidy, ${from}${to === from ? '' : ` to ${to}`}`,
  );
  const conditions = assumptions.map((one) => one.zh);
  const files = writePaper(options.one('out'), scenarioPaper(result, heading.zh, conditions), '情景测算', io, [
    { path: '情景测算.html', content: scenarioPage(result, heading, assumptions, common.language) },
  ]);
  return present(io, common, {
    json: {
      region: regionJson(rules, region),
      assumptions: assumptions.map((one) => inLanguage(one, common.language)),
      years: result.years.map((year) => ({
        year: year.year,
        standard: {
          baseline: fen(year.standard.baseline),
          scenario: fen(year.standard.scenario),
          projected: year.standard.projected,
        },
        heads: { baseline: year.heads.baseline.toString(), scenario: year.heads.scenario.toString() },
        levels: year.levels.map((level) => ({
          level: level.level,
          name: level.name,
          baseline: fen(level.baseline),
          scenario: fen(level.scenario),
          change: fen(level.change),
          factId: level.changeFact.id,
        })),
        total: { baseline: fen(year.total.baseline), scenario: fen(year.total.scenario) },
      })),
      rules: result.readings.map(ruleJson),
      facts: subsidyFacts(result.facts, common.language),
      problems: problemsJson(problems, common.language),
      files,
    },
    prose: [prose(result, heading, assumptions, common.language), ...files].join('\n'),
    problems,
  });
}

const fen = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);

function readChanges(
  rules: PolicyRules,
  options: SubsidyOptions,
  io: Io,
): { readonly changes: ScenarioChanges; readonly assumptions: readonly Text[] } {
  const assumptions: Text[] = [];
  const standards = new Map<number, Exact>();
  for (const words of options.many('standard')) {
    const [, year, amount] = /^(\d{4})=(.+)$/.exec(words) ?? [];
    const value = decimalOf('standard', amount);
    if (year === undefined || value === undefined)
      throw usage('--standard 应如 2026=730', '--standard should be such as 2026=730');
    standards.set(Number(year), value);
    assumptions.push(text(`${year} 年标准 ${value} 元/人`, `standard of ${year} ${value} yuan per person`));
  }
  const step = options.one('standard-step');
  if (step !== undefined)
    assumptions.push(text(`通知未出的年度每年提高 ${step} 元`, `${step} yuan more in every year without a notice`));
  const growthWords = options.one('heads-growth');
  const growth = decimalOf('heads-growth', growthWords?.replace(/[%％]$/, '').replace('−', '-')) ?? Exact.zero;
  if (growth.le(Exact.hundred.neg()))
    throw usage('--heads-growth 应大于 -100%', '--heads-growth should be above -100%');
  if (growthWords !== undefined) assumptions.push(text(`人数每年变化 ${growth}%`, `heads change by ${growth}% a year`));
  const moves = new Map<GroupId, GroupId>();
  for (const words of options.many('move')) {
    const [a = '', b = ''] = words.split('=');
    const [from, to] = [findGroup(a, rules.aidedNames()), findGroup(b, rules.aidedNames())];
    if (from === undefined || to === undefined)
      throw usage(
        `--move 应如 students-local=students-provincial，现为“${words}”`,
        `--move should be such as students-local=students-provincial`,
      );
    moves.set(from, to);
    assumptions.push(
      text(
        `${groupName(from)}改按${groupName(to)}负担`,
        `${groupName(from, undefined, 'en')} paid for as ${groupName(to, undefined, 'en')}`,
      ),
    );
  }
  const ratios = new Map<LevelId, Exact>();
  for (const words of options.many('share')) {
    const [a = '', b] = words.split('=');
    const level = findLevel(a);
    const ratio = decimalOf('share', b);
    if (level === undefined || ratio === undefined || ratio.sign < 0 || ratio.gt(Exact.one))
      throw usage(
        `--share 应如 province=0.7（占上级分担后剩余部分），现为“${words}”`,
        `--share should be such as province=0.7`,
      );
    ratios.set(level, ratio);
    assumptions.push(
      text(
        `${levelName(level)}按剩余部分的 ${ratio.mul(Exact.hundred)}% 分担`,
        `${levelName(level, 'en')} pays ${ratio.mul(Exact.hundred)}% of what remains`,
      ),
    );
  }
  const alternative = options.many('alternative-rules');
  if (alternative.length > 0)
    assumptions.push(
      text(`情景用另一套规则：${alternative.join('、')}`, `the scenario uses other rules: ${alternative.join(', ')}`),
    );
  if (assumptions.length === 0)
    assumptions.push(text('没有改变任何条件：两栏相同', 'nothing was changed: both columns are the same'));
  return {
    changes: {
      standards,
      headsGrowth: growth.div(Exact.hundred),
      moves,
      ratios,
      rules: alternative.length === 0 ? undefined : loadPolicy([...options.many('rules'), ...alternative], io),
    },
    assumptions,
  };
}

function decimalOf(name: string, words: string | undefined): Exact | undefined {
  if (words === undefined) return undefined;
  const value = Exact.tryParse(words);
  if (value === undefined)
    throw usage(`--${name} 应为十进制数，现为“${words}”`, `--${name} should be a decimal, not “${words}”`);
  return value;
}

function prose(result: ScenarioResult, heading: Text, assumptions: readonly Text[], language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const header = [say('年度', 'year'), say('标准', 'standard'), say('人数', 'heads')];
  for (const level of result.levels) header.push(say(level.name, levelName(level.level, 'en')), say('变化', 'change'));
  return [
    inLanguage(heading, language),
    assumptions.map((one) => inLanguage(one, language)).join(say('；', '; ')),
    '',
    grid([
      header,
      ...result.years.map((year) => [
        String(year.year),
        `${year.standard.scenario}${year.standard.projected ? say('（假设）', ' (assumed)') : ''}`,
        count(year.heads.scenario),
        ...result.levels.flatMap(({ level }) => {
          const entry = year.levels.find((candidate) => candidate.level === level);
          return entry === undefined ? ['—', '—'] : [wan(entry.scenario), wan(entry.change).replace('-', '−')];
        }),
      ]),
    ]),
  ].join('\n');
}

function scenarioPaper(result: ScenarioResult, heading: string, assumptions: readonly string[]): Report {
  const money = { style: 'number', places: 2, unit: '万元' } as const;
  const body = result.years.flatMap((year) =>
    year.levels.map((level, index): PaperCell[] => [
      ...(index === 0
        ? [
            { content: [words(String(year.year))], rows: year.levels.length, align: 'center' as const },
            {
              content: [
                words(
                  `${year.standard.baseline} → ${year.standard.scenario}${year.standard.projected ? '（假设）' : ''}`,
                ),
              ],
              rows: year.levels.length,
              align: 'center' as const,
            },
            {
              content: [words(`${year.heads.baseline} → ${year.heads.scenario}`)],
              rows: year.levels.length,
              align: 'center' as const,
            },
          ]
        : []),
      { content: [words(level.name)], align: 'center' },
      { content: [figure(level.baselineFact, money)] },
      { content: [figure(level.scenarioFact, money)] },
      { content: [figure(level.changeFact, { ...money, style: 'signed' })] },
    ]),
  );
  return {
    title: heading,
    kind: 'table',
    page: { orientation: 'landscape', grid: false },
    pageNumber: 'none',
    blocks: [
      title(heading),
      unitNote('单位：元/人、人、万元'),
      table(
        [9, 20, 22, 14, 16, 16, 16],
        [['年度', '标准', '人数', '级次', '现行', '情景', '变化'].map((text) => ({ content: [words(text)] }))],
        body,
      ),
      note(words(`一、情景条件：${assumptions.join('；')}。`)),
      note(words('二、本表为情景测算，不是规定，不作申报和结算依据。')),
      ...basisNotes(result.readings),
    ],
  };
}
