import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { Fact, FactId } from '../../fact/index.ts';
import { type Report, reportFigures } from '../report.ts';
import { type PublicFact, projectFacts } from './public-fact.ts';
import { fingerprintOf, type SigningKey } from './signing-key.ts';

/**
 * What travels inside a paper: the paper itself as a value and the public side of the facts it prints.
 * As text: one line of JSON (the payload), a line feed, one line of JSON (the signature, or `{}`).
 */
export interface Manifest {
  readonly report: Report;
  readonly facts: readonly PublicFact[];
  readonly signature: ManifestSignature;
}

/** `by` is the fingerprint of the key; `valid` whether the signature holds for this payload. */
export type ManifestSignature =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'signed'; readonly by: string; readonly valid: boolean };

/** @param find the facts; those the figures rest on travel along @param key absent = unsigned */
export function sealReport(report: Report, find: (id: FactId) => Fact | undefined, key?: SigningKey): string {
  const printed = reportFigures(report).map((run) => run.factId);
  const payload = JSON.stringify({ version: 1, report, facts: projectFacts(printed, find) });
  if (key === undefined) return `${payload}\n{}`;
  const value = sign(null, Buffer.from(payload, 'utf8'), createPrivateKey(key.privateKey)).toString('base64');
  const publicKey = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return `${payload}\n${JSON.stringify({ algorithm: 'Ed25519', publicKey, value })}`;
}

const styles = ['number', 'grouped', 'percent', 'date', 'month', 'year', 'text', 'signed', 'points'] as const;
const format = z.object({
  style: z.enum(styles),
  places: z.number().int().min(0).max(30).optional(),
  unit: z.string().optional(),
  showUnit: z.boolean().optional(),
});
const inline = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    source: z.enum(['form', 'unit']),
    bold: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('figure'), text: z.string(), factId: z.string(), format, bold: z.boolean().optional() }),
]);
const inlines = z.array(inline);
const align = z.enum(['left', 'center', 'right', 'justify']).optional();
const place = z.number().int().min(0).max(100_000);
const orientation = z.enum(['portrait', 'landscape']);
/** Grid places of the largest table a paper may carry. */
const MOST_PLACES = 200_000;

/** A hostile manifest must not make the typesetter fill a table of billions of places. */
function fitsItsGrid(table: {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly cells: readonly {
    readonly row: number;
    readonly column: number;
    readonly rowSpan: number;
    readonly columnSpan: number;
  }[];
}): boolean {
  return (
    table.rowCount * table.columnCount <= MOST_PLACES &&
    table.cells.every(
      (cell) =>
        cell.rowSpan >= 1 &&
        cell.columnSpan >= 1 &&
        cell.row + cell.rowSpan <= table.rowCount &&
        cell.column + cell.columnSpan <= table.columnCount,
    )
  );
}

const table = z
  .object({
    kind: z.literal('table'),
    rowCount: place,
    columnCount: place,
    widths: z.array(z.number().positive()).optional(),
    headerRows: place,
    cells: z.array(
      z.object({
        row: place,
        column: place,
        rowSpan: place,
        columnSpan: place,
        paragraphs: z.array(inlines),
        align,
        header: z.boolean().optional(),
      }),
    ),
  })
  .refine(fitsItsGrid);
const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.literal([0, 1, 2, 3, 4]), inlines }),
  z.object({
    kind: z.literal('paragraph'),
    role: z.enum([
      'body',
      'subtitle',
      'cover-line',
      'addressee',
      'note',
      'unit-note',
      'signature',
      'date',
      'attachment',
    ]),
    inlines,
    align,
  }),
  table,
  z.object({ kind: z.literal('page-break'), orientation: orientation.optional() }),
]);
/** Digits of a number: far more than money has, far fewer than stall the arithmetic. */
const digits = z.string().max(400);
const unit = z.object({ symbol: z.string(), dimension: z.string(), factor: digits });
const value = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), value: digits, unit }),
  z.object({ kind: z.literal('interval'), low: digits, high: digits, unit }),
  z.object({ kind: z.literal('date'), value: z.string() }),
  z.object({ kind: z.literal('text'), value: z.string() }),
  z.object({ kind: z.literal('undecided'), reason: z.string(), form: z.enum(['待定', '无法计算']) }),
  z.object({ kind: z.literal('withheld') }),
]);
const payloadSchema = z.object({
  version: z.literal(1),
  report: z.object({
    title: z.string(),
    kind: z.enum(['table', 'report']),
    page: z.object({ orientation, grid: z.boolean() }),
    blocks: z.array(block),
    header: inlines.optional(),
    pageNumber: z.enum(['dashes', 'none']),
  }),
  facts: z.array(
    z.object({
      id: z.string(),
      concept: z.string(),
      label: z.string(),
      value,
      period: z.string(),
      place: z.string(),
      origin: z.record(z.string(), z.unknown()),
    }),
  ),
});
const signatureSchema = z.object({ algorithm: z.literal('Ed25519'), publicKey: z.base64(), value: z.base64() });

/** The manifest in a text found inside a file; `undefined` when it is none or damaged. */
export function openManifest(sealed: string): Manifest | undefined {
  const end = sealed.lastIndexOf('\n{');
  if (end < 0) return undefined;
  const payload = sealed.slice(0, end);
  const parsed = payloadSchema.safeParse(readJson(payload));
  if (!parsed.success) return undefined;
  // The schema is the type, but for `undefined` of optional properties, which JSON does not have.
  const { report, facts } = parsed.data as unknown as { report: Report; facts: readonly PublicFact[] };
  return { report, facts, signature: readSignature(payload, sealed.slice(end + 1)) };
}

function readSignature(payload: string, line: string): ManifestSignature {
  const parsed = signatureSchema.safeParse(readJson(line));
  if (!parsed.success) return line.trim() === '{}' ? { kind: 'unsigned' } : { kind: 'signed', by: '', valid: false };
  const der = Buffer.from(parsed.data.publicKey, 'base64');
  const by = fingerprintOf(der);
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return { kind: 'signed', by, valid: false };
    return {
      kind: 'signed',
      by,
      valid: verify(null, Buffer.from(payload, 'utf8'), key, Buffer.from(parsed.data.value, 'base64')),
    };
  } catch {
    return { kind: 'signed', by, valid: false };
  }
}

function readJson(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
