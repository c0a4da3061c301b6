import { contains, roundingInterval } from '../../quantity/index.ts';
import { readMeasure } from '../measure.ts';
import { shownPercent } from '../print-number.ts';
import { inUnitOf } from '../scoring/compare.ts';
import type { LeafNotice, Look } from './look.ts';
import { surveyNotices } from './survey-notices.ts';
import { targetNotices } from './target-notices.ts';

/** Why the evidence of one leaf does not carry its score. */
export function leafNotices(look: Look): readonly LeafNotice[] {
  return [
    ...evidenceNotices(look),
    ...surveyNotices(look),
    ...targetNotices(look),
    ...denominatorNotices(look),
    ...reasonNotices(look),
    ...enteredNotices(look),
  ];
}

function evidenceNotices({ scoring, record, actual, byPoints }: Look): readonly LeafNotice[] {
  const known = new Set(scoring.book.tables.evidence.records.map((one) => one.number));
  const named = record.evidence ?? [];
  const unknown = named.filter((number) => !known.has(number));
  const notices: LeafNotice[] = [];
  if (unknown.length > 0)
    notices.push({
      rule: 'unknown-evidence',
      column: 'evidence',
      zh: `佐证编号${unknown.join('、')}在“佐证”表中不存在`,
      en: `evidence ${unknown.join(', ')} is not in the 佐证 sheet`,
    });
  if (actual.source === 'entered' && !byPoints && named.length === 0)
    notices.push({
      rule: 'actual-without-evidence',
      column: 'evidence',
      zh: '实际完成值没有佐证材料',
      en: 'the actual has no evidence',
    });
  return notices;
}

function denominatorNotices({ scoring, rules, rateKey }: Look): readonly LeafNotice[] {
  const { arrival, payment, executionInitial, executionAdjusted } = scoring.budget.rates;
  const { initial, adjusted } = scoring.budget;
  const concern = rules.read('arrivalConcern');
  if (rateKey === 'executionAdjusted' && executionAdjusted !== undefined && executionInitial !== undefined) {
    if (initial === undefined || adjusted === undefined || adjusted.value.ge(initial.value.mul(concern))) return [];
    return [
      {
        rule: 'budget-cut-denominator',
        column: 'actual',
        zh: `执行率${shownPercent(executionAdjusted.value)}以调减后的全年预算为分母，对年初预算只有${shownPercent(executionInitial.value)}`,
        en: `execution is ${shownPercent(executionAdjusted.value)} of a budget cut in the year, ${shownPercent(executionInitial.value)} of the initial one`,
      },
    ];
  }
  if (rateKey !== 'payment' || arrival === undefined || payment === undefined) return [];
  if (arrival.value.ge(concern) || payment.value.lt(arrival.value)) return [];
  const ofInitial = executionInitial === undefined ? '' : `，对年初预算只有${shownPercent(executionInitial.value)}`;
  return [
    {
      rule: 'favourable-denominator',
      column: 'actual',
      zh: `支付率${shownPercent(payment.value)}以到位资金为分母，而到位率只有${shownPercent(arrival.value)}${ofInitial}`,
      en: `the payment rate ${shownPercent(payment.value)} is over the money received, while only ${shownPercent(arrival.value)} arrived`,
    },
  ];
}

function reasonNotices({ record, outcome, rules, rateKey, scoring }: Look): readonly LeafNotice[] {
  if ((record.reason ?? '').trim() !== '') return [];
  const overfulfilled = outcome.notices?.some((one) => one.rule === 'overfulfilment-without-reason') === true;
  const rate = rateKey === undefined ? undefined : scoring.budget.rates[rateKey];
  const lowRate = rate?.value.lt(rules.read('execution').reasonBelow) === true;
  if (outcome.met !== false || overfulfilled) return [];
  if (rateKey !== undefined && !lowRate) return [];
  return [
    {
      rule: 'reason-missing',
      column: 'reason',
      zh: '未达到指标值，应填写偏差原因分析及改进措施',
      en: 'the target was not reached: give the reason and the remedy',
    },
  ];
}

/** A formula counts; a figure written beside it that says something else is shown. */
function enteredNotices({ record, actual }: Look): readonly LeafNotice[] {
  if (actual.source !== 'computed' || actual.value.kind !== 'number') return [];
  const said = readMeasure(record.actual, actual.value.unit.symbol).value;
  if (said.kind !== 'number') return [];
  const value = inUnitOf(actual.value.unit, said);
  const isSame = value !== undefined && contains(roundingInterval(value, value.decimalPlaces ?? 0), actual.value.value);
  if (isSame) return [];
  return [
    {
      rule: 'entered-differs',
      column: 'actual',
      zh: `填写的实际完成值${record.actual ?? ''}与公式算出的${actual.measure.text}不一致，按公式计`,
      en: 'the entered actual differs from what the formula gives; the formula counts',
    },
  ];
}
