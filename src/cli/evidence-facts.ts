import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readFacts } from '../fact/index.ts';
import type { ProjectBook } from '../ledger/index.ts';
import type { EvidenceFacts } from '../performance/index.ts';

/** Larger than any result of this program that is evidence of one project. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The results of this program (settlement, estimate: JSON) among the evidence files beside a workbook, by 佐证 number.
 * Other files, and files that are not there, are no matter of this: they are simply not read.
 */
export function readEvidenceFacts(book: ProjectBook, folder: string): ReadonlyMap<string, EvidenceFacts> {
  const found = new Map<string, EvidenceFacts>();
  for (const record of book.tables.evidence.records) {
    if (record.number === undefined || record.file === undefined || !record.file.toLowerCase().endsWith('.json'))
      continue;
    // Only a file beside the workbook: a name with a path in it does not lead out of the folder.
    const path = join(folder, basename(record.file));
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size > LARGEST) continue;
    const read = readFacts(readFileSync(path, 'utf8'));
    if (read !== undefined) found.set(record.number, { file: basename(path), read });
  }
  return found;
}
