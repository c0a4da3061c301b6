import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type AuditContext, figure, nameOf, readable } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import type { IndicatorRow } from '../read/table.ts';
import { numberOf, proseOf } from './prose-text.ts';

interface Figure {
  readonly match: { readonly index: number; readonly text: string };
  readonly words: string;
  readonly value: Exact;
  readonly places: number;
}

/** Figures a document may have for its rows to be looked for among them. */
const MOST = 800;

const OTHER =
  /上年|去年|同期|其中|累计|目标|计划|不低于|不少于|≥|≤|新增|[3-9]月|上半年|季度|较|比|约|平均|人均|拟|预计|应|力争|确保|将|需|首批|第[一二三]批/;
const DONE = /全年|实际|已|共|完成|开展|检查|举办|发放|印发|救助|资助|培训|追回|查处|办理|采购|改造|建成|覆盖/;

/** 全年检查定点医药机构312家 in the summary of results, 检查定点医药机构数 302家 in the row. */
export function resultToldOtherwise(context: AuditContext): Finding[] {
  const { rows } = context;
  const head = /完成情况/.exec(context.text);
  if (head === null || rows.length === 0 || rows.length > 60) return [];
  const prose = proseOf(context);
  const figures = figuresByUnit(prose.text);
  if (figures === undefined) return [];
  return rows.flatMap((row): Finding[] => {
    const [target, actual] = [figure(row.target), figure(row.actual)];
    if (actual === undefined || row.prose === true || !readable(row, 'target', 'actual')) return [];
    const unit = actual.value.unit || (target?.value.unit ?? '');
    const name = nameOf(row).replace(/(?:总)?(?:人次数?|人数|次数|户数|家数|场次|场数|件数|份数|个数|数量|数|量)$/, '');
    if (!/^(?:人次|[人家个场次户份件所名起]|万人|万份|万元)$/.test(unit) || name.length < 4) return [];
    // Rows alike in name and unit: the words may be of either.
    if (rows.some((each) => each !== row && likeNamed(each, name) && figure(each.actual)?.value.unit === unit))
      return [];
    const told = (figures.get(unit) ?? []).filter(({ match, words }) => {
      const place = prose.span(match.index, match.index + match.text.length);
      const from = Math.max(0, ...['。', ';', '|', '\n'].map((stop) => prose.text.lastIndexOf(stop, match.index) + 1));
      const sentence = prose.text.slice(from, match.index + match.text.length);
      if (rows.some((each) => each.actual?.start === place.end - (each.actual?.text.length ?? 0))) return false;
      return place.start > (head.index ?? 0) && holdsName(words, name) && DONE.test(words) && !OTHER.test(sentence);
    });
    if (told.some(({ value }) => value.eq(actual.value.value))) return [];
    const [said] = told.filter(({ value }) => !value.eq(target?.value.value ?? Exact.zero.sub(Exact.one)));
    if (said === undefined || told.length > 1) return [];
    const rounded = said.value.sub(actual.value.value).abs().mul(Exact.of(200)).le(actual.value.value.abs());
    if (rounded && said.places < actual.value.places) return [];
    const quote = prose.span(said.match.index, said.match.index + said.match.text.length);
    // The row itself, in a form without columns.
    if (quote.start >= (row.name?.start ?? 0) && quote.start <= actual.end) return [];
    return [
      warning('narrative-vs-table-mismatch', {
        message: text(
          `完成情况写“${said.match.text}”，指标“${nameOf(row)}”的完成值是 ${actual.text}`,
          `the summary says “${said.match.text}”, the row “${nameOf(row)}” has ${actual.text}`,
        ),
        stated: said.match.text,
        expected: actual.text,
        quotes: [quote, { start: actual.start, end: actual.end }],
      }),
    ];
  });
}

function likeNamed(row: IndicatorRow, name: string): boolean {
  return holdsName(nameOf(row), name.slice(-4)) || holdsName(name, nameOf(row));
}

const FIGURE = /(?<![\d.])(\d[\d,]*(?:\.\d+)?)(人次|万人|万份|万元|[人家个场次户份件所名起])(?![次均/])/g;

/** Figures with the words before them in their clause; nothing when there are too many to say which one is meant. */
function figuresByUnit(text: string): ReadonlyMap<string, readonly Figure[]> | undefined {
  const found = new Map<string, Figure[]>();
  let count = 0;
  for (const match of text.matchAll(FIGURE)) {
    const words = /[^。;,、|\n\d]{4,24}$/.exec(text.slice(Math.max(0, match.index - 24), match.index))?.[0];
    if (words === undefined) continue;
    count += 1;
    if (count > MOST) return undefined;
    const unit = match[2] ?? '';
    const figure = {
      match: { index: match.index - words.length, text: words + match[0] },
      words,
      ...numberOf((match[1] ?? '0').replace(/,$/, '')),
    };
    found.set(unit, [...(found.get(unit) ?? []), figure]);
  }
  return found;
}

/** Nearly every character of the name stands in the words, in order. */
function holdsName(words: string, name: string): boolean {
  let at = 0;
  let kept = 0;
  for (const character of name) {
    const next = words.indexOf(character, at);
    if (next < 0) continue;
    at = next + 1;
    kept += 1;
  }
  return name.length > 0 && kept * 10 >= name.length * 9;
}
