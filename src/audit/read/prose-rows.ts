import { type SourceText, squeeze } from './source-text.ts';
import type { IndicatorRow, TableCell } from './table.ts';
import { leadingOperator, readCellValue } from './value.ts';

const OPERATOR =
  '不低于|不少于|不小于|不超过|不高于|不大于|不多于|大于等于|大于或等于|小于等于|小于或等于|至少|大于|小于|[≥≤><=]{1,2}';
/** The last thing a clause says is a quantity: 实际飞行时长 | 909.93小时. */
const QUANTITY = new RegExp(`((?:${OPERATOR})?\\s{0,3})(\\d[\\d,]{0,15}(?:\\.\\d{1,9})?\\s{0,3}[^\\s\\d,:()]{0,6})$`);
const TARGET_WORD =
  /(?:年初|年度|全年|预期|预计|计划|设定|绩效){0,4}(?:指标值|目标值|目标数?|任务数?|计划数|计划值)(?:设定)?(?:为|是|:)?$/;
const BEFORE_TARGET =
  /^(?:大幅|已|均|也)?(?:超过|超额完成|超出|超|高于|低于|优于|达到|完成|未达到|未达|未完成)?(?:了)?$/;
const PLANNED = /^(?:.{0,12}?(?:年|市|县|区|省|镇|乡|我局|单位))?(?:全年|年初|上级|省级?|市级?)?(?:计划|下达|预计)/;
const ACTUAL = /^(?:全年|年度|年末|本年|目前|截[至止].{0,12}?)?(?:实际|实现|累计|已|完成|达到?|为)/;
const LEAD =
  /^(?:第[一二三四五六七八九十]+|[一二三四五六七八九十]+是|[一二三四五六七八九十]{1,3}、|\d{1,2}[)、.](?!\d)|其中)[,、:]?/;
const SHARE = /(?:完成|执行|到位|支付|支出)率$/;
/** 按月发放指标为100%实际完成值为100%, one after the other without a stop. */
const SAID_TWICE = /([^\s,。;:%()]{3,40})指标为(\d{1,3}(?:\.\d{1,2})?%)(,?实际完成值?为)(\d{1,3}(?:\.\d{1,2})?%)/g;
const CLAUSE_LIMIT = 120;

interface Said {
  readonly name: string;
  readonly nameStart: number;
  readonly cell: TableCell;
}

/**
 * Indicators stated in sentences: 某指标年初指标值为不低于85%,实际完成值100%; 建档率94.6%,目标92%; 人数≥100人,实际救助120人.
 * A target needs its word, its sign or a plan; a result stands in the same sentence and has the same unit.
 */
export function readProseRows(source: SourceText): readonly IndicatorRow[] {
  const rows: IndicatorRow[] = [];
  if (!/实际|目标|指标值|任务|[≥≤]|不低于|不少于|不超过/.test(source.folded)) return rows;
  for (const sentence of sentencesOf(source.folded)) readSentence(source, sentence, rows);
  for (const match of source.folded.matchAll(SAID_TWICE)) {
    const [, name = '', target = '', between = '', actual = ''] = match;
    const at = match.index + name.length + 3;
    const aim = cellOf(source, at, target);
    rows.push(
      rowOf(
        source,
        { name, nameStart: match.index, cell: aim },
        aim,
        cellOf(source, at + target.length + between.length, actual),
      ),
    );
  }
  return rows;
}

interface Clause {
  readonly text: string;
  readonly start: number;
}

