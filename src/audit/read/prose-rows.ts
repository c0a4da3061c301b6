import { Exact } from '../../quantity/index.ts';
import { type Clause, clausesOf, PAGE_MARK } from './prose-clauses.ts';
import { cellOf, closingQuantity, QUANTITY_SOURCE, type Quantity, sameKind, sameUnit } from './prose-quantity.ts';
import { type SourceText, squeeze } from './source-text.ts';
import type { IndicatorRow, TableCell } from './table.ts';
import { leadingOperator } from './value.ts';

const TARGET_WORD =
  /(?:年初|年度|全年|预期|预计|计划|设定|绩效|考核|下达|的){0,4}(?:指标值|目标值|目标数?|任务数?|任务目标|计划数|计划值|预期值|计划(?:完成)?)(?:设定|设置|要求)?(?:为|是|:)?$|(?:预期|预计|计划|应|须|要求)(?:达到?|于|在|不迟于|稳定在|保持在|控制在)$/;
const BEFORE_TARGET =
  /^(?:大幅|已|均|也)?(?:超过|超额完成|超出|超|高于|低于|优于|达到|完成|未达到|未达|未完成)?(?:了)?$/;
const PLANNED = /^(?:.{0,12}?(?:年|市|县|区|省|镇|乡|我局|单位))?(?:全年|年初|上级|省级?|市级?)?(?:计划|下达|预计)/;
const ACTUAL =
  /^(?:全年|年度|年末|本年|目前|截[至止].{0,12}?|项目)?(?:实际|实现|累计|已|完成|达到?|为)|^指标值?完成|^自评完成|^(?:问卷|满意度|抽样|实地|入户|电话)?(?:调查|测评|评价|回访|统计)?结果(?:为|显示|是)?/;
/** 全年检查 behind 计划检查; 年末为 behind any target. */
const BY_YEAR_END =
  /^(?:全年|年末|年底|当年|本年|截[至止][^,]{0,12}?(?:底|末|日))(?:平均|累计|实际|共计?|为|达到?|是)*/;
/** 实际 and nothing that could be another quantity. */
const BARE_ACTUAL = /^(?:全年|年度|年末)?实际(?:完成|实现|达到?|达成)?(?:值|数)?(?:为|是|:)?$/;
const LEAD =
  /^(?:第[一二三四五六七八九十]+(?=[,、:])|[一二三四五六七八九十]+是|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.%])(?=[\s\p{Script=Han}])|\d{1,2}[)、.](?!\d)|[①-⑳]|其中)[,、:]?/u;
const SHARE = /(?:完成|执行|到位|支付|支出)率(?:为|达到?|是|:)?$/;
/** 低于70%的目标 behind 支付比例69.8%. */
const AGAINST_TARGET = new RegExp(
  `^(?:仍|略|均|也|已|远|明显)?(?:未达到|未达|没有达到|达到|完成|低于|高于|超过|超出|优于|高出|不及)了?(?:年初|年度|全年|设定|预期|绩效|计划|目标|省|市|县|上级|下达|规定|确定|要求|的){0,5}(?:(?:目标|指标)值?)?(${QUANTITY_SOURCE})(?:以上)?的?(?:年初|年度|全年|设定|预期|绩效|计划|考核){0,3}(?:目标|指标|任务|要求|计划)|^(?:未达到|未达|达到|完成|低于|高于|超过|超出|优于|高出)了?(?:年初|年度|全年|设定|预期|绩效|计划|的){0,4}(?:目标|指标|任务)[值数]?的?\\s{0,3}(${QUANTITY_SOURCE})|^(?:比|较)(?:年初|年度|设定|预期|绩效|计划|考核){0,3}(?:目标|指标|任务)(?:值|数)?的?(${QUANTITY_SOURCE})(?:高|低|多|少|增加|提高|超)`,
  'u',
);
/** 完成任务的96% behind a number. */
const SHARE_OF_TASK =
  /^(?:占|为|达到?|完成)(?:了)?(?:全年|年度|年初|市|省|县|上级|下达|我县|参保|征缴|的){0,4}(?:任务|目标任务|目标|计划)(?:数|总数)?的?\s{0,3}(\d{1,3}(?:\.\d{1,4})?)\s?%$/;
const POINTS = /^(?:指标|该项|本项|该指标)?(?:分值|权重|满分|标准分)(?:为|是|:)?\s{0,3}(\d{1,3}(?:\.\d{1,2})?)\s?分?$/;
const SCORE =
  /^(?:自评|实际|该项|本项|评价|该指标|指标)?(?:得分|得|评分)(?:为|是|:)?\s{0,3}(\d{1,3}(?:\.\d{1,2})?)\s?分?$/;
