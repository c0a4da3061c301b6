import type { SourceText } from './source-text.ts';
import { squeeze } from './source-text.ts';
import type { BudgetTable, IndicatorRow, TableCell } from './table.ts';
import { readCellValue } from './value.ts';

const CELL =
  '((?:(?:不低于|不少于|不超过|不高于|不大于|不小于|大于等于|小于等于|至少|达到|[≥≤><=]{1,2})\\s{0,9})?\\d[\\d,]*(?:\\.\\d+)?\\s{0,9}[^\\s\\d,，。;；、:：()（）]{0,6}?)';
const STATED = new RegExp(
  `([^,，。;；:：\\n、]{2,40}?)(?:的)?(?:年初|年度|全年|预期|预计|计划|设定){0,4}(?:绩效)?(?:指标值|目标值|目标)(?:设定)?(?:为|是|[:：])?\\s*${CELL}\\s*[,，;；]\\s*(?:全年|年度|年末|截至年底)?(?:实际)?(?:完成值|完成指标值|完成数|完成情况|完成|值|达到)(?:为|是|[:：])?\\s*${CELL}(?=[,，。;；、\\n(（]|$)`,
  'g',
);
/** What `STATED` cannot do without; a table's heads end here. */
const NUMBERED = new RegExp(`(?:指标值|目标值|目标)(?:设定)?(?:为|是|[:：])?\\s*${CELL}`);
const LEAD = /^(?:第[一二三四五六七八九十]+|[一二三四五六七八九十]+是|\(?\d{1,2}[)、.]|其中)[,，、:：]?/;

/** Indicators stated in sentences: 某指标年初指标值为不低于85%,实际完成值100%. */
export function readProseRows(source: SourceText): readonly IndicatorRow[] {
  const rows: IndicatorRow[] = [];
  if (!/(?:指标值|目标值|目标)[^。\n]{0,80}(?:完成|达到)/.test(source.folded) || !NUMBERED.test(source.folded))
    return rows;
  for (const match of source.folded.matchAll(STATED)) {
    const [whole, nameText = '', targetText = '', actualText = ''] = match;
    const lead = LEAD.exec(nameText.trim())?.[0].length ?? 0;
    const nameStart = match.index + nameText.indexOf(nameText.trim()) + lead;
    const name = nameText.trim().slice(lead);
    const targetStart = match.index + whole.indexOf(targetText, nameText.length);
    const actualStart = match.index + whole.lastIndexOf(actualText);
    const target = cell(source, targetStart, targetText);
    const actual = cell(source, actualStart, actualText);
    if (target.value === undefined || actual.value === undefined || name.length < 2) continue;
    rows.push({
      level1: '',
      level2: levelBefore(source.folded, match.index),
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
    });
  }
  return rows;
}

function levelBefore(folded: string, at: number): string {
  const near = folded.slice(Math.max(0, at - 300), at);
  const found = [...near.matchAll(/(数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|满意度)指标/g)];
  return found[found.length - 1]?.[0] ?? '';
}

function cell(source: SourceText, start: number, text: string): TableCell {
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

const MONEY = '(\\d[\\d,]*(?:\\.\\d+)?)\\s*(亿元|万元|万|元)';
const BUDGETED = new RegExp(
  `(?:可用合计|资金合计|预算数?|预算资金|全年预算数?|下达(?:我.|资金|.{0,8}(?:补助|资金))?|安排资金|投入|到位资金|资金总额|共计|总计)(?:为|共|[:：])?\\s*${MONEY}`,
  'g',
);
const EXECUTED = new RegExp(
  `(?:执行数|实际支出|实际使用|已使用|使用|支出|已支出|执行|支付|拨付)(?:了|资金|为|共|[:：])?\\s*${MONEY}`,
  'g',
);
const RATE = /(?:预算)?(?:执行率|支付率|支出率|支出进度|执行进度)(?:为|达到?|[:：])?\s*(\d+(?:\.\d+)?)\s*%/;

/** The money sentence of a narrative report as a budget of one row; nothing when it does not say all of it. */
export function readProseBudget(source: SourceText): BudgetTable | undefined {
  const executedAll = [...source.folded.matchAll(EXECUTED)];
  const rate = RATE.exec(source.folded);
  if (rate === null) return undefined;
  const executed = executedAll.findLast((match) => match.index < rate.index && rate.index - match.index < 160);
  if (executed === undefined) return undefined;
  const budgeted = [...source.folded.matchAll(BUDGETED)].findLast(
    (match) => match.index < executed.index && executed.index - match.index < 240,
  );
  if (budgeted === undefined || budgeted[2]?.charAt(0) !== executed[2]?.charAt(0)) return undefined;
  const amount = (match: RegExpMatchArray): TableCell => {
    const digits = match[1] ?? '';
    const start = (match.index ?? 0) + match[0].lastIndexOf(digits);
    const value = readCellValue(digits);
    return {
      text: source.raw.slice(start, start + digits.length),
      start,
      end: start + digits.length,
      ...(value === undefined ? {} : { value }),
    };
  };
  const rateStart = rate.index + rate[0].lastIndexOf(rate[1] ?? '');
  const rateText = squeeze(source.folded.slice(rateStart, rate.index + rate[0].length));
  const rateValue = readCellValue(rateText);
  const unit = budgeted[2] === '万' ? '万元' : (budgeted[2] ?? '');
  return {
    unit,
    roles: ['adjusted', 'executed', 'rate'],
    rows: [
      {
        name: amount(budgeted),
        initial: undefined,
        adjusted: amount(budgeted),
        executed: amount(executed),
        rate: {
          text: rateText,
          start: rateStart,
          end: rate.index + rate[0].length,
          ...(rateValue === undefined ? {} : { value: rateValue }),
        },
        weight: undefined,
        score: undefined,
        unreadable: false,
      },
    ],
  };
}
