import type { Language, Text } from '../../problem/index.ts';
import type { PackagedProject } from '../../report/index.ts';

/** What a worker is told once, before its first workbook. */
export interface WorkerSetup {
  readonly ruleSet?: string | undefined;
  readonly asOf?: string | undefined;
  readonly today: string;
  readonly language: Language;
  readonly formFolders: readonly string[];
  readonly formIds?: readonly string[] | undefined;
  /** Data folder with the signing key. */
  readonly home: string;
  /** Where the package is written; absent = nothing is. */
  readonly out?: string | undefined;
}

export interface WorkerJob {
  /** Absolute path of the workbook. */
  readonly path: string;
  /** As told to the user: relative to the folder. */
  readonly file: string;
  /** Relative to the package. */
  readonly folder: string;
}

export type WorkerRequest =
  | { readonly kind: 'setup'; readonly setup: WorkerSetup }
  | { readonly kind: 'job'; readonly job: WorkerJob };

/** One project done: its summary, its `evaluation.json` as text, the files written (absolute), its evidence's names. */
export interface ProjectDone {
  readonly project: PackagedProject;
  readonly json: string;
  readonly files: readonly string[];
  /** File names the book names as evidence: they are not workbooks of the package. */
  readonly evidence: readonly string[];
}

export type WorkerAnswer =
  | { readonly kind: 'done'; readonly done: ProjectDone }
  | { readonly kind: 'failed'; readonly message: Text };
