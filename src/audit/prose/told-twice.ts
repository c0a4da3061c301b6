import { text } from '../../problem/index.ts';
import { type AuditContext, figure, nameOf } from '../context.ts';
import { type Finding, type Span, warning } from '../finding.ts';
import { NUMBER, numberOf, proseOf } from './prose-text.ts';

const RULE = 'narrative-contradiction';
const RANK =
  /(任务完成率|完成率|参保率|执行率|满意度|得分|参保人数|参保绝对人数|绝对人数|增幅|总量)[^,。;\n|\d]{0,8}?(?:位?居|位列|排名?|名列|列)(全[国省市区县州])(?:[^,。;\n|]{0,12}?)第([一二三四五六七八九十]{1,2}|\d{1,2})(?:位|名)/g;
const NONE_LEFT = /(?:资金)?(?:无|没有|未发生|不存在)(?:资金)?结[余转]/g;
const LEFT = new RegExp(`结[余转](?:结[余转])?(?:资金)?(?:为|共|:)?${NUMBER}(万元|元)`, 'g');
const OF_PART = /中央|省级|市级|县级|区级|其中|上年|去年|20\d\d年|\|/;

/** One rank told as two, 无结余 beside an amount left, more persons than person-times in two rows. */
export function toldTwice(context: AuditContext): Finding[] {
  return [...ranks(context), ...nothingLeft(context), ...rowsOfPersons(context)];
}

function ranks(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const told = [...prose.text.matchAll(RANK)].filter((match) => {
    const sentence = prose.text.slice(prose.text.lastIndexOf('。', match.index) + 1, match.index);
    return !/上年|去年|20\d\d|月|季度|乡|镇/.test(sentence);
  });
  const found: Finding[] = [];
  for (const [at, one] of told.entries()) {
    const other = told.slice(at + 1).find((each) => each[1] === one[1] && each[2] === one[2] && each[3] !== one[3]);
    if (other === undefined || found.length > 0) continue;
    found.push(
      contradiction(
        one[0],
        other[0],
        [one, other].map((match) => prose.span(match.index, match.index + match[0].length)),
      ),
    );
  }
  return found;
}

function nothingLeft(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const clean = (match: RegExpExecArray): boolean => {
    const from = Math.max(...['。', ';', '\n'].map((stop) => prose.text.lastIndexOf(stop, match.index - 1) + 1));
    return !OF_PART.test(prose.text.slice(from, match.index + match[0].length));
  };
  const none = [...prose.text.matchAll(NONE_LEFT)].find(clean);
  const left = [...prose.text.matchAll(LEFT)].find((match) => clean(match) && !numberOf(match[1] ?? '0').value.isZero);
  if (none === undefined || left === undefined) return [];
  return [
    contradiction(
      none[0],
      left[0],
      [none, left].map((match) => prose.span(match.index, match.index + match[0].length)),
    ),
  ];
}

function contradiction(one: string, other: string, quotes: readonly Span[]): Finding {
  return warning(RULE, {
    message: text(`一处写“${one}”，另一处写“${other}”`, `“${one}” in one place, “${other}” in another`),
    stated: other,
    expected: one,
    quotes,
  });
}

/** 医疗救助人次 2841人次 and 医疗救助人数 3012人, two rows or two figures of one sentence. */
function rowsOfPersons(context: AuditContext): Finding[] {
  if (context.rows.length > 500) return [];
  const base = (name: string): string => name.replace(/(?:人次数?|人数)$/, '');
  const rows = context.rows.flatMap((row) => {
    const actual = figure(row.actual);
    const unit = actual?.value.unit || (figure(row.target)?.value.unit ?? '');
    return actual === undefined || !/^(?:人|人次)$/.test(unit) ? [] : [{ name: nameOf(row), actual, unit }];
  });
  return rows.flatMap((persons) => {
    if (persons.unit !== '人' || !/人数$/.test(persons.name) || base(persons.name).length < 3) return [];
    const times = rows.find((each) => each.unit === '人次' && base(each.name) === base(persons.name));
    if (times === undefined || persons.actual.value.value.le(times.actual.value.value)) return [];
    return [
      contradiction(
        `${times.name}${times.actual.text}`,
        `${persons.name}${persons.actual.text}`,
        [times.actual, persons.actual].map(({ start, end }) => ({ start, end })),
      ),
    ];
  });
}
