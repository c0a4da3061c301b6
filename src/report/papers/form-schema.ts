import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { JipingError, type Text, text } from '../../problem/index.ts';
import { choice, flag, integer, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';
import { isFieldName } from './form-fields.ts';

/**
 * A table form as data (`rules/forms/*.yaml`): which cells stand where, what each shows, how wide columns are, and
 * which projects get it. A county adds its own form as a file, without code.
 */

const label = z.strictObject({ label: words(), span: integer() });
const value = z.strictObject({
  value: words(),
  span: integer(),
  align: choice(['left', 'center']).optional(),
  /** Most characters the form asks for; more is a notice, never cut. */
  limit: integer().optional(),
});

const fieldsPart = z.strictObject({ kind: z.literal('fields'), rows: z.array(z.array(z.union([label, value]))) });

const MONEY = [
  'source',
  'initial',
  'adjusted',
  'inPlace',
  'executed',
  'forecast',
  'term',
  'weight',
  'rate',
  'rateInitial',
  'score',
  'reason',
  'blank',
] as const;
const moneyPart = z.strictObject({
  kind: z.literal('money'),
  label: words(),
  labelSpan: integer(),
  /** Row label of the sum and of each source; {资金来源} is the source's name. */
  total: words(),
  source: words(),
  /**
   * Rows the form prescribes. A source stands in the row whose longest `match` word its name contains, else in the
   * row without `match`; several sources of one row stand below each other with their names.
   */
  lines: z.array(z.strictObject({ label: words(), match: z.array(words()) })).optional(),
  columns: z.array(z.strictObject({ heading: z.string(), show: choice(MONEY), span: integer() })),
});

const goalsPart = z.strictObject({
  kind: z.literal('goals'),
  label: words(),
  labelSpan: integer(),
  columns: z.array(z.strictObject({ heading: words(), show: choice(['expected', 'actual', 'long']), span: integer() })),
});

const checksPart = z.strictObject({
  kind: z.literal('checks'),
  label: words(),
  labelSpan: integer(),
  /** Names of 三级指标 in the 评价要点 sheet. */
  items: z.array(words()).min(1),
  columns: z.array(
    z.strictObject({ heading: z.string(), show: choice(['item', 'situation', 'problem']), span: integer() }),
  ),
});

const INDICATOR = [
  'level1',
  'level2',
  'level3',
  'target',
  'termTarget',
  'sign',
  'value',
  'unit',
  'actual',
  'actualValue',
  'weight',
  'score',
  'reason',
  'evidence',
  'forecast',
  'likelihood',
  'causes',
  'flag',
  'remedy',
  'blank',
] as const;
const indicatorsPart = z.strictObject({
  kind: z.literal('indicators'),
  label: words(),
  labelSpan: integer(),
  columns: z.array(
    z.strictObject({
      heading: words(),
      show: choice(INDICATOR),
      span: integer(),
      /** Heading above this one and its neighbours of the same group. */
      group: words().optional(),
      /** Of 完成目标可能性 and 偏差原因类别: the column is for this answer, ticked where it was given. */
      tick: words().optional(),
    }),
  ),
});

const totalPart = z.strictObject({
  kind: z.literal('total'),
  label: words(),
  labelSpan: integer(),
  columns: z.array(z.strictObject({ show: choice(['weight', 'score', 'blank']), span: integer() })),
});

const part = z.discriminatedUnion('kind', [fieldsPart, moneyPart, goalsPart, checksPart, indicatorsPart, totalPart]);

/** Which projects get the form when none is named: every stated condition must hold; the most conditions win. */
const applies = z.strictObject({
  ruleSets: z.array(words()).optional(),
  types: z.array(words()).optional(),
  /** Parts of a region's name. */
  regions: z.array(words()).optional(),
  /** `--as-of` lies within the year. */
  midYear: flag().optional(),
  /** The book is at the stage 目标申报. */
  declaration: flag().optional(),
});

const formSchema = z
  .strictObject({
    id: words(),
    /** What the file names end with: 自评表. */
    paper: words(),
    name: words(),
    /** The name in the English interface; a county's own form may go without. */
    nameEn: words().optional(),
    version: words(),
    basis: z.strictObject({ document: words(), verified: flag() }),
    /** Absent = only when named with --form. */
    applies: applies.optional(),
    /** For a project of several years (中期资金, 中期目标 or 中期指标值 stated) this form is taken instead. */
    ofSeveralYears: words().optional(),
    /** In a package this form is taken instead: the one with the column of evidence numbers. */
    inPackage: words().optional(),
    title: words(),
    subtitle: words(),
    /** `money`: the line of rates and destinations above the table. */
    note: choice(['money', 'none']),
    /** Lines below the table. */
    foot: z.array(words()).optional(),
    orientation: choice(['portrait', 'landscape']),
    widths: z.array(integer()).min(1),
    /** How the form is laid out when it has more than `leaves` indicators or a text of more than `characters`. */
    long: z
      .strictObject({
        orientation: choice(['portrait', 'landscape']),
        widths: z.array(integer()),
        leaves: integer(),
        characters: integer(),
      })
      .optional(),
    parts: z.array(part).min(1),
  })
  .superRefine((form, context) => {
    const fault = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    const width = form.widths.length;
    const check = (path: (string | number)[], spans: readonly number[]): void => {
      const sum = spans.reduce((total, span) => total + span, 0);
      if (sum !== width || spans.some((span) => span < 1))
        fault(path, `各格 span 合计应为 ${width}（widths 的列数），现为 ${sum}`);
    };
    if (form.long !== undefined && form.long.widths.length !== width)
      fault(['long', 'widths'], `应有 ${width} 列，与 widths 相同，现为 ${form.long.widths.length}`);
    for (const [index, one] of form.parts.entries()) {
      if (one.kind !== 'fields') {
        check(['parts', index, 'columns'], [one.labelSpan, ...one.columns.map((column) => column.span)]);
        continue;
      }
      for (const [row, items] of one.rows.entries()) {
        check(
          ['parts', index, 'rows', row],
          items.map((item) => item.span),
        );
        for (const [at, item] of items.entries())
          if ('value' in item && !isFieldName(item.value))
            fault(['parts', index, 'rows', row, at, 'value'], `没有栏目“${item.value}”；可用“项目”表的名称`);
      }
    }
    for (const [path, template] of stringsIn(form))
      for (const [, name = ''] of template.matchAll(/\{([^}]+)\}/g))
        if (!isFieldName(name) && !(name === '资金来源' && path[0] === 'parts'))
          fault([...path], `没有栏目 {${name}}；可用“项目”表的名称`);
  });

