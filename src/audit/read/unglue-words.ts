import type { Chunk } from './chunk.ts';
import { cutAt } from './cut-chunk.ts';
import { DATE, DOTTED, QUANTITY } from './fused-figures.ts';
import type { Piece } from './piece.ts';
import { type SourceText, squeeze } from './source-text.ts';
import { ANSWER } from './value.ts';
import { allWords, findWord } from './vocabulary.ts';

const ESCAPED = allWords()
  .filter((word) => word.length >= 3 || ['分值', '得分', '权重', '总分', '合计'].includes(word))
  .map((word) => word.replace(/[()[\]{}.*+?^$|\\%]/g, '\\$&'))
  .join('|');

export const SPLIT = new RegExp(ESCAPED, 'g');

const BARE_LEVEL = /^(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|可持续性|满意度|服务对象满意度)/;

const SPLIT_AT = new RegExp(`(?:${ESCAPED})`, 'y');

const PART_AT = new RegExp(`(${DATE})|(${DOTTED})|(${QUANTITY})`, 'y');

const BUDGET_AT = /(?:年度)?(?:财政)?资金总额|其中:(?:当年|本年)?财政拨款|(?:上年)?结转资金|其他资金/y;

/** 指标1: or, the colon lost, 指标1免费发放 and 指标12021年; 三项指标1个 counts. */
const PREFIX_AT = /指标(?:\d{1,2}[::、.]|[1-9](?=(?:19|20)\d\d年|\p{Script=Han}{3}))/uy;

/** A rate behind other words ends a name: 任务完成率. */
const RATE_NAME = /^完成(?:率|比例)$/;

const FIGURE = /[\d≥≤<>=]/;
const AIMED = /(?:目标|指标|完成)值$/;

const ANSWER_AT = new RegExp(ANSWER, 'uy');

const OUTLOOK_AT = /确定能|有可能|完全不可能|不可能/y;

/** 目标 | 实际 | 分值: heads too short to be told elsewhere. */
const SHORT_HEAD_AT = /(?:目标|计划)(?=(?:实际|完成)(?:分值|权重|得分|自评))|(?:实际|完成)(?=分值|权重|得分|自评)/y;

/** A text without any white space: form words, numbers and the names between them. */
export function unglueAll(source: SourceText, chunk: Chunk): Piece[] {
  const text = squeeze(source.folded.slice(chunk.start, chunk.end));
  const cuts: number[] = [];
  let plain = 0;
  let inBody = false;
  let unit = '';
  let before: 'level1' | 'level2' | 'value' | 'other' = 'other';
  const close = (at: number): void => {
    if (at > plain) {
      cuts.push(plain, at, ...repeats(text.slice(plain, at)).map((cut) => plain + cut));
      before = 'other';
    }
  };
  const cutPiece = (start: number, end: number): number => {
    close(start);
    cuts.push(start, end);
    plain = end;
    return end;
  };
  for (let at = 0; at < text.length; ) {
    const length = matchAt(PREFIX_AT, text, at);
    if (length > 0) {
      close(at);
      plain = at;
      at += length;
      continue;
    }
    const seen = matchAt(SPLIT_AT, text, at);
    const said = seen === 0 ? undefined : findWord(text.slice(at, at + seen))?.kind;
    // 读者满意度 is a name that ends in a level's name; the level itself stands at the seam.
    const seam = at === plain && before !== 'level2';
    const inner = said?.startsWith('level') === true && !text.slice(at, at + seen).endsWith('指标') && !seam;
    const ends = at > plain && RATE_NAME.test(text.slice(at, at + seen));
    // 达到目标值95%: what the name says of its figure.
    const figured = said === 'header' && at > plain && FIGURE.test(text[at + seen] ?? '');
    const within = inner || ends || (figured && AIMED.test(text.slice(at, at + seen)));
    const written = within ? 0 : seen;
    const found = within ? undefined : said;
    if (found === 'level2') inBody = true;
    // The heads again: a second goal or page of the same table.
    if (text.startsWith('一级指标二级指标', at)) inBody = false;
    // Behind the heads 完成率 or 目标 is part of a name.
    const word =
      (inBody &&
      found !== 'level1' &&
      found !== 'level2' &&
      found !== 'level-either' &&
      found !== 'total' &&
      found !== 'stop'
        ? 0
        : written) || matchAt(BUDGET_AT, text, at);
    const bare =
      at === plain && (before === 'value' || before === 'level1')
        ? (BARE_LEVEL.exec(text.slice(at, at + 8))?.[0].length ?? 0)
        : 0;
    const size = Math.max(word, bare);
    if (size > 0) {
      close(at);
      const bracket = /^\([^()]{1,12}\)/.exec(text.slice(at + size, at + size + 14))?.[0].length ?? 0;
      const letter = /^[AB](?!\p{Script=Latin})/u.test(text.slice(at + size, at + size + 2)) ? 1 : 0;
      const end = at + size + (bracket || letter);
      const kind = findWord(text.slice(at, at + size))?.kind;
      before = kind === 'level-either' ? 'level1' : kind === 'level1' || kind === 'level2' ? kind : 'other';
      cuts.push(at, end);
      at = end;
      plain = at;
      continue;
    }
    const short = inBody ? 0 : matchAt(SHORT_HEAD_AT, text, at);
    const answer = short || matchAt(ANSWER_AT, text, at) || matchAt(OUTLOOK_AT, text, at);
    if (answer > 0) {
      at = cutPiece(at, at + answer);
      before = 'value';
      continue;
    }
    const points = pointsBeforeDate(text, at);
    const counted = points || matchAt(PART_AT, text, at);
    if (counted > 0) {
      // 0起0起市民满意度: the unit of the number before is the unit of this one.
      const bare = at === plain && unit !== '' && /\d$/.test(text.slice(at, at + counted));
      const whole = bare && text.startsWith(unit, at + counted) ? counted + unit.length : counted;
      // 21102110天保工程: the unit of so long a run begins the next name.
      const number = LONG_RUN.test(text.slice(at, at + whole)) ? whole - 1 : whole;
      unit = /\D*$/.exec(text.slice(at, at + number))?.[0] ?? '';
      at = cutPiece(at, at + number);
      before = 'value';
      continue;
    }
    at += 1;
  }
  close(text.length);
  return cutAt(
    source,
    chunk,
    [...new Set(cuts)].filter((cut) => cut > 0 && cut < text.length).sort((a, b) => a - b),
  );
}

