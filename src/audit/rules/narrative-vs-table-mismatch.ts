import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import {
  type AuditContext,
  attainment,
  type Detect,
  fallsShort,
  figure,
  nameOf,
  readable,
  rowQuotes,
  type Sentence,
  span,
  totalRow,
} from '../context.ts';
import { type Finding, warning } from '../finding.ts';
import { classesOtherwise } from '../prose/class-scores.ts';
import { executionTold } from '../prose/execution-told.ts';
import { gradedCounts } from '../prose/graded-counts.ts';
import { ratesOfOneTask } from '../prose/rates-of-one-task.ts';
import { resultToldOtherwise } from '../prose/result-told-otherwise.ts';
import { transposedDigits } from '../prose/transposed-digits.ts';
import { unadjustedBudget } from '../prose/unadjusted-budget.ts';

const RULE = 'narrative-vs-table-mismatch';
const ALL_DONE =
  /(?:目标|指标|任务|工作)[^,。;\n]{0,16}?(?:已|均|都|全部|全面|按计划|按要求|圆满|顺利|如期)[^,。;\n]{0,10}?(?:完成|实现|达成|达到)|(?:已按计划|全部|均已|均|圆满|全面|如期|按时按质|按要求)(?:按[^,。;\n]{0,6})?(?:完成|实现|达成)[^,。;\n]{0,10}(?:目标|指标|任务)?|较好地?(?:实现|完成|达成)了?[^,。;\n]{0,6}目标|全部完成|达到预期(?:目标|效果)?|(?<!支出|资金|预算|投资|支付)完成率(?:均)?(?:为|达到?)?100%/;

const PARTLY = /^(?:基本(?:达成|完成|达到|实现)|部分(?:达成|完成|达到|实现)|未(?:达成|完成|达到|实现))/;

/** What the words say and what the figures say: all targets reached beside a missed one, no deviation beside 86%. */
export const narrativeVsTableMismatch: Detect = (context) => [
  ...claimsOfCompletion(context),
  ...ofExecution(context),
  ...ratesOfOneTask(context),
  ...ofAmounts(context),
  ...classesOtherwise(context),
  ...gradedCounts(context),
  ...resultToldOtherwise(context),
  ...unfinished(context),
  ...claimedWhole(context),
  ...reachedOnLittle(context),
  ...paidInFull(context),
  ...noProblem(context),
];

/** One finding for what was spent, by the plainest of the three ways to see it. */
function ofExecution(context: AuditContext): Finding[] {
  const found = [...claimsOfExecution(context), ...figures(context)];
  return found.length > 0 ? found : executionTold(context);
}

function ofAmounts(context: AuditContext): Finding[] {
  const found = transposedDigits(context);
  return found.length > 0 ? found : unadjustedBudget(context);
}

function claims(context: AuditContext, pattern: RegExp): Sentence[] {
  return context.sentences.filter(
    (sentence) =>
      pattern.test(sentence.text) && !/预期目标\s*$|应|确保|力争|将|计划在|预计/.test(sentence.text.slice(0, 8)),
  );
}