/** Every text of a form with its path. */
function* stringsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<readonly [readonly (string | number)[], string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* stringsIn(item, [...path, index]);
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) yield* stringsIn(item, [...path, key]);
}

export type TableForm = z.infer<typeof formSchema>;
export type FormPart = TableForm['parts'][number];
export type MoneyColumn = (typeof MONEY)[number];
export type IndicatorColumn = (typeof INDICATOR)[number];

/** Code and name of a form, as the interface shows it. */
export function formTitle({ id, name, nameEn }: TableForm): Text {
  return text(`${id} ${name}`, `${id} ${nameEn ?? `“${name}”`}`);
}

/**
 * The table forms that come with the package and those of `folders` (`*.yaml`), by id. A folder's form takes the
 * place of the packaged one of its id and is looked at before all packaged ones.
 * @throws JipingError `invalid-rule` with file, line and key, `not-found` for a folder that is not there.
 */
export function loadTableForms(folders: readonly string[] = []): ReadonlyMap<string, TableForm> {
  const forms = new Map<string, TableForm>();
  for (const folder of [...folders].reverse()) {
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      throw new JipingError('not-found', text('没有这个表式文件夹。', 'no such folder of forms.'), { file: folder });
    addForms(forms, dirname(folder), basename(folder));
  }
  addForms(forms, packagedRulesFolder(), 'forms');
  return forms;
}

function addForms(forms: Map<string, TableForm>, folder: string, area: string): void {
  const here = new Set<string>();
  for (const source of readRuleFolder(folder, area)) {
    const form = parseRuleFile(source, formSchema);
    if (here.has(form.id))
      throw new JipingError(
        'invalid-rule',
        text(`同一文件夹里有两个表式 ${form.id}`, `two forms ${form.id} in one folder`),
        { file: source.file, key: 'id' },
      );
    here.add(form.id);
    if (!forms.has(form.id)) forms.set(form.id, form);
  }
}
