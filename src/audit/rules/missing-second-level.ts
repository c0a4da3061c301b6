import { text } from '../../problem/index.ts';
import type { AuditContext, Detect, Sentence } from '../context.ts';
import { type Finding, proven, warning } from '../finding.ts';
import type { Passage } from '../proof/proof.ts';

const RULE = 'missing-second-level';
const NEEDED = ['数量', '质量', '时效', '成本', '满意度'] as const;

/**
 * A whole table or report lacks a second-level indicator every form has. Certain only where the document itself says
 * that indicators of that name must be set. Does not apply to a table that breaks off.
 */
export const missingSecondLevel: Detect = (context) => {
  const findings: Finding[] = [];
  for (const table of context.tables) {
    if (!table.complete || table.indicators.length < 4 || table.stated.scoreTotal === undefined) continue;
    const form = { start: table.start, end: table.end };
    const near = context.text.slice(form.start, form.end).replace(/\s+/g, '');
    const first = table.indicators[0];
    const quote = { start: first?.name?.start ?? table.start, end: first?.name?.end ?? table.start + 1 };
    const certain = table.celled && context.tables.length === 1;
    for (const name of NEEDED) {
      const rule = certain ? demandOf(context, name, form) : undefined;
      if (near.includes(name) && (rule === undefined || rule.start > form.end || near.split(name).length > 2)) continue;
      findings.push(make(context, name, quote, rule, form));
    }
  }
  if (context.tables.length > 0) return findings;
  const outputs = /产出(?:分析|指标|情况)/.exec(context.text);
  if (outputs === null || !/数量指标/.test(context.text) || !/满意度指标/.test(context.text)) return findings;
  for (const name of NEEDED)
    if (!context.text.includes(`${name}指标`))
      findings.push(make(context, name, { start: outputs.index, end: outputs.index + outputs[0].length }));
  return findings;
};

/** 产出指标应包括数量、质量、时效、成本指标: the sentence that asks for indicators of this name. */
function demandOf(context: AuditContext, name: string, form: Passage): Sentence | undefined {
  return context.sentences.find(
    (sentence) =>
      sentence.text.length < 120 &&
      sentence.text.includes(name) &&
      /指标/.test(sentence.text) &&
      /(?:必须|应当?|须|至少)(?:同时)?(?:设置|设定|包括|包含|设有|填报|涵盖)/.test(sentence.text) &&
      (sentence.end <= form.start || sentence.start >= form.start),
  );
}

function make(
  context: AuditContext,
  name: string,
  quote: { readonly start: number; readonly end: number },
  rule?: Sentence,
  form?: Passage,
): Finding {
  const parts = {
    message: text(`没有${name}指标`, `there is no “${name}” indicator`),
    expected: `${name}指标`,
    quotes: [quote, ...(rule === undefined ? [] : [{ start: rule.start, end: rule.end }])],
  };
  if (rule === undefined || form === undefined) return warning(RULE, parts);
  const passage = { start: rule.start, end: rule.end };
  return proven(RULE, { kind: 'absent', rule: passage, name, form }, context.source, parts);
}
