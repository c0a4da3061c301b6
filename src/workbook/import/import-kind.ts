import { z } from 'zod';
import { type SheetSchema, type TableKey, tableSheets } from '../../ledger/index.ts';
import { JipingError, text } from '../../problem/index.ts';
import { choice, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';

const TARGETS = ['money', 'payments', 'assistance', 'progress'] as const satisfies readonly TableKey[];

const kindSchema = z.strictObject({
  id: words(),
  name: words(),
  aliases: z.array(words()),
  sheet: choice(TARGETS),
  /** Columns by which a row is known again. */
  key: z.array(words()),
  /** Column whose repeated number with other figures is worth a warning. */
  number: words().optional(),
  /** Columns every row gets. */
  set: z.record(words(), words()).optional(),
  /** By column of ours the headings under which other systems export it. */
  headings: z.record(words(), z.array(words())),
});

/** A kind of export (`rules/imports/*.yaml`): which sheet it fills and what its headings are called. */
export type ImportKind = z.infer<typeof kindSchema>;

/** @throws JipingError `invalid-rule` with file, line and key, also for a column its sheet does not have */
export function importKinds(folder: string = packagedRulesFolder()): readonly ImportKind[] {
  return readRuleFolder(folder, 'imports').map((source) => {
    const kind = parseRuleFile(source, kindSchema);
    const named = [...kind.key, ...(kind.number === undefined ? [] : [kind.number]), ...Object.keys(kind.headings)];
    for (const name of [...named, ...Object.keys(kind.set ?? {})]) keyNamed(kind, name, source.file);
    return kind;
  });
}

export function targetSchema(kind: ImportKind): SheetSchema {
  return tableSheets[kind.sheet] as unknown as SheetSchema;
}

/** The key of the column of this name. @throws JipingError `invalid-rule` */
export function keyNamed(kind: ImportKind, name: string, file = ''): string {
  const schema = targetSchema(kind);
  const found = Object.entries(schema.columns).find(([, column]) => column.name === name);
  if (found !== undefined) return found[0];
  throw new JipingError(
    'invalid-rule',
    text(
      `“${schema.name}”表没有“${name}”列，可用：${columnNames(schema).join('、')}`,
      `the sheet “${schema.name}” has no column “${name}”; it has ${columnNames(schema)
        .map((column) => `“${column}”`)
        .join(', ')}`,
    ),
    file === '' ? {} : { file },
  );
}

/** Names of the columns an export can fill. */
export function columnNames(schema: SheetSchema): readonly string[] {
  return Object.entries(schema.columns)
    .filter(([key]) => key !== ORIGIN_KEY)
    .map(([, column]) => column.name);
}

export const ORIGIN_KEY = 'importedFrom';
