import {
  type Comparator,
  Exact,
  findUnit,
  type Interval,
  type ParsedNumber,
  roundingInterval,
  scaleInterval,
  scanDates,
} from '../../quantity/index.ts';
import { type AuditContext, figure, nameOf, numbersIn, readable, type Sentence, totalRow } from '../context.ts';
import type { TableCell } from '../read/table.ts';
import type { CellValue } from '../read/value.ts';
import type { Statement } from './statement.ts';

/** Words that make a quantity another one than its bare noun: of a part, of another time, or a comparison. */
const QUALIFIERS =
  /上年|去年|往年|前年|同期|同比|环比|较|相比|增长|增加|新增|净增|减少|下降|提高|提升|累计|预计|计划|拟|力争|将|应|人均|户均|平均|每|其中|分别|上半年|下半年|季度|月末|目前|截至|不含|包括|含|约占|占|剩余|结余|结转|缺口|全国|全省|全市|全县|全区|全镇|全乡|第一批|第二批|首批|合计|共计|总计|初步|原|调[整增减]/g;
const TARGET = /[≥≤><]|不低于|不少于|不小于|不超过|不高于|不大于/;
const LEAD =
  /^(?:以上|上述|评价期内|评价年度|一是|二是|三是|四是|五是|同时|此外|另外|目前|今年|本年度?|当年|全年|本项目|该项目|项目|我[县市区局院校单位]+|本[县市区局院校]|实际|共|均|已|完成|实现|达到|实施|开展|组织)+/;
/** Words without a meaning of their own between a noun and its figure; a longer one before the one it ends with. */
const TAIL =
  '实际完成|不低于|不少于|不超过|完成值|完成数|共计|合计|总计|达到|超过|完成|实现|实际|全部|共|已|均|达|为|是|约|近|不高于|有|了|的|≥|≤|>|<|=|:|：'.split(
    '|',
  );

/** Every statement of an amount, count, rate, score or rank with a subject: sentences first, then table cells. */
export function readStatements(context: AuditContext): readonly Statement[] {
  const named = namedStatements(context);
  const places = new Set(named.map((statement) => statement.end));
  const prose = proseStatements(context).filter((statement) => !places.has(statement.end));
  return [...prose, ...named, ...tableStatements(context)];
}

/** A total score and an execution rate are told in the same few words everywhere, in flattened forms too. */
const NAMED: readonly (readonly [string, Statement['kind'], string, RegExp])[] = [
  [
    '自评得分',
    'score',
    '分',
    /(?:自评(?:总)?得分|自评(?:总)?分|综合得分|评价得分|自评结果|绩效评分)(?:为|是|:)?\s*(\d{2,3}(?:\.\d+)?)\s*分/g,
  ],
  [
    '全年执行数',
    'amount',
    '万元',
    /(?:全年|当年|本年度?|年度)(?:实际)?(?:支出|执行)(?:资金|数)?(?:为|共|:)?\s*(\d{1,9}(?:\.\d+)?)\s*万元/g,
  ],
  ['预算执行率', 'rate', '%', /预算执行率(?:为|是|达到?|:)?\s*(\d{1,3}(?:\.\d+)?)\s*%/g],
];

function namedStatements(context: AuditContext): Statement[] {
  return NAMED.flatMap(([subject, kind, unit, pattern]) =>
    [...context.text.matchAll(pattern)].flatMap((match): Statement[] => {
      const { index } = match;
      if (kind !== 'score' && context.tables.some((table) => index >= table.start && index <= table.end)) return [];
      // 上年自评得分, 甲项目预算执行率: another year's or another project's.
      const before = /[^,。;:|\n]{0,12}$/.exec(context.text.slice(Math.max(0, index - 12), index))?.[0] ?? '';
      if (/上年|去年|年初|调整|口径|20\d\d|平均|其中|项目[^,。;]{1,8}$|[)）]$/.test(before)) return [];
      const from = Math.max(...['。', ';', '|', '\n'].map((stop) => context.text.lastIndexOf(stop, index - 1) + 1));
      const years = context.text.slice(from, index).match(/20\d\d(?=年)/g) ?? [];
      if (context.year !== undefined && years.some((year) => Number(year) !== context.year)) return [];
      return [namedStatement(context, subject, kind, unit, match)];
    }),
  );
}

function namedStatement(
  context: AuditContext,
  subject: string,
  kind: Statement['kind'],
  unit: string,
  match: RegExpExecArray,
): Statement {
  const digits = match[1] ?? '0';
  const places = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
  const value = Exact.of(digits);
  const known = findUnit(unit);
  const printed = roundingInterval(value, places);
  const start = match.index + match[0].indexOf(digits);
  return {
    kind,
    subject,
    role: 'plain',
    qualifier: '',
    period: '',
    dimension: known?.dimension ?? '',
    comparator: undefined,
    value,
    places,
    interval: known === undefined ? printed : scaleInterval(printed, known.factor),
    text: context.source.raw.slice(start, match.index + match[0].length),
    start,
    end: match.index + match[0].length,
    source: 'prose',
  };
}

