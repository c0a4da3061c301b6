import type { Block, Cell, FigureFormat, Inline, Table, TextRun } from '../../document/index.ts';
import { type Fact, type FactValue, makeFact } from '../../fact/index.ts';
import { Exact, NO_UNIT, POINT, WAN_YUAN } from '../../quantity/index.ts';
import { figure } from '../print.ts';
import type { Report } from '../report.ts';

/** A paper and the facts its figures print. */
export interface SamplePaper {
  readonly report: Report;
  readonly facts: readonly Fact[];
}

export function form(value: string): TextRun {
  return { kind: 'text', text: value, source: 'form' };
}

export function unit(value: string): TextRun {
  return { kind: 'text', text: value, source: 'unit' };
}

/** Collects the facts a sample prints. */
class Facts {
  readonly all: Fact[] = [];

  make(concept: string, value: FactValue): Fact {
    const fact = makeFact({
      concept,
      label: concept,
      value,
      period: '2024',
      place: '某某县',
      origin: {
        kind: 'entered',
        file: '项目.xlsx',
        version: 'a1',
        sheet: '资金',
        cell: `C${this.all.length + 5}`,
        evidence: [],
      },
    });
    this.all.push(fact);
    return fact;
  }

  wan(concept: string, value: string, format: FigureFormat = { style: 'number', places: 2 }): Inline {
    return figure(this.make(concept, { kind: 'number', value: Exact.of(value), unit: WAN_YUAN }), format);
  }

  points(concept: string, value: string): Inline {
    return figure(this.make(concept, { kind: 'number', value: Exact.of(value), unit: POINT }), { style: 'number' });
  }

  rate(concept: string, numerator: bigint, denominator: bigint): Inline {
    const value = Exact.ratio(numerator, denominator);
    return figure(this.make(concept, { kind: 'number', value, unit: NO_UNIT }), { style: 'percent', places: 2 });
  }

  words(concept: string, value: string): Inline {
    return figure(this.make(concept, { kind: 'text', value }), { style: 'text' });
  }

  day(concept: string, value: string): Inline {
    return figure(this.make(concept, { kind: 'date', value }), { style: 'date' });
  }
}

type Content = string | Inline | readonly Inline[];

function inlines(content: Content): readonly Inline[] {
  if (typeof content === 'string') return content === '' ? [] : [form(content)];
  return Array.isArray(content) ? (content as readonly Inline[]) : [content as Inline];
}

function cell(row: number, column: number, content: Content, extra: Partial<Cell> = {}): Cell {
  return { row, column, rowSpan: 1, columnSpan: 1, paragraphs: [inlines(content)], ...extra };
}

const REASON =
  '因部分乡镇外出务工人员较多、集中参保期内联系困难，且个别村（社区）宣传覆盖不足，参保任务完成进度低于序时进度；下一步将按村建立未参保人员清单，' +
  '逐户上门动员，落实困难群众分类资助参保政策，并在次年2月底前完成补缴，由乡镇主要负责人按周调度。';

