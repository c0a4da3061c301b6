import { JipingError } from '../../../problem/index.ts';
import { PdfRenderer, type Report, renderDocx, renderXlsx } from '../../../report/index.ts';
import type { Io } from '../../command.ts';
import { type OutputFile, writeFiles } from '../../write-files.ts';
import { pathOf } from './load-policy.ts';

/** Writes a paper as XLSX, DOCX and PDF (and what goes with it) into the folder, all or none; gives the paths. */
export function writePaper(
  out: string | undefined,
  paper: Report,
  name: string,
  io: Io,
  more: readonly OutputFile[] = [],
): readonly string[] {
  if (out === undefined) return [];
  const pdf = new PdfRenderer().render(paper);
  const [missing] = pdf.problems;
  if (pdf.bytes === undefined && missing !== undefined) throw new JipingError('unsupported', missing.message);
  return writeFiles(pathOf(io, out), [
    { path: `${name}.xlsx`, content: renderXlsx(paper) },
    { path: `${name}.docx`, content: renderDocx(paper) },
    ...(pdf.bytes === undefined ? [] : [{ path: `${name}.pdf`, content: pdf.bytes }]),
    ...more,
  ]);
}
