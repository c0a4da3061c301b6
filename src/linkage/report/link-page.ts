import { inLanguage, type Language } from '../../problem/index.ts';
import { HISTOGRAM_FROM } from '../fellegi-sunter/score-pairs.ts';
import { columnWeight, probabilityOf } from '../fellegi-sunter/trained-model.ts';
import type { Linkage } from '../link-records.ts';
import { printWeight } from './pair-lines.ts';
import { printShare } from './print-share.ts';
import type { TruthReport } from './truth.ts';
import { type Unlinkables, unlinkableBelow } from './unlinkables.ts';

export interface LinkPageInput {
  readonly title: string;
  readonly language: Language;
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
  const { linkage, unlinkables, language } = input;
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { trained, records, rules } = linkage;
  const training = trained.training;
  const rows = (cells: readonly (readonly string[])[]): string =>
    cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
    `<table><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>${rows(body)}</table>`;

  const summary = table(
    [say('项目', 'item'), say('数', 'number')],
    [
      [
        say('记录', 'records'),
        records.mode === 'link' ? `${records.leftCount} × ${records.count - records.leftCount}` : `${records.count}`,
      ],
      [say('可能的对数', 'possible pairs'), `${training.allPairs}`],
      [say('实际比较的对数（每对一次）', 'pairs compared (each once)'), `${linkage.comparedPairs}`],
      [say('先验（任取一对为同一人的机会）', 'prior (chance that any pair is one person)'), `${trained.prior}`],
      [
        say('双胞胎等相像的两人（同胞）占全部对数', 'share of twins and siblings among all pairs'),
        trained.siblings === undefined ? say('未设此类', 'no such class') : `${trained.siblings.prior}`,
      ],
      [say('训练估计的同一人对数', 'pairs of one person, as training estimates'), `${training.expectedMatches}`],
      [
        say('训练', 'training'),
        training.converged
          ? say(`第 ${training.iterations} 轮收敛`, `converged after ${training.iterations} rounds`)
          : say(
              `<b>${training.iterations} 轮未收敛</b>，最后一轮最大变化 ${training.lastChange}`,
              `<b>not converged after ${training.iterations} rounds</b>; largest change of the last: ${training.lastChange}`,
            ),
      ],
      [
        say('训练中未见的级别', 'levels never seen in training'),
        training.levelsNeverSeen.length === 0
          ? say('无', 'none')
          : escapeHtml(training.levelsNeverSeen.join(say('、', ', '))),
      ],
      [
        say(
          `达到阈值（权重 ${printWeight(input.threshold)}，概率 ${probabilityOf(input.threshold).toFixed(4)}）的对`,
          `pairs that reach the threshold (weight ${printWeight(input.threshold)}, probability ${probabilityOf(input.threshold).toFixed(4)})`,
        ),
        `${input.links}`,
      ],
    ],
  );
  const blocks = table(
    [say('分块规则', 'blocking rule'), say('单独产生的对数', 'pairs it gives alone'), say('最大一块', 'largest block')],
    rules.map((rule) => [escapeHtml(rule.columns.join(' + ')), `${rule.pairs}`, `${rule.largestBlock}`]),
  );
  const widest = Math.max(1, ...linkage.weights.levels.flatMap((levels) => Array.from(levels, Math.abs)));
  const levels = trained.columns
    .map((column, index) => {
      const body = column.levels.map((level, at) => {
        const weight = columnWeight(linkage.weights.levels, undefined, index, at + 1, 0);
        const words = records.columns[index]?.levels[at]?.text;
        const name = words === undefined ? level.name : inLanguage(words, language);
        return [escapeHtml(name), `${level.m}`, `${level.u}`, printWeight(weight), signedBar(weight / widest)];
      });
      return `<h3>${escapeHtml(column.column)} <small>${column.kind}</small></h3>${table([say('级别', 'level'), 'm', 'u', say('权重（比特）', 'weight (bits)'), ''], body)}`;
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
      : `<h2>${say('与已知结果核对', 'Against the known pairs')}</h2><p>${say(`已知同一人 ${input.truth.truePairs} 对，其中 ${input.truth.unblocked} 对没有任何分块规则能产生。`, `Known pairs of one person: ${input.truth.truePairs}; no blocking rule can form ${input.truth.unblocked} of them.`)}</p>${table(
          [
            say('概率阈值', 'threshold (probability)'),
            say('判为同一人', 'linked'),
            say('判对', 'right'),
            say('准确率', 'precision'),
            say('召回率', 'recall'),
            'F1',
          ],
          [...input.truth.byThreshold, input.truth.best].map((row, index, all) => [
            index === all.length - 1 ? `${say('最佳', 'best')} ${row.threshold.toFixed(6)}` : `${row.threshold}`,
            `${row.links}`,
            `${row.right}`,
            row.precision.toFixed(5),
            row.recall.toFixed(5),
            row.f1.toFixed(5),
          ]),
        )}`;
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(input.title)}</title><style>
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;color:#222}
table{border-collapse:collapse;margin:.6em 0;display:block;max-width:100%;overflow-x:auto}td,th{border:1px solid #ccc;padding:.2em .6em;text-align:right}td:first-child,th:first-child{text-align:left}
svg{display:block}.link{fill:#1b7f4b}.rest{fill:#9aa5b1}.minus{fill:#b3402a}small{color:#777}
</style></head><body><h1>${escapeHtml(input.title)}</h1><h2>${say('概况', 'Summary')}</h2>${summary}<h2>${say('分块', 'Blocking')}</h2>${blocks}${truth}
<h2>${say('各列的 m、u 与权重', 'm, u and weights of each column')}</h2><p>${say('m：同一人的记录落在这一级的比例；u：不同人落在这一级的比例；权重 = log2(m/u)。证件号码已含生日时，相同的出生日期不重复计分。', 'm: share of the pairs of one person on this level; u: share of the pairs of two persons on it; weight = log2(m/u). Where the identity numbers show the birth date, an equal date is not counted twice.')}</p>${levels}
<h2>${say('权重分布、阈值与无法连接的记录', 'Distribution of weights, threshold, unlinkable records')}</h2><p>${say('每行一个比特；柱按对数画，绿色为达到阈值。“此处及以上”即以该权重为阈值时的对数；“无法连接”是即使与自己的完整副本相比也达不到该权重的记录。', 'One bit a line; bars are logarithmic, green ones reach the threshold. “here and above”: the pairs linked if this weight were the threshold; “unlinkable”: records that do not reach the weight even against a full copy of themselves.')}</p>${table(
    [
      say('权重从', 'weight from'),
      say('概率', 'probability'),
      say('对数', 'pairs'),
      '',
      say('此处及以上', 'here and above'),
      say('无法连接', 'unlinkable'),
      say('占记录', 'of the records'),
    ],
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
