import type { Exact } from '../quantity/index.ts';

/**
 * One schema for every sheet of the project workbook. `workbook` writes the blank book from it and reads the filled
 * one by it; `formula` takes table and column names from it. Names are Chinese as on paper; keys are for code.
 */
export type ColumnType = 'text' | 'long-text' | 'date' | 'number' | 'money' | 'choice' | 'list' | 'flag' | 'formula';

export interface ColumnSchema<T extends ColumnType = ColumnType> {
  readonly type: T;
  /** Heading without its unit, e.g. 金额; also the name in formulas. */
  readonly name: string;
  /** Other headings under which people write the same thing. */
  readonly synonyms: readonly string[];
  /** Unit in which the column is filled; printed in the heading: 金额（元）. */
  readonly unit?: string;
  /** A record without it is a fault of that cell. */
  readonly required: boolean;
  /** Of a list: what its entries may be. */
  readonly choices?: readonly string[];
  /** Other words for a choice: 镇 for 乡镇. */
  readonly choiceSynonyms?: Readonly<Record<string, string>>;
  /** What to write here, for the instruction line and the cell's input prompt. */
  readonly hint: string;
  /** Value of the sample row, as a clerk would type it. */
  readonly sample: string;
  /** Personal data: never copied into an origin, a message or the lineage. */
  readonly personal: boolean;
  /** Numbers only: below zero has a meaning here (red-letter entries). */
  readonly negative: boolean;
  /** Numbers only: inclusive bounds outside which the value is surely a slip. */
  readonly bounds?: { readonly low: number; readonly high: number };
}

type ColumnOptions = {
  readonly synonyms?: readonly string[];
  readonly required?: boolean;
  readonly hint?: string;
  readonly sample?: string;
  readonly personal?: boolean;
  readonly negative?: boolean;
  readonly bounds?: { readonly low: number; readonly high: number };
  readonly choices?: readonly string[];
  readonly choiceSynonyms?: Readonly<Record<string, string>>;
};

function column<T extends ColumnType>(
  type: T,
  name: string,
  options: ColumnOptions,
  extra: object = {},
): ColumnSchema<T> {
  return {
    type,
    name,
    synonyms: options.synonyms ?? [],
    required: options.required ?? false,
    hint: options.hint ?? '',
    sample: options.sample ?? '',
    personal: options.personal ?? false,
    negative: options.negative ?? false,
    ...(options.bounds === undefined ? {} : { bounds: options.bounds }),
    ...(options.choices === undefined ? {} : { choices: options.choices }),
    ...(options.choiceSynonyms === undefined ? {} : { choiceSynonyms: options.choiceSynonyms }),
    ...extra,
  };
}

export const textColumn = (name: string, options: ColumnOptions = {}) => column('text', name, options);
export const longTextColumn = (name: string, options: ColumnOptions = {}) => column('long-text', name, options);
export const dateColumn = (name: string, options: ColumnOptions = {}) => column('date', name, options);
export const formulaColumn = (name: string, options: ColumnOptions = {}) => column('formula', name, options);
/** Several entries in one cell, separated by 、 ， , ； ; or a line break. */
export const listColumn = (name: string, options: ColumnOptions = {}) => column('list', name, options);
/** 是 or 否. */
export const flagColumn = (name: string, options: ColumnOptions = {}) =>
  column('flag', name, options, { choices: ['是', '否'] });
export const numberColumn = (name: string, unit: string, options: ColumnOptions = {}) =>
  column('number', name, options, { unit });
export const moneyColumn = (name: string, unit: '元' | '万元', options: ColumnOptions = {}) =>
  column('money', name, options, { unit });
export const choiceColumn = (name: string, choices: readonly string[], options: ColumnOptions = {}) =>
  column('choice', name, options, { choices });

/** Which row of which file an imported record comes from; filled by the import, blank in what people type. */
export const originColumn = () => textColumn('来源', { hint: '导入时由程序填写：文件名和行号' });

export type ColumnValue<T extends ColumnType> = T extends 'number' | 'money'
  ? Exact
  : T extends 'list'
    ? readonly string[]
    : T extends 'flag'
      ? boolean
      : string;

export type Columns = Readonly<Record<string, ColumnSchema>>;

/** `table`: a heading row and records below. `form`: one field a row, name in column A, value in column B. */
export interface SheetSchema<C extends Columns = Columns> {
  readonly key: string;
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly layout: 'table' | 'form';
  /** One or two sentences at the top of the sheet. */
  readonly instructions: string;
  readonly columns: C;
}

/** Values of one record before they stand on a sheet. Absent = blank cell. */
export type EntryOf<C extends Columns> = { readonly [K in keyof C]?: ColumnValue<C[K]['type']> };

/** One record: the sheet's 1-based row number and the values that are filled. Absent = blank cell. */
export type RecordOf<C extends Columns> = { readonly row: number } & EntryOf<C>;

/** A value of a form sheet with the cell it stands in. */
export interface Field<T> {
  readonly value: T;
  readonly cell: string;
}

export type FormOf<C extends Columns> = { readonly [K in keyof C]?: Field<ColumnValue<C[K]['type']>> };

/** The records of one sheet as read from one workbook. */
export interface SheetRecords<C extends Columns = Columns> {
  readonly schema: SheetSchema<C>;
  /** The sheet's real name in the book. */
  readonly sheet: string;
  /** Column letter of each key that the sheet has: where a record's value stands is `letter + row`. */
  readonly letters: Readonly<Partial<Record<keyof C & string, string>>>;
  readonly records: readonly RecordOf<C>[];
  /** `row key` of cells that hold something unreadable, reported when read: absent from the record but not blank. */
  readonly faults?: ReadonlySet<string>;
}

/** `C5`, the cell of one value of a record; the row alone when the sheet has no such column. */
export function cellOf<C extends Columns>(
  sheet: SheetRecords<C>,
  record: { readonly row: number },
  key: keyof C & string,
): string {
  return `${sheet.letters[key] ?? ''}${record.row}`;
}
