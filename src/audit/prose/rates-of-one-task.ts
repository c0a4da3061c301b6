import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { type ToldRate, toldRates } from './told-rates.ts';

/** Concepts a document has one of, whatever noun stands before; of the others each thing has its own. */
const ONE = new Set(['任务完成率', '预算执行率', '资金到位率']);

/**
 * One rate told twice: 完成任务的96% from printed figures, 任务完成率98.6% elsewhere. Where figures stand behind both,
 * they are two rates; where behind neither, only the same words are held against each other.
 */
export function ratesOfOneTask(context: AuditContext): Finding[] {
  const rates = toldRates(context);
  if (rates.length > 200) return [];
  const found: Finding[] = [];
  for (const [at, one] of rates.entries())
    for (const other of rates.slice(at + 1)) {
      if (
        found.length >= 3 ||
        one.concept !== other.concept ||
        agree(one, other) ||
        !sameTask(one, other, context.year)
      )
        continue;
      if (one.derived && other.derived) continue;
      if (!one.derived && !other.derived && one.of !== other.of) continue;
      // Another place of the text gives one of them again, or the other: settled there.
      if (found.some((each) => each.stated === other.text || each.stated === one.text)) continue;
      const [backed, claimed] = other.derived ? [other, one] : [one, other];
      found.push(finding(backed, claimed));
    }
  return found;
}

function finding(backed: ToldRate, claimed: ToldRate): Finding {
  const why = backed.derived ? '（与文中数字相符）' : '';
  return warning('narrative-vs-table-mismatch', {
    message: text(
      `${backed.concept}一处写“${backed.text}”${why}，另一处写“${claimed.text}”，同一口径两个数`,
      `“${backed.text}” in one place${backed.derived ? ' (as the printed figures give)' : ''}, “${claimed.text}” in another: one rate, two numbers`,
    ),
    stated: claimed.text,
    expected: backed.text,
    quotes: [backed, claimed].map(({ start, end }): Span => ({ start, end })),
  });
}

/** The same to the coarser of the two printings, rounded or cut off. */
function agree(one: ToldRate, other: ToldRate): boolean {
  const step = Exact.ratio(1n, 10n ** BigInt(Math.min(one.places, other.places)));
  return one.value.sub(other.value).abs().lt(step) || one.value.eq(other.value);
}

function sameTask(one: ToldRate, other: ToldRate, evaluated: number | undefined): boolean {
  if (strip(one.scope) !== strip(other.scope) || !sameYear(one, other, evaluated)) return false;
  if (ONE.has(one.concept)) return bare(one.of) === '' || bare(other.of) === '' || bare(one.of) === bare(other.of);
  if (one.concept === '满意度') return anyone(one.of) && anyone(other.of);
  return one.of !== '' && one.of === other.of;
}

/** Nobody in particular was asked, or everybody. */
function anyone(of: string): boolean {
  return /^(?:总体|综合|整体|社会|调查|参保|参保人员|居民|城乡居民|群众|公众|服务对象|对象|受益)*的?$/.test(of);
}

/** A year told with the rate itself binds it; one of the sentence may be said once for all. */
function sameYear(one: ToldRate, other: ToldRate, evaluated: number | undefined): boolean {
  const years = ({ year, scope }: ToldRate): string => year || (scope.match(/20\d\d/g) ?? []).sort().join();
  if (years(one) !== '' && years(other) !== '') return years(one) === years(other);
  const bound = one.year || other.year;
  return bound === '' || bound === String(evaluated);
}

function strip(scope: string): string {
  return scope
    .split('|')
    .filter((word) => !/^20\d\d/.test(word))
    .join('|');
}

/** Words before the rate that do not make it another one. */
function bare(of: string): string {
  return of.replace(
    /通过|全年|当年|年度|本年|实际|资金|预算|项目|城乡|居民|医保|参保|征缴|任务|目标|工作|县|已|全部|的|累计|缴费|扩面|总体|最终|补助|配套|经费|专项|本级|综上|因此|截至目前|集中/g,
    '',
  );
}
