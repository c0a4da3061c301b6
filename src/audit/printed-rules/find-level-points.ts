import { Exact } from '../../quantity/index.ts';
import type { Operand } from '../proof/proof.ts';

/**
 * The points printed in a level's heading, 产出指标(50分), between two offsets: only when the heading is printed once
 * with points. Folded text; forms break words over lines.
 */
export function findLevelPoints(text: string, level: string, from: number, to: number): Operand | undefined {
  const name = [...level.replace(/\s+/g, '')].map((letter) => letter.replace(/[^\p{Script=Han}]/gu, '')).join('\\s*');
  if (name === '') return undefined;
  const pattern = new RegExp(`${name}\\s*[(]\\s*(\\d{1,3})\\s*分?\\s*[)]`, 'dg');
  const [match, second] = [...text.slice(from, to).matchAll(pattern)];
  const at = match?.indices?.[1];
  if (match === undefined || second !== undefined || at === undefined) return undefined;
  return {
    label: `${level}分值`,
    value: Exact.of(match[1] ?? '0'),
    places: 0,
    start: from + at[0],
    end: from + at[1],
  };
}
