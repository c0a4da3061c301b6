import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { UnitBook } from '../performance/index.ts';
import { JipingError, text } from '../problem/index.ts';
import { openProjectBook } from '../workbook/index.ts';
import { readEvidenceFacts } from './evidence-facts.ts';

const KINDS: readonly string[] = ['.xlsx', '.xlsm', '.xls', '.et', '.ods'];
const SUFFIX = '-子单位';

export function isWorkbook(name: string): boolean {
  return KINDS.includes(extname(name).toLowerCase()) && !name.startsWith('.') && !name.startsWith('~$');
}

/** Whether a folder holds the sub-units of a workbook beside it: 工作经费-子单位 beside 工作经费.xlsx. */
export function isUnitFolder(name: string, beside: readonly Dirent[]): boolean {
  if (!name.endsWith(SUFFIX)) return false;
  const stem = name.slice(0, -SUFFIX.length);
  return beside.some((entry) => isWorkbook(entry.name) && basename(entry.name, extname(entry.name)) === stem);
}

/**
 * The workbooks of the sub-units of a project: those in `folder`, else in the folder named after the workbook with
 * -子单位 behind. In order of name. A unit left out would make every sum wrong, so one that cannot be read stops all.
 * @throws JipingError `not-found` when the named folder holds none; what opening a workbook throws, with its name
 */
export async function readUnitBooks(workbook: string, folder?: string): Promise<readonly UnitBook[]> {
  const stem = basename(workbook, extname(workbook));
  const path = folder ?? join(dirname(workbook), `${stem}${SUFFIX}`);
  const there = existsSync(path) && statSync(path).isDirectory();
  if (!there && folder === undefined) return [];
  const names = there
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isFile() && isWorkbook(entry.name))
        .map((entry) => entry.name)
        .sort()
    : [];
  if (names.length === 0)
    throw new JipingError(
      'not-found',
      text('子单位文件夹里没有工作簿。', 'the folder of the sub-units holds no workbook.'),
      { file: basename(path) },
    );
  const books: UnitBook[] = [];
  for (const name of names) {
    const read = await openProjectBook(join(path, name));
    books.push({ ...read, evidence: readEvidenceFacts(read.book, path) });
  }
  return books;
}
