import type { TableRecord } from '../../ledger/index.ts';
import { type Text, text } from '../../problem/index.ts';
import { Exact } from '../../quantity/index.ts';
import { shown } from '../print-number.ts';
import type { Notice, Outcome } from './outcome.ts';

export type CheckPoint = TableRecord<'checklists'>;

/**
 * 评价要点: each point is worth its own 分值 (equal parts of the weight when none is given) and is lost when it is not
 * met. Met or partly met without a record counts as not met; a point nobody judged is undecided.
 */
export function scoreChecklist(weight: Exact, points: readonly CheckPoint[]): Outcome {
  const share = weight.div(Exact.of(Math.max(points.length, 1)));
  const notices: Notice[] = [];
  const lines: Text[] = [];
  let lost = Exact.zero;
  let open = Exact.zero;
  for (const [index, point] of points.entries()) {
    const worth = point.weight ?? share;
    const number = point.number?.toString() ?? String(index + 1);
    const name = `要点${number}“${point.point ?? ''}”`;
    const english = `check point ${number} “${point.point ?? ''}”`;
    const proven = (point.record ?? '') !== '' || (point.evidence ?? []).length > 0;
    const why = point.reason === undefined ? '' : `，${point.reason}`;
    const because = point.reason === undefined ? '' : ` (“${point.reason}”)`;
    if (point.satisfied === undefined) {
      open = open.add(worth);
      lines.push(text(`${name}未评价，待定${shown(worth)}分`, `${english} not judged, ${shown(worth, 'en')} open`));
    } else if (point.satisfied === '不满足') {
      lost = lost.add(worth);
      lines.push(
        text(`${name}不满足，扣${shown(worth)}分${why}`, `${english} not met, ${shown(worth, 'en')} off${because}`),
      );
    } else if (!proven) {
      lost = lost.add(worth);
      lines.push(
        text(
          `${name}没有记录或文件可证，扣${shown(worth)}分`,
          `${english} proved by no record or document, ${shown(worth, 'en')} off`,
        ),
      );
      notices.push({
        rule: 'check-point-without-record',
        zh: `${name}写为${point.satisfied}，但没有记录或文件可证`,
        en: `${english} is said to be met but no record or document proves it`,
      });
    } else if (point.satisfied === '部分满足') {
      if (point.deduction === undefined) {
        open = open.add(worth);
        lines.push(
          text(
            `${name}部分满足，未写扣分数，待定${shown(worth)}分`,
            `${english} partly met without a deduction, ${shown(worth, 'en')} open`,
          ),
        );
      } else {
        const loss = Exact.min(worth, Exact.max(Exact.zero, point.deduction));
        lost = lost.add(loss);
        lines.push(
          text(
            `${name}部分满足，扣${shown(loss)}分${why}`,
            `${english} partly met, ${shown(loss, 'en')} off${because}`,
          ),
        );
      }
    }
  }
  const high = Exact.max(Exact.zero, weight.sub(lost));
  const low = Exact.max(Exact.zero, high.sub(open));
  const zh = lines.length === 0 ? '全部满足' : lines.map((line) => line.zh).join('；');
  const en = lines.length === 0 ? 'all met' : lines.map((line) => line.en).join('; ');
  const explanation = text(`评价要点${points.length}项。${zh}。`, `${points.length} check points: ${en}.`);
  return { low, high, ...(open.isZero ? { met: lost.isZero } : {}), explanation, notices };
}