function claimsOfCompletion(context: AuditContext): Finding[] {
  const said = claims(context, ALL_DONE).filter((sentence) => sentence.text.length < 220);
  const [claim] = said.filter((sentence) => !/未完成|部分完成|除/.test(sentence.text));
  if (claim === undefined) return [];
  const at = ALL_DONE.exec(claim.text);
  const quote = {
    start: claim.start + (at?.index ?? 0),
    end: claim.start + (at?.index ?? 0) + (at?.[0].length ?? claim.text.length),
  };
  const findings: Finding[] = [];
  const missed = context.rows.filter((row) => attainment(row) === 'missed' || (row.prose === true && fallsShort(row)));
  for (const row of missed.slice(0, 3))
    findings.push(
      warning(RULE, {
        message: text(
          `文字称“${slice(context, quote)}”，但“${nameOf(row)}”目标 ${row.target?.text}、实际 ${row.actual?.text}，没有达到`,
          `the text says “${slice(context, quote)}”, yet “${nameOf(row)}” missed its target`,
        ),
        stated: slice(context, quote),
        expected: `${row.target?.text ?? ''} → ${row.actual?.text ?? ''}`,
        quotes: [quote, ...span(row.target, row.actual)],
      }),
    );
  for (const row of context.rows.filter((each) => PARTLY.test(each.actual?.text ?? '')).slice(0, 2))
    findings.push(
      warning(RULE, {
        message: text(
          `文字称“${slice(context, quote)}”，但“${nameOf(row)}”的完成情况是“${row.actual?.text}”`,
          `the text says “${slice(context, quote)}”, yet “${nameOf(row)}” is “${row.actual?.text}”`,
        ),
        stated: slice(context, quote),
        expected: row.actual?.text ?? '',
        quotes: [quote, ...span(row.actual)],
      }),
    );
  const row = totalRow(context.tables.find((table) => table.budget !== undefined)?.budget ?? context.proseBudget);
  const executed = figure(row?.executed);
  const base = figure(row?.adjusted) ?? figure(row?.initial);
  if (missed.length === 0 && executed !== undefined && base !== undefined && base.value.value.sign > 0) {
    const percent = executed.value.value.div(base.value.value).mul(Exact.hundred);
    if (percent.lt(Exact.of(80)) && /全部|均|各项/.test(claim.text))
      findings.push(
        warning(RULE, {
          message: text(
            `资金只执行了 ${toFixed(percent, { places: 2, mode: 'half-up' })}%，文字却称“${slice(context, quote)}”`,
            `only ${toFixed(percent, { places: 2, mode: 'half-up' })}% was spent, yet the text says “${slice(context, quote)}”`,
          ),
          stated: slice(context, quote),
          expected: `${toFixed(percent, { places: 2, mode: 'half-up' })}%`,
          quotes: [quote, ...span(base, executed, row?.rate)],
        }),
      );
  }
  return findings;
}

function claimsOfExecution(context: AuditContext): Finding[] {
  const [claim] = claims(
    context,
    /没有[^,。;\n|]{0,6}执行数[^,。;\n|]{0,4}(?:明显)?偏离|执行数[^,。;\n|]{0,6}(?:未|没有|不)(?:明显)?偏离|不存在[^,。;\n|]{0,8}偏离|严格按(?:照)?预算执行|预算执行(?:率)?(?:达到?|为)100%|资金全部(?:使用|支付|拨付|执行)/,
  );
  const row = totalRow(context.tables.find((table) => table.budget !== undefined)?.budget);
  const executed = figure(row?.executed);
  const base = figure(row?.adjusted) ?? figure(row?.initial);
  if (
    claim === undefined ||
    row === undefined ||
    row.unreadable ||
    executed === undefined ||
    base === undefined ||
    base.value.value.sign <= 0
  )
    return [];
  const percent = executed.value.value.div(base.value.value).mul(Exact.hundred);
  if (percent.ge(Exact.of(95)) && percent.le(Exact.of(105))) return [];
  return [
    warning(RULE, {
      message: text(
        `文字称“${claim.text}”，但预算 ${base.text}、执行 ${executed.text}，相差 ${base.value.value.sub(executed.value.value)}`,
        `the text says “${claim.text}”, yet ${executed.text} of ${base.text} was spent`,
      ),
      stated: claim.text,
      expected: `${toFixed(percent, { places: 2, mode: 'half-up' })}%`,
      quotes: [...span(base, executed), { start: claim.start, end: claim.end }],
    }),
  ];
}

/** A total, a rate, a result or an amount in the words against the same quantity in the table. */
function figures(context: AuditContext): Finding[] {
  return context.quantities
    .filter(({ grade, one, other }) => grade === 'contradictory' && one.role === 'plain' && one.source !== other.source)
    .slice(0, 6)
    .map(({ one, other }) => {
      const [said, printed] = one.source === 'prose' ? [one, other] : [other, one];
      return warning(RULE, {
        message: text(
          `“${printed.subject}”文字中是 ${said.text}，表中是 ${printed.text}`,
          `“${printed.subject}” is “${said.text}” in the text and “${printed.text}” in the table`,
        ),
        stated: said.text,
        expected: printed.text,
        quotes: [said, printed].map((statement) => ({ start: statement.start, end: statement.end })),
      });
    });
}

