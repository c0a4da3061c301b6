import type { Sheet } from '../../document/index.ts';
import { type ProjectBook, projectSheet, type SheetRecords, type TableKey, tableSheets } from '../../ledger/index.ts';
import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { assignSheets } from './assign-sheets.ts';
import { checkReferences } from './check-references.ts';
import { readForm } from './read-form.ts';
import { readTable } from './read-table.ts';

/** A project workbook as read, and everything that was found wrong or needed judgement on the way. */
export interface ReadBook {
  readonly book: ProjectBook;
  /** All faults at once, each with sheet and cell: errors, then what needed judgement as warnings and notices. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the sheets of a project workbook by the ledger's schema, whatever people did to it: renamed and copied sheets,
 * moved columns, other headings, units in headings and cells, dates and numbers as text, merged cells, totals rows.
 * A faulty cell leaves its value blank and is reported; nothing is repaired or guessed in silence.
 *
 * @param file name and SHA-256 (hex) of the file the sheets come from, for origins
 * @throws JipingError `unreadable` when it is no project workbook at all
 */
export async function readProjectBook(file: ProjectBook['file'], sheets: readonly Sheet[]): Promise<ReadBook> {
  const assigned = await assignSheets(sheets);
  if (assigned.project === undefined && assigned.tables.size === 0)
    throw new JipingError(
      'unreadable',
      text(
        '这不是项目工作簿：没有“项目”“资金”“绩效指标”等工作表。请用 jiping new <文件.xlsx> 生成空白工作簿后填写。',
        'this is no project workbook: it has none of the sheets “项目” (project), “资金” (money), “绩效指标” (indicators). Make a blank one with jiping new <file.xlsx>.',
      ),
      { file: file.name },
    );
  const problems: Problem[] = [...assigned.problems];
  const hidden: Sheet[] = [];
  let project: ProjectBook['project'] = {};
  if (assigned.project === undefined) problems.push(missingSheet(projectSheet.name));
  else {
    const read = await readForm(assigned.project, projectSheet);
    problems.push(...read.findings.all());
    project = read.fields as ProjectBook['project'];
  }
  const tables: Record<string, SheetRecords> = {};
  const absent: string[] = [];
  for (const key of Object.keys(tableSheets) as TableKey[]) {
    const schema = tableSheets[key];
    const sheet = assigned.tables.get(key);
    if (sheet === undefined) {
      tables[key] = { schema, sheet: schema.name, letters: {}, records: [] };
      if (key === 'indicators' || key === 'money') problems.push(missingSheet(schema.name));
      else absent.push(schema.name);
      continue;
    }
    if (sheet.hidden) hidden.push(sheet);
    const read = await readTable(sheet, schema);
    problems.push(...read.findings.all());
    tables[key] = read.records;
  }
  for (const sheet of hidden)
    problems.push(
      problem(
        'hidden-sheet',
        'notice',
        text('这张表被隐藏，已照常读取。', 'the sheet is hidden; it was read like the others.'),
        { sheet: sheet.name },
      ),
    );
  if (absent.length > 0)
    problems.push(
      problem(
        'sheets-absent',
        'notice',
        text(
          `工作簿里没有这些表，按没有记录处理：${absent.join('、')}。`,
          `these sheets are absent and taken as empty: ${absent.join(', ')}.`,
        ),
      ),
    );
  const book: ProjectBook = {
    file,
    project,
    projectSheetName: assigned.project?.name ?? projectSheet.name,
    tables: tables as unknown as ProjectBook['tables'],
  };
  return { book, problems: [...problems, ...checkReferences(book)] };
}

function missingSheet(name: string): Problem {
  return problem(
    'sheet-missing',
    'error',
    text(`没有“${name}”表；请从空白工作簿里补上。`, `the sheet “${name}” is missing; take it from a blank workbook.`),
    { sheet: name },
  );
}
