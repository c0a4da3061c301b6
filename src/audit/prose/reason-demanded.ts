import { text } from '../../problem/index.ts';
import type { AuditContext } from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { proseOf } from './prose-text.ts';

const RULE = 'missing-deviation-reason';
const DEMAND =
  /(?:有可能|可能性[小低]|完全不可能|不可能|不能完成|未完成|未达标|未达到|偏差)[^。\n|]{0,30}?(?:须|需|应|必须|请|要)(?:在[^,。\n|]{0,10})?(?:填写|填列|说明|注明|写明|分析)[^。\n|]{0,6}(?:原因|说明)/;
const UNLIKELY = /^(?:完全不可能|不可能|有可能|可能性较?[小低]|不能|未完成|不能完成)$/;
const REASON = /^[^|]{0,8}(?:偏差|未完成|不能完成)[^|]{0,8}(?:原因|说明)[^|]{0,10}$/;
const EMPTY = /^(?:无|\/|-|—|——)?$/;

/** A line of cells that says 完全不可能 and leaves the columns of the reason empty, under a note that demands one. */
export function reasonDemanded(context: AuditContext): Finding[] {
  const prose = proseOf(context);
  const lines = [...prose.text.matchAll(/[^\n]+/g)].filter((line) => line[0].includes('|'));
  if (lines.length === 0 || lines.length > 2000) return [];
  const demand = DEMAND.exec(prose.text);
  const found: Finding[] = [];
  let reasons: readonly number[] = [];
  for (const line of lines) {
    const cells = line[0].split('|');
    const likelihood = cells.findIndex((cell) => /^[^|]{0,8}可能性$/.test(cell));
    const heads = cells.flatMap((cell, at) => (REASON.test(cell) ? [at - likelihood] : []));
    if (likelihood >= 0 && heads.length > 0) {
      reasons = heads;
      continue;
    }
    // Cells of a merged column may be missing in front: the reason is found by its distance from the likelihood.
    const at = cells.findIndex((cell) => UNLIKELY.test(cell));
    const said = cells[at];
    if (reasons.length === 0 || demand === null || said === undefined) continue;
    if (!demand[0].includes(said) || !reasons.every((away) => EMPTY.test(cells[at + away] ?? ''))) continue;
    // 备注 may hold the reason.
    if (cells.slice(at + 1).some((cell) => /由于|因|影响/.test(cell))) continue;
    const name = cells.find((cell) => cell !== '') ?? '';
    found.push(
      warning(RULE, {
        message: text(
          `“${name}”写“${said}”，表注要求填写偏差原因，原因栏为空`,
          `“${name}” is “${said}”; the note demands a reason, and none is given`,
        ),
        stated: said,
        expected: '偏差原因',
        quotes: [
          prose.span(line.index, line.index + line[0].length),
          prose.span(demand.index, demand.index + demand[0].length),
        ],
      }),
    );
  }
  return found.slice(0, 5);
}
