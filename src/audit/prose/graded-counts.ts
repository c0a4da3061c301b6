import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { proseOf } from './prose-text.ts';

const THING = '(?:个|家|所|项|人|户|件)';
const GRADED = new RegExp(
  `(\\d{1,5})(${THING})(项目|单位|指标|机构|部门|乡镇|镇|对象|案件)?(?:被)?(?:自评|评定|评价|评)?(?:结果|等级|等次)?(?:为|获|得|属于)“?(?:一等|二等|三等|四等|优秀?|良好?|中等?|合格|不合格|差)”?`,
  'g',
);

/** 21个项目 of which 14 are graded 一等, 5 二等, 1 三等 and 0 四等: one has no grade. */
export function gradedCounts(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const all = [...prose.text.matchAll(GRADED)];
  const [first] = all;
  if (first === undefined) return [];
  const [, , thing = '', noun = ''] = first;
  const run = all.filter((match) => match[2] === thing && (match[3] ?? '') === noun && match.index - first.index < 600);
  const grades = new Set(run.map((match) => match[0].replace(/^\d+/, '')));
  // 优 and 差 at least: who lists only the best lists a part.
  if (run.length < 3 || grades.size !== run.length) return [];
  const whole = wholes(prose.text.slice(Math.max(0, first.index - 400), first.index), thing, noun);
  const [total] = whole;
  const sum = Exact.sum(run.map((match) => Exact.of(match[1] ?? '0')));
  if (total === undefined || whole.some((each) => Exact.of(each.digits).eq(sum))) return [];
  const from = Math.max(0, first.index - 400);
  const unit = `${thing}${noun}`;
  return [
    warning('narrative-vs-table-mismatch', {
      message: text(
        `各等次相加为 ${sum}${unit}，文中写共 ${total.digits}${unit}`,
        `the grades add up to ${sum}, the text says ${total.digits} in all`,
      ),
      stated: `${total.digits}${unit}`,
      expected: `${sum}${unit}`,
      quotes: [
        prose.span(from + total.at, from + total.at + total.length),
        ...run.map((match) => prose.span(match.index, match.index + match[0].length)),
      ],
    }),
  ];
}

/** 项目21个, 共21个项目, 21个项目 before the list. */
function wholes(before: string, thing: string, noun: string): { digits: string; at: number; length: number }[] {
  const name = noun === '' ? '(?:项目|单位|指标)' : noun;
  const pattern = new RegExp(
    `${name}(?:共|总数|合计|为)?(\\d{1,5})${thing}|(?:共有?|全部|合计|所有)(\\d{1,5})${thing}(?:${name})?`,
    'g',
  );
  return [...before.matchAll(pattern)].map((match) => ({
    digits: match[1] ?? match[2] ?? '0',
    at: match.index,
    length: match[0].length,
  }));
}
