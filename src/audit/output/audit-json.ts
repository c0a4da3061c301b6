import { inLanguage, type Language } from '../../problem/index.ts';
import type { AuditedDocument } from '../audit-document.ts';
import type { SourceText } from '../read/source-text.ts';
import type { AuditTable, BudgetTable, CellRole, IndicatorRow, TableCell } from '../read/table.ts';
import { rowSpan } from '../read/to-row.ts';

/** The document's part of `audit --format json`. Cells are the cell's own words; offsets count code points. */
export function documentJson(document: AuditedDocument, language: Language = 'zh'): object {
  const { source } = document;
  const tables = document.tables.map((table) => tableJson(table, source));
  const prose =
    document.proseRows.length > 0 || (document.tables.length === 0 && document.proseBudget !== undefined)
      ? [
          {
            budget: budgetJson(document.tables.length === 0 ? document.proseBudget : undefined),
            indicators: document.proseRows.map((row) => rowJson(row, source)),
            stated: { weightTotal: null, scoreTotal: null },
            complete: false,
          },
        ]
      : [];
  return {
    file: document.file,
    kind: document.kind,
    tables: [...tables, ...prose],
    findings: document.findings.map((finding) => ({
      id: finding.id,
      rule: finding.rule,
      severity: finding.severity,
      message: inLanguage(finding.message, language),
      stated: finding.stated,
      expected: finding.expected,
      quotes: finding.quotes.map((quote) => ({
        text: source.raw.slice(quote.start, quote.end),
        start: source.codePoint(quote.start),
        end: source.codePoint(quote.end),
      })),
    })),
    quantities: document.quantities.map(({ grade, one, other }) => ({
      subject: one.subject,
      grade,
      quotes: [one, other].map((statement) => ({
        text: source.raw.slice(statement.start, statement.end),
        start: source.codePoint(statement.start),
        end: source.codePoint(statement.end),
      })),
    })),
    unreadable: document.unreadable.map((place) => ({
      where: { start: source.codePoint(place.start), end: source.codePoint(place.end) },
      why: inLanguage(place.why, language),
    })),
  };
}

function tableJson(table: AuditTable, source: SourceText): object {
  return {
    budget: budgetJson(table.budget),
    indicators: table.indicators.map((row) => rowJson(row, source)),
    stated: { weightTotal: cellText(table.stated.weightTotal), scoreTotal: cellText(table.stated.scoreTotal) },
    complete: table.complete,
  };
}

function budgetJson(budget: BudgetTable | undefined): object {
  if (budget === undefined) return { unit: '', rows: [] };
  return {
    unit: budget.unit,
    rows: budget.rows.map((row) => ({
      name: row.name.text,
      initial: cellText(row.initial),
      adjusted: cellText(row.adjusted),
      executed: cellText(row.executed),
      rate: cellText(row.rate),
      weight: cellText(row.weight),
      score: cellText(row.score),
    })),
  };
}

function rowJson(row: IndicatorRow, source: SourceText): object {
  const [start, end] = rowSpan(row);
  const cell = (role: CellRole): string | null => (row.unreadable.includes(role) ? null : cellText(row[role]));
  return {
    path: [row.level1, row.level2, row.name?.text ?? ''],
    target: cell('target'),
    actual: cell('actual'),
    weight: cell('weight'),
    score: cell('score'),
    reason: cellText(row.reason),
    where: { start: source.codePoint(start), end: source.codePoint(end) },
  };
}

function cellText(cell: TableCell | undefined): string | null {
  return cell === undefined ? null : cell.text;
}
