import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { leadingOperator } from '../read/value.ts';

interface Statement {
  readonly subject: string;
  readonly operator: string;
  readonly number: string;
  readonly start: number;
  readonly end: number;
}

/** One quantity stated twice with different operators or targets: 参保人数≥177297 and 参保人数≤177297. */
export const narrativeContradiction: Detect = (context) => {
  const statements: Statement[] = [];
  for (const match of context.text.matchAll(
    /([\p{Script=Han}]{3,24})\s*(>=|<=|≥|≤|不低于|不少于|不超过|不高于)\s*(\d[\d,]*(?:\.\d+)?)/gu,
  ))
    statements.push({
      subject: match[1] ?? '',
      operator: leadingOperator(match[2] ?? '')?.operator ?? '',
      number: (match[3] ?? '').replaceAll(',', ''),
      start: match.index,
      end: match.index + match[0].length,
    });
  for (const row of context.rows) {
    const { target, name } = row;
    if (target?.value?.operator === undefined || name === undefined || row.prose) continue;
    const subject = name.text.replace(/^(?:指标|目标)\d{1,2}[::、.]?/, '');
    statements.push({
      subject,
      operator: target.value.operator,
      number: target.value.value.toString(),
      start: target.start,
      end: target.end,
    });
  }
  const findings: Finding[] = [];
  for (let first = 0; first < Math.min(statements.length, 200); first += 1)
    for (let second = first + 1; second < Math.min(statements.length, 200); second += 1) {
      const a = statements[first];
      const b = statements[second];
      if (
        a === undefined ||
        b === undefined ||
        a.start === b.start ||
        a.number !== b.number ||
        a.operator === b.operator
      )
        continue;
      if (a.operator === '' || b.operator === '' || !alike(a.subject, b.subject)) continue;
      if (!opposite(a.operator, b.operator)) continue;
      findings.push(
        warning('narrative-contradiction', {
          message: text(
            `“${a.subject}”一处写 ${a.operator}${a.number}，另一处写 ${b.operator}${b.number}`,
            `“${a.subject}” is ${a.operator}${a.number} in one place and ${b.operator}${b.number} in another`,
          ),
          stated: `${a.operator}${a.number}`,
          expected: `${b.operator}${b.number}`,
          quotes: [
            { start: a.start, end: a.end },
            { start: b.start, end: b.end },
          ],
        }),
      );
    }
  return findings.slice(0, 5);
};

function opposite(a: string, b: string): boolean {
  const up = (operator: string): boolean => operator === '≥' || operator === '>';
  const down = (operator: string): boolean => operator === '≤' || operator === '<';
  return (up(a) && down(b)) || (down(a) && up(b));
}

function alike(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && (long.includes(short) || long.endsWith(short.slice(-4)));
}
