import type { Block, Inline } from '../../../document/index.ts';
import { type DueEstimate, fundName, type PremiumAidSheet, type RuleReading } from '../../../policy/index.ts';
import type { Report } from '../../../report/index.ts';
import { heads, inWan, money, note, type PaperCell, section, table, title, unitNote, words } from './paper-parts.ts';

/** The 测算表 as a value: due per level and group, the basis of every share, premium aid apart. */
export function composeEstimatePaper(estimate: DueEstimate): Report {
  const heading = `${estimate.region.name}${estimate.years.budget.year}年度城乡居民医保财政补助测算表`;
  return {
    title: heading,
    kind: 'table',
    page: { orientation: 'landscape', grid: false },
    pageNumber: 'none',
    blocks: [
      title(heading),
      unitNote('单位：元、人'),
      dueTable(estimate),
      ...yearNotes(estimate),
      ...basisNotes(estimate.readings),
      ...(estimate.aid === undefined ? [] : aidBlocks(estimate.aid)),
    ],
  };
}

function dueTable(estimate: DueEstimate): Block {
  const { levels } = estimate;
  const deducted = estimate.groups.some((group) => !group.gross.eq(group.heads));
  const lead: PaperCell[] = [
    { content: [words('人群')], rows: 2 },
    ...(deducted
      ? [
          { content: [words('参保人数')], rows: 2 },
          { content: [words('核减人数')], rows: 2 },
        ]
      : []),
    { content: [words(deducted ? '计补人数' : '参保人数')], rows: 2 },
  ];
  const top: PaperCell[] = [
    ...lead,
    ...levels.map((level) => ({ content: [words(level.name)], columns: 2 })),
    { content: [words('合计')], rows: 2 },
  ];
  const second = levels.flatMap(() => [{ content: [words('人均')] }, { content: [words('应担金额')] }]);
  const body = estimate.groups.map((group): PaperCell[] => [
    { content: [words(group.name)], align: 'left' },
    ...(deducted
      ? [{ content: [words(group.gross.toString())] }, { content: [words(group.gross.sub(group.heads).toString())] }]
      : []),
    { content: [heads(group.headsFact)] },
    ...levels.flatMap(({ level }): PaperCell[] => {
      const own = group.levels.find((entry) => entry.level === level);
      if (own === undefined)
        return [
          { content: [words('—')], align: 'center' },
          { content: [words('—')], align: 'center' },
        ];
      const share = group.explanation.shares.find((entry) => entry.level === level);
      return [{ content: share === undefined ? [] : [money(share.fact)] }, { content: [money(own.fact)] }];
    }),
    { content: [money(group.totalFact)] },
  ]);
  const total: PaperCell[] = [
    { content: [words('合计')], align: 'center' },
    ...(deducted ? [{ content: [] }, { content: [] }] : []),
    { content: [heads(estimate.headsFact)] },
    ...levels.flatMap((level): PaperCell[] => [
      { content: [words('—')], align: 'center' },
      { content: [money(level.fact)] },
    ]),
    { content: [money(estimate.totalFact)] },
  ];
  const inWanRow: PaperCell[] = [
    { content: [words('折合万元')], align: 'center' },
    ...(deducted ? [{ content: [] }, { content: [] }] : []),
    { content: [] },
    ...levels.flatMap((level): PaperCell[] => [{ content: [] }, { content: [inWan(level.fact)] }]),
    { content: [inWan(estimate.totalFact)] },
  ];
  const widths = [14, ...(deducted ? [9, 8] : []), 9, ...levels.flatMap(() => [8, 15]), 15];
  return table(widths, [top, second], [...body, total, inWanRow]);
}

function yearNotes(estimate: DueEstimate): readonly Block[] {
  const { years } = estimate;
  const lines: (readonly Inline[])[] = [
    [
      words(
        `一、预算年度：${years.budget.year}年；参保年度：${years.coverage.year}年；采用标准：${years.standard.year}年通知，人均财政补助`,
      ),
      money(estimate.standardFact),
      words(`元${years.provisional ? `（暂定，待清算）` : ''}。`),
    ],
    [words(`二、人数截止日期：${years.headsAsOf === undefined ? '未填' : chineseDate(years.headsAsOf)}。`)],
  ];
  return lines.map((line) => note(...line));
}

/** Basis and status of every datum; unread documents say so. Official papers carry no rule id. */
export function basisNotes(readings: readonly RuleReading[]): readonly Block[] {
  const lines = [
    ...new Set(
      readings
        .filter((reading) => !reading.ruleSet.startsWith('policy.premium-aid'))
        .map((reading) => `${reading.what}：${reading.document ?? '未写文号'}（${reading.status}）`),
    ),
  ];
  return [note(words('三、依据及核实情况：')), ...lines.map((line, index) => note(words(`${index + 1}. ${line}`)))];
}

function aidBlocks(sheet: PremiumAidSheet): readonly Block[] {
  return [
    section(`附：${sheet.coverage.year}参保年度资助参保测算（不计入财政补助应担金额）`),
    unitNote('单位：元、人'),
    table(
      [22, 10, 10, 12, 12, 12, 16, 14],
      [
        ['资助对象', '参保年度', '人数', '个人缴费标准', '人均资助', '个人实缴', '资助金额', '资金来源'].map(
          (text) => ({
            content: [words(text)],
          }),
        ),
      ],
      [
        ...sheet.lines.map((line): PaperCell[] => [
          { content: [words(line.name)], align: 'left' },
          { content: [words(String(line.coverage.year))], align: 'center' },
          { content: [heads(line.headsFact)] },
          { content: [money(line.individualFact)] },
          { content: [money(line.perHeadFact)] },
          { content: [money(line.personPaysFact)] },
          { content: [money(line.fact)] },
          { content: [words(fundName(line.fund))], align: 'center' },
        ]),
        ...sheet.byFund.map((entry): PaperCell[] => [
          { content: [words(`${fundName(entry.fund)}小计`)], align: 'left' },
          { content: [], columns: 5 },
          { content: [money(entry.fact)] },
          { content: [] },
        ]),
      ],
    ),
    ...[...new Set(sheet.lines.map((line) => `${line.name}：${line.status}`))].map((line) => note(words(line))),
  ];
}

export function chineseDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}
