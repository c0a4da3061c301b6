import { z } from 'zod';
import { choice, flag, integer, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';

/**
 * A table form as data (`rules/forms/*.yaml`): which cells stand where, what each shows, how wide columns are.
 * A county adds its own form as a file, without code.
 */

const label = z.strictObject({ label: words(), span: integer() });
const value = z.strictObject({ value: words(), span: integer() });

const fieldsPart = z.strictObject({ kind: z.literal('fields'), rows: z.array(z.array(z.union([label, value]))) });

const MONEY = ['source', 'initial', 'adjusted', 'inPlace', 'executed', 'weight', 'rate', 'score', 'blank'] as const;
const moneyPart = z.strictObject({
  kind: z.literal('money'),
  label: words(),
  labelSpan: integer(),
  /** Row label of the sum and of each source; {资金来源} is the source's name. */
  total: words(),
  source: words(),
  columns: z.array(z.strictObject({ heading: z.string(), show: choice(MONEY), span: integer() })),
});

const goalsPart = z.strictObject({
  kind: z.literal('goals'),
  label: words(),
  labelSpan: integer(),
  columns: z.array(z.strictObject({ heading: words(), show: choice(['expected', 'actual']), span: integer() })),
});

const INDICATOR = ['level1', 'level2', 'level3', 'target', 'actual', 'weight', 'score', 'reason', 'blank'] as const;
const indicatorsPart = z.strictObject({
  kind: z.literal('indicators'),
  label: words(),
  labelSpan: integer(),
  columns: z.array(z.strictObject({ heading: words(), show: choice(INDICATOR), span: integer() })),
});

const totalPart = z.strictObject({
  kind: z.literal('total'),
  label: words(),
  labelSpan: integer(),
  columns: z.array(z.strictObject({ show: choice(['weight', 'score', 'blank']), span: integer() })),
});

const formSchema = z.strictObject({
  id: words(),
  name: words(),
  version: words(),
  basis: z.strictObject({ document: words(), verified: flag() }),
  title: words(),
  subtitle: words(),
  orientation: choice(['portrait', 'landscape']),
  widths: z.array(integer()),
  /** How the form is laid out when it has more than `leaves` indicators or a text of more than `characters`. */
  long: z.strictObject({
    orientation: choice(['portrait', 'landscape']),
    widths: z.array(integer()),
    leaves: integer(),
    characters: integer(),
  }),
  parts: z.array(z.discriminatedUnion('kind', [fieldsPart, moneyPart, goalsPart, indicatorsPart, totalPart])),
});

export type TableForm = z.infer<typeof formSchema>;
export type FormPart = TableForm['parts'][number];
export type MoneyColumn = (typeof MONEY)[number];
export type IndicatorColumn = (typeof INDICATOR)[number];

/** The table forms that come with the package, by id. @throws JipingError `invalid-rule` with file, line and key. */
export function loadTableForms(folder: string = packagedRulesFolder()): ReadonlyMap<string, TableForm> {
  return new Map(
    readRuleFolder(folder, 'forms').map((source) => {
      const form = parseRuleFile(source, formSchema);
      return [form.id, form];
    }),
  );
}