const POINTS_DATE = /(?<![\d.])([1-9]\d?(?:\.5)?)(?:(?:19|20)\d\d年|(1[0-2]|[1-9])月)/y;
const MONTH = /(?:1[0-2]|0?[1-9])月/y;

/** 1012月底前, 152022年10月: points and a date that ran together; how many characters the points have. */
function pointsBeforeDate(text: string, at: number): number {
  if (matchAt(MONTH, text, at) > 0) return 0;
  POINTS_DATE.lastIndex = at;
  const match = POINTS_DATE.exec(text);
  if (match === null) return 0;
  const [, points = '', month] = match;
  // Of 512月 the month is 12, not 2: the longest month there is.
  const longer = month !== undefined && points.length === 2 && points.endsWith('1') && /^[0-2]$/.test(month);
  return longer ? 1 : points.length;
}

const LONG_RUN = /^[≥≤]?\d{7,}\p{Script=Han}$/u;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** 是是: target and result of one character. */
const TWICE = /^([是否有无优良好])\1$/;

/** 知晓度是否提高 | 是. */
const WHETHER = /是否\p{Script=Han}{1,12}[是否]$/u;

/** 是基本达到: a question answered. */
const YES = /^(是|合格|达标|及时|完成)(?:基本|部分|未|已)(?:达到|达标|完成|合格|及时|是)$/;

/** 返贫现象不发生未发生: what must not be and was not. */
const DENIED = /(不|无|未|零)(\p{Script=Han}{1,4})(?:未|不|无|没有|零)\2$/u;

/** 补助专款专用专款专用专款专用 → cuts before each of the equal endings. */
function repeats(text: string): number[] {
  if (TWICE.test(text)) return [1];
  if (WHETHER.test(text)) return [text.length - 1];
  const denied = DENIED.exec(text);
  if (denied !== null && denied.index > 0) return [denied.index, denied.index + 1 + (denied[2]?.length ?? 0)];
  const seam = YES.exec(text)?.[1]?.length;
  if (seam !== undefined) return [seam];
  for (let size = Math.min(20, text.length >> 1); size >= 2; size -= 1) {
    const last = text.slice(-size);
    if (text.slice(-2 * size, -size) !== last) continue;
    const cuts: number[] = [];
    for (let at = text.length - size; at >= 0 && text.slice(at, at + size) === last; at -= size) cuts.push(at);
    return cuts;
  }
  return [];
}
