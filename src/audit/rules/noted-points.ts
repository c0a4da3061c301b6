import { text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const NOTE =
  /(?:产出|效益|满意度)指标\s?(\d{1,2})\s?分[、,]\s?(?:产出|效益|满意度)指标\s?(\d{1,2})\s?分[、,][^。\n]{0,60}?分/g;
const LEVEL = /(产出|效益|满意度)指标\s?(\d{1,2})\s?分/g;
const HEADED = /(产出|效益|满意度)\s?指标\s?\(\s?(\d{1,2})\s?分\s?\)/g;

/** The note under a form gives 产出指标50分、效益指标30分; the heads in the form say 产出指标(60分). */
export function notedPoints(context: AuditContext): Finding[] {
  const [note, second] = [...context.text.matchAll(NOTE)];
  // A choice is no rule.
  if (note === undefined || second !== undefined) return [];
  const around = context.text.slice(Math.max(0, note.index - 40), note.index + note[0].length + 80);
  if (/原则上|可根据|参考|一般|建议|可自行|适当调整|如/.test(around)) return [];
  const due = new Map([...note[0].matchAll(LEVEL)].map((match) => [match[1] ?? '', match[2] ?? '']));
  const heads = [...context.text.matchAll(HEADED)].filter(
    (match) => match.index < note.index || match.index > note.index + note[0].length,
  );
  return heads.flatMap((head): Finding[] => {
    const points = due.get(head[1] ?? '');
    if (points === undefined || Exact.of(points).eq(Exact.of(head[2] ?? '0'))) return [];
    return [
      warning('level-weight-mismatch', {
        message: text(
          `表注规定${head[1]}指标 ${points} 分，表内写“${head[0]}”`,
          `the note gives “${head[1]}” ${points} points; the form says “${head[0]}”`,
        ),
        stated: `${head[2]}分`,
        expected: `${points}分`,
        quotes: [
          { start: head.index, end: head.index + head[0].length },
          { start: note.index, end: note.index + note[0].length },
        ],
      }),
    ];
  });
}

const OF_LEVEL =
  /((?:产出|效益|成本)指标)(?:共|满分|分值|权重|合计|总分)?(?:为|是|共|:)?\s?(\d{1,2})\s?分[,;(。]?\s?其中:?((?:[^。;\n\d]{2,10}?\d{1,2}(?:\.\d)?\s?分[、,;]?){2,6})/g;

/** 产出指标共50分,其中数量指标20分、质量指标15分、时效指标10分. */
export function toldLevels(context: AuditContext): Finding[] {
  return [...context.text.matchAll(OF_LEVEL)].flatMap((match): Finding[] => {
    if (/得|扣/.test(match[0])) return [];
    const parts = [...(match[3] ?? '').matchAll(/(\d{1,2}(?:\.\d)?)\s?分/g)].map((part) => Exact.of(part[1] ?? '0'));
    const sum = Exact.sum(parts);
    const stated = Exact.of(match[2] ?? '0');
    // 其中 may name a selection; nearly all is all.
    if (sum.eq(stated) || sum.mul(Exact.of(10)).lt(stated.mul(Exact.of(8)))) return [];
    return [
      warning('level-weight-mismatch', {
        message: text(
          `${match[1]}写 ${match[2]} 分，其下相加为 ${sum} 分`,
          `“${match[1]}” is given ${match[2]} points; its parts add up to ${sum}`,
        ),
        stated: match[2] ?? '',
        expected: sum.toString(),
        quotes: [{ start: match.index, end: match.index + match[0].length }],
      }),
    ];
  });
}
