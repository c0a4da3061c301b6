import { type Text, text } from '../problem/index.ts';
import { Exact } from '../quantity/index.ts';
import { placeOf } from './place-of.ts';
import { sentence } from './print-number.ts';
import type { RuleReader } from './rule-reader.ts';
import type { RateKey } from './rule-set.ts';
import type { Notice, Outcome } from './scoring/outcome.ts';
import type { IndicatorRecord, Scoring } from './scoring-context.ts';

/** The leaf whose score is limited. */
interface Limited {
  readonly scoring: Scoring;
  readonly record: IndicatorRecord | undefined;
  readonly rules: RuleReader;
  readonly weight: Exact;
  readonly rateKey: RateKey | undefined;
}

/**
 * A suggested score cannot outrun its evidence: every notice becomes a named problem at its cell, and does to the
 * score what the rule set says. `more` are notices about the leaf that its scoring kind could not see.
 */
export function limited(leaf: Limited, outcome: Outcome, more: readonly Notice[]): Outcome {
  const own = outcome.notices ?? [];
  const remarks: Text[] = [];
  let { low, high } = outcome;
  for (const notice of [...own, ...more]) {
    const limit = report(leaf, notice);
    if (limit.effect === 'none') continue;
    const before = { low, high };
    if (limit.effect === 'undecided') low = Exact.zero;
    if (limit.effect === 'cap') high = Exact.min(high, leaf.weight.mul(limit.cap ?? Exact.one));
    if (limit.effect === 'denominator') low = Exact.min(low, againstInitial(leaf));
    low = Exact.min(low, high);
    // What the scoring kind noticed itself, it has explained itself.
    const saidAlready = own.includes(notice) && before.low.eq(low) && before.high.eq(high);
    if (!saidAlready)
      remarks.push(
        text(
          `${notice.zh}，建议分${limit.effect === 'cap' ? '封顶' : '待定'}。`,
          `${sentence(notice.en)}: the suggested score is ${limit.effect === 'cap' ? 'capped' : 'undecided'}.`,
        ),
      );
  }
  return { ...outcome, low, high, explanation: joined([outcome.explanation, ...remarks]) };
}

function joined(sentences: readonly Text[]): Text {
  return text(sentences.map((one) => one.zh).join(''), sentences.map((one) => one.en).join(' '));
}

function report({ scoring, record, rules }: Limited, notice: Notice) {
  const sheet = scoring.book.tables.indicators;
  const where = record === undefined ? {} : placeOf(sheet, record, notice.column ?? 'actual');
  const name = record?.level3 ?? record?.level2;
  return scoring.problems.add(
    notice.rule,
    `${name ?? '预算执行率'}：${notice.zh}`,
    `${name === undefined ? 'execution rate' : `“${name}”`}: ${notice.en}`,
    where,
    rules,
  );
}

/** The score the execution against the initial budget would give. */
function againstInitial({ scoring, weight }: Limited): Exact {
  const rate = scoring.budget.rates.executionInitial?.value ?? Exact.zero;
  return weight.mul(Exact.min(Exact.one, rate));
}
