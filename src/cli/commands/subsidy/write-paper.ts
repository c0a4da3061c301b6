import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JipingError, text } from '../../../problem/index.ts';
import { PdfRenderer, type Report, renderDocx, renderXlsx } from '../../../report/index.ts';
import type { Io } from '../../command.ts';
import { pathOf } from './load-policy.ts';

/** Writes a paper as XLSX, DOCX and PDF into the folder, each whole or not at all; gives the paths. */
export async function writePaper(
  out: string | undefined,
  paper: Report,
  name: string,
  io: Io,
  more: readonly { readonly name: string; readonly content: string }[] = [],
): Promise<readonly string[]> {
  if (out === undefined) return [];
  const pdf = new PdfRenderer().render(paper);
  const [missing] = pdf.problems;
  if (pdf.bytes === undefined && missing !== undefined) throw new JipingError('unsupported', missing.message);
  return writeWhole(pathOf(io, out), [
    { name: `${name}.xlsx`, content: await renderXlsx(paper) },
    { name: `${name}.docx`, content: await renderDocx(paper) },
    ...(pdf.bytes === undefined ? [] : [{ name: `${name}.pdf`, content: pdf.bytes }]),
    ...more,
  ]);
}

export function writeWhole(
  folder: string,
  files: readonly { readonly name: string; readonly content: Uint8Array | string }[],
): readonly string[] {
  const staged: string[] = [];
  try {
    mkdirSync(folder, { recursive: true });
    for (const file of files) {
      const path = join(folder, `${file.name}.tmp-${process.pid}`);
      staged.push(path);
      writeFileSync(path, file.content);
    }
    return files.map((file) => {
      const path = join(folder, file.name);
      renameSync(`${path}.tmp-${process.pid}`, path);
      return path;
    });
  } catch (error) {
    for (const path of staged) rmSync(path, { force: true });
    throw new JipingError(
      'resource',
      text('不能写入这个文件夹，请检查权限和空间', 'cannot write into this folder; check permission and space'),
      { file: folder },
      { cause: error },
    );
  }
}