/** A self-evaluation table of F1's shape: merged first and second levels, long reasons. */
export function sampleTable(leaves = 60, reasonLength = 300): SamplePaper {
  const facts = new Facts();
  const cells: Cell[] = [];
  const label = (row: number, column: number, content: Content, extra: Partial<Cell> = {}): void => {
    cells.push(cell(row, column, content, { header: true, ...extra }));
  };
  label(0, 0, '项目名称', { columnSpan: 2 });
  cells.push(cell(0, 2, [unit('城乡居民基本医疗保险县级财政配套资金')], { columnSpan: 6, align: 'center' }));
  label(1, 0, '主管部门', { columnSpan: 2 });
  cells.push(cell(1, 2, [unit('某某县医疗保障局')], { columnSpan: 3, align: 'center' }));
  label(1, 5, '实施单位');
  cells.push(cell(1, 6, [unit('某某县医疗保障局𠮷龘中心')], { columnSpan: 2, align: 'center' }));
  label(2, 0, '项目资金\n（万元）', { rowSpan: 5, columnSpan: 2 });
  ['', '年初预算数', '全年预算数（A）', '全年执行数（B）', '分值', '执行率（B/A）'].forEach((head, index) => {
    label(2, 2 + index, head);
  });
  ['年度资金总额', '其中：当年财政拨款', '上年结转资金', '其他资金'].forEach((name, index) => {
    const row = 3 + index;
    cells.push(cell(row, 2, name, { align: 'left' }));
    cells.push(cell(row, 3, index < 2 ? facts.wan(`初${index}`, '2109.07') : facts.wan(`初${index}`, '0')));
    cells.push(cell(row, 4, index < 2 ? facts.wan(`调${index}`, '2028.45') : facts.wan(`调${index}`, '0')));
    cells.push(cell(row, 5, index < 2 ? facts.wan(`执${index}`, '2028.45') : facts.wan(`执${index}`, '0')));
    cells.push(cell(row, 6, index === 0 ? facts.points('预算分值', '10') : '—', { align: 'center' }));
    cells.push(cell(row, 7, index === 0 ? facts.rate('执行率', 202845n, 202845n) : '—', { align: 'center' }));
  });
  label(7, 0, '年度总体目标', { rowSpan: 2, columnSpan: 2 });
  label(7, 2, '预期目标', { columnSpan: 3 });
  label(7, 5, '实际完成情况', { columnSpan: 3 });
  cells.push(
    cell(8, 2, [unit('落实城乡居民基本医疗保险财政补助政策，确保参保率稳定在95%以上，群众满意度不低于90%。')], {
      columnSpan: 3,
      align: 'left',
    }),
  );
  cells.push(cell(8, 5, [unit(REASON)], { columnSpan: 3, align: 'left' }));
  ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'].forEach(
    (head, index) => {
      label(9, index, head);
    },
  );
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['产出指标', ['数量指标', '质量指标', '时效指标', '成本指标']],
    ['效益指标', ['社会效益指标', '可持续影响指标']],
    ['满意度指标', ['服务对象满意度指标']],
  ];
  const seconds = groups.flatMap(([first, names]) => names.map((second) => ({ first, second })));
  const each = Math.max(1, Math.floor(leaves / seconds.length));
  let row = 10;
  let firstStart = row;
  seconds.forEach(({ first, second }, index) => {
    const count = index === seconds.length - 1 ? Math.max(1, leaves - each * (seconds.length - 1)) : each;
    cells.push(cell(row, 1, second, { rowSpan: count, align: 'center' }));
    for (let leaf = 0; leaf < count; leaf += 1) {
      const key = `${index}-${leaf}`;
      cells.push(cell(row, 2, [unit(`城乡居民基本医疗保险${second.slice(0, 2)}完成情况`)], { align: 'left' }));
      cells.push(cell(row, 3, [form('≥'), facts.rate(`目标${key}`, 95n, 100n)], { align: 'center' }));
      cells.push(
        cell(
          row,
          4,
          leaf % 7 === 3
            ? facts.words(`实际${key}`, '基本完成')
            : facts.rate(`实际${key}`, 9637n + BigInt(leaf), 10000n),
        ),
      );
      cells.push(cell(row, 5, facts.points(`分值${key}`, '1.5')));
      cells.push(cell(row, 6, facts.points(`得分${key}`, leaf % 7 === 3 ? '1.2' : '1.5')));
      cells.push(
        cell(row, 7, leaf % 7 === 3 ? [unit(REASON.repeat(4).slice(0, reasonLength))] : '', { align: 'left' }),
      );
      row += 1;
    }
    if (seconds[index + 1]?.first !== first) {
      cells.push(cell(firstStart, 0, first, { rowSpan: row - firstStart, align: 'center' }));
      firstStart = row;
    }
  });
  label(row, 0, '总分', { columnSpan: 5 });
  cells.push(cell(row, 5, facts.points('总分值', '100'), { align: 'center' }));
  cells.push(cell(row, 6, facts.points('总得分', '97.3'), { align: 'center' }));
  cells.push(cell(row, 7, ''));
  const table: Table = {
    kind: 'table',
    rowCount: row + 1,
    columnCount: 8,
    widths: [7, 8, 18, 11, 11, 8, 8, 24],
    headerRows: 0,
    cells,
  };
  const blocks: Block[] = [
    { kind: 'heading', level: 0, inlines: [form('项目支出绩效自评表')] },
    { kind: 'paragraph', role: 'subtitle', inlines: [form('（2024年度）')] },
    table,
    { kind: 'paragraph', role: 'note', inlines: [form('注：得分一档最高不能超过该指标分值上限。')] },
  ];
  return {
    report: {
      title: '项目支出绩效自评表',
      kind: 'table',
      page: { orientation: 'portrait', grid: false },
      blocks,
      pageNumber: 'dashes',
    },
    facts: facts.all,
  };
}

