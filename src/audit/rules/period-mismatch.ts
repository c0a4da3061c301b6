import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const OTHER_YEAR = /(20[012]\d)\s*年度?(?=,?[^,。;\n]{0,30}(?:财政拨款|下达|支出|组织|开展|完成|参加|拨付|专款专用))/g;

/**
 * Work or money of another year told as the evaluated year's. Carry-overs, document titles, premiums collected in
 * autumn for the next year and comparisons with the year before are right.
 */
export const periodMismatch: Detect = (context) => {
  const { year } = context;
  const years = [...context.text.matchAll(/(20[012]\d)\s*年度?/g)].map((match) => Number(match[1]));
  const evaluated = year ?? mostFrequent(years) ?? yearOfFunds(context.text);
  if (evaluated === undefined) return [];
  const findings: Finding[] = [];
  for (const sentence of context.sentences) {
    if (
      /结转|上年|较20|比20|同比|相比|通知|意见|办法|号\)|〔|\[|以来|规划|结余|自20|年起|验收|计划/.test(sentence.text)
    )
      continue;
    for (const match of sentence.text.matchAll(OTHER_YEAR)) {
      const other = Number(match[1]);
      if (other === evaluated || other > evaluated || evaluated - other > 3) continue;
      const start = sentence.start + match.index;
      findings.push(
        warning('period-mismatch', {
          message: text(
            `评价年度是 ${evaluated} 年，这里写的是 ${other} 年的工作或资金`,
            `the evaluated year is ${evaluated}, but this speaks of ${other}`,
          ),
          stated: String(other),
          expected: String(evaluated),
          quotes: [{ start, end: Math.min(sentence.end, start + match[0].length + 24) }],
        }),
      );
      break;
    }
  }
  return findings.slice(0, 5);
};

function mostFrequent(years: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const year of years) counts.set(year, (counts.get(year) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first !== undefined && first[1] >= 2 && first[1] > (second?.[1] ?? 0) ? first[0] : undefined;
}

/** The year of the money the report accounts for: 《关于预拨2024年中央救灾资金的通知》, when all such titles agree. */
function yearOfFunds(folded: string): number | undefined {
  const titles = folded.matchAll(
    /《[^》\n]{0,16}(?:下达|预拨|拨付|安排)[^》\n]{0,12}?(20[012]\d)\s*年[^》\n]{0,30}资金/g,
  );
  const [only, second] = new Set([...titles].map((match) => match[1]));
  return only === undefined || second !== undefined ? undefined : Number(only);
}
