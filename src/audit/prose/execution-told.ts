import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { type AuditContext, figure, totalRow } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { givesPercent, NUMBER, numberOf, proseOf } from './prose-text.ts';
import { toldRates } from './told-rates.ts';

const RULE = 'narrative-vs-table-mismatch';
const PAID_OUT =
  /(?:资金|补助|保费|经费)(?:已|均|已经)?(?:全部|全额)(?:拨付|支付|支出|执行|使用|上解)(?:完毕|到位)?|全部(?:拨付|支付|支出)(?:完毕|到位)|(?:无|没有)结[余转]/g;
const ROW = new RegExp(`^([^|\\n]{2,30})\\|${NUMBER}(?:万?元)?\\|${NUMBER}(?:万?元)?\\|${NUMBER}%`, 'gm');
const HEAD =
  /(?:预算|安排|下达|到位)[^|\n]{0,12}\|[^|\n]{0,8}(?:执行|支出|拨付|支付|使用)[^|\n]{0,10}\|[^|\n]{0,8}(?:率|比例|进度)/;

interface Row extends Span {
  readonly percent: Exact;
  readonly places: number;
  readonly text: string;
}

/** 预算执行率100%、资金全部拨付 in the words beside 3240 | 2993.76 | 92.4% in a table whose own figures agree. */
export function executionTold(context: AuditContext): Finding[] {
  const row = executed(context);
  if (row === undefined || row.percent.isZero) return [];
  const prose = proseOf(context);
  const rate = toldRates(context).find(
    (each) =>
      each.concept === '预算执行率' &&
      each.scope.replace(/20\d\d年度?/g, '').replace(/\|/g, '') === '' &&
      ofYear(each.scope, context.year) &&
      !each.derived &&
      differs(each.value, row, each.places),
  );
  if (rate !== undefined) return [finding(row, rate, rate.text)];
  if (row.percent.ge(Exact.of(99))) return [];
  for (const match of prose.text.matchAll(PAID_OUT)) {
    const line = prose.text.slice(prose.text.lastIndexOf('\n', match.index) + 1, match.index);
    const sentence = line.slice(line.lastIndexOf('。') + 1);
    if (/\||目标|计划|确保|应|将|力争|未|中央|省级?|市级?|其中|已于20|次年|20\d\d年/.test(sentence)) continue;
    return [finding(row, prose.span(match.index, match.index + match[0].length), match[0])];
  }
  return [];
}

function ofYear(scope: string, year: number | undefined): boolean {
  return year === undefined || (scope.match(/20\d\d/g) ?? []).every((each) => Number(each) === year);
}

function differs(told: Exact, row: Row, places: number): boolean {
  const step = Exact.ratio(1n, 10n ** BigInt(Math.min(places, row.places)));
  return told.sub(row.percent).abs().ge(step);
}

function finding(row: Row, claim: Span, words: string): Finding {
  return warning(RULE, {
    message: text(`文字称“${words}”，表中“${row.text}”`, `the text says “${words}”, the table “${row.text}”`),
    stated: words,
    expected: `${row.percent}%`,
    quotes: [
      { start: claim.start, end: claim.end },
      { start: row.start, end: row.end },
    ],
  });
}

/** The row of the money whose rate its own amounts give: the total, or the only one. */
function executed(context: AuditContext): Row | undefined {
  const budgets = context.tables.filter((table) => table.budget !== undefined);
  const total = totalRow(budgets[0]?.budget);
  const [base, spent, rate] = [
    figure(total?.adjusted) ?? figure(total?.initial),
    figure(total?.executed),
    figure(total?.rate),
  ];
  if (budgets.length === 1 && total?.unreadable === false && base !== undefined && spent !== undefined) {
    if (rate === undefined || rate.value.unit !== '%') return undefined;
    if (!givesPercent(spent.value.value, base.value.value, rate.value.value, rate.value.places)) return undefined;
    return {
      start: Math.min(base.start, spent.start),
      end: Math.max(spent.end, rate.end),
      percent: rate.value.value,
      places: rate.value.places,
      text: `${base.text}、${spent.text}、${rate.text}`,
    };
  }
  const prose = proseOf(context);
  if (budgets.length > 1 || !HEAD.test(prose.text)) return undefined;
  const rows = [...prose.text.matchAll(ROW)].filter((match) => {
    const { value, places } = numberOf(match[4] ?? '0');
    return givesPercent(numberOf(match[3] ?? '0').value, numberOf(match[2] ?? '0').value, value, places);
  });
  const chosen = rows.filter((match) => /总额|合计|总计/.test(match[1] ?? ''));
  const [only, second] = chosen.length > 0 ? chosen : rows;
  if (only === undefined || second !== undefined) return undefined;
  return {
    ...prose.span(only.index, only.index + only[0].length),
    percent: numberOf(only[4] ?? '0').value,
    places: numberOf(only[4] ?? '0').places,
    text: only[0].replaceAll('|', '、'),
  };
}
