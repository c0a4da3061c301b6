import type { Fact } from '../fact/index.ts';
import type { TableRecord } from '../ledger/index.ts';
import { Exact, NO_UNIT } from '../quantity/index.ts';
import { numberValue, rowRanges } from './facts.ts';
import { placeOf } from './place-of.ts';
import type { Scoring } from './scoring-context.ts';

type Line = TableRecord<'bulletins'>;

/**
 * The county's places in the newest city bulletin, by number enrolled and by completion rate. Computed only when
 * every county of the city is there with its figures; ties share a place. Otherwise the bulletin's own words stand.
 */
export function rankCounties(scoring: Scoring): readonly Fact[] {
  const { book, problems } = scoring;
  const sheet = book.tables.bulletins;
  const newest = sheet.records.reduce((date, line) => ((line.date ?? '') > date ? (line.date ?? '') : date), '');
  const lines = sheet.records.filter((line) => line.date === newest);
  const region = book.project.region?.value ?? '';
  const own = lines.find((line) => line.county !== undefined && sameCounty(line.county, region));
  if (own === undefined) return [];
  const stated = lines.find((line) => line.countyCount !== undefined)?.countyCount;
  const complete = lines.every((line) => line.enrolled !== undefined && (line.task?.sign ?? 0) > 0);
  if (stated === undefined || !stated.eq(Exact.of(lines.length)) || !complete) {
    problems.add(
      'bulletin-incomplete',
      `${newest}的市级通报没有全部县区的任务数和参保人数，不计算名次；名次只能照通报填写并附通报`,
      'the bulletin does not have every county with its figures, so no rank is computed',
      placeOf(sheet, own, 'county'),
    );
    return [];
  }
  return [
    rank(scoring, lines, own, 'volumeRank', '参保总量名次', '参保人数', (line) => line.enrolled ?? Exact.zero),
    rank(scoring, lines, own, 'rateRank', '任务完成率名次', '参保人数 ÷ 任务数', (line) =>
      (line.enrolled ?? Exact.zero).div(line.task ?? Exact.one),
    ),
  ];
}

function sameCounty(name: string, region: string): boolean {
  return region !== '' && (name.includes(region) || region.includes(name));
}

function rank(
  { book, facts, problems }: Scoring,
  lines: readonly Line[],
  own: Line,
  key: 'volumeRank' | 'rateRank',
  label: string,
  measure: string,
  of: (line: Line) => Exact,
): Fact {
  const sheet = book.tables.bulletins;
  const place = Exact.of(1 + lines.filter((line) => of(line).gt(of(own))).length);
  const said = own[key];
  if (said !== undefined && !said.eq(place))
    problems.add(
      'rank-differs',
      `${label}填写第${said.toString()}，按通报各县区数据应为第${place.toString()}（共${lines.length}个）`,
      `the bulletin's figures give rank ${place.toString()} of ${lines.length}`,
      placeOf(sheet, own, key),
    );
  return facts.counted(
    { concept: `base.bulletin.${key}`, label: `${label}（共${lines.length}个县区）`, period: own.date ?? '' },
    numberValue(place, NO_UNIT),
    {
      sheet: sheet.sheet,
      query: `名次(${measure}, 截至日期=${own.date ?? ''})，并列同名次`,
      rows: rowRanges(lines.map((line) => line.row)),
      rowCount: lines.length,
    },
  );
}
