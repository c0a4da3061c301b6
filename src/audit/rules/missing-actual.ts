import { text } from '../../problem/index.ts';
import { type Detect, figure, nameOf, readable, rowQuotes } from '../context.ts';
import { type Finding, notice, warning } from '../finding.ts';
import type { IndicatorRow } from '../read/table.ts';

/** A scored or targeted row whose 完成值 is empty. */
export const missingActual: Detect = (context) => [
  ...ofTables(context),
  ...ofHeadings(context),
  ...bareLines(context),
  ...gradeForFigure(context),
];

const ofTables: Detect = (context) =>
  context.tables.flatMap((table) => {
    if (!table.roles.includes('actual')) return [];
    return table.indicators.flatMap((row): Finding[] => {
      const score = figure(row.score);
      if (row.actual === undefined && table.celled && table.roles.includes('target') && oneOfTwo(row))
        return [
          warning('missing-actual', {
            message: text(
              `“${nameOf(row)}”的指标值和完成值只填了一格“${row.target?.text ?? ''}”，却得 ${score?.text ?? ''} 分`,
              `of target and actual of “${nameOf(row)}” only one is filled, yet it scores ${score?.text ?? ''}`,
            ),
            stated: row.target?.text ?? '',
            expected: '实际完成值',
            quotes: rowQuotes(row),
          }),
        ];
      if (row.actual !== undefined || !readable(row, 'actual', 'target')) return [];
      const scored = score !== undefined && score.value.value.sign > 0;
      const targeted = row.target !== undefined;
      if (!scored && !targeted) return [];
      if (!scored && !table.celled && table.roles.includes('score')) return [];
      const message = scored
        ? text(
            `“${nameOf(row)}”没有实际完成值，却得 ${score.text} 分`,
            `“${nameOf(row)}” has no actual value, yet scores ${score.text}`,
          )
        : text(`“${nameOf(row)}”没有实际完成值`, `“${nameOf(row)}” has no actual value`);
      return [warning('missing-actual', { message, expected: '实际完成值', quotes: rowQuotes(row) })];
    });
  });

/** An empty cell left no trace: which of the two is empty is not known, that one is empty is. */
function oneOfTwo(row: IndicatorRow): boolean {
  const [weight, score] = [figure(row.weight), figure(row.score)];
  const both = row.unreadable.includes('target') && row.unreadable.includes('actual');
  return (
    both &&
    row.together &&
    row.target !== undefined &&
    weight !== undefined &&
    score !== undefined &&
    score.value.value.sign > 0 &&
    readable(row, 'weight', 'score')
  );
}

/** A report's heading sets a target, 宣传活动≥2次, and the paragraph under it counts nothing in that unit. */
const ofHeadings: Detect = (context) => {
  if (context.tables.length > 0) return [];
  const findings: Finding[] = [];
  for (const match of context.text.matchAll(
    /^[ \t]{0,9}(?:\(?[\d一二三四五六七八九十]{1,3}[)、.][ \t]{0,9})?([^\s≥。][^\n≥。]{3,39}?)\s{0,4}(?:≥|不少于|不低于)\s{0,4}\d{1,12}(?:\.\d{1,4})?\s{0,4}([次场期份个人户家])[ \t]{0,9}\n{1,9}([^\n]{8,})/gm,
  )) {
    const [, name = '', unit = '', under = ''] = match;
    if (new RegExp(`\\d\\s*(?:余|多)?\\s*(?:人)?${unit}`).test(under)) continue;
    const start = match.index + match[0].indexOf(name);
    const end = match.index + match[0].indexOf('\n');
    findings.push(
      warning('missing-actual', {
        message: text(
          `“${name.trim()}”的目标按“${unit}”计，其下没有写完成了几${unit}`,
          `“${name.trim()}” is counted in “${unit}”; the paragraph counts none`,
        ),
        expected: '实际完成值',
        quotes: [{ start, end }],
      }),
    );
  }
  return findings;
};

const NAMED_LINE = /^[^\n]{0,24}?指标\d{1,2}[.:：、]\s{0,3}(?=\S)/;

/** 指标3.不合格产品处置率 alone in its line among lines that have a target and a result behind the name. */
const bareLines: Detect = (context) => {
  const head = /三级指标[^\n]{0,20}指标值[^\n]{0,20}完成值[^\n]{0,30}\n/.exec(context.text);
  if (head === null) return [];
  const from = head.index + head[0].length;
  const lines = [...context.text.slice(from).matchAll(/[^\n]+/g)].filter((line) => line[0].trim() !== '');
  const kinds = lines.map((line) => {
    const name = NAMED_LINE.exec(line[0]);
    if (name === null) return undefined;
    const cells = line[0]
      .slice(name[0].length)
      .trim()
      .split(/[\s|]{1,9}/);
    return {
      start: from + line.index + line[0].indexOf('指标'),
      end: from + line.index + line[0].length,
      count: cells.length,
      first: cells[0] ?? '',
    };
  });
  const filled = kinds.filter((kind) => kind !== undefined && kind.count >= 3).length;
  // The next line begins another row: nothing of this one was wrapped.
  const bare = kinds.filter(
    (kind, at) =>
      kind?.count === 1 &&
      /^\p{Script=Han}{4,24}$/u.test(kind.first) &&
      /^\s{0,9}(?:指标\d|(?:数量|质量|时效|成本|效益|满意度|经济效益|社会效益|生态效益)(?:指标|\s))/.test(
        lines[at + 1]?.[0] ?? '',
      ),
  );
  if (filled < 3 || bare.length * 2 > filled) return [];
  return bare
    .filter((kind) => kind !== undefined)
    .slice(0, 4)
    .map((kind) =>
      warning('missing-actual', {
        message: text(`“${kind.first}”没有指标值和完成值`, `“${kind.first}” has neither target nor actual value`),
        expected: '实际完成值',
        quotes: [{ start: kind.start, end: kind.end }],
      }),
    );
};

const GRADE = /^(?:已)?(?:基本|部分)?(?:达成|达到|完成)预期(?:指标|目标)(?:值)?$/;
const FUSED_GRADE =
  /((?:不低于|不少于|不超过|不高于|≥|≤|小于|大于)\s{0,2}\d{1,7}(?:\.\d{1,3})?(?:%|‰|[\p{Script=Han}]{1,3}?)?)[\s|]{0,4}((?:达成|达到)预期(?:指标|目标))/gu;

/** 达成预期指标 is the answer to a target in words; a target in figures asks for the figure reached. */
const gradeForFigure: Detect = (context) => {
  const seen = (target: string, grade: string, quotes: Finding['quotes']): Finding =>
    notice('missing-actual', {
      message: text(
        `定量目标“${target}”的完成值只写“${grade}”，没有数值`,
        `the target “${target}” is answered with “${grade}”, without a figure`,
      ),
      stated: grade,
      expected: '实际完成值',
      quotes,
    });
  const rows = context.rows.filter(
    (row) =>
      readable(row, 'target', 'actual') && figure(row.target) !== undefined && GRADE.test(row.actual?.text ?? ''),
  );
  if (rows.length > 0)
    return rows.slice(0, 3).map((row) => seen(row.target?.text ?? '', row.actual?.text ?? '', rowQuotes(row)));
  return [...context.text.matchAll(FUSED_GRADE)]
    .slice(0, 3)
    .map((match) => seen(match[1] ?? '', match[2] ?? '', [{ start: match.index, end: match.index + match[0].length }]));
};
