import type { FigureFormat, Inline } from '../../../document/index.ts';
import type { Fact } from '../../../fact/index.ts';
import type { Progress, ProgressFacts, ProgressLine } from '../../../linkage/index.ts';
import { Exact } from '../../../quantity/index.ts';
import { figure, type Report } from '../../../report/index.ts';
import { dayInWords } from '../../register-papers.ts';
import { note, type PaperCell, section, table, title, words } from '../subsidy/paper-parts.ts';

/** With more units the text above the table is set small, so that up to 26 stand on one page. */
const ROOMY_UNITS = 18;
const COUNT: FigureFormat = { style: 'number' };
const SIGNED: FigureFormat = { style: 'signed' };
const RATE: FigureFormat = { style: 'percent', places: 2 };
const SCORE: FigureFormat = { style: 'number', places: 2 };

const cell = (...content: readonly Inline[]): PaperCell => ({ content });
const name = (unit: string): PaperCell => ({ content: [words(unit)], align: 'left' });
const header = (headings: readonly string[]): readonly PaperCell[] =>
  headings.map((heading) => ({ content: [words(heading)] }));
const shown = (fact: Fact | undefined, format: FigureFormat): PaperCell =>
  cell(fact === undefined ? words('—') : figure(fact, format));

function linesOf(progress: Progress, facts: ProgressFacts): readonly (readonly [string, ProgressLine])[] {
  return progress.units.flatMap(({ unit }) => {
    const line = facts.units.get(unit);
    return line === undefined ? [] : [[unit, line] as const];
  });
}

function issuedBy({ taskList }: Progress): string {
  return taskList.document === '' ? taskList.issuer : `${taskList.issuer}，${taskList.document}`;
}

/**
 * 征缴进度通报 on one page: the county, every unit with its ranks, and in the last column who is behind and who is asked to
 * an interview, so that many names do not push the table off the page.
 */
export function bulletinPaper(progress: Progress, facts: ProgressFacts): Report {
  const { rules } = progress;
  const { total, places } = facts;
  const rank = (fact: Fact | undefined): PaperCell =>
    fact === undefined ? cell(words('—')) : cell(figure(fact, COUNT), words('/'), figure(places, COUNT));
  const rows = linesOf(progress, facts).map(([unit, line]) => [
    name(unit),
    shown(line.task, COUNT),
    shown(line.enrolled, COUNT),
    shown(line.rate, RATE),
    rank(line.rankByRate),
    rank(line.rankByNumber),
    shown(line.change, SIGNED),
    name(progress.interview.includes(unit) ? '约谈' : progress.below.includes(unit) ? '滞后' : ''),
  ]);
  const headings = ['单位', '任务数', '参保人数', '完成率', '按率位次', '按人数位次', '较上次增减', '备注'];
  const change = total.change;
  return {
    title: '城乡居民基本医疗保险征缴进度通报',
    kind: 'table',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'none',
    blocks: [
      title('城乡居民基本医疗保险征缴进度通报'),
      {
        kind: 'paragraph',
        // In the size of the notes where the table needs the page.
        role: rows.length > ROOMY_UNITS ? 'note' : 'body',
        inlines: [
          words(`截至${dayInWords(progress.asOf)}，${facts.whole}参保`),
          figure(total.enrolled, COUNT),
          words(`人，完成任务数（${issuedBy(progress)}）`),
          figure(total.task, COUNT),
          words('人的'),
          figure(total.rate, RATE),
          ...(change === undefined
            ? [words('。')]
            : [
                words(`，较上次（${dayInWords(progress.previous?.asOf ?? '')}）增减`),
                figure(change, SIGNED),
                words('人。'),
              ]),
          words(
            progress.below.length === 0
              ? `没有完成率低于${percent(rules.threshold)}的单位。`
              : `完成率低于${percent(rules.threshold)}的单位备注“滞后”，其中低于${percent(rules.interview)}的列入约谈，备注“约谈”。`,
          ),
        ],
      },
      table(
        [7, 3, 4, 3, 4, 4, 4, 3],
        [header(headings)],
        [
          ...rows,
          [
            name('合计'),
            shown(total.task, COUNT),
            shown(total.enrolled, COUNT),
            shown(total.rate, RATE),
            cell(words('—')),
            cell(words('—')),
            shown(change, SIGNED),
            name(''),
          ],
        ],
      ),
      note(
        words('完成率＝参保人数÷任务数；参保人数为户籍在册且本地居民医保正常参保的人数。位次相同的并列。'),
        ...(progress.uncovered.length === 0 ? [] : [words(`任务表没有列出：${progress.uncovered.join('、')}。`)]),
        ...(rules.verified ? [] : [words(UNREAD)]),
      ),
    ],
  };
}

