import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import type { Detect } from '../context.ts';
import { warning } from '../finding.ts';

const MONEY = '(\\d[\\d,]*(?:\\.\\d+)?)\\s*(万元|元)';
const BUDGET = new RegExp(
  `(?:预算(?:拨款|安排)?(?:经费|资金|数)?|年初安排[^,。;\\n\\d]{2,24})(?:为|共|[:：])?\\s*${MONEY}`,
);
const RECEIVED = new RegExp(
  `(?:实际拨款(?:经费|资金)?|实际到位(?:资金)?|实际下达|到位资金)(?:为|共|[:：])?\\s*${MONEY}`,
);

/** A payment rate of 100% over what arrived, when only part of the budget arrived. */
export const favourableDenominator: Detect = (context) => {
  const budget = BUDGET.exec(context.text);
  const received = RECEIVED.exec(context.text);
  const rate = /(?:支付率|支出率|执行率|完成率)[^,。;\n]{0,6}?100\s*%/.exec(context.text);
  if (budget === null || received === null || rate === null || budget[2] !== received[2]) return [];
  const whole = Exact.tryParse((budget[1] ?? '').replaceAll(',', ''));
  const part = Exact.tryParse((received[1] ?? '').replaceAll(',', ''));
  if (whole === undefined || part === undefined || whole.isZero || part.div(whole).ge(Exact.of('0.9'))) return [];
  const inPlace = `${toFixed(part.div(whole).mul(Exact.hundred), { places: 2, mode: 'half-up' })}%`;
  const quote = (match: RegExpExecArray): { start: number; end: number } => ({
    start: match.index,
    end: match.index + match[0].length,
  });
  return [
    warning('favourable-denominator', {
      message: text(
        `支付率 100% 的分母是到位资金；预算 ${budget[1]}${budget[2]} 只到位 ${inPlace}`,
        `the 100% is a share of the money received; only ${inPlace} of the budget arrived`,
      ),
      stated: '100%',
      expected: inPlace,
      quotes: [quote(budget), quote(received), quote(rate)],
    }),
  ];
};
