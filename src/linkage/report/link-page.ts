import { HISTOGRAM_FROM } from '../fellegi-sunter/score-pairs.ts';
import { columnWeight, probabilityOf } from '../fellegi-sunter/trained-model.ts';
import type { Linkage } from '../link-records.ts';
import { printWeight } from './pair-lines.ts';
import { printShare } from './print-share.ts';
import type { TruthReport } from './truth.ts';
import { type Unlinkables, unlinkableBelow } from './unlinkables.ts';

export interface LinkPageInput {
  readonly title: string;
  readonly linkage: Linkage;
  readonly unlinkables: Unlinkables;
  /** Weight from which pairs count as links, thousandths of a bit; of the charts, rounded down to whole bits. */
  readonly threshold: number;
  readonly links: number;
  readonly truth: TruthReport | undefined;
}

const BAR = 320;

/**
 * One page, no script, no network. Every chart and table is drawn from the same integers: the weights of a level from
 * the trained m and u, the distribution and the threshold table from one histogram of all compared pairs.
 */
export function linkPage(input: LinkPageInput): string {
  const { linkage, unlinkables } = input;
  const { trained, records, rules } = linkage;
  const training = trained.training;
  const rows = (cells: readonly (readonly string[])[]): string =>
    cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
    `<table><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>${rows(body)}</table>`;

  const summary = table(
    ['项目', '数'],
    [
      [
        '记录',
        records.mode === 'link' ? `${records.leftCount} × ${records.count - records.leftCount}` : `${records.count}`,
      ],
      ['可能的对数', `${training.allPairs}`],
      ['实际比较的对数（每对一次）', `${linkage.comparedPairs}`],
      ['先验（任取一对为同一人的机会）', `${trained.prior}`],
      [
        '双胞胎等相像的两人（同胞）占全部对数',
        trained.siblings === undefined ? '未设此类' : `${trained.siblings.prior}`,
      ],
      ['训练估计的同一人对数', `${training.expectedMatches}`],
      [
        '训练',
        training.converged
          ? `第 ${training.iterations} 轮收敛`
          : `<b>${training.iterations} 轮未收敛</b>，最后一轮最大变化 ${training.lastChange}`,
      ],
      [
        '训练中未见的级别',
        training.levelsNeverSeen.length === 0 ? '无' : escapeHtml(training.levelsNeverSeen.join('、')),
      ],
      [
        `达到阈值（权重 ${printWeight(input.threshold)}，概率 ${probabilityOf(input.threshold).toFixed(4)}）的对`,
        `${input.links}`,
      ],
    ],
  );
  const blocks = table(
    ['分块规则', '单独产生的对数', '最大一块'],
    rules.map((rule) => [escapeHtml(rule.columns.join(' + ')), `${rule.pairs}`, `${rule.largestBlock}`]),
  );
  const widest = Math.max(1, ...linkage.weights.levels.flatMap((levels) => Array.from(levels, Math.abs)));
  const levels = trained.columns
    .map((column, index) => {
      const body = column.levels.map((level, at) => {
        const weight = columnWeight(linkage.weights.levels, undefined, index, at + 1, 0);
        const name = records.columns[index]?.levels[at]?.text.zh ?? level.name;
        return [escapeHtml(name), `${level.m}`, `${level.u}`, printWeight(weight), signedBar(weight / widest)];
      });
      return `<h3>${escapeHtml(column.column)} <small>${column.kind}</small></h3>${table(['级别', 'm', 'u', '权重（比特）', ''], body)}`;
    })
    .join('');

  const bins = Array.from(linkage.scored.histogram);
  const first = Math.max(
    0,
    bins.findIndex((count) => count > 0),
  );
  const last = bins.findLastIndex((count) => count > 0);
  const tallest = Math.max(1, ...bins.map((count) => Math.log2(count + 1)));
  let above = bins.reduce((sum, count) => sum + count, 0);
  const distribution: string[][] = [];
  for (let bin = first; bin <= last; bin += 1) {
    const bits = HISTOGRAM_FROM + bin;
    const count = bins[bin] ?? 0;
    distribution.push([
      `${bits}`,
      probabilityOf(bits * 1000).toFixed(6),
      `${count}`,
      bar(Math.log2(count + 1) / tallest, bits * 1000 >= input.threshold ? 'link' : 'rest'),
      `${above}`,
      `${unlinkableBelow(unlinkables, bits * 1000)}`,
      printShare(unlinkableBelow(unlinkables, bits * 1000), unlinkables.records),
    ]);
    above -= count;
  }
  const truth =
    input.truth === undefined
      ? ''
      : `<h2>与已知结果核对</h2><p>已知同一人 ${input.truth.truePairs} 对，其中 ${input.truth.unblocked} 对没有任何分块规则能产生。</p>${table(
          ['概率阈值', '判为同一人', '判对', '准确率', '召回率', 'F1'],
          [...input.truth.byThreshold, input.truth.best].map((row, index, all) => [
            index === all.length - 1 ? `最佳 ${row.threshold.toFixed(6)}` : `${row.threshold}`,
            `${row.links}`,
            `${row.right}`,
            row.precision.toFixed(5),
            row.recall.toFixed(5),
            row.f1.toFixed(5),
          ]),
        )}`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(input.title)}</title><style>
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;color:#222}
table{border-collapse:collapse;margin:.6em 0}td,th{border:1px solid #ccc;padding:.2em .6em;text-align:right}td:first-child,th:first-child{text-align:left}
svg{display:block}.link{fill:#1b7f4b}.rest{fill:#9aa5b1}.minus{fill:#b3402a}small{color:#777}
</style></head><body><h1>${escapeHtml(input.title)}</h1><h2>概况</h2>${summary}<h2>分块</h2>${blocks}${truth}
<h2>各列的 m、u 与权重</h2><p>m：同一人的记录落在这一级的比例；u：不同人落在这一级的比例；权重 = log2(m/u)。证件号码已含生日时，相同的出生日期不重复计分。</p>${levels}
<h2>权重分布、阈值与无法连接的记录</h2><p>每行一个比特；柱按对数画，绿色为达到阈值。“此处及以上”即以该权重为阈值时的对数；“无法连接”是即使与自己的完整副本相比也达不到该权重的记录。</p>${table(
    ['权重从', '概率', '对数', '', '此处及以上', '无法连接', '占记录'],
    distribution,
  )}</body></html>\n`;
}

function bar(share: number, style: string): string {
  const width = Math.round(share * BAR);
  return `<svg width="${BAR}" height="12"><rect class="${style}" width="${width}" height="12"/></svg>`;
}

function signedBar(share: number): string {
  const half = BAR / 2;
  const width = Math.round(Math.abs(share) * half);
  const left = share < 0 ? half - width : half;
  return `<svg width="${BAR}" height="12"><rect class="${share < 0 ? 'minus' : 'link'}" x="${left}" width="${width}" height="12"/></svg>`;
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