/** 约谈名单: units below the county's line, with what they lack and room for the record of the talk. */
export function interviewPaper(progress: Progress, facts: ProgressFacts): Report {
  const lines = linesOf(progress, facts).filter(([unit]) => progress.interview.includes(unit));
  const headings = ['单位', '任务数', '参保人数', '完成率', '尚缺人数', '约谈人', '约谈时间', '承诺完成时间'];
  return {
    title: '约谈名单',
    kind: 'table',
    page: { orientation: 'landscape', grid: false },
    pageNumber: 'none',
    blocks: [
      title('城乡居民医保征缴约谈名单'),
      note(words(`截至${dayInWords(progress.asOf)}，任务完成率低于${percent(progress.rules.interview)}的单位。`)),
      lines.length === 0
        ? { kind: 'paragraph', role: 'body', inlines: [words('本次没有需要约谈的单位。')] }
        : table(
            [3, 2, 2, 2, 2, 2, 3, 3],
            [header(headings)],
            lines.map(([unit, line]) => [
              name(unit),
              shown(line.task, COUNT),
              shown(line.enrolled, COUNT),
              shown(line.rate, RATE),
              shown(line.shortfall, COUNT),
              ...[0, 1, 2].map(() => cell(words(''))),
            ]),
          ),
      ...unread(progress),
    ],
  };
}

/** 镇级考核计分表 by the county's rule. */
export function scorePaper(progress: Progress, facts: ProgressFacts): Report {
  const { rules } = progress;
  const lines = [...linesOf(progress, facts)].sort(([a, left], [b, right]) => {
    const [x, y] = [left.rankByScore, right.rankByScore].map((fact) => numberOf(fact));
    return x !== undefined && y !== undefined && !x.eq(y) ? x.compare(y) : a < b ? -1 : 1;
  });
  const headings = ['单位', '任务数', '参保人数', '完成率', '完成率得分', '扣分', '考核得分', '位次'];
  return {
    title: '镇级考核计分表',
    kind: 'table',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'none',
    blocks: [
      title('城乡居民医保征缴镇级考核计分表'),
      note(words(`截至${dayInWords(progress.asOf)}；任务：${issuedBy(progress)}。`)),
      table(
        [3, 2, 2, 2, 2, 2, 2, 2],
        [header(headings)],
        lines.map(([unit, line]) => [
          name(unit),
          shown(line.task, COUNT),
          shown(line.enrolled, COUNT),
          shown(line.rate, RATE),
          shown(line.earned, SCORE),
          shown(line.deducted, SCORE),
          shown(line.score, SCORE),
          line.rankByScore === undefined
            ? cell(words('—'))
            : cell(figure(line.rankByScore, COUNT), words('/'), figure(facts.places, COUNT)),
        ]),
      ),
      section('计分办法'),
      {
        kind: 'paragraph',
        role: 'body',
        inlines: [
          words(
            `完成率得分＝完成率×${rules.base.toString()}分，最高${rules.base.toString()}分；完成率低于${percent(rules.threshold)}的扣${rules.penalty.toString()}分；扣至零分为止。位次相同的并列。`,
          ),
        ],
      },
      ...unread(progress),
    ],
  };
}

function unread({ rules }: Progress): Report['blocks'] {
  return rules.verified ? [] : [note(words(UNREAD))];
}

const UNREAD = '阈值与计分办法原文未核，以本县文件为准。';

function percent(share: Exact): string {
  return `${share.mul(Exact.hundred).toString()}%`;
}

function numberOf(fact: Fact | undefined): Exact | undefined {
  return fact?.value.kind === 'number' ? fact.value.value : undefined;
}
