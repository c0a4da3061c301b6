import { factJson } from '../../../fact/index.ts';
import {
  fundName,
  groupName,
  levelName,
  readNotice,
  readPayments,
  type Settlement,
  type SettlementOutcome,
  settleYear,
} from '../../../policy/index.ts';
import { inLanguage, type Language, type Problem, type Text, text } from '../../../problem/index.ts';
import { type Exact, MONEY_IN_YUAN, toFixed } from '../../../quantity/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../../command.ts';
import { subsidyFacts } from './english-facts.ts';
import { carryOverOf, readEstimateInput } from './estimate-command.ts';
import { estimateJson } from './estimate-json.ts';
import { loadPolicy, pathOf } from './load-policy.ts';
import { readInput } from './read-input.ts';
import { composeSettlementPaper } from './settlement-paper.ts';
import { levelOf, readOptions, subsidyOptions, usage } from './subsidy-options.ts';
import { count, grid, present, problemsJson, wan, yuan } from './subsidy-print.ts';
import { writePaper } from './write-paper.ts';

const OUTCOMES: Readonly<Record<SettlementOutcome, Text>> = {
  settled: text('已结清', 'settled'),
  supplement: text('应补缴', 'to be paid'),
  refund: text('应退回', 'to be refunded'),
  offset: text('抵扣下年', 'set against the next year'),
};

export const SETTLE_OPTIONS = subsidyOptions([
  'region',
  'budget-year',
  'standard-year',
  'settlement-year',
  'provisional',
  'heads',
  'as-of',
  'aid',
  'paid',
  'notice',
  'class',
  'level',
  'carry-over',
  'excess',
  'rules',
  'out',
]);

/** `jiping subsidy settle`: the superior's notice beside our figures, what was paid, what remains. */
export async function runSettle(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus> {
  const options = readOptions('settle', args, SETTLE_OPTIONS);
  const rules = loadPolicy(options.many('rules'), io);
  const noticePath = options.one('notice');
  const read =
    noticePath === undefined ? undefined : readNotice(await readInput(pathOf(io, noticePath)), rules.aidedNames());
  const { input, problems } = await readEstimateInput(rules, options, io, true, read?.notice?.date);
  const payments = readPayments(await readInput(pathOf(io, options.required('paid'))), levelOf(options) ?? 'county');
  const excess = options.one('excess');
  if (excess !== undefined && excess !== 'refund' && excess !== 'offset')
    throw usage(`--excess 只能是 refund 或 offset，现为“${excess}”`, `--excess is refund or offset, not “${excess}”`);
  const settlement = settleYear(rules, {
    ...input,
    level: levelOf(options),
    payments: payments.rows,
    notice: read?.notice,
    carryOver: carryOverOf(options),
    excess,
  });
  const all: readonly Problem[] = [
    ...problems,
    ...payments.problems,
    ...(read?.problems ?? []),
    ...settlement.problems,
  ];
  const name = settlement.paper === 'settlement' ? '财政补助结算单' : '财政补助测算表';
  const json = { ...settlementJson(settlement), problems: problemsJson(all, common.language) };
  const files = writePaper(options.one('out'), composeSettlementPaper(settlement), name, io, [
    { path: `${name}.json`, content: `${JSON.stringify(json, undefined, 2)}\n` },
  ]);
  return present(io, common, {
    json: { ...json, facts: subsidyFacts(settlement.facts, common.language), files },
    prose: [settlementProse(settlement, common.language), ...files].join('\n'),
    problems: all,
  });
}

const fen = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);

function settlementJson(settlement: Settlement): Record<string, unknown> {
  const { estimate, notice } = settlement;
  return {
    paper: settlement.paper,
    level: settlement.level,
    notice:
      notice === undefined
        ? null
        : { document: notice.document ?? null, date: notice.date ?? null, budgetYear: notice.budgetYear ?? null },
    lines: settlement.lines.map((line) => ({
      group: line.group,
      name: line.name,
      approved:
        line.approved === undefined
          ? null
          : {
              heads: line.approved.heads?.toString() ?? null,
              amount: fen(line.approved.amount.yuan),
              stated: line.approved.amount.text,
              factId: line.approved.fact.id,
            },
      own: { heads: line.own.heads.toString(), amount: fen(line.own.amount), factId: line.own.fact.id },
      difference:
        line.difference === undefined ? null : { amount: fen(line.difference.amount), factId: line.difference.fact.id },
      reasons: line.reasons.map((reason) => reason.zh),
    })),
    due: { amount: fen(settlement.due), factId: settlement.dueFact.id },
    carryOver: fen(settlement.carryOver),
    prepaid: { amount: fen(settlement.prepaid), factId: settlement.prepaidFact.id },
    balance: { amount: fen(settlement.balance), factId: settlement.balanceFact.id, outcome: settlement.outcome },
    levels: settlement.levels.map((level) => ({
      level: level.level,
      name: level.name,
      due: fen(level.due),
      paid: fen(level.paid),
      balance: fen(level.balance),
    })),
    estimate: { ...estimateJson(estimate), facts: undefined },
    facts: settlement.facts.map(factJson),
  };
}