function proseStatements(context: AuditContext): Statement[] {
  const cells = context.tables
    .flatMap((table) => table.indicators.flatMap((row) => [row.name, row.target, row.actual, row.weight, row.score]))
    .filter((cell) => cell !== undefined)
    .map((cell) => cell.start)
    .sort((a, b) => a - b);
  const spoken = context.sentences.filter((sentence) => speaks(sentence) && !holdsCell(cells, sentence));
  const length = spoken.reduce((sum, sentence) => sum + sentence.end - sentence.start, 0);
  // One scan of a text that is mostly sentences is cheaper than one a sentence.
  if (length * 3 > context.text.length && context.numbers.length === 0) return [];
  const told: Statement[] = [];
  // 其中 reaches over semicolons to the end of the sentence.
  let parts: number | undefined;
  for (const sentence of spoken) {
    if (!/[;；]\s*$/.test(context.text.slice(Math.max(0, sentence.start - 3), sentence.start))) parts = undefined;
    told.push(...readSentence(context, sentence, told, parts));
    const at = sentence.text.lastIndexOf('其中');
    if (at >= 0) parts = sentence.start + at;
  }
  return told;
}

/** A sentence, not a line of a table or a whole flattened form. */
function speaks(sentence: Sentence): boolean {
  if (sentence.text.length > 320 || !/\d|第[一二三四五六七八九十]/.test(sentence.text)) return false;
  return (sentence.text.match(/\p{Script=Han}/gu)?.length ?? 0) >= 6;
}

function holdsCell(cells: readonly number[], sentence: Sentence): boolean {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle] ?? 0) < sentence.start) low = middle + 1;
    else high = middle;
  }
  return (cells[low] ?? Number.MAX_SAFE_INTEGER) < sentence.end;
}

/** `open`: where an 其中 stands that reaches into this sentence. */
function readSentence(
  context: AuditContext,
  sentence: Sentence,
  told: readonly Statement[],
  open: number | undefined,
): Statement[] {
  const numbers = numbersIn(context, sentence.start, sentence.end).filter((number) => number.range === undefined);
  if (!numbers.some((number) => number.kind === 'quantity' || number.kind === 'ordinal')) return [];
  const raw = context.source.raw.slice(sentence.start, sentence.end);
  const dates = scanDates(raw);
  const statements: Statement[] = [];
  let last = 0;
  for (const found of numbers) {
    const number = { ...found, start: found.start - sentence.start, end: found.end - sentence.start };
    const from = Math.max(last, clauseStart(sentence.text, number.start));
    const kind = kindOf(number, sentence.text);
    // 第二产业 is a name; every other number ends the words of the one before.
    if (kind !== undefined || number.kind !== 'ordinal') last = number.end;
    if (kind === undefined) continue;
    const lead = dates.filter((date) => date.start < number.start && date.end <= number.start);
    const date = lead[lead.length - 1];
    const target = number.comparator !== undefined && TARGET.test(number.text);
    const words = sentence.text.slice(date !== undefined && date.end > from ? date.end : from, number.start);
    const before = sentence.text.slice(0, number.start);
    const subject = subjectOf(
      target ? words.replace(/(?:的)?(?:年初|年度|全年)?(?:指标值|目标值|目标)(?:设定)?为?$/, '') : words,
    );
    if (subject === '') continue;
    const dimension = number.unit?.dimension ?? '';
    const parts = before.indexOf('其中');
    const list = parts < 0 ? open : sentence.start + parts;
    const whole =
      list === undefined
        ? undefined
        : (wholeBefore(statements, dimension, list) ?? wholeBefore(told.slice(-NEAR), dimension, list));
    statements.push({
      kind,
      ...(whole === undefined ? {} : { whole }),
      subject,
      role: target ? 'target' : 'plain',
      qualifier: qualifierOf(before.slice(Math.max(before.lastIndexOf('。'), before.lastIndexOf(';')) + 1)),
      // A plan is for the year it stands under; only a date of its own clause makes it another.
      period: lead
        .filter((each) => !target || each.start >= from)
        .map((each) => [each.year, each.month, each.day].filter((part) => part !== undefined).join('-'))
        .join('+'),
      dimension,
      comparator: number.comparator,
      value: number.value,
      places: number.places,
      interval: number.interval,
      text: number.text,
      start: sentence.start + number.start,
      end: sentence.start + number.end,
      source: 'prose',
    });
  }
  return statements;
}

