import type { Sheet, SheetRow } from '../../document/index.ts';
import { projectSheet, type SheetSchema, tableSheets } from '../../ledger/index.ts';
import { type Problem, problem, text } from '../../problem/index.ts';
import { findHeadings, HEADING_SEARCH_ROWS } from './find-heading.ts';
import { cellWords, plainWords } from './plain-words.ts';

export interface AssignedSheets {
  readonly project: Sheet | undefined;
  readonly tables: ReadonlyMap<string, Sheet>;
  readonly problems: readonly Problem[];
}

/** Sheets of the blank book that hold no records. */
const GUIDE_SHEETS = new Set(['说明', '填写说明', '填表说明', '目录', '选项', '封面', '指标库']);
const COPY_MARK =
  /(?:\(\d+\)|[-—]?\s*(?:的)?(?:副本|复制|备份|copy|新|最新|终稿|定稿)\d*(?:\(\d+\))?|[-.]?\d+|表|台账)$/;

/**
 * Which sheet of the book is which: by its name, by a name copied or retyped (支付(2)、支付 副本), by another name for
 * the same thing, and last by its headings. Every assignment that needed judgement is a notice; two sheets for one
 * place is an error, and only the better one is read.
 */
export async function assignSheets(sheets: readonly Sheet[]): Promise<AssignedSheets> {
  const schemas: readonly SheetSchema[] = [projectSheet, ...Object.values(tableSheets)];
  const problems: Problem[] = [];
  const chosen = new Map<string, Sheet>();
  const rest: Sheet[] = [];
  const passes: readonly ((name: string, schema: SheetSchema) => boolean)[] = [
    (name, schema) => plainWords(name) === plainWords(schema.name),
    (name, schema) => bareName(name) === plainWords(schema.name),
    (name, schema) =>
      schema.synonyms.some((other) => plainWords(name) === plainWords(other) || bareName(name) === plainWords(other)),
  ];
  const open = new Set(sheets.filter((sheet) => !GUIDE_SHEETS.has(plainWords(sheet.name))));
  for (const [pass, matches] of passes.entries())
    for (const sheet of [...open]) {
      const schema = schemas.find((candidate) => matches(sheet.name, candidate));
      if (schema === undefined) continue;
      open.delete(sheet);
      const known = chosen.get(schema.key);
      if (known !== undefined) {
        if (await isFilled(sheet))
          problems.push(
            problem(
              'sheet-repeated',
              'error',
              text(
                `“${sheet.name}”和“${known.name}”都是“${schema.name}”，只读了“${known.name}”；请合并，或删去多余的一张。`,
                `“${sheet.name}” and “${known.name}” are both “${schema.name}”; only “${known.name}” was read. Merge them or delete one.`,
              ),
              { sheet: sheet.name },
            ),
          );
        continue;
      }
      chosen.set(schema.key, sheet);
      if (pass > 0) problems.push(readAs(sheet, schema));
    }
  for (const sheet of open) {
    const top = await topRows(sheet);
    if (!top.some((row) => row.cells.some((cell) => cellWords(cell.raw) !== ''))) continue;
    const schema = bestByHeadings(
      top,
      Object.values(tableSheets).filter((candidate) => !chosen.has(candidate.key)),
    );
    if (schema === undefined) rest.push(sheet);
    else {
      chosen.set(schema.key, sheet);
      problems.push(readAs(sheet, schema));
    }
  }
  for (const sheet of rest)
    problems.push(
      problem(
        'sheet-unknown',
        'notice',
        text('这张表不属于项目工作簿，没有读取。', 'this sheet is not one of a project workbook and was not read.'),
        { sheet: sheet.name },
      ),
    );
  const tables = new Map([...chosen].filter(([key]) => key !== projectSheet.key));
  return { project: chosen.get(projectSheet.key), tables, problems };
}

function readAs(sheet: Sheet, schema: SheetSchema): Problem {
  return problem(
    'sheet-by-likeness',
    'notice',
    text(`这张表按“${schema.name}”读取。`, `this sheet is read as “${schema.name}”.`),
    { sheet: sheet.name },
  );
}

function bareName(name: string): string {
  let plain = plainWords(name).replace(/^(?:附?表?\d+[-.、]?|\d+[-.、]?)/, '');
  for (let round = 0; round < 3; round += 1) {
    const shorter = plain.replace(COPY_MARK, '');
    if (shorter === plain || shorter === '') break;
    plain = shorter;
  }
  return plain;
}

async function topRows(sheet: Sheet): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    rows.push(row);
    if (rows.length === HEADING_SEARCH_ROWS) break;
  }
  return rows;
}

async function isFilled(sheet: Sheet): Promise<boolean> {
  const rows = await topRows(sheet);
  return rows.some((row) => row.cells.some((cell) => cellWords(cell.raw) !== ''));
}

/** The one schema whose required columns are all there, with the most named columns; none when two do equally well. */
function bestByHeadings(top: readonly SheetRow[], schemas: readonly SheetSchema[]): SheetSchema | undefined {
  const scored = schemas
    .map((schema) => {
      const found = findHeadings(top, schema.columns);
      const keys = new Set(found?.headings.map((heading) => heading.key));
      const complete = Object.entries(schema.columns).every(([key, column]) => !column.required || keys.has(key));
      const named = found?.headings.filter((heading) => !heading.bySynonym).length ?? 0;
      return { schema, score: complete && named >= 3 ? keys.size : 0 };
    })
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first !== undefined && first.score > 0 && first.score > (second?.score ?? 0) ? first.schema : undefined;
}
