import type { AuditContext } from '../context.ts';

/** What the standard notes under a form say of totals over several units; it says nothing of this form's sum. */
const STANDARD_NOTES =
  /相\s*对\s*值\s*按\s*照?\s*资\s*金\s*额\s*度\s*加\s*权\s*平\s*均(?:\s*计\s*算)?|用适用指标得分汇总后按百分制[^。;\n|]*/g;

/** Asked once a table, answered once a document. */
const known = new WeakMap<AuditContext, boolean>();

/** The document speaks of bonus or deducted points or of rescaling: scores need not add up as printed. */
export function bonus(context: AuditContext): boolean {
  const found =
    known.get(context) ??
    /(?<![增参追])加分|附加分|奖励分|扣减分|减分项|折算|换算|加权/.test(context.text.replace(STANDARD_NOTES, ''));
  known.set(context, found);
  return found;
}
