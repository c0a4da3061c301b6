import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { numberOf, proseOf } from './prose-text.ts';

const RULE = 'score-formula-mismatch';
const THINGS = '(笔|项|个百分点|百分点|%|次|户|人次|人|家|天|日|处|起|例|份|件|场|个)';
const EACH = new RegExp(
  `每(?:发现|出现|存在|发生|有|缺少?|少|低|降低|超过?|逾期|延迟|延误|查实)?(?:于)?(\\d+(?:\\.\\d+)?|一)?${THINGS}([^,。;|\\n\\d]{0,14})(?:的)?,?(?:扣减?|减)(\\d+(?:\\.\\d+)?)分`,
  'g',
);
const FOUND = '(?:发现|出现|存在|发生|有|缺少?|少|超过?|逾期|延迟|延误|查实|查出|偏差|低于?|降低)';

/** 每发现1笔扣1分 in a scoring sheet whose row says that 3 were found and takes off one. */
export function printedDeductions(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  return [...prose.text.matchAll(EACH)].slice(0, 60).flatMap((match): Finding[] => {
    const start = prose.text.lastIndexOf('\n', match.index) + 1;
    const stop = prose.text.indexOf('\n', match.index);
    const line = prose.text.slice(start, stop < 0 ? prose.text.length : stop);
    const cells = line.split('|').map((cell) => cell.trim());
    const rule = cells.findIndex((cell) => cell.includes(match[0]));
    const printed = cells[rule] ?? '';
    // 最多扣, a floor, a second rule in the cell: more than one multiplication.
    if (cells.length < 3 || /最多|至多|不超过|封顶|以上|酌情|视情/.test(printed) || printed.split('扣').length > 3)
      return [];
    if ((printed.match(/扣减?\d/g) ?? []).length !== 1) return [];
    const numbers = cells.map((cell, at) => ({
      at,
      told: /^\d{1,3}(?:\.\d+)?分?$/.test(cell) ? Exact.of(cell.replace('分', '')) : undefined,
    }));
    const weight = numbers.filter((each) => each.at < rule && each.told !== undefined).pop()?.told;
    const scores = numbers.filter((each) => each.at > rule && each.told !== undefined);
    const [score, other] = scores;
    if (weight === undefined || score?.told === undefined || other !== undefined) return [];
    const count = foundIn(cells.slice(rule + 1), match[2] ?? '', match[3] ?? '');
    if (count === undefined) return [];
    const per = match[1] === undefined || match[1] === '一' ? Exact.one : Exact.of(match[1]);
    if (per.isZero || !count.div(per).isInteger) return [];
    const due = Exact.max(Exact.zero, weight.sub(count.div(per).mul(Exact.of(match[4] ?? '0'))));
    if (due.eq(score.told)) return [];
    const quote: Span = prose.span(start, start + line.length);
    return [
      warning(RULE, {
        message: text(
          `评分标准“${match[0]}”，扣分依据写 ${count}${match[2] ?? ''}，${weight} 分应得 ${due} 分，写的是 ${score.told} 分`,
          `by “${match[0]}” and ${count} found, ${due} of ${weight} points are due, not ${score.told}`,
        ),
        stated: score.told.toString(),
        expected: due.toString(),
        quotes: [quote],
      }),
    ];
  });
}

/** How many the row says there were; nothing when it says so twice in different numbers. */
function foundIn(cells: readonly string[], unit: string, noun: string): Exact | undefined {
  if (/百分点|%/.test(unit)) {
    const points = /偏差(?:率)?(?:为|达)?(\d+(?:\.\d+)?)(?:个百分点|%)/.exec(cells.join('|'));
    return points?.[1] === undefined ? undefined : Exact.of(points[1]);
  }
  const said = [...cells.join('|').matchAll(new RegExp(`(${FOUND})?[^,。;|\\d]{0,6}(?<![\\d.])(\\d+)${unit}`, 'g'))];
  const counted = said.filter((each) => each[1] !== undefined || said.length === 1);
  const values = new Set(counted.map((each) => each[2]));
  const [only] = values;
  if (only === undefined || values.size !== 1 || noun.includes('率')) return undefined;
  return numberOf(only).value;
}