/** 按月发放指标为100%实际完成值为100%, one after the other without a stop. */
const SAID_TWICE = /([^\s,。;:%()]{3,40})指标为(\d{1,3}(?:\.\d{1,2})?%)(,?实际完成值?为)(\d{1,3}(?:\.\d{1,2})?%)/g;
/** 指标值为明显减轻, 实际完成值为明显减轻: only behind the full words and 为. */
const TARGET_IN_WORDS =
  /^(.{0,40}?)(?:年初|年度|全年|绩效|预期)?(?:指标值|目标值)(?:设定)?(?:[为是:]|(?=\s))\s{0,2}([\p{Script=Han}]{2,12})$/u;
const ACTUAL_IN_WORDS =
  /^(?:全年|年度|年末)?(?:实际值|(?:实际)?(?:完成值|实现值|完成情况))(?:[为是:]|(?=\s))\s{0,2}([\p{Script=Han}]{2,12})$/u;
/** 完成随访不少于2万人次的目标. */
const AS_TARGET = new RegExp(
  `^(.{2,40}?)(${QUANTITY_SOURCE})的(?:年初|年度|绩效|预期){0,2}(?:目标|任务)(?:已|均|全部)?(?:完成|实现|达到|达成)?$`,
  'u',
);
const CLAUSE_LIMIT = 120;
/** How many quantities may stand between a target and its result. */
const MOST_BETWEEN = 5;

interface Said extends Quantity {
  readonly name: string;
  readonly nameStart: number;
  /** The name was said behind 数量指标: or the like. */
  readonly levelled: boolean;
}

/**
 * Indicators stated in sentences: 某指标年初指标值为不低于85%,实际完成值100%; 建档率94.6%,目标92%; 人数≥100人,实际救助120人.
 * A target needs its word, its sign or a plan; a result stands in the same sentence and has the same unit. A task and
 * its result may stand sentences apart when the printed share ties them together.
 */
export function readProseRows(source: SourceText): readonly IndicatorRow[] {
  const rows: IndicatorRow[] = [];
  if (!/实际|目标|指标值|任务|计划|要求|[≥≤]|不低于|不少于|不超过/.test(source.folded)) return rows;
  const tasks: Said[] = [];
  let aims: readonly Said[] = [];
  for (const sentence of clausesOf(source.folded)) {
    readSentence(source, sentence, rows, tasks);
    // 目标:甲230人,乙39人。实际完成:甲230人,乙52人。
    const listed = listOf(source, sentence);
    if (listed?.kind === 'aims') aims = listed.items;
    else if (listed?.kind === 'results')
      for (const result of listed.items) {
        const aim = aims.find((each) => squeeze(each.name) === squeeze(result.name) && sameKind(each, result));
        if (aim !== undefined) rows.push(rowOf(source, aim, aim.cell, result.cell));
      }
  }
  for (const match of source.folded.matchAll(SAID_TWICE)) {
    const [, name = '', target = '', between = '', actual = ''] = match;
    const at = match.index + name.length + 3;
    const result = cellOf(source, at + target.length + between.length, actual);
    rows.push(rowOf(source, { name, nameStart: match.index }, cellOf(source, at, target), result));
  }
  return rows;
}

