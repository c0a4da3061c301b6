import { type Form, type FormRow, generateForm } from './generate-form.ts';
import type { Random } from './random.ts';

/** How a form loses its table on the way into a text. */
export const LAYOUTS = [
  'pipe',
  'pipe-open',
  'pipe-displaced',
  'vertical',
  'vertical-blank',
  'vertical-pipe',
  'flattened',
  'lines',
  'tabs',
  'no-space',
  'no-space-pages',
  'displaced',
  'one-closed-cell',
  'noisy',
  'two-tables',
  'cut-off',
  'headless',
] as const;
export type PrintLayout = (typeof LAYOUTS)[number];

/** Which columns the form has, and in what order. */
export const COLUMN_STYLES = [
  'standard',
  'weight-first',
  'sign-value-unit',
  'three-scores',
  'doubled',
  'unnumbered',
  'points',
  'target-only',
  'transfer',
] as const;
export type ColumnStyle = (typeof COLUMN_STYLES)[number];

/** The four cells of a row as its style prints them; empty where the style has no such column. */
export function printedCells(row: FormRow, style: ColumnStyle): readonly [string, string, string, string] {
  const target = targetText(row);
  if (style === 'target-only') return [target, '', '', ''];
  if (style === 'transfer') return [target, row.actual, '', ''];
  return [target, row.actual, row.weight, row.score];
}

/** Whether a form of this style prints points at all. */
export function hasPoints(style: ColumnStyle): boolean {
  return style !== 'target-only' && style !== 'transfer';
}

export function printForm(form: Form, layout: PrintLayout, style: ColumnStyle, random: Random): string {
  const grid = toGrid(form, style, layout);
  switch (layout) {
    case 'pipe':
      return grid.map((row) => `${row.join(' | ')} |`).join('\n');
    case 'pipe-open':
      return grid.map((row) => row.join(' | ')).join('\n');
    case 'tabs':
      return grid.map((row) => row.join('\t')).join('\n');
    case 'vertical-pipe':
      return grid.map((row) => `${row.join('\n|\n')}\n|\n`).join('\n');
    case 'pipe-displaced':
      return displacePipes(grid);
    case 'vertical':
      return withPageNumber(
        grid.flat().filter((cell) => cell !== ''),
        random,
      ).join('\n');
    case 'vertical-blank':
      return grid
        .flat()
        .map((cell) => (cell === '' ? ' ' : cell))
        .join('\n\n');
    case 'flattened':
      return grid
        .flat()
        .filter((cell) => cell !== '')
        .join(' ');
    case 'lines':
      return grid.map((row) => row.filter((cell) => cell !== '').join(' ')).join('\n');
    case 'no-space':
      return grid.flat().join('');
    case 'no-space-pages':
      return inPages(grid.flat().join(''), random);
    case 'one-closed-cell':
      return grid.map((row) => row.map((cell) => (cell === '' ? '|' : `${cell} |`)).join('\n')).join('\n||||\n');
    case 'noisy':
      return withNoise(form, grid, style)
        .flat()
        .filter((cell) => cell !== '')
        .join('\n');
    case 'two-tables': {
      const other = toGrid(generateForm(random.below(1_000_000)), style, 'pipe');
      return [...other, ...grid].map((row) => `${row.join(' | ')} |`).join('\n');
    }
    case 'cut-off': {
      const text = grid.map((row) => `${row.join(' | ')} |`).join('\n');
      const body = text.indexOf('数量指标');
      return text.slice(0, body + 20 + random.below(Math.max(1, text.length - body - 40)));
    }
    case 'headless': {
      const head = grid.findIndex((row) => row[0] === '一级指标');
      return grid
        .slice(head + 1)
        .map((row) => `${row.join(' | ')} |`)
        .join('\n');
    }
    case 'displaced':
      return displaceNames(form, grid, style);
  }
}

function withPageNumber(cells: readonly string[], random: Random): string[] {
  const at = cells.indexOf('效益指标');
  return at < 0 || random.chance(70) ? [...cells] : [...cells.slice(0, at), '第 2 页', ...cells.slice(at)];
}

/** As document exchanges print a text: page by page, a number before each, a page ending anywhere. */
function inPages(text: string, random: Random): string {
  const size = random.between(180, 320);
  const pages: string[] = [];
  for (let at = 0; at < text.length; at += size) pages.push(text.slice(at, at + size));
  return pages.map((page, nth) => `${nth + 1}、${page}`).join('\n');
}

/** Placeholders, page numbers, and the totals printed twice. */
function withNoise(form: Form, grid: readonly (readonly string[])[], style: ColumnStyle): string[][] {
  const noisy: string[][] = [];
  for (const row of grid) {
    if (row[0] === '效益指标') noisy.push(['— 2 —']);
    noisy.push([...row]);
    if (row.some((cell) => cell.startsWith('指标1:'))) noisy.push(['指标9:'], ['……']);
  }
  return hasPoints(style) ? [...noisy, ['合计', form.totalWeight, form.total]] : noisy;
}