/** A whole stands at most so many figures before its parts. */
const NEAR = 20;

/** The figure of one dimension that was told last before 其中, as told. */
function wholeBefore(told: readonly Statement[], dimension: string, at: number): string | undefined {
  const whole = told.findLast((each) => each.dimension === dimension && each.start < at);
  return whole === undefined ? undefined : `${whole.subject}${whole.text}`;
}

function clauseStart(text: string, at: number): number {
  return (
    Math.max(...[',', ';', ':', '(', ')', '、', '“', '”', '|', '。'].map((mark) => text.lastIndexOf(mark, at - 1))) + 1
  );
}

function kindOf(number: ParsedNumber, text: string): Statement['kind'] | undefined {
  if (number.kind === 'ordinal') return /[县市省区国镇]第$/.test(text.slice(0, number.start + 1)) ? 'rank' : undefined;
  if (number.kind !== 'quantity' || number.unit === undefined) return undefined;
  const { dimension } = number.unit;
  if (dimension === 'money') return 'amount';
  if (dimension === 'points') return 'score';
  if (dimension === 'ratio') return 'rate';
  return /^(?:persons|person-times|households|times|items|count)$/.test(dimension) ? 'count' : undefined;
}

/** The noun the number is of, bare of place, period, particles and verbs without a meaning of their own. */
function subjectOf(words: string): string {
  const bare = withoutTail(
    withoutTail(words.replace(/\s+/g, ''))
      .replace(/^(?:\d{4}年度?)/, '')
      .replace(LEAD, ''),
  );
  return /^[\p{Script=Han}A-Za-z]{4,24}$/u.test(bare) ? bare : '';
}

/** Word by word from the end: one expression for all of them would try every way of dividing a long run. */
function withoutTail(words: string): string {
  let end = words.length;
  for (;;) {
    const tail = TAIL.find((each) => words.endsWith(each, end));
    if (tail === undefined) return words.slice(0, end);
    end -= tail.length;
  }
}

function qualifierOf(before: string): string {
  return [...new Set(before.match(QUALIFIERS) ?? [])].sort().join('|');
}

/** Results of readable rows, the budget's total row and the printed totals. */
function tableStatements(context: AuditContext): Statement[] {
  const period = context.year === undefined ? '' : String(context.year);
  const found: Statement[] = [];
  const push = (
    subject: string,
    kind: Statement['kind'],
    cell: TableCell & { value: CellValue },
    unit: string,
    role: Statement['role'] = 'plain',
  ): void => {
    const known = findUnit(unit);
    const { value, places, operator } = cell.value;
    const comparator: Comparator | undefined = operator;
    const printed: Interval = roundingInterval(value, places);
    found.push({
      kind,
      subject,
      role,
      qualifier: '',
      period,
      dimension: known?.dimension ?? '',
      comparator,
      value,
      places,
      interval: known === undefined ? printed : scaleInterval(printed, known.factor),
      text: cell.text,
      start: cell.start,
      end: cell.end,
      source: 'table',
    });
  };
  for (const table of context.tables) {
    for (const row of table.indicators) {
      const actual = figure(row.actual);
      if (actual === undefined || !readable(row, 'target', 'actual')) continue;
      const target = figure(row.target);
      const unit = actual.value.unit || (target?.value.unit ?? '');
      const subject = subjectOf(nameOf(row));
      const known = unit === '' ? undefined : findUnit(unit);
      if (subject === '' || known === undefined) continue;
      const kind = known.dimension === 'ratio' ? 'rate' : known.dimension === 'money' ? 'amount' : 'count';
      push(subject, kind, actual, unit);
      if (target?.value.operator !== undefined && target.value.operator !== '=')
        push(subject, kind, target, target.value.unit || unit, 'target');
    }
    if (context.tables.filter((each) => each.budget !== undefined).length !== 1) continue;
    const row = totalRow(table.budget);
    if (row === undefined || row.unreadable) continue;
    const unit = table.budget?.unit || '';
    for (const [role, subject] of [
      ['initial', '年初预算数'],
      ['adjusted', '全年预算数'],
      ['executed', '全年执行数'],
    ] as const) {
      const cell = figure(row[role]);
      if (cell !== undefined && (cell.value.unit || unit) !== '')
        push(subject, 'amount', cell, cell.value.unit || unit);
    }
    const rate = figure(row.rate);
    if (rate?.value.unit === '%') push('预算执行率', 'rate', rate, '%');
  }
  const [only, second] = context.tables
    .map((table) => figure(table.stated.scoreTotal))
    .filter((total) => total !== undefined);
  if (only !== undefined && second === undefined && !only.value.value.eq(Exact.zero))
    push('自评得分', 'score', only, '分');
  return found;
}
