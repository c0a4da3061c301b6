import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { NUMBER, type ProseText, proseOf, type Told } from './prose-text.ts';

const RULE = 'score-formula-mismatch';
const GRADE = '(优秀?|良好?|中等?|合格|一般|较差|差|不合格)';
const QUOTE = '[“”"「」《]?';
const SCORE = String.raw`(\d{2,3}(?:\.\d+)?)`;
const IN = '(?:\\((?:含|不含)(?:\\d+分?)?\\)|含)?';
/** 90分(含)以上为优; ≥90分为优; 得分90分及以上的,等级为优. */
const FLOOR = new RegExp(
  `(?:≥${SCORE}分?|(?<![-—~至到\\d.])${SCORE}分?${IN}(?:及|\\(含\\))?以上)(?:\\(含\\))?(?:的)?,?(?:评定|评价|等级)?(?:为|是|:|属于|定为|即)?${QUOTE}${GRADE}${QUOTE}`,
  'g',
);
/** 80(含)-90分为良; 80-89分为良; 80分≤得分<90分为良. */
const BETWEEN = new RegExp(
  `${SCORE}分?${IN}(?:-|—|~|～|至|到|≤(?:得分|S|X|分值|总分)?<)${SCORE}分?${IN}(?:之间)?(?:的)?(?:\\(不含\\))?,?(?:评定|评价|等级)?(?:为|是|:|属于|定为|即)?${QUOTE}${GRADE}${QUOTE}`,
  'g',
);
const CEILING = new RegExp(
  `(?:<${SCORE}分?|(?<![-—~至到\\d.])${SCORE}分?${IN}以下)(?:\\(不含\\))?(?:的)?,?(?:评定|评价|等级)?(?:为|是|:|属于|定为|即)?${QUOTE}${GRADE}${QUOTE}`,
  'g',
);
/** 优(90分及以上)、良(80-90分). */
const NAMED_FIRST = new RegExp(
  `${GRADE}${QUOTE}[(:](?:得分)?(?:≥|大于等于)?${SCORE}分?${IN}(?:(?:及|\\(含\\))?以上|(?:-|—|~|～|至|到)${SCORE}分?)?${IN}[),、;]`,
  'g',
);
const GIVEN = new RegExp(
  `(?:评价|绩效|评定|自评|综合)?(?:等级|级别|档次|结果|结论|评级)(?:评定|确定|认定)?(?:\\||为|是|:|属于?|定为|评为){0,2}${QUOTE}${GRADE}${QUOTE}(?![\\p{Script=Han}])`,
  'gu',
);
const TOTAL = new RegExp(
  `(?:综合(?:评定|评价|自评)?得分|综合评分|评价(?:总)?得分|自评(?:综合|总)?(?:得)?分|总得分|总评分|最终得分|绩效(?:评价|自评)?得分|合计(?:得分|得)?)(?:为|是|:|共|计)?${NUMBER}分`,
  'g',
);
const TABLE_TOTAL =
  /(?:合计|总分|总计|得分合计)\|{1,4}(?:100(?:\.0+)?\|{1,3})?(\d{1,3}(?:\.\d+)?)\|*(?:[优良中差]秀?\|*)?$/gm;

/** 总分|100|89.70|优| */
const TABLE_GRADE = new RegExp(
  `(?<=(?:合计|总分|总计|得分合计)\\|{1,4}(?:100(?:\\.0+)?\\|{1,3})?\\d{1,3}(?:\\.\\d+)?\\|{1,2})${GRADE}(?=\\||$)`,
  'gm',
);

interface Band extends Span {
  readonly grade: string;
  readonly low: Exact | undefined;
  readonly high: Exact | undefined;
}

