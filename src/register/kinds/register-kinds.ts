import { z } from 'zod';
import { JipingError, text } from '../../problem/index.ts';
import { choice, flag, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';

/** How a field of a register is cleaned. All clean values are text, but `money`, which is whole 分. */
export const FIELD_TYPES = [
  'identity',
  'name',
  'date',
  'code',
  'place',
  'text',
  'phone',
  'money',
  'month',
  'year',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface RegisterField {
  /** English name of the column in the dataset. */
  readonly name: string;
  readonly label: string;
  readonly labelEn: string;
  readonly type: FieldType;
  /** Headings agencies use for it. */
  readonly synonyms: readonly string[];
  /** Of a code: standard value → spellings. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** A kind of register and what its columns are; data of `rules/comparison/kinds`. */
export interface RegisterKind {
  readonly kind: string;
  readonly title: string;
  readonly titleEn: string;
  readonly aliases: readonly string[];
  readonly supplier: string;
  readonly legalBasis: string;
  readonly fields: readonly RegisterField[];
  readonly required: readonly string[];
  /** Fields that tell this kind from others: used when two agencies' files were mixed up. */
  readonly typical: readonly string[];
}

const fieldsSchema = z.strictObject({
  id: words(),
  version: words(),
  title: words(),
  verified: flag(),
  status: words(),
  fields: z.record(
    z.string(),
    z.strictObject({
      label: words(),
      labelEn: words(),
      type: choice(FIELD_TYPES),
      synonyms: z.array(words()),
      values: z.record(z.string(), z.array(words())).optional(),
    }),
  ),
});

const kindSchema = z.strictObject({
  id: words(),
  kind: words(),
  version: words(),
  title: words(),
  titleEn: words(),
  aliases: z.array(words()),
  supplier: words(),
  legalBasis: words(),
  verified: flag(),
  fields: z.array(words()),
  required: z.array(words()),
  typical: z.array(z.string()),
});

/** Every kind of register, in order of file name. @throws JipingError `invalid-rule` */
export function loadRegisterKinds(folder: string = packagedRulesFolder()): readonly RegisterKind[] {
  const sources = readRuleFolder(folder, 'comparison');
  const fieldFile = sources.find((source) => source.file.endsWith('/fields.yaml'));
  if (fieldFile === undefined)
    throw new JipingError('invalid-rule', text('缺少字段定义 fields.yaml', 'fields.yaml is missing'), {
      file: 'comparison/fields.yaml',
    });
  const defined = parseRuleFile(fieldFile, fieldsSchema).fields;
  return sources
    .filter((source) => source.file.includes('/kinds/'))
    .map((source) => {
      const file = parseRuleFile(source, kindSchema);
      const fields = file.fields.map((name): RegisterField => {
        const field = defined[name];
        if (field === undefined)
          throw new JipingError('invalid-rule', text(`字段“${name}”没有定义`, `field “${name}” is not defined`), {
            file: source.file,
            key: 'fields',
          });
        return { ...field, name, values: field.values ?? {} };
      });
      return { ...file, fields, typical: file.typical.filter((name) => name !== '') };
    });
}

/** A kind by its English name or a Chinese one. @throws JipingError `usage` naming all kinds */
export function findRegisterKind(kinds: readonly RegisterKind[], name: string): RegisterKind {
  const found = kinds.find((kind) => kind.kind === name || kind.title === name || kind.aliases.includes(name));
  if (found !== undefined) return found;
  const list = kinds.map((kind) => `${kind.kind}（${kind.aliases[0] ?? kind.title}）`).join('、');
  throw new JipingError(
    'usage',
    text(
      `没有名册种类“${name}”；可用的有：${list}`,
      `no register kind “${name}”; there are ${kinds.map((kind) => kind.kind).join(', ')}`,
    ),
  );
}
