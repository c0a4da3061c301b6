import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const RULE = 'component-sum-mismatch';
const AMOUNT = String.raw`(\d[\d,]*(?:\.\d+)?)\s*`;
const LEFT_OVER = new RegExp(
  String.raw`(?:下达|到位|预算|安排|拨付|收到|收入)[^。;\n|\d]{0,12}${AMOUNT}(万元|元)[^。;\n|\d]{0,16}?(?:支出|使用|支付|执行)[^。;\n|\d]{0,6}${AMOUNT}\2(?:,?[^。;\n|\d]{0,10}\d+(?:\.\d+)?%)?[^。;\n|\d]{0,8}?(?:结余|剩余|结转(?:下年)?|未支出|未使用)[^。;\n|\d]{0,6}${AMOUNT}\2`,
  'g',
);
const BATCH = new RegExp(String.raw`第([一二三四五六])批[^。;\n|\d]{0,12}${AMOUNT}(万元|元)`, 'g');
const IN_ALL = new RegExp(String.raw`(?:共计|合计|总计|共)[^。;\n|\d第]{0,8}${AMOUNT}(万元|元)`, 'g');

/** Identities told in one sentence: what came in, what was spent and what is left; batches and their sum. */
export function proseSums(context: AuditContext): Finding[] {
  return [...leftOver(context), ...batches(context)];
}

/** 下达500万元,支出430万元,结余60万元. */
function leftOver(context: AuditContext): Finding[] {
  return [...context.text.matchAll(LEFT_OVER)].slice(0, 3).flatMap((match): Finding[] => {
    const [whole, spent, left] = [match[1], match[3], match[4]].map(amount);
    if (whole === undefined || spent === undefined || left === undefined) return [];
    const due = whole.sub(spent);
    if (
      due
        .sub(left)
        .abs()
        .le(rounding(match[1], match[3], match[4]))
    )
      return [];
    return [
      warning(RULE, {
        message: text(
          `${match[1]} − ${match[3]} = ${due}，结余写 ${match[4]}${match[2]}`,
          `${match[1]} − ${match[3]} = ${due}, but ${match[4]}${match[2]} is said to be left`,
        ),
        stated: `${match[4]}${match[2]}`,
        expected: `${due}${match[2]}`,
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    ];
  });
}

/** 第一批120万元,第二批85万元,合计215万元. */
function batches(context: AuditContext): Finding[] {
  return context.sentences.flatMap((sentence): Finding[] => {
    if (!sentence.text.includes('第二批')) return [];
    const parts = [...sentence.text.matchAll(BATCH)];
    const [total, second] = [...sentence.text.matchAll(IN_ALL)];
    const orders = new Set(parts.map((part) => part[1]));
    const units = new Set([...parts.map((part) => part[3]), total?.[2]]);
    if (total === undefined || second !== undefined || parts.length < 2) return [];
    if (orders.size !== parts.length || units.size !== 1) return [];
    const sum = Exact.sum(parts.map((part) => amount(part[2])));
    const stated = amount(total[1]);
    if (
      sum
        .sub(stated)
        .abs()
        .le(rounding(total[1], ...parts.map((part) => part[2])))
    )
      return [];
    const at = (match: RegExpExecArray): { start: number; end: number } => ({
      start: sentence.start + match.index,
      end: sentence.start + match.index + match[0].length,
    });
    return [
      warning(RULE, {
        message: text(
          `各批相加为 ${sum}${total[2]}，合计写 ${total[1]}${total[2]}`,
          `the batches add up to ${sum}${total[2]}, the total says ${total[1]}${total[2]}`,
        ),
        stated: `${total[1]}${total[2]}`,
        expected: `${sum}${total[2]}`,
        quotes: [total, ...parts].map(at),
      }),
    ];
  });
}

function amount(digits: string | undefined): Exact {
  return Exact.of((digits ?? '0').replaceAll(',', ''));
}

/** What rounding of each printed amount may add up to; nothing when all have the same places and add exactly. */
function rounding(...printed: readonly (string | undefined)[]): Exact {
  const places = printed.map((digits) => digits?.split('.')[1]?.length ?? 0);
  if (Math.min(...places) === Math.max(...places)) return Exact.zero;
  return Exact.ratio(BigInt(printed.length), 2n * 10n ** BigInt(Math.min(...places)));
}
