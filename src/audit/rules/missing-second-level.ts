import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const NEEDED = ['数量', '质量', '时效', '成本', '满意度'] as const;

/** A whole table or report lacks a second-level indicator every form has. Does not apply to a table that breaks off. */
export const missingSecondLevel: Detect = (context) => {
  const findings: Finding[] = [];
  for (const table of context.tables) {
    if (!table.complete || table.indicators.length < 4 || table.stated.scoreTotal === undefined) continue;
    const near = context.text.slice(table.start, table.end);
    const first = table.indicators[0];
    for (const name of NEEDED)
      if (!near.includes(name) && !near.replace(/\s+/g, '').includes(name))
        findings.push(
          make(name, { start: first?.name?.start ?? table.start, end: first?.name?.end ?? table.start + 1 }),
        );
  }
  if (context.tables.length > 0) return findings;
  const outputs = /产出(?:分析|指标|情况)/.exec(context.text);
  if (outputs === null || !/数量指标/.test(context.text) || !/满意度指标/.test(context.text)) return findings;
  for (const name of NEEDED)
    if (!context.text.includes(`${name}指标`))
      findings.push(make(name, { start: outputs.index, end: outputs.index + outputs[0].length }));
  return findings;
};

function make(name: string, quote: { readonly start: number; readonly end: number }): Finding {
  return warning('missing-second-level', {
    message: text(`没有${name}指标`, `there is no ${name} indicator`),
    expected: `${name}指标`,
    quotes: [quote],
  });
}
