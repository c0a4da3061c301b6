import { lstatSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { ProjectBook } from '../../ledger/index.ts';
import { type Problem, problem, text } from '../../problem/index.ts';
import type { EvidenceLine } from '../../report/index.ts';
import type { OutputFile } from '../write-files.ts';

/** Folders beside the workbook in which its evidence may stand. */
const SUBFOLDERS = ['', '佐证', '佐证材料', '附件'];

export interface EvidenceFiles {
  readonly lines: readonly EvidenceLine[];
  /** Copies under 佐证材料/, named by number. */
  readonly files: readonly OutputFile[];
  readonly problems: readonly Problem[];
}

/**
 * The evidence of one book: looked for beside the workbook (and in 佐证, 佐证材料, 附件, or a folder of the workbook's
 * name), checked for presence, to be copied by number. A name with a path in it does not lead out of these folders.
 */
export function collectEvidence(book: ProjectBook, workbook: string): EvidenceFiles {
  const sheet = book.tables.evidence;
  const stem = basename(workbook, extname(workbook));
  const folders = [...SUBFOLDERS, stem].map((name) => join(dirname(workbook), name));
  const lines: EvidenceLine[] = [];
  const files = new Map<string, OutputFile>();
  const problems: Problem[] = [];
  for (const record of sheet.records) {
    const number = record.number ?? '';
    const named = (record.file ?? '').trim();
    const name = named.split(/[/\\]/).at(-1) ?? '';
    const found = name === '' ? undefined : folders.map((folder) => join(folder, name)).find(isPlainFile);
    if (named !== '' && found === undefined)
      problems.push(
        problem(
          'evidence-file-missing',
          'warning',
          text(
            `佐证${number}的文件“${named}”不在工作簿旁边，也不在“佐证”“佐证材料”“附件”文件夹里`,
            `the file of evidence ${number} is not beside the workbook`,
          ),
          { sheet: sheet.sheet, cell: `${sheet.letters.file ?? ''}${record.row}` },
        ),
      );
    if (found !== undefined) {
      const path = `佐证材料/${safeName(`${number}-${name}`)}`;
      files.set(path, { path, copyOf: found });
    }
    lines.push({
      number,
      title: record.title ?? '',
      kind: record.kind ?? '',
      date: record.date ?? '',
      document: record.document ?? '',
      file: name,
      status: name === '' ? 'unnamed' : found === undefined ? 'missing' : 'present',
      citedBy: book.tables.indicators.records
        .filter((leaf) => leaf.evidence?.includes(number) === true)
        .map((leaf) => leaf.level3 ?? leaf.level2 ?? ''),
    });
  }
  return { lines, files: [...files.values()], problems };
}

function isPlainFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function safeName(name: string): string {
  return [...name].map((one) => (/[<>:"/\\|?*]/.test(one) || one < ' ' ? '_' : one)).join('');
}