/** The first cell of a row hangs on the line above. */
function displacePipes(grid: readonly (readonly string[])[]): string {
  const lines = grid.map((row) => [...row]);
  for (let index = 1; index < lines.length; index += 1) {
    const first = lines[index]?.shift();
    if (first !== undefined) lines[index - 1]?.push(first);
  }
  return lines.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const BUDGET_HEAD = ['', '年初预算数', '全年预算数(A)', '全年执行数(B)', '分值', '执行率(B/A)', '得分'];

function headOf(style: ColumnStyle): string[] {
  const tail = '偏差原因分析及改进措施';
  switch (style) {
    case 'weight-first':
      return ['一级指标', '二级指标', '三级指标', '分值', '年度指标值', '全年实际值', '得分', tail];
    case 'sign-value-unit':
      return ['一级指标', '二级指标', '三级指标', '指标性质', '指标值', '度量单位', '完成值', '权重', '得分', tail];
    case 'three-scores':
      return [
        '一级指标',
        '二级指标',
        '三级指标',
        '年度指标值',
        '实际完成值',
        '分值',
        '自评得分',
        '复核得分',
        '最终得分',
        tail,
      ];
    case 'doubled':
      return [
        '一级指标',
        '二级指标',
        '三级指标',
        '年度指标值',
        '实际完成值',
        '实施期指标值',
        '实施期完成值',
        '分值',
        '得分',
        tail,
      ];
    case 'target-only':
      return ['一级指标', '二级指标', '三级指标', '指标值'];
    case 'transfer':
      return ['一级指标', '二级指标', '三级指标', '指标值', '全年实际完成值', '未完成原因和改进措施'];
    default:
      return ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', tail];
  }
}

export function targetText(row: FormRow): string {
  return `${row.operator}${row.target}${row.target === '' ? '' : row.unit}`;
}

function cellsOf(row: FormRow, style: ColumnStyle): string[] {
  const target = targetText(row);
  switch (style) {
    case 'weight-first':
      return [row.weight, target, row.actual, row.score, row.reason];
    case 'sign-value-unit':
      return [row.operator, row.target, row.unit, row.actual, row.weight, row.score, row.reason];
    case 'three-scores':
      return [target, row.actual, row.weight, row.score, row.score, row.score, row.reason];
    case 'doubled':
      return [target, row.actual, target, row.actual, row.weight, row.score, row.reason];
    case 'target-only':
      return [target];
    case 'transfer':
      return [target, row.actual, row.reason];
    default:
      return [target, row.actual, row.weight, row.score, row.reason];
  }
}

function moneyRows(budget: Form['budget'], style: ColumnStyle): string[][] {
  const { initial, adjusted, executed, rate, weight, score } = budget;
  if (style === 'target-only') return [['项目资金(万元)', '年度资金总额', adjusted]];
  if (style === 'transfer')
    return [
      ['资金投入情况(万元)', '全年预算数(A)', '全年执行数(B)', '预算执行率(B/A×100%)'],
      ['年度资金总额', adjusted, executed, rate],
      ['其中:中央财政资金', adjusted, executed, rate],
    ];
  return [
    ['项目资金(万元)', ...BUDGET_HEAD.slice(1)],
    ['年度资金总额', initial, adjusted, executed, weight, rate, score],
    ['其中:当年财政拨款', initial, adjusted, executed, '—', rate, '—'],
    ['其他资金', '', '', '', '—', '', '—'],
  ];
}

function toGrid(form: Form, style: ColumnStyle, layout: PrintLayout): string[][] {
  const { budget } = form;
  const grid: string[][] = [
    [hasPoints(style) ? '项目支出绩效自评表' : style === 'transfer' ? '转移支付绩效自评表' : '项目支出绩效目标表'],
    [`(${form.year}年度)`],
    ['项目名称', '城乡居民医保经费', '主管部门', '某县医疗保障局'],
    ...moneyRows(budget, style),
    ['年度总体目标', '预期目标', '实际完成情况'],
    [form.goal, form.result],
    headOf(style),
  ];
  let level1 = '';
  let level2 = '';
  let number = 0;
  const merged =
    layout === 'pipe-open' || layout === 'tabs' || layout === 'vertical-blank' || layout === 'vertical-pipe';
  for (const row of form.rows) {
    number = row.level2 === level2 ? number + 1 : 1;
    const points =
      style === 'points' && row.level1 !== level1 ? `${row.level1}(${pointsOf(form, row.level1)}分)` : row.level1;
    const lead: string[] = [];
    if (row.level1 !== level1) lead.push(points);
    else if (merged) lead.push('');
    if (row.level2 !== level2) lead.push(row.level2);
    else if (merged) lead.push('');
    const name = style === 'unnumbered' ? row.name : `指标${number}:${row.name}`;
    grid.push([...lead, name, ...cellsOf(row, style)]);
    level1 = row.level1;
    level2 = row.level2;
  }
  if (hasPoints(style)) grid.push(['总分', form.totalWeight, form.total]);
  return grid;
}

function pointsOf(form: Form, level1: string): number {
  return form.rows.filter((row) => row.level1 === level1).reduce((sum, row) => sum + Number(row.weight), 0);
}

/** Half of the names stand behind all figures, as a PDF reader gives them. */
function displaceNames(form: Form, grid: readonly (readonly string[])[], style: ColumnStyle): string {
  const head = grid.findIndex((row) => row[0] === '一级指标');
  const before = grid
    .slice(0, head + 1)
    .flat()
    .filter((cell) => cell !== '');
  const keep = Math.ceil(form.rows.length / 2);
  const words: string[] = [];
  const late: string[] = [];
  form.rows.forEach((row, at) => {
    const cells = cellsOf(row, style).filter((cell) => cell !== '');
    if (at < keep) words.push(row.level2, `指标1:${row.name}`, ...cells);
    else {
      words.push(...cells);
      late.push(row.level2, `指标1:${row.name}`);
    }
  });
  const totals = hasPoints(style) ? [form.totalWeight, form.total] : [];
  return [...before, ...words, ...totals, ...late, ...(hasPoints(style) ? ['总分'] : [])].join(' ');
}