/** A report of F7's shape: cover, four heading levels, a landscape score sheet, signature. */
export function sampleReport(initial = '2109.07'): SamplePaper {
  const facts = new Facts();
  const title = '某某县2023年度城乡居民基本医疗保险财政补助资金部门评价报告';
  const p = (
    role: 'body' | 'addressee' | 'cover-line' | 'signature' | 'attachment' | 'unit-note' | 'note',
    ...content: Inline[]
  ): Block => ({
    kind: 'paragraph',
    role,
    inlines: content,
  });
  const h = (level: 0 | 1 | 2 | 3 | 4, value: string): Block => ({ kind: 'heading', level, inlines: [form(value)] });
  const rows = ['年初预算', '全年预算', '全年执行'];
  const money: Table = {
    kind: 'table',
    rowCount: 4,
    columnCount: 4,
    widths: [2, 1, 1, 1],
    headerRows: 1,
    cells: [
      ...['资金来源', ...rows].map((name, column) => cell(0, column, name, { header: true })),
      ...['中央财政补助', '省级财政补助', '县级财政配套'].flatMap((name, index) => [
        cell(index + 1, 0, name),
        ...rows.map((column) =>
          cell(
            index + 1,
            rows.indexOf(column) + 1,
            facts.wan(`${name}${column}`, `${21090 + index * 3}.07`, { style: 'grouped', places: 2 }),
          ),
        ),
      ]),
    ],
  };
  const scores: Table = {
    kind: 'table',
    rowCount: 41,
    columnCount: 7,
    widths: [8, 10, 16, 8, 40, 8, 30],
    headerRows: 1,
    cells: [
      ...['一级指标', '二级指标', '三级指标', '分值', '评价要点', '得分', '扣分理由'].map((name, column) =>
        cell(0, column, name, { header: true }),
      ),
      ...['决策', '过程', '产出', '效益'].flatMap((name, group) => [
        cell(1 + group * 10, 0, name, { rowSpan: 10 }),
        cell(1 + group * 10, 1, `${name}情况`, { rowSpan: 10 }),
        ...Array.from({ length: 10 }, (_, leaf) => {
          const row = 1 + group * 10 + leaf;
          return [
            cell(row, 2, `${name}指标${'甲乙丙丁戊己庚辛壬癸'[leaf] ?? ''}`),
            cell(row, 3, facts.points(`分值${row}`, '2.5')),
            cell(
              row,
              4,
              '①立项符合国家法律法规、国民经济发展规划和相关政策；②立项与部门职责范围相符，属于部门履职所需。',
            ),
            cell(row, 5, facts.points(`得分${row}`, leaf === 4 ? '1.75' : '2.5')),
            cell(row, 6, leaf === 4 ? [unit(REASON)] : ''),
          ];
        }).flat(),
      ]),
    ],
  };
  const blocks: Block[] = [
    h(0, title),
    p('cover-line', form('项目名称：'), unit('城乡居民基本医疗保险县级财政配套资金（含特殊困难群体分类资助参保）')),
    p('cover-line', form('主管部门：'), unit('某某县医疗保障局')),
    p('cover-line', form('填报日期：'), facts.day('填报日期', '2024-07-11')),
    { kind: 'page-break' },
    h(0, title),
    p('addressee', unit('某某县财政局：')),
    p(
      'body',
      form('根据《项目支出绩效评价管理办法》（财预〔2020〕10号）要求，现将'),
      facts.words('项目', '城乡居民基本医疗保险财政补助资金'),
      form('绩效情况报告如下。'),
    ),
    h(1, '一、基本情况'),
    h(2, '（一）项目概况'),
    p(
      'body',
      form('年初预算'),
      facts.wan('budget.initial', initial, { style: 'grouped', places: 2, showUnit: true }),
      form('，全年执行'),
      facts.wan('budget.executed', '2028.45', { style: 'grouped', places: 2, showUnit: true }),
      form('，执行率（对年初预算）'),
      facts.rate('rate', 202845n, 210907n),
      form('，较年初预算'),
      facts.wan('difference', '-80.62', { style: 'signed', places: 2, showUnit: true }),
      form('。'),
      unit(REASON),
    ),
    h(3, '1. 资金投入和使用情况'),
    p('body', unit(REASON)),
    h(4, '（1）资金到位情况'),
    p('unit-note', form('单位：万元')),
    money,
    p('note', form('注：全年预算数含年中调整。')),
    p('body', unit(REASON)),
    h(1, '二、综合评价情况及评价结论'),
    p('body', unit(REASON)),
    p('attachment', form('附件：1. 项目支出绩效评价指标评分表（含评价要点、分值、得分和扣分理由的逐项说明）')),
    p('attachment', form('2. 佐证材料目录')),
    p('signature', unit('某某县医疗保障局')),
    { kind: 'paragraph', role: 'date', inlines: [facts.day('成文日期', '2024-07-11')] },
    { kind: 'page-break', orientation: 'landscape' },
    h(1, '附件1'),
    h(0, '项目支出绩效评价指标评分表'),
    scores,
  ];
  return {
    report: { title, kind: 'report', page: { orientation: 'portrait', grid: true }, blocks, pageNumber: 'dashes' },
    facts: facts.all,
  };
}