/** Something the words call unfinished has the full score in the table. */
function unfinished(context: AuditContext): Finding[] {
  if (context.rows.length === 0 || context.rows.length > 500) return [];
  const findings: Finding[] = [];
  const full = context.rows.filter((each) => {
    const weight = figure(each.weight);
    return weight && figure(each.score)?.value.value.eq(weight.value.value) && each.actual?.value !== undefined;
  });
  if (full.length === 0) return findings;
  for (const match of context.text.matchAll(
    /(\d{1,7})\s*([个项所条处家座户人台])([^,。;\n|\d]{2,14})(?:尚未|未|加快推进|正在|还未|待)[^。;\n|]{0,14}/g,
  )) {
    const noun = (match[3] ?? '').replace(/[^\p{Script=Han}]/gu, '');
    const count = Exact.of(match[1] ?? '0');
    const row = full.find((each) => each.actual?.value?.value.eq(count) === true && shares(nameOf(each), noun));
    if (row === undefined) continue;
    findings.push(
      warning(RULE, {
        message: text(
          `文字称“${match[0].trim()}”，表中“${nameOf(row)}”完成 ${row.actual?.text} 得满分`,
          `the text says “${match[0].trim()}”, the table scores “${nameOf(row)}” in full`,
        ),
        stated: match[0].trim(),
        expected: row.actual?.text ?? '',
        quotes: [
          { start: match.index, end: match.index + match[0].length },
          ...span(row.target, row.actual, row.score),
        ],
      }),
    );
  }
  return findings;
}

function shares(name: string, noun: string): boolean {
  for (let at = 0; at + 2 <= noun.length; at += 1)
    if (name.includes(noun.slice(at, at + 2)) && !/完成|数量|项目/.test(noun.slice(at, at + 2))) return true;
  return false;
}

function slice(context: AuditContext, quote: { readonly start: number; readonly end: number }): string {
  return context.source.raw.slice(quote.start, quote.end).trim();
}

/** 实际完成情况:养护小型水库52座, the target said again, where the table has 49座 done of 52座. */
function claimedWhole(context: AuditContext): Finding[] {
  if (context.rows.length > 500) return [];
  return context.rows.flatMap((row): Finding[] => {
    const [target, actual] = [figure(row.target), figure(row.actual)];
    if (target === undefined || actual === undefined || !readable(row, 'target', 'actual') || row.prose) return [];
    const { unit } = target.value;
    if (!/^\p{Script=Han}{1,2}$/u.test(unit) || unit !== actual.value.unit || /元$/.test(unit)) return [];
    if (!actual.value.value.lt(target.value.value)) return [];
    const digits = /\d+(?:\.\d+)?/.exec(target.text)?.[0] ?? '';
    if (digits.length < 2) return [];
    const table = context.tables.find((each) => each.indicators.includes(row));
    const said = new RegExp(`([^。;,\\n|\\d]{3,16}?)${digits.replaceAll('.', '\\.')}\\s*${unit}(?!以)`, 'g');
    const places = [...context.text.matchAll(said)].filter(
      (match) =>
        shares(nameOf(row), match[1] ?? '') &&
        !table?.indicators.some((each) => rowQuotes(each).some((cell) => within(match, cell))),
    );
    // The goal says it once; said again, or with 完成, it is the result.
    const done =
      places.find((match) => /(?:已|实际)?完成(?!时|率)|已[^,]{1,4}$|实际/.test(match[1] ?? '')) ?? places[1];
    const head = /实际完成情况|完成情况/.exec(context.text);
    if (done === undefined || (done === places[1] && (head === null || head.index > done.index))) return [];
    const quote = { start: done.index, end: done.index + done[0].length };
    return [
      warning(RULE, {
        message: text(
          `文字称“${slice(context, quote)}”，表中“${nameOf(row)}”实际 ${actual.text}`,
          `the text says “${slice(context, quote)}”, the table has ${actual.text} for “${nameOf(row)}”`,
        ),
        stated: slice(context, quote),
        expected: actual.text,
        quotes: [quote, ...span(row.actual)],
      }),
    ];
  });
}

function within(match: RegExpExecArray, cell: { readonly start: number; readonly end: number }): boolean {
  return match.index < cell.end && match.index + match[0].length > cell.start;
}

/** What was spent of the money, in percent; nothing when the budget could not be read. */
function spent(context: AuditContext): { readonly percent: Exact; readonly quotes: Finding['quotes'] } | undefined {
  const row = totalRow(context.tables.find((table) => table.budget !== undefined)?.budget ?? context.proseBudget);
  const executed = figure(row?.executed);
  const base = figure(row?.adjusted) ?? figure(row?.initial);
  if (row === undefined || row.unreadable || executed === undefined || base === undefined) return undefined;
  if (base.value.value.sign <= 0 || executed.value.unit !== base.value.unit) return undefined;
  return { percent: executed.value.value.div(base.value.value).mul(Exact.hundred), quotes: span(base, executed) };
}

