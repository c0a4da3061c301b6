import type { FigureFormat, Inline } from '../../../document/index.ts';
import { type Fact, makeFact } from '../../../fact/index.ts';
import type { BalanceTable, Progress } from '../../../linkage/index.ts';
import { Exact, NO_UNIT, PERSON, POINT, type Unit } from '../../../quantity/index.ts';
import { figure, type Report } from '../../../report/index.ts';
import { note, type PaperCell, section, table, title, words } from '../subsidy/paper-parts.ts';

const COUNT: FigureFormat = { style: 'number' };
const RATE: FigureFormat = { style: 'percent', places: 2 };
const SCORE: FigureFormat = { style: 'number', places: 2 };

/** 征缴进度通报 on one page, with the list of interviews and the towns' score table. */
export function bulletinPaper(progress: Progress, balance: BalanceTable): Report {
  const { total, units, rules } = progress;
  const fact = (concept: string, label: string, value: Exact, unit: Unit, place: string): Fact =>
    makeFact({
      concept: `progress.${concept}`,
      label,
      value: { kind: 'number', value, unit },
      period: progress.asOf,
      place,
      origin: {
        kind: 'counted',
        source: {
          kind: 'dataset',
          name: balance.datasets.map(({ kind }) => kind).join('+'),
          version: balance.datasets.map(({ id }) => id).join('+'),
        },
        query: `plan ${balance.planHash}: ${label}`,
        rows: [],
        rowCount: balance.county.registered,
      },
    });
  const count = (label: string, value: number, place: string): Inline =>
    figure(fact('persons', label, Exact.of(value), PERSON, place), COUNT);
  const rate = (value: Exact, place: string): Inline => figure(fact('rate', '任务完成率', value, NO_UNIT, place), RATE);
  const cell = (...content: readonly Inline[]): PaperCell => ({ content });
  const change = (value: number | undefined, place: string): PaperCell =>
    value === undefined ? cell(words('—')) : cell(count('较上次增减', value, place));
  const places = units.length;
  const rows = units.map((unit) => [
    { content: [words(unit.unit)], align: 'left' as const },
    cell(count('任务数', unit.task, unit.unit)),
    cell(count('参保人数', unit.enrolled, unit.unit)),
    cell(rate(unit.rate, unit.unit)),
    cell(words(`${unit.rankByRate}/${places}`)),
    cell(words(`${unit.rankByNumber}/${places}`)),
    change(unit.change, unit.unit),
    cell(figure(fact('score', '考核得分', unit.score, POINT, unit.unit), SCORE)),
  ]);
  const head = ['乡镇', '任务数', '参保人数', '完成率', '按率位次', '按人数位次', '较上次增减', '考核得分'];
  const named = (list: readonly string[]): string => (list.length === 0 ? '无' : list.join('、'));
  return {
    title: '城乡居民基本医疗保险征缴进度通报',
    kind: 'report',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'dashes',
    blocks: [
      title('城乡居民基本医疗保险征缴进度通报'),
      {
        kind: 'paragraph',
        role: 'body',
        inlines: [
          words(`截至${progress.asOf}，全县参保`),
          count('参保人数', total.enrolled, '全县'),
          words('人，完成任务数（'),
          words(
            `${progress.taskList.issuer}${progress.taskList.document === '' ? '' : `，${progress.taskList.document}`}）`,
          ),
          count('任务数', total.task, '全县'),
          words('人的'),
          rate(total.rate, '全县'),
          ...(total.change === undefined
            ? [words('。')]
            : [
                words(`，较上次（${progress.previousAsOf ?? ''}）增加`),
                count('较上次增减', total.change, '全县'),
                words('人。'),
              ]),
        ],
      },
      table([3, 2, 2, 2, 2, 2, 2, 2], [head.map((heading) => ({ content: [words(heading)] }))], rows),
      note(words('完成率＝参保人数÷任务数；参保人数为户籍在册且本地居民医保正常参保的人数。位次相同的并列。')),
      section('一、进度较慢的单位'),
      {
        kind: 'paragraph',
        role: 'body',
        inlines: [words(`完成率低于${percent(rules.threshold)}的：${named(progress.below)}。`)],
      },
      section('二、约谈名单'),
      {
        kind: 'paragraph',
        role: 'body',
        inlines: [words(`完成率低于${percent(rules.interview)}的：${named(progress.interview)}。`)],
      },
      ...(rules.verified ? [] : [note(words('阈值与计分办法原文未核，以本县文件为准。'))]),
    ],
  };
}

function percent(share: Exact): string {
  return `${share.mul(Exact.hundred).toString()}%`;
}
