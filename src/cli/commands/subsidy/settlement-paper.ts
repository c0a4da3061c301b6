import type { Fact } from '../../../fact/index.ts';
import type { Settlement, SettlementOutcome } from '../../../policy/index.ts';
import type { Report } from '../../../report/index.ts';
import { basisNotes, chineseDate } from './estimate-paper.ts';
import { heads, inWan, money, note, type PaperCell, table, title, unitNote, words } from './paper-parts.ts';

const OUTCOMES: Readonly<Record<SettlementOutcome, string>> = {
  settled: '两清',
  supplement: '应补缴',
  refund: '应退回',
  offset: '抵扣下年应缴',
};

/** The 结算单 (with the superior's notice) or 测算表 (without) as a value. */
export function composeSettlementPaper(settlement: Settlement): Report {
  const { estimate, notice } = settlement;
  const { years } = estimate;
  const kind = settlement.paper === 'settlement' ? '结算单' : '测算表';
  const heading = `${estimate.region.name}${years.budget.year}年度城乡居民医保财政补助${kind}`;
  const basis =
    notice === undefined
      ? '本表没有上级清算通知，为本级测算，不作结算依据。'
      : `依据：${notice.document ?? '（通知无文号）'}${notice.date === undefined ? '' : `，${chineseDate(notice.date)}`}。`;
  return {
    title: heading,
    kind: 'table',
    page: { orientation: 'landscape', grid: false },
    pageNumber: 'none',
    blocks: [
      title(heading),
      unitNote(`级次：${settlement.levelName}　单位：元、人`),
      linesTable(settlement),
      note(words(basis)),
      balanceTable(settlement),
      note(
        words(
          `一、预算年度${years.budget.year}年，参保年度${years.coverage.year}年，清算年度${years.settlement?.year ?? '—'}年；采用${years.standard.year}年通知标准`,
        ),
        money(estimate.standardFact),
        words(`元/人${years.provisional ? '（暂定）' : ''}。`),
      ),
      note(
        words(
          `二、人数截止日期：${years.headsAsOf === undefined ? '未填' : chineseDate(years.headsAsOf)}。${deductions(settlement)}`,
        ),
      ),
      ...basisNotes(estimate.readings),
    ],
  };
}

function linesTable(settlement: Settlement) {
  const header: PaperCell[][] = [
    [
      { content: [words('人群')], rows: 2 },
      { content: [words('上级核定')], columns: 2 },
      { content: [words('本级测算')], columns: 2 },
      { content: [words('差额')], rows: 2 },
      { content: [words('差额原因')], rows: 2 },
    ],
    ['人数', '金额', '人数', '金额'].map((text) => ({ content: [words(text)] })),
  ];
  const body = settlement.lines.map((line): PaperCell[] => [
    { content: [words(line.name)], align: line.group === 'total' ? 'center' : 'left' },
    dash(line.approved?.headsFact),
    line.approved === undefined ? dash(undefined) : { content: [money(line.approved.fact)] },
    dash(line.own.headsFact),
    { content: [money(line.own.fact)] },
    line.difference === undefined ? dash(undefined) : { content: [money(line.difference.fact)] },
    { content: [words(line.reasons.map((reason) => reason.zh).join('；'))], align: 'left' },
  ]);
  return table([14, 10, 16, 10, 16, 14, 36], header, body);
}

function balanceTable(settlement: Settlement) {
  const row = (name: string, cell: PaperCell, wan: PaperCell): PaperCell[] => [
    { content: [words(name)], align: 'left' },
    cell,
    wan,
  ];
  return table(
    [40, 30, 30],
    [['项目', '金额（元）', '折合'].map((text) => ({ content: [words(text)] }))],
    [
      row('应担金额', { content: [money(settlement.dueFact)] }, { content: [inWan(settlement.dueFact)] }),
      row(
        '加：以前年度结转（正数欠缴，负数多缴）',
        { content: [money(settlement.carryOverFact)] },
        { content: [inWan(settlement.carryOverFact)] },
      ),
      row('减：已拨金额', { content: [money(settlement.prepaidFact)] }, { content: [inWan(settlement.prepaidFact)] }),
      row(
        `结算差额（${OUTCOMES[settlement.outcome]}）`,
        { content: [money(settlement.balanceFact)] },
        { content: [inWan(settlement.balanceFact)] },
      ),
    ],
  );
}

function deductions(settlement: Settlement): string {
  const parts = settlement.estimate.groups
    .filter((group) => !group.gross.eq(group.heads))
    .map(
      ({ name, deductions: { duplicates, deaths, elsewhere } }) =>
        `${name}核减重复参保${duplicates}人、年初前死亡${deaths}人、异地参保${elsewhere}人`,
    );
  return parts.length === 0 ? '' : `${parts.join('；')}。`;
}

function dash(fact: Fact | undefined): PaperCell {
  return fact === undefined ? { content: [words('—')], align: 'center' } : { content: [heads(fact)] };
}
