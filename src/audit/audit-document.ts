import type { ReadDocument } from '../document/index.ts';
import type { Severity, Text } from '../problem/index.ts';
import { makeContext } from './context.ts';
import { type Finding, findingId, type Span } from './finding.ts';
import type { Financing } from './matching-fund/financing.ts';
import { type BlockSpan, lex, lexBlocks } from './read/lex.ts';
import { readProseBudget } from './read/prose-budget.ts';
import { readProseRows } from './read/prose-rows.ts';
import { readTables } from './read/read-tables.ts';
import { SourceText } from './read/source-text.ts';
import type { AuditTable, BudgetTable, IndicatorRow } from './read/table.ts';
import { rowSpan } from './read/to-row.ts';
import { detections } from './rules/index.ts';
import { sameQuantities } from './statements/grade-statements.ts';
import type { SameQuantity } from './statements/statement.ts';

export interface IdentifiedFinding extends Finding {
  readonly id: string;
}

/** A document after the audit. Offsets are UTF-16 into `source.raw`. */
export interface AuditedDocument {
  readonly file: string;
  readonly kind: string;
  readonly source: SourceText;
  readonly tables: readonly AuditTable[];
  readonly proseRows: readonly IndicatorRow[];
  readonly proseBudget: BudgetTable | undefined;
  /** The same quantity found in two places, graded. */
  readonly quantities: readonly SameQuantity[];
  readonly findings: readonly IdentifiedFinding[];
  readonly unreadable: readonly (Span & { readonly why: Text })[];
}

/** Reads a plain text and applies every rule. Pure; linear in the length of the text. */
export function auditText(text: string, file = '', kind = 'txt', financing?: Financing): AuditedDocument {
  const source = new SourceText(text);
  return audit(source, readTables(source, lex(source)), file, kind, financing);
}

/**
 * As `auditText`, for a document with blocks: real tables are read by their grid.
 * @param financing the matching-fund rules; without them no finding speaks of shares by rule
 */
export function auditDocument(
  document: Pick<ReadDocument, 'name' | 'kind' | 'text' | 'blocks'>,
  financing?: Financing,
): AuditedDocument {
  const tabular = document.blocks.some((block) => block.kind === 'table');
  if (!tabular) return auditText(document.text, document.name, document.kind, financing);
  const source = new SourceText(document.text);
  const offset = utf16Offsets(document.text);
  const spans: BlockSpan[] = [];
  document.blocks.forEach((block, index) => {
    if (block.kind === 'page-break') return;
    if (block.kind !== 'table') {
      if (block.position?.start !== undefined && block.position.end !== undefined)
        spans.push({ start: offset(block.position.start), end: offset(block.position.end) });
      return;
    }
    for (const cell of [...block.cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
      if (cell.position?.start === undefined || cell.position.end === undefined) continue;
      spans.push({
        start: offset(cell.position.start),
        end: offset(cell.position.end),
        cell: { table: index, row: cell.row, column: cell.column },
      });
    }
  });
  return audit(source, readTables(source, lexBlocks(source, spans)), document.name, document.kind, financing);
}

/** Code-point offset → UTF-16 offset. */
function utf16Offsets(text: string): (offset: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const offsets: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) offsets.push(at);
  offsets.push(text.length);
  return (offset) => offsets[Math.min(offset, offsets.length - 1)] ?? text.length;
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

function audit(
  source: SourceText,
  tables: readonly AuditTable[],
  file: string,
  kind: string,
  financing: Financing | undefined,
): AuditedDocument {
  const proseRows = readProseRows(source).filter((row) => !insideTable(row, tables));
  const proseBudget = readProseBudget(source);
  const context = makeContext(source, tables, proseRows, proseBudget, sameQuantities, financing);
  const found = [...detections.values()].flatMap((detect) => detect(context));
  const unreadable = tables.flatMap((table) => table.unreadable);
  return {
    file,
    kind,
    source,
    tables,
    proseRows,
    proseBudget,
    quantities: context.quantities,
    findings: identify(found, source),
    unreadable,
  };
}

function insideTable(row: IndicatorRow, tables: readonly AuditTable[]): boolean {
  const [start] = rowSpan(row);
  return tables.some((table) => table.indicators.length > 0 && start >= table.start && start <= table.end);
}

/** Gravest first, then in the order of the text. Equal findings of one rule are numbered, so ids stay unique. */
function identify(findings: readonly Finding[], source: SourceText): readonly IdentifiedFinding[] {
  const seen = new Map<string, number>();
  const sorted = findings
    .map((finding, order) => ({ finding, order }))
    .sort(
      (a, b) =>
        WEIGHT[a.finding.severity] - WEIGHT[b.finding.severity] ||
        firstQuote(a.finding) - firstQuote(b.finding) ||
        a.order - b.order,
    );
  return sorted.map(({ finding }) => {
    const quotes = finding.quotes.map((quote) => source.raw.slice(quote.start, quote.end));
    const key = JSON.stringify([finding.rule, quotes]);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { ...finding, id: findingId(finding.rule, quotes, ordinal) };
  });
}

function firstQuote(finding: Finding): number {
  return finding.quotes[0]?.start ?? Number.MAX_SAFE_INTEGER;
}