function readSentence(source: SourceText, clauses: readonly Clause[], rows: IndicatorRow[], tasks: Said[]): void {
  let target: Said | undefined;
  let plain: Said | undefined;
  let words: Clause | undefined;
  let aimInWords: Said | undefined;
  let kept: number | undefined;
  let since = 0;
  const keep = (named: Said, aim: TableCell, actual: TableCell): void => {
    if (squeeze(named.name).length >= 2) {
      rows.push(rowOf(source, named, aim, actual));
      kept = rows.length - 1;
    }
    target = undefined;
    plain = undefined;
    words = undefined;
  };
  for (const clause of clauses) {
    if (clause.text.length > CLAUSE_LIMIT) {
      words = clause;
      continue;
    }
    const bare = clause.text.trimStart();
    const points = kept === undefined ? null : (POINTS.exec(bare) ?? SCORE.exec(bare));
    const row = kept === undefined ? undefined : rows[kept];
    if (points !== null && row !== undefined && kept !== undefined) {
      const digits = points[1] ?? '';
      const at = clause.start + clause.text.lastIndexOf(digits);
      rows[kept] = { ...row, [POINTS.test(bare) ? 'weight' : 'score']: cellOf(source, at, digits), together: false };
      continue;
    }
    const against = plain === undefined ? null : AGAINST_TARGET.exec(bare);
    if (against !== null && plain !== undefined) {
      const written = against[1] ?? against[2] ?? against[3] ?? '';
      const at = clause.text.length - bare.length + bare.indexOf(written);
      const aim = cellOf(source, clause.start + at, written);
      if (aim.value !== undefined && sameUnit(aim, plain.cell)) {
        keep(plain, aim, plain.cell);
        continue;
      }
    }
    const share = plain === undefined ? null : SHARE_OF_TASK.exec(bare);
    if (share !== null && plain !== undefined) {
      const task = taskOf(tasks, plain, share[1] ?? '');
      if (task !== undefined) {
        keep(task, task.cell, plain.cell);
        continue;
      }
    }
    const closing = closingQuantity(source, clause.text, clause.start);
    const named = AS_TARGET.exec(clause.text);
    if (named !== null) {
      const written = named[2] ?? '';
      const cell = cellOf(source, clause.start + (named[1] ?? '').length, written);
      if (cell.value !== undefined) {
        target = nameOf(clause.start, named[1] ?? '', { cell, before: named[1] ?? '', day: false });
        since = 0;
        continue;
      }
    }
    if (closing === undefined) {
      const aimed = TARGET_IN_WORDS.exec(clause.text);
      const answered = aimInWords === undefined ? null : ACTUAL_IN_WORDS.exec(bare);
      if (answered !== null && aimInWords !== undefined) {
        const at = clause.start + clause.text.length - (answered[1] ?? '').length;
        keep(aimInWords, aimInWords.cell, cellOf(source, at, answered[1] ?? ''));
        aimInWords = undefined;
        continue;
      }
      aimInWords = aimed === null ? undefined : inWords(source, clause, aimed, words);
      if (aimInWords === undefined) words = clause;
      continue;
    }
    const reached = reachedTarget(source, closing);
    const quantity = reached ?? closing;
    const { before } = quantity;
    since += 1;
    const marker = TARGET_WORD.exec(before.trimEnd());
    const said = nameOf(clause.start, marker === null ? before : before.slice(0, marker.index), quantity);
    if (marker !== null) {
      const nameless = BEFORE_TARGET.test(squeeze(said.name));
      if (nameless && plain !== undefined && sameKind(plain, said)) {
        keep(plain, said.cell, plain.cell);
        continue;
      }
      // 任务数 is what the number counts: it stays with the name.
      const counted = marker[0].startsWith('任务')
        ? nameOf(clause.start, before.replace(/[为是:]\s*$/, ''), quantity)
        : said;
      target = nameless && words !== undefined ? nameOf(words.start, words.text, quantity) : counted;
      if (/任务|目标|计划/.test(marker[0]) && !quantity.day) tasks.push(target);
      since = 0;
      continue;
    }
    const prefix = squeeze(before);
    const goal = target === undefined ? '' : squeeze(target.name).replace(/指标$/, '');
    const isActual =
      target !== undefined &&
      since <= MOST_BETWEEN &&
      sameKind(target, said) &&
      (!SHARE.test(prefix) || goal.endsWith(SHARE.exec(prefix)?.[0].replace(/(?:为|达到?|是|:)+$/, '') ?? '')) &&
      prefix.length <= 24 &&
      (ACTUAL.test(prefix) ||
        isOfYear(prefix, goal) ||
        (prefix.length >= 2 && goal.endsWith(prefix.replace(/(?:为|达到?|是|:)+$/, ''))));
    // 招聘会(目标6场)8场: the result stands right behind the bracket.
    const bracketed = target !== undefined && prefix === '' && source.folded[clause.start - 1] === ')';
    if (bracketed && target !== undefined && sameKind(target, said)) {
      keep(target, target.cell, said.cell);
      continue;
    }
    if (isActual && target !== undefined) {
      keep(target, target.cell, said.cell);
      continue;
    }
    // 数量指标:配套人数1800人,实际1800人: of an indicator the number before 实际 is the target.
    if (target === undefined && plain?.levelled === true && BARE_ACTUAL.test(prefix) && sameKind(plain, said)) {
      keep(plain, plain.cell, said.cell);
      continue;
    }
    if (quantity.day) {
      // 拨付时限为8月31日前.
      if (/(?:时限|期限|时间|日期)(?:为|是|:)?$/.test(prefix) && !ACTUAL.test(prefix)) {
        target = said;
        since = 0;
      } else plain = said;
      continue;
    }
    const bounded =
      quantity.cell.value?.operator !== undefined || leadingOperator(squeeze(quantity.cell.text)) !== undefined;
    if (bounded && !ACTUAL.test(prefix)) {
      // 满意度92%(≥90%): the target of what was just said.
      if (quantity.cell.value?.unit === '分') continue;
      if (prefix === '' && plain !== undefined && sameKind(plain, said)) {
        keep(plain, said.cell, plain.cell);
        continue;
      }
      target = prefix === '' && words !== undefined ? nameOf(words.start, words.text, quantity) : said;
      since = 0;
    } else if (PLANNED.test(squeeze(said.name))) {
      target = said;
      since = 0;
    } else if (target === undefined) plain = said;
  }
  const sole = clauses.length === 1 ? (target ?? (AIMS.test(clauses[0]?.text ?? '') ? plain : undefined)) : undefined;
  if (sole !== undefined && !tasks.includes(sole)) tasks.push(sole);
}

