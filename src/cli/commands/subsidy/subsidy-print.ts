import { inLanguage, type Language, type Problem, printWhere } from '../../../problem/index.ts';
import { type Exact, NO_UNIT, WAN_YUAN, YUAN } from '../../../quantity/index.ts';
import { printValue } from '../../../report/index.ts';
import type { CommonOptions, ExitStatus, Io } from '../../command.ts';

/** 21,090,744.80 */
export function yuan(value: Exact): string {
  return printValue({ kind: 'number', value, unit: YUAN }, { style: 'grouped', places: 2 });
}

/** 2109.07万元 */
export function wan(value: Exact): string {
  return printValue(
    { kind: 'number', value, unit: YUAN },
    { style: 'number', places: 2, unit: WAN_YUAN.symbol, showUnit: true },
  );
}

export function count(value: Exact): string {
  return printValue({ kind: 'number', value, unit: YUAN }, { style: 'grouped' });
}

/** A ratio as −5.91%. */
export function percent(ratio: Exact): string {
  const printed = printValue({ kind: 'number', value: ratio, unit: NO_UNIT }, { style: 'percent', places: 2 });
  return printed.replace('-', '−');
}

/** Display width: a CJK character takes two columns. */
function width(words: string): number {
  let total = 0;
  for (const character of words) total += /[\u1100-\uffff]/u.test(character) ? 2 : 1;
  return total;
}

/** Plain text table; the first column is left, the others right aligned. */
export function grid(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
  return rows
    .map((row) =>
      `  ${row
        .map((cell, index) => {
          const pad = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
          return index === 0 ? cell + pad : pad + cell;
        })
        .join('  ')}`.trimEnd(),
    )
    .join('\n');
}

export function problemsJson(problems: readonly Problem[], language: Language): readonly unknown[] {
  return problems.map(({ rule, severity, message, where }) => ({
    rule,
    severity,
    message: inLanguage(message, language),
    where,
  }));
}

export function printProblems(problems: readonly Problem[], language: Language): string {
  const words = {
    error: { zh: '错误', en: 'error' },
    warning: { zh: '警告', en: 'warning' },
    notice: { zh: '提示', en: 'notice' },
  };
  return problems
    .map((problem) => {
      const place = printWhere(problem.where, language);
      const head = inLanguage(words[problem.severity], language);
      return `${head}${language === 'zh' ? '：' : ': '}${place === '' ? '' : `${place}${language === 'zh' ? '：' : ': '}`}${inLanguage(problem.message, language)}`;
    })
    .join('\n');
}

/** Prints JSON or prose, and gives the exit status the problems ask for. */
export function present(
  io: Io,
  common: CommonOptions,
  result: {
    readonly json: unknown;
    readonly prose: string;
    readonly problems: readonly Problem[];
    readonly failed?: boolean;
  },
): ExitStatus {
  if (common.format === 'json') io.out(`${JSON.stringify(result.json, undefined, 2)}\n`);
  else {
    io.out(`${result.prose}\n`);
    if (result.problems.length > 0) io.out(`\n${printProblems(result.problems, common.language)}\n`);
  }
  const bad = result.problems.some(({ severity }) => severity === 'error' || (common.strict && severity === 'warning'));
  return bad || result.failed === true ? 1 : 0;
}
