import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { JipingError, type Text, text } from '../../problem/index.ts';
import {
  composePackageSummary,
  composeProblemList,
  type FailedBook,
  loadSigningKey,
  type PackagedProject,
  PdfRenderer,
} from '../../report/index.ts';
import { renderPaper } from '../evaluate-project.ts';
import { type OutputFile, writeFiles } from '../write-files.ts';
import { findWorkbooks } from './find-workbooks.ts';
import type { ProjectDone, WorkerSetup } from './messages.ts';
import { runJobs } from './worker-pool.ts';

/** What became of a folder of workbooks. */
export interface FolderResult {
  readonly projects: readonly PackagedProject[];
  /** The text of each `evaluation.json`, in the order of `projects`. */
  readonly evaluations: readonly string[];
  readonly failed: readonly { readonly file: string; readonly message: Text }[];
  /** Everything written, absolute. */
  readonly files: readonly string[];
}

/**
 * Evaluates every workbook of a folder, each into a folder of its own, and writes the summary and the problem list of
 * all. A workbook that cannot be evaluated is listed with its sentence and does not stop the rest.
 * @throws JipingError `not-found` when the folder holds no workbook; `usage` when the package would be written into it
 */
export async function evaluateFolder(
  folder: string,
  setup: WorkerSetup,
  progress: (line: string) => void,
): Promise<FolderResult> {
  if (setup.out === folder)
    throw new JipingError(
      'usage',
      text('--out 不能就是项目文件夹，请另给一个文件夹', '--out must be another folder than that of the projects'),
    );
  const jobs = findWorkbooks(folder, setup.out);
  if (jobs.length === 0)
    throw new JipingError(
      'not-found',
      text('文件夹里没有工作簿（xlsx、xls、et、ods）。', 'the folder holds no workbook (xlsx, xls, et, ods).'),
      { file: basename(folder) },
    );
  const answers = await runJobs(jobs, setup, (done, job) => progress(`${done}/${jobs.length} ${job.file}`));
  progress('');
  const done: ProjectDone[] = answers.flatMap((answer) => (answer.kind === 'done' ? [answer.done] : []));
  // A list handed in as evidence is a workbook too, but none of a project.
  const evidence = new Set(done.flatMap((one) => one.evidence));
  const failed = answers.flatMap((answer, index): FolderResult['failed'] => {
    const file = jobs[index]?.file ?? '';
    return answer.kind === 'failed' && !evidence.has(basename(file)) ? [{ file, message: answer.message }] : [];
  });
  const projects = done.map((one) => one.project);
  const written =
    setup.out === undefined ? [] : writeFiles(setup.out, packageFiles(projects, inChinese(failed), setup));
  return {
    projects,
    evaluations: done.map((one) => one.json),
    failed,
    files: [...done.flatMap((one) => one.files), ...written],
  };
}

/** Papers are in Chinese whatever the language of the interface. */
function inChinese(failed: FolderResult['failed']): readonly FailedBook[] {
  return failed.map(({ file, message }) => ({ file, message: message.zh }));
}

function packageFiles(
  projects: readonly PackagedProject[],
  failed: readonly FailedBook[],
  setup: WorkerSetup,
): readonly OutputFile[] {
  const tools = { pdf: new PdfRenderer(), key: loadSigningKey(setup.home) };
  return [composePackageSummary(projects, failed), composeProblemList(projects, failed)].flatMap(
    (paper) => renderPaper(paper.name, paper.report, (id) => paper.lineage.find(id), tools).files,
  );
}

/** `folders` that are there: the county's own forms stand in the data folder without being asked for. */
export function formFolders(home: string, named: string | undefined): readonly string[] {
  const own = `${home}/forms`;
  return [...(existsSync(own) && statSync(own).isDirectory() ? [own] : []), ...(named === undefined ? [] : [named])];
}
