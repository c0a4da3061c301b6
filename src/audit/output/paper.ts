import type { Block, Cell, Inline, ParagraphRole } from '../../document/index.ts';

/** An official paper as the report renderers take it. */
export interface AuditPaper {
  readonly title: string;
  readonly kind: 'table' | 'report';
  readonly page: { readonly orientation: 'portrait' | 'landscape'; readonly grid: boolean };
  readonly blocks: readonly Block[];
  readonly pageNumber: 'dashes' | 'none';
}

export function words(text: string, source: 'form' | 'unit' = 'form', bold = false): Inline {
  return { kind: 'text', text, source, ...(bold ? { bold } : {}) };
}

export function heading(level: 0 | 1 | 2 | 3 | 4, text: string): Block {
  return { kind: 'heading', level, inlines: [words(text)] };
}

export function paragraph(role: ParagraphRole, ...inlines: readonly Inline[]): Block {
  return { kind: 'paragraph', role, inlines };
}

/** A plain table; the first row is its head. */
export function plainTable(rows: readonly (readonly string[])[], widths: readonly number[]): Block {
  const cells = rows.flatMap((row, at) =>
    row.map(
      (text, column): Cell => ({
        row: at,
        column,
        rowSpan: 1,
        columnSpan: 1,
        paragraphs: text.split('\n').map((line) => [words(line, at === 0 ? 'form' : 'unit')]),
        ...(at === 0
          ? { header: true, align: 'center' as const }
          : { align: /^[\d.]+$/.test(text) ? ('center' as const) : ('left' as const) }),
      }),
    ),
  );
  return { kind: 'table', rowCount: rows.length, columnCount: widths.length, widths, headerRows: 1, cells };
}
