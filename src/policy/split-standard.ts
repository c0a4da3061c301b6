import { JipingError, text } from '../problem/index.ts';
import { Exact, MONEY_IN_YUAN, round, toFixed } from '../quantity/index.ts';
import { type LevelId, levelName } from './paying-level.ts';

/** How one level's part of the per-capita standard is found. Ratios are 0…1, amounts are 元/人. */
export type LevelRule =
  /** ratio × standard. */
  | { readonly method: 'RATIO_OF_TOTAL'; readonly ratio: Exact }
  /** ratio × (standard − what the levels above pay). */
  | { readonly method: 'RATIO_OF_REMAINDER'; readonly ratio: Exact }
  /**
   * The part up to `base` keeps its old sharing, only what exceeds it is shared anew. `of` says whether base and
   * increment are taken of the whole standard or of what the levels above leave of it.
   */
  | {
      readonly method: 'BASE_PLUS_INCREMENT';
      readonly of: 'TOTAL' | 'REMAINDER';
      readonly base: Exact;
      readonly baseShare:
        | { readonly kind: 'ratio'; readonly ratio: Exact }
        | { readonly kind: 'amount'; readonly amount: Exact };
      readonly incrementRatio: Exact;
    }
  /** A fixed amount. */
  | { readonly method: 'FIXED_PER_CAPITA'; readonly amount: Exact }
  /** Whatever the levels above leave; only the last level, and the last level always. */
  | { readonly method: 'REMAINDER' };

export interface PayingLevel {
  readonly level: LevelId;
  /** Name on paper; absent = the level's usual name. */
  readonly name?: string | undefined;
  readonly rule: LevelRule;
}

export interface LevelShare {
  readonly level: LevelId;
  readonly name: string;
  /** 元/人, at most two decimals. */
  readonly amount: Exact;
  /** The arithmetic in one line, e.g. `640 × 60% = 384.00`. */
  readonly step: string;
}

const yuan = (value: Exact): string => toFixed(value, MONEY_IN_YUAN);

function percent(ratio: Exact): string {
  return `${ratio.mul(Exact.hundred).toString()}%`;
}

/**
 * Splits a per-capita standard (元/人) over the paying levels from the top down. Each level but the last is rounded
 * once, at 分; the last takes the remainder, so the parts always add up to the standard.
 * @throws JipingError `invalid-rule` when the levels above pay more than the standard or the plan is malformed.
 */
export function splitStandard(standard: Exact, levels: readonly PayingLevel[]): readonly LevelShare[] {
  checkPlan(levels);
  if (standard.sign < 0 || (standard.decimalPlaces ?? 3) > 2)
    throw refuse(`补助标准应为非负、至多两位小数的金额，现为 ${standard}`, `not a per-capita standard: ${standard}`);
  const shares: LevelShare[] = [];
  let remainder = standard;
  for (const [index, paying] of levels.entries()) {
    const { amount, formula } = evaluate(paying.rule, standard, remainder, levels.slice(0, index));
    const name = paying.name ?? levelName(paying.level);
    if (amount.sign < 0 || amount.gt(remainder))
      throw refuse(
        `${name}应担 ${yuan(amount)} 元/人，超出上级分担后剩余的 ${yuan(remainder)} 元/人`,
        `${paying.level} would pay ${yuan(amount)} of the remaining ${yuan(remainder)}`,
      );
    shares.push({ level: paying.level, name, amount, step: `${formula} = ${yuan(amount)}` });
    remainder = remainder.sub(amount);
  }
  if (!Exact.sum(shares.map((share) => share.amount)).eq(standard))
    throw new JipingError('internal', text('各级分担之和不等于补助标准', 'shares do not add up to the standard'));
  return shares;
}

function evaluate(
  rule: LevelRule,
  standard: Exact,
  remainder: Exact,
  above: readonly PayingLevel[],
): { readonly amount: Exact; readonly formula: string } {
  switch (rule.method) {
    case 'RATIO_OF_TOTAL':
      return {
        amount: round(standard.mul(rule.ratio), MONEY_IN_YUAN),
        formula: `${standard} × ${percent(rule.ratio)}`,
      };
    case 'RATIO_OF_REMAINDER':
      return {
        amount: round(remainder.mul(rule.ratio), MONEY_IN_YUAN),
        formula: `${yuan(remainder)} × ${percent(rule.ratio)}`,
      };
    case 'FIXED_PER_CAPITA':
      return { amount: rule.amount, formula: '定额' };
    case 'REMAINDER':
      return {
        amount: remainder,
        formula: above.length === 0 ? `${standard} 全额` : `${standard} − ${yuan(standard.sub(remainder))}`,
      };
    case 'BASE_PLUS_INCREMENT': {
      const whole = rule.of === 'TOTAL' ? standard : remainder;
      const base = rule.of === 'TOTAL' ? rule.base : remainderAt(rule.base, above);
      return basePlusIncrement(rule, whole, base, standard);
    }
  }
}

/** What the levels above would leave of another standard. */
function remainderAt(standard: Exact, above: readonly PayingLevel[]): Exact {
  let remainder = standard;
  for (const [index, paying] of above.entries())
    remainder = remainder.sub(evaluate(paying.rule, standard, remainder, above.slice(0, index)).amount);
  return remainder;
}

function basePlusIncrement(
  rule: Extract<LevelRule, { readonly method: 'BASE_PLUS_INCREMENT' }>,
  whole: Exact,
  base: Exact,
  standard: Exact,
): { readonly amount: Exact; readonly formula: string } {
  if (standard.lt(rule.base)) {
    if (rule.baseShare.kind === 'amount')
      throw refuse(
        `补助标准 ${standard} 低于基数 ${rule.base}，此规定无法适用`,
        `the standard ${standard} is below the base ${rule.base}`,
      );
    return {
      amount: round(whole.mul(rule.baseShare.ratio), MONEY_IN_YUAN),
      formula: `${yuan(whole)} × ${percent(rule.baseShare.ratio)}`,
    };
  }
  const increment = whole.sub(base);
  const first = rule.baseShare.kind === 'amount' ? rule.baseShare.amount : base.mul(rule.baseShare.ratio);
  const firstText =
    rule.baseShare.kind === 'amount'
      ? `${yuan(rule.baseShare.amount)}（${rule.base} 元以内部分）`
      : `${yuan(base)} × ${percent(rule.baseShare.ratio)}`;
  return {
    amount: round(first.add(increment.mul(rule.incrementRatio)), MONEY_IN_YUAN),
    formula: `${firstText} + (${yuan(whole)} − ${yuan(base)}) × ${percent(rule.incrementRatio)}`,
  };
}

function checkPlan(levels: readonly PayingLevel[]): void {
  const last = levels.at(-1);
  if (last === undefined || last.rule.method !== 'REMAINDER')
    throw refuse('最末一级应承担剩余部分，不写分担方法', 'the last level takes the remainder');
  if (levels.slice(0, -1).some((paying) => paying.rule.method === 'REMAINDER'))
    throw refuse('只有最末一级承担剩余部分', 'only the last level takes the remainder');
  if (new Set(levels.map((paying) => paying.level)).size < levels.length)
    throw refuse('同一级财政重复出现', 'a level is listed twice');
}

function refuse(zh: string, en: string): JipingError {
  return new JipingError('invalid-rule', text(zh, en));
}
