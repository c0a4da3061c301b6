import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, notice } from '../finding.ts';

/** 我县 in one place and 我市 (or 全县 and 全市) in another, of one unit. */
export const unitNameInconsistent: Detect = (context) => {
  const findings: Finding[] = [];
  const own = [...context.text.matchAll(/我(县|市|区|省|旗)/g)];
  const [first] = own;
  const other = own.find((match) => match[1] !== first?.[1] && match[1] !== '省');
  if (first !== undefined && other !== undefined && first[1] !== '省')
    findings.push(
      notice('unit-name-inconsistent', {
        message: text(`一处称“${first[0]}”，另一处称“${other[0]}”`, `“${first[0]}” here, “${other[0]}” there`),
        stated: other[0],
        expected: first[0],
        quotes: [first, other].map((match) => ({ start: match.index, end: match.index + match[0].length })),
      }),
    );
  return findings;
};
