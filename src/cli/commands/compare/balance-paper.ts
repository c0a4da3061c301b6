import type { Inline } from '../../../document/index.ts';
import type { BalanceRow, BalanceTable, RegisterFacts } from '../../../linkage/index.ts';
import { findRegisterKind, loadRegisterKinds } from '../../../register/index.ts';
import { figure, type Report } from '../../../report/index.ts';
import { dayInWords } from '../../register-papers.ts';
import { note, type PaperCell, section, table, title, words } from '../subsidy/paper-parts.ts';

/** 应保未保平衡表: towns with their villages, the county below; every row sums to its registered population. */
export function balancePaper(balance: BalanceTable, facts: RegisterFacts): Report {
  const head = ['乡镇', '村（社区）', '户籍人口', ...balance.statuses];
  const cell = (content: readonly Inline[], align: 'left' | 'right' = 'right'): PaperCell => ({ content, align });
  const line = (row: BalanceRow, town: string, village: string): readonly PaperCell[] => [
    cell([words(town)], 'left'),
    cell([words(village)], 'left'),
    ...['户籍人口', ...balance.statuses].map((status) =>
      cell([
        figure(facts.persons(balance, row, status), {
          style: 'number',
        }),
      ]),
    ),
  ];
  const body = balance.towns.flatMap((town) => [
    ...balance.villages
      .filter((village) => village.town === town.town)
      .map((village) => line(village, village.town, village.village)),
    line(town, town.town, '小计'),
  ]);
  const kinds = loadRegisterKinds();
  const reasons = balance.reasons.map(({ reason, persons }) => `${reason}${persons}人`).join('，');
  return {
    title: '应保未保平衡表',
    kind: 'table',
    page: { orientation: 'landscape', grid: false },
    pageNumber: 'dashes',
    blocks: [
      title('应保未保平衡表'),
      note(words(`截至${dayInWords(balance.asOf)}，单位：人。每人只有一个状态，各状态之和等于户籍人口。`)),
      table(
        head.map((_, index) => (index < 2 ? 2 : 1)),
        [head.map((heading) => ({ content: [words(heading)] }))],
        [...body, line(balance.county, '全县', '合计')],
      ),
      ...(balance.absent.length === 0
        ? []
        : [
            note(
              words(
                `未取得的名册：${balance.absent.map((kind) => findRegisterKind(kinds, kind).title).join('、')}；其状态人数为零不代表没有。`,
              ),
            ),
          ]),
      ...changes(balance, facts),
      ...(reasons === '' ? [] : [note(words(`未参保的原因（任务清单返回）：${reasons}；其余尚未返回。`))]),
    ],
  };
}

/** What became of persons since the table before. */
function changes(balance: BalanceTable, facts: RegisterFacts): Report['blocks'] {
  const { since } = balance;
  if (since === undefined) return [];
  const moved = since.changes.filter(({ from, to }) => from !== to);
  const day = dayInWords(since.asOf);
  if (moved.length === 0) return [note(words(`与${day}相比，没有人的状态改变。`))];
  return [
    section(`与${day}相比的变动`),
    table(
      [2, 2, 1],
      [['原状态', '现状态', '人数'].map((heading) => ({ content: [words(heading)] }))],
      moved.map((change) => [
        { content: [words(change.from ?? '不在户籍名册')], align: 'left' },
        { content: [words(change.to ?? '已不在户籍名册')], align: 'left' },
        { content: [figure(facts.change(balance, since.asOf, change), { style: 'number' })] },
      ]),
    ),
  ];
}