function readSentence(source: SourceText, clauses: readonly Clause[], rows: IndicatorRow[]): void {
  let target: Said | undefined;
  let plain: Said | undefined;
  let words: Clause | undefined;
  let since = 0;
  const keep = (named: Said, aim: Said, actual: Said): void => {
    if (squeeze(named.name).length >= 2) rows.push(rowOf(source, named, aim.cell, actual.cell));
    target = undefined;
    plain = undefined;
    words = undefined;
  };
  for (const clause of clauses) {
    const match = clause.text.length > CLAUSE_LIMIT ? null : QUANTITY.exec(clause.text);
    if (match === null) {
      words = clause;
      continue;
    }
    const before = clause.text.slice(0, match.index);
    const quantity = cellOf(source, clause.start + match.index, match[0]);
    if (quantity.value === undefined) continue;
    since += 1;
    const marker = TARGET_WORD.exec(before.trimEnd());
    const said = nameOf(clause.start, marker === null ? before : before.slice(0, marker.index), quantity);
    if (marker !== null) {
      const nameless = BEFORE_TARGET.test(squeeze(said.name));
      if (nameless && plain !== undefined && sameUnit(plain.cell, quantity)) {
        keep(plain, said, plain);
        continue;
      }
      // 任务数 is what the number counts: it stays with the name.
      const counted = marker[0].startsWith('任务')
        ? nameOf(clause.start, before.replace(/[为是:]\s*$/, ''), quantity)
        : said;
      const outer: Said | undefined =
        nameless && words !== undefined ? nameOf(words.start, words.text, quantity) : counted;
      target = outer;
      since = 0;
      continue;
    }
    const prefix = squeeze(before);
    const isActual =
      target !== undefined &&
      since <= 5 &&
      sameUnit(target.cell, quantity) &&
      !SHARE.test(prefix) &&
      prefix.length <= 24 &&
      (ACTUAL.test(prefix) || (prefix.length >= 2 && squeeze(target.name).endsWith(prefix)));
    if (isActual && target !== undefined) {
      keep(target, target, said);
      continue;
    }
    if (leadingOperator(squeeze(match[0])) !== undefined && !ACTUAL.test(prefix)) {
      target = prefix === '' && words !== undefined ? nameOf(words.start, words.text, quantity) : said;
      since = 0;
    } else if (PLANNED.test(prefix)) {
      target = said;
      since = 0;
    } else if (target === undefined) plain = said;
  }
}

/** Sentences as clauses. What stands in brackets is left out unless it is the target: 94.6%(目标92%). */
function* sentencesOf(folded: string): Generator<readonly Clause[]> {
  const plain = folded.replace(/\([^()\n]{0,120}\)/g, (bracket) =>
    /^\((?:年初|年度|绩效|预期|计划)?(?:目标|指标值|任务)/.test(bracket)
      ? `,${bracket.slice(1, -1)},`
      : ' '.repeat(bracket.length),
  );
  let clauses: Clause[] = [];
  let start = 0;
  let line = 0;
  for (let at = 0; at <= plain.length; at += 1) {
    const character = plain[at] ?? '\n';
    const ends =
      at === plain.length ||
      character === '。' ||
      character === ';' ||
      (character === '\n' && !isWrapped(plain, line, at));
    const parts = character === ',' && !/^\d{3}(?!\d)/.test(plain.slice(at + 1, at + 5));
    if (character === '\n') line = at + 1;
    if (!ends && !parts) continue;
    const piece = plain.slice(start, at);
    if (piece.trim() !== '') clauses.push({ text: piece.trimEnd(), start });
    start = at + 1;
    if (!ends) continue;
    if (clauses.length > 1) yield clauses;
    clauses = [];
  }
}

/** A long line that does not end in a stop goes on in the next. */
function isWrapped(text: string, line: number, end: number): boolean {
  return end - line >= 28 && !/[。;:!?|]\s{0,9}$/.test(text.slice(Math.max(line, end - 10), end));
}

function nameOf(start: number, before: string, cell: TableCell): Said {
  const colon = before.trimEnd().replace(/:$/, '').lastIndexOf(':');
  let from = colon + 1;
  from += /^\s*/.exec(before.slice(from))?.[0].length ?? 0;
  from += LEAD.exec(before.slice(from))?.[0].length ?? 0;
  const name = before.slice(from).replace(/(?:\s|[的为是达:])+$/, '');
  return { name, nameStart: start + from, cell };
}

function sameUnit(one: TableCell, other: TableCell): boolean {
  const [left, right] = [one.value?.unit ?? '', other.value?.unit ?? ''];
  return left === right || ((left === '' || right === '') && left !== '%' && right !== '%');
}

function rowOf(source: SourceText, { name, nameStart }: Said, target: TableCell, actual: TableCell): IndicatorRow {
  return {
    level1: '',
    level2: levelBefore(source.folded, nameStart),
    name: {
      text: squeeze(source.raw.slice(nameStart, nameStart + name.length)),
      start: nameStart,
      end: nameStart + name.length,
    },
    target,
    actual,
    weight: undefined,
    score: undefined,
    reason: undefined,
    unreadable: [],
    prose: true,
    together: true,
  };
}

function levelBefore(folded: string, at: number): string {
  const near = folded.slice(Math.max(0, at - 300), at);
  const found = [...near.matchAll(/(数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|满意度)指标/g)];
  return found[found.length - 1]?.[0] ?? '';
}

function cellOf(source: SourceText, start: number, text: string): TableCell {
  const trimmed = text.trimEnd();
  const lead = trimmed.length - trimmed.trimStart().length;
  const end = start + trimmed.length;
  const value = readCellValue(squeeze(source.folded.slice(start + lead, end)));
  return {
    text: squeeze(source.raw.slice(start + lead, end)),
    start: start + lead,
    end,
    ...(value === undefined ? {} : { value }),
  };
}