/** A line that is no group of insured persons is the total. */
function lineName(line: Settlement['lines'][number], language: Language): string {
  if (language === 'zh') return line.name;
  return line.group === 'total' ? 'total' : groupName(line.group, undefined, language);
}

function settlementProse(settlement: Settlement, language: Language): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { estimate, notice } = settlement;
  const { years } = estimate;
  const kind =
    settlement.paper === 'settlement'
      ? say('结算单', 'settlement')
      : say('测算表（无上级清算通知）', 'estimate (no notice)');
  const lines = [
    say(
      `${estimate.region.name} ${years.budget.year} 年度城乡居民医保财政补助${kind} · ${settlement.levelName}`,
      `“${estimate.region.name}”, subsidy of the resident insurance in ${years.budget.year}: ${kind}, ${levelName(settlement.level, 'en')}`,
    ),
    say(
      `标准 ${years.standard.year} 年 ${estimate.standard} 元/人${years.provisional ? '（暂定）' : ''}；人数截至 ${years.headsAsOf ?? '（未写）'}；清算年度 ${years.settlement?.year ?? '—'}`,
      `standard of ${years.standard.year}: ${estimate.standard} yuan per person${years.provisional ? ' (provisional)' : ''}; heads as of ${years.headsAsOf ?? '(not stated)'}; settled in ${years.settlement?.year ?? '—'}`,
    ),
  ];
  if (notice !== undefined)
    lines.push(
      say(
        `清算通知：${notice.document ?? '无文号'}，${notice.date ?? '无日期'}`,
        `notice: ${notice.document ?? 'no number'}, ${notice.date ?? 'no date'}`,
      ),
    );
  const rows = [
    [
      say('人群', 'group'),
      say('核定人数', 'approved heads'),
      say('上级核定', 'approved'),
      say('本级人数', 'our heads'),
      say('本级测算', 'ours'),
      say('差额', 'difference'),
    ],
    ...settlement.lines.map((line) => [
      lineName(line, language),
      line.approved?.heads === undefined ? '—' : count(line.approved.heads),
      line.approved === undefined ? '—' : yuan(line.approved.amount.yuan),
      count(line.own.heads),
      yuan(line.own.amount),
      line.difference === undefined ? '—' : yuan(line.difference.amount),
    ]),
  ];
  lines.push('', grid(rows), '');
  for (const line of settlement.lines)
    for (const reason of line.reasons)
      lines.push(`  ${lineName(line, language)}${say('：', ': ')}${inLanguage(reason, language)}`);
  const deducted = estimate.groups.filter((group) => !group.gross.eq(group.heads));
  for (const group of deducted)
    lines.push(
      say(
        `  ${group.name}核减：重复参保 ${group.deductions.duplicates}，年初前死亡 ${group.deductions.deaths}，异地参保 ${group.deductions.elsewhere}`,
        `  ${groupName(group.group, undefined, 'en')} deducted: duplicates ${group.deductions.duplicates}, deaths ${group.deductions.deaths}, elsewhere ${group.deductions.elsewhere}`,
      ),
    );
  lines.push(
    '',
    `  ${say('应担金额', 'due')}      ${yuan(settlement.due)}`,
    `  ${say('以前年度结转', 'carry-over')}  ${yuan(settlement.carryOver)}`,
    `  ${say('已拨金额', 'prepaid')}      ${yuan(settlement.prepaid)}`,
    `  ${inLanguage(OUTCOMES[settlement.outcome], language)}        ${yuan(settlement.balance.abs())} ${say('元', 'yuan')} = ${wan(settlement.balance.abs())}`,
  );
  if (estimate.aid !== undefined)
    lines.push(
      '',
      ...estimate.aid.byFund.map((entry) =>
        say(
          `  资助参保另计：${fundName(entry.fund)} ${yuan(entry.total)} 元`,
          `  premium aid apart: ${fundName(entry.fund, 'en')} ${yuan(entry.total)} yuan`,
        ),
      ),
    );
  return lines.join('\n');
}
