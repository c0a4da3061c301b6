import { findHeaders, type HeaderGroup } from './header.ts';
import { guessHeader } from './headless.ts';
import type { Lexed, Piece } from './piece.ts';
import { readBudget } from './read-budget.ts';
import { readIndicators } from './read-indicators.ts';
import type { SourceText } from './source-text.ts';
import type { AuditTable, BudgetTable } from './table.ts';

/** Every self-evaluation table of a text. */
export function readTables(source: SourceText, lexed: Lexed): readonly AuditTable[] {
  const { pieces } = lexed;
  const headers = findHeaders(pieces);
  const tables: AuditTable[] = [];
  let budget: { table: BudgetTable; header: HeaderGroup } | undefined;
  const flush = (): void => {
    if (budget === undefined) return;
    const start = pieces[budget.header.from]?.start ?? 0;
    tables.push({
      start,
      end: source.raw.length,
      celled: lexed.layout !== 'space' && lexed.layout !== 'glued',
      budget: budget.table,
      indicators: [],
      roles: [],
      stated: { weightTotal: undefined, scoreTotal: undefined },
      complete: false,
      unreadable: [],
    });
    budget = undefined;
  };
  const nextBudget: number[] = [];
  headers.reduceRight((at, header, nth) => {
    nextBudget[nth] = at;
    return header.kind === 'budget' ? header.from : at;
  }, pieces.length);
  const readHeadless = (from: number, to: number): void => {
    const header = guessHeader(lexed, from, to);
    if (header === undefined) return;
    const table = readIndicators(source, lexed, header, bodyEnd(pieces, header, to), budget);
    if (table.indicators.length < 2) return;
    // The columns are guessed: nothing certain stands on such a row.
    const indicators = table.indicators.map((row) => ({ ...row, together: false }));
    const stated = table.celled ? table.stated : { weightTotal: undefined, scoreTotal: undefined };
    tables.push({ ...table, indicators, stated, complete: false });
    budget = undefined;
  };
  readHeadless(0, headers[0]?.from ?? pieces.length);
  headers.forEach((header, nth) => {
    const next = headers[nth + 1];
    if (header.kind === 'budget') {
      flush();
      budget = { table: readBudget(source, pieces, header, header.from, next?.from ?? pieces.length), header };
      if (next?.kind !== 'indicators') readHeadless(header.to + 1, next?.from ?? pieces.length);
      return;
    }
    const previous = tables[tables.length - 1];
    // The same header again on the next page goes on with the table above.
    if (
      budget === undefined &&
      previous !== undefined &&
      previous.indicators.length > 0 &&
      !hasBreak(pieces, header, previous)
    )
      return;
    // 决策 and 管理 are scored in a table of their own, without target and result: the indicators come behind it.
    const scoredOnly = !isAimed(header);
    const aimed = scoredOnly ? headers.slice(nth + 1).find(isAimed)?.from : undefined;
    const end = bodyEnd(pieces, header, Math.min(aimed ?? pieces.length, nextBudget[nth] ?? pieces.length));
    const table = readIndicators(source, lexed, header, end, budget);
    tables.push(scoredOnly ? { ...table, complete: false } : table);
    budget = undefined;
  });
  flush();
  return tables;
}

function isAimed(header: HeaderGroup): boolean {
  return header.kind === 'indicators' && header.heads.some((head) => head.role === 'target' || head.role === 'actual');
}

function hasBreak(pieces: readonly Piece[], header: HeaderGroup, previous: AuditTable): boolean {
  const first = pieces[header.from]?.start ?? 0;
  return first >= previous.end;
}

/** 财政部门审核意见, (盖章): who signs the form. */
const SIGNED_OFF = /(?:审核|初审|审批|签批|复核|审查)意见[:：]?$|^\(?(?:签字|盖章|签章|公章)/;

/** An indicator body ends at the words that close a form, at the next form, or at the end. */
function bodyEnd(pieces: readonly Piece[], header: HeaderGroup, nextBudget: number): number {
  let totals = 0;
  let afterTotal = 0;
  for (let index = header.to + 1; index < nextBudget; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    if (piece.kind === 'word' && piece.word?.kind === 'stop') {
      // 其他需要说明的问题 may stand before 总分.
      const near = pieces.slice(index, index + 6).some((each) => each.kind === 'word' && each.word?.kind === 'total');
      if (!near) return index;
    }
    // 偏差或不能完成原因 below the rows is said of all of them.
    if (piece.gap === 'row' && /^(?:偏差或不能完成原因|建议或举措)$/.test(piece.text) && index > header.to + 4)
      return index;
    const remark = piece.gap === 'row' && piece.text === '备注' && (pieces[index + 1]?.text.length ?? 0) > 5;
    if (remark && index > header.to + 4) return index;
    if (
      piece.kind === 'text' &&
      /^(?:(?:说明)?无?(?:注|备注|说明)|填[表报]说明|填[表报]人)[::]/.test(piece.text) &&
      index > header.to + 4
    )
      return index;
    if (piece.kind === 'text' && SIGNED_OFF.test(piece.text) && index > header.to + 4) return index;
    if (piece.kind === 'word' && piece.word?.kind === 'total') totals += 1;
    else if (totals > 0 && piece.kind === 'text') afterTotal += piece.text.length;
    if (totals > 0 && piece.kind === 'text' && piece.text.length > 70) return index;
    if (totals > 0 && afterTotal > 400) return index;
  }
  return nextBudget;
}
