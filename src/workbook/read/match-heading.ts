import type { ColumnSchema, Columns } from '../../ledger/index.ts';
import { findUnit, sameDimension } from '../../quantity/index.ts';
import { unitOf } from './found-column.ts';
import { plainWords } from './plain-words.ts';

/** Which column a heading names, by its own name or by a synonym, and the unit the heading carries. */
export interface HeadingMatch {
  readonly key: string;
  readonly bySynonym: boolean;
  /** Unit symbol written in the heading; absent when it carries none. */
  readonly unit: string | undefined;
}

const IN_BRACKETS = /^(.+)\(([^()]*)\)$/;
/** 金额/万元, 金额,万元 */
const AFTER_MARK = /^(.+)[/,、,](?:单位)?([^/,、]+)$/;

/** The unit a heading carries: 万元 of 金额（万元）, 金额/万元 and 任务数(单位:万元). */
export function headingUnit(words: string): string | undefined {
  const plain = plainWords(words);
  const unit = (IN_BRACKETS.exec(plain) ?? AFTER_MARK.exec(plain))?.[2]?.replace(/^单位/, '');
  return unit !== undefined && (unit === '分' || findUnit(unit) !== undefined) ? unit : undefined;
}

/** Finds columns of one sheet by their headings. */
export class HeadingMatcher {
  readonly #names = new Map<string, string>();
  readonly #synonyms = new Map<string, string>();
  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
    for (const [key, column] of Object.entries(columns)) {
      this.#names.set(plainWords(column.name), key);
      this.#names.set(plainWords(headingText(column)), key);
    }
    for (const [key, column] of Object.entries(columns))
      for (const synonym of column.synonyms) {
        const plain = plainWords(synonym);
        if (!this.#names.has(plain) && !this.#synonyms.has(plain)) this.#synonyms.set(plain, key);
      }
  }

  match(words: string): HeadingMatch | undefined {
    const plain = plainWords(words).replace(/^\d+[.、]/, '');
    if (plain === '' || plain.length > 60) return undefined;
    const parts = IN_BRACKETS.exec(plain) ?? AFTER_MARK.exec(plain);
    const known = headingUnit(words);
    return (
      this.#find(plain, known) ?? (parts?.[1] === undefined ? undefined : this.#find(parts[1], known)) ?? undefined
    );
  }

  /** The unit a heading over several columns carries, where it can be that of the column `key`. */
  groupUnit(words: string, key: string): string | undefined {
    const symbol = headingUnit(words);
    const column = this.#columns[key];
    const own = column === undefined ? undefined : unitOf(column);
    const unit = symbol === undefined ? undefined : findUnit(symbol);
    return own !== undefined && unit !== undefined && column?.unit !== '' && sameDimension(own, unit)
      ? symbol
      : undefined;
  }

  #find(plain: string, unit: string | undefined): HeadingMatch | undefined {
    const name = this.#names.get(plain);
    if (name !== undefined) return { key: name, bySynonym: false, unit };
    const synonym = this.#synonyms.get(plain);
    return synonym === undefined ? undefined : { key: synonym, bySynonym: true, unit };
  }
}

/** The heading as the blank book prints it: 金额（元）. */
export function headingText(column: ColumnSchema): string {
  return column.unit === undefined || column.unit === '' ? column.name : `${column.name}（${column.unit}）`;
}