function isOfYear(prefix: string, goal: string): boolean {
  const time = BY_YEAR_END.exec(prefix)?.[0];
  if (time === undefined) return false;
  const rest = prefix.slice(time.length);
  return rest === '' || (rest.length >= 2 && goal.includes(rest));
}

/** 困难群众负担,指标值为明显减轻: the name before the words, or in the clause before. */
function inWords(
  source: SourceText,
  clause: Clause,
  aimed: RegExpExecArray,
  before: Clause | undefined,
): Said | undefined {
  const value = aimed[2] ?? '';
  const cell = cellOf(source, clause.start + clause.text.length - value.length, value);
  const quantity: Quantity = { cell, before: aimed[1] ?? '', day: false };
  const own = nameOf(clause.start, aimed[1] ?? '', quantity);
  if (squeeze(own.name).length >= 2) return own;
  return before === undefined ? undefined : nameOf(before.start, before.text, quantity);
}

/** 目标值达到95%以上: 达到 is part of the target. */
function reachedTarget(source: SourceText, { cell, before, day }: Quantity): Quantity | undefined {
  const word = /(?:达到|不超)\s{0,2}$/.exec(before)?.[0];
  if (word === undefined || day) return undefined;
  const rest = before.slice(0, -word.length);
  if (!TARGET_WORD.test(rest.trimEnd())) return undefined;
  const start = cell.start - word.length;
  return { cell: { ...cell, start, text: squeeze(source.raw.slice(start, cell.end)) }, before: rest, day };
}

/** A share is of one of the last tasks named. */
const MOST_TASKS = 40;

const HALF = Exact.of('0.5');

/** The task a number is the printed share of. */
function taskOf(tasks: readonly Said[], done: Said, share: string): Said | undefined {
  const rate = Exact.tryParse(share);
  const actual = done.cell.value?.value;
  if (rate === undefined || actual === undefined) return undefined;
  const unit = Exact.tryParse(`1${'0'.repeat(share.split('.')[1]?.length ?? 0)}`) ?? Exact.of(1);
  return tasks.slice(-MOST_TASKS).findLast((task) => {
    const whole = task.cell.value?.value;
    if (whole === undefined || whole.isZero || !sameUnit(task.cell, done.cell)) return false;
    return actual.mul(Exact.hundred).div(whole).sub(rate).abs().mul(unit).le(HALF);
  });
}

interface Listed {
  readonly kind: 'aims' | 'results';
  readonly items: readonly Said[];
}

const AIMS = /(?:目标|任务|计划)(?:为|是)?:/;
const RESULTS = /^\s*(?:全年|年度|年末)?(?:实际|全年)?(?:完成|实现|完成情况|实际情况)(?:情况|为|是)?:/;

/** A sentence of nothing but names and their quantities behind 目标: or 实际完成:. */
function listOf(source: SourceText, clauses: readonly Clause[]): Listed | undefined {
  const [first] = clauses;
  if (first === undefined || clauses.length < 2 || first.text.length > CLAUSE_LIMIT) return undefined;
  const kind = RESULTS.test(first.text) ? 'results' : AIMS.test(first.text) ? 'aims' : undefined;
  if (kind === undefined) return undefined;
  const items: Said[] = [];
  for (const clause of clauses) {
    const quantity = clause.text.length > CLAUSE_LIMIT ? undefined : closingQuantity(source, clause.text, clause.start);
    if (quantity === undefined) continue;
    const said = nameOf(clause.start, quantity.before, quantity);
    if (squeeze(said.name).length >= 2) items.push(said);
  }
  return items.length >= 2 ? { kind, items } : undefined;
}

function nameOf(start: number, before: string, quantity: Quantity): Said {
  const colon = before.trimEnd().replace(/:$/, '').lastIndexOf(':');
  const levelled = /(?:指标|目标)\s?\d{0,2}:/.test(before);
  let from = colon + 1;
  from += /^\s*/.exec(before.slice(from))?.[0].length ?? 0;
  from += LEAD.exec(before.slice(from))?.[0].length ?? 0;
  const name = before.slice(from).replace(/(?:\s|[的为是达:]|应|须|控制在|达到)+$/, '');
  return { ...quantity, name, nameStart: start + from, levelled };
}

function rowOf(
  source: SourceText,
  { name, nameStart }: Pick<Said, 'name' | 'nameStart'>,
  target: TableCell,
  actual: TableCell,
): IndicatorRow {
  return {
    level1: '',
    level2: levelBefore(source.folded, nameStart + (name.endsWith('指标') ? name.length : 0)),
    name: {
      text: squeeze(source.raw.slice(nameStart, nameStart + name.length).replace(PAGE_MARK, '')),
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
