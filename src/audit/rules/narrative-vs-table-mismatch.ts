import { text } from '../../problem/index.ts';
import { Exact, toFixed } from '../../quantity/index.ts';
import {
  type AuditContext,
  attainment,
  type Detect,
  figure,
  nameOf,
  readable,
  rowQuotes,
  type Sentence,
  span,
  totalRow,
} from '../context.ts';
import { type Finding, warning } from '../finding.ts';

const RULE = 'narrative-vs-table-mismatch';
const ALL_DONE =
  /(?:目标|指标|任务|工作)[^,。;\n]{0,16}?(?:已|均|都|全部|全面|按计划|按要求|圆满|顺利|如期)[^,。;\n]{0,10}?(?:完成|实现|达成|达到)|(?:已按计划|全部|均已|均|圆满|全面|如期|按时按质|按要求)(?:按[^,。;\n]{0,6})?(?:完成|实现|达成)[^,。;\n]{0,10}(?:目标|指标|任务)?|较好地?(?:实现|完成|达成)了?[^,。;\n]{0,6}目标|全部完成|达到预期(?:目标|效果)?|(?<!支出|资金|预算|投资|支付)完成率(?:均)?(?:为|达到?)?100%/;

const PARTLY = /^(?:基本(?:达成|完成|达到|实现)|部分(?:达成|完成|达到|实现)|未(?:达成|完成|达到|实现))/;

/** What the words say and what the figures say: all targets reached beside a missed one, no deviation beside 86%. */
export const narrativeVsTableMismatch: Detect = (context) => [
  ...claimsOfCompletion(context),
  ...claimsOfExecution(context),
  ...figures(context),
  ...unfinished(context),
  ...claimedWhole(context),
];

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
  const missed = context.rows.filter((row) => attainment(row) === 'missed');
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
