import { type SourceText, squeeze } from './source-text.ts';
import type { BudgetTable, TableCell } from './table.ts';
import { readCellValue } from './value.ts';

const MONEY = '(\\d[\\d,]*(?:\\.\\d+)?)\\s*(亿元|万元|万|元)';
const BUDGETED = new RegExp(
  `(?:可用合计|资金合计|预算数?|预算资金|全年预算数?|下达(?:我.|资金|.{0,16}(?:补助|补贴|资金))?|安排资金|投入|到位资金|资金总额|共计|总计)(?:为|共|[:：])?\\s*${MONEY}`,
  'g',
);
const EXECUTED = new RegExp(
  `(?:执行数|实际支出|实际使用|已使用|使用|支出|已支出|执行|支付|拨付|发放|兑付|上解|上划)(?:了|资金|为|共|[:：])?\\s*${MONEY}`,
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
    (match) => match.index < executed.index && executed.index - match.index < 320,
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
