import { type Dirent, readdirSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import { isUnitFolder, isWorkbook } from '../unit-books.ts';
import type { WorkerJob } from './messages.ts';

/** A folder a project, perhaps by year: deeper are copies and evidence. */
const DEEPEST = 3;

/** Files by which a folder of papers is known. */
const MADE: readonly string[] = ['evaluation.json', '项目支出绩效自评汇总表.xlsx'];

/**
 * The workbooks under a folder in order of name, without what office programs leave behind, hidden ones, those of sub-units, and the
 * papers of this or an earlier package. Each gets a folder of its own, named like it.
 */
export function findWorkbooks(folder: string, out: string | undefined): readonly WorkerJob[] {
  const files: string[] = [];
  const visit = (path: string, depth: number): void => {
    const entries: Dirent[] = readdirSync(path, { withFileTypes: true });
    // A package made earlier holds papers, not workbooks.
    if (entries.some((entry) => MADE.includes(entry.name))) return;
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name);
      if (entry.name.startsWith('.') || entry.name.startsWith('~$') || child === out) continue;
      if (entry.isDirectory() && depth < DEEPEST) {
        if (!isUnitFolder(entry.name, entries)) visit(child, depth + 1);
      } else if (entry.isFile() && isWorkbook(entry.name)) files.push(child);
    }
  };
  visit(folder, 1);
  const taken = new Set<string>();
  return files.map((path) => {
    const file = relative(folder, path).split(sep).join('/');
    const stem = file.slice(0, file.length - extname(file).length);
    const own = taken.has(stem.toLowerCase()) ? `${stem}-${extname(basename(file)).slice(1)}` : stem;
    taken.add(own.toLowerCase());
    return { path, file, folder: own };
  });
}