/** A fifth of the money spent, and every indicator reached to the unit. */
function reachedOnLittle(context: AuditContext): Finding[] {
  const money = spent(context);
  if (money === undefined || money.percent.gt(Exact.of(50)) || context.tables.length !== 1) return [];
  const rows = context.rows.filter((row) => figure(row.target) !== undefined && figure(row.actual) !== undefined);
  const reached = rows.filter((row) => {
    const [target, actual] = [figure(row.target), figure(row.actual)];
    return target !== undefined && actual !== undefined && actual.value.value.eq(target.value.value);
  });
  if (rows.length < 5 || reached.length !== rows.length) return [];
  const percent = toFixed(money.percent, { places: 2, mode: 'half-up' });
  return [
    warning(RULE, {
      message: text(
        `资金只执行了 ${percent}%，所列 ${rows.length} 项指标却全部按目标值完成`,
        `only ${percent}% was spent, yet all ${rows.length} indicators are reached exactly`,
      ),
      stated: '100%',
      expected: `${percent}%`,
      quotes: [...money.quotes],
    }),
  ];
}

const PAID =
  /(?:完成资金支付|资金支付(?:完成)?率|资金拨付率|资金支出率)[\s|]{0,4}(?:\d{1,2}(?=100%))?[\s|]{0,4}[≥=]?\s{0,2}100%[\s|]{0,4}100%/;

/** An indicator of payment answered with 100% beside an execution rate of 86.5%. */
function paidInFull(context: AuditContext): Finding[] {
  const paid = PAID.exec(context.text);
  const rate = /执行率\s{0,3}(?:\(B\/A\))?[^%;。]{0,80}?(?<![\d.])(\d{1,2}(?:\.\d{1,2})?)%/.exec(context.text);
  if (paid === null || rate?.[1] === undefined || context.tables.length > 1) return [];
  const percent = spent(context)?.percent ?? Exact.of(rate[1]);
  if (percent.ge(Exact.of(95)) || rate.index > paid.index) return [];
  return [
    warning(RULE, {
      message: text(
        `预算执行率 ${rate[1]}%，资金支付指标却填 100%`,
        `${rate[1]}% of the budget was spent, yet payment is said to be 100%`,
      ),
      stated: '100%',
      expected: `${rate[1]}%`,
      quotes: [
        { start: rate.index, end: rate.index + rate[0].length },
        { start: paid.index, end: paid.index + paid[0].length },
      ],
    }),
  ];
}

/** 241万元 given, 89.06万元 spent, and 暂无问题. */
function noProblem(context: AuditContext): Finding[] {
  const none = /(?:暂无|没有|不存在|未发现)(?:存在)?(?:任何)?问题/.exec(context.text);
  if (none === null) return [];
  const given = /共计\s{0,2}(\d{1,9}(?:\.\d{1,6})?)\s{0,2}万元/.exec(context.text);
  const used =
    /(?:支出|使用|执行)(?:资金)?(?:共计|合计|共)?\s{0,2}(\d{1,9}(?:\.\d{1,6})?)\s{0,2}万元[,。;]\s{0,2}(?:余款|剩余|结余|结转)/.exec(
      context.text,
    );
  const money = spent(context);
  const told =
    given === null || used === null || Number(given[1]) === 0
      ? undefined
      : {
          percent: Exact.of(used[1] ?? '0')
            .div(Exact.of(given[1] ?? '1'))
            .mul(Exact.hundred),
          quotes: [given, used].map((match) => ({ start: match.index, end: match.index + match[0].length })),
        };
  const known = money ?? told;
  if (known === undefined || known.percent.ge(Exact.of(60))) return [];
  const percent = toFixed(known.percent, { places: 2, mode: 'half-up' });
  return [
    warning(RULE, {
      message: text(
        `资金只执行了 ${percent}%，文字却称“${none[0]}”`,
        `only ${percent}% was spent, yet the text says “${none[0]}”`,
      ),
      stated: none[0],
      expected: `${percent}%`,
      quotes: [...known.quotes, { start: none.index, end: none.index + none[0].length }],
    }),
  ];
}