/** 90分以上为优 is printed, 87分 is given and 优 is concluded. Without printed bands nothing is said. */
export function printedGrade(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const bands = bandsIn(prose);
  if (bands.length === 0 || bands.length > 8) return [];
  const given = gradesGiven(prose, bands);
  const totals = totalsIn(prose);
  const [grade, otherGrade] = given;
  const [total, otherTotal] = totals;
  if (grade === undefined || total === undefined || otherGrade !== undefined || otherTotal !== undefined) return [];
  const band = bands.find((each) => each.grade.charAt(0) === grade.grade.charAt(0));
  if (band === undefined) return [];
  const below = band.low !== undefined && total.value.lt(band.low);
  const above = band.high !== undefined && total.value.gt(band.high);
  if (!below && !above) return [];
  const due = bands.find(
    (each) =>
      (each.low === undefined || total.value.ge(each.low)) && (each.high === undefined || total.value.lt(each.high)),
  );
  return [
    warning(RULE, {
      message: text(
        `得分 ${total.digits}，按文中印出的档次${due === undefined ? '' : `应为“${due.grade}”，`}写的是“${grade.grade}”`,
        `${total.digits} points are graded “${grade.grade}”, against the printed bands`,
      ),
      stated: grade.grade,
      expected: due?.grade ?? '',
      quotes: [total, grade, band].map(({ start, end }) => ({ start, end })),
    }),
  ];
}

function bandsIn(prose: ProseText): readonly Band[] {
  const number = (digits: string | undefined): Exact | undefined =>
    digits === undefined ? undefined : Exact.of(digits);
  const at = (match: RegExpExecArray): Span => prose.span(match.index, match.index + match[0].length);
  const found: Band[] = [
    ...[...prose.text.matchAll(FLOOR)].map((match) => ({
      ...at(match),
      grade: match[3] ?? '',
      low: number(match[1] ?? match[2]),
      high: undefined,
    })),
    ...[...prose.text.matchAll(BETWEEN)].map((match) => {
      const [one, other] = [number(match[1]), number(match[2])];
      const up = one !== undefined && other !== undefined && one.lt(other);
      return { ...at(match), grade: match[3] ?? '', low: up ? one : other, high: up ? other : one };
    }),
    ...[...prose.text.matchAll(CEILING)].map((match) => ({
      ...at(match),
      grade: match[3] ?? '',
      low: undefined,
      high: number(match[1] ?? match[2]),
    })),
    ...[...prose.text.matchAll(NAMED_FIRST)].map((match) => {
      const [one, other] = [number(match[2]), number(match[3])];
      const down = one !== undefined && other?.lt(one) === true;
      return { ...at(match), grade: match[1] ?? '', low: down ? other : one, high: down ? one : other };
    }),
  ];
  // 100 as a bound is none; a band said twice counts once.
  return [...new Map(found.map((band) => [band.grade.charAt(0), band])).values()];
}

function gradesGiven(prose: ProseText, bands: readonly Band[]): readonly (Span & { readonly grade: string })[] {
  const grades = [...prose.text.matchAll(GIVEN), ...prose.text.matchAll(TABLE_GRADE)]
    .map((match) => ({ ...prose.span(match.index, match.index + match[0].length), grade: match[1] ?? '' }))
    .filter((grade) => !bands.some((band) => grade.start < band.end && grade.end > band.start));
  return [...new Map(grades.map((grade) => [grade.grade.charAt(0), grade])).values()];
}

function totalsIn(prose: ProseText): readonly Told[] {
  const said = [...prose.text.matchAll(TOTAL)]
    .filter((match) => !/上年|去年|平均/.test(prose.text.slice(Math.max(0, match.index - 8), match.index)))
    .map((match) => [match.index + match[0].lastIndexOf(match[1] ?? '0'), match[1] ?? '0'] as const);
  const tabled = [...prose.text.matchAll(TABLE_TOTAL)].map(
    (match) => [match.index + match[0].lastIndexOf(match[1] ?? '0'), match[1] ?? '0'] as const,
  );
  const totals = [...said, ...tabled].map(([at, digits]) => prose.told(at, digits, '分'));
  return [...new Map(totals.map((total) => [total.value.toString(), total])).values()];
}
