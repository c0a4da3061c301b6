import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { JipingError, text } from '../problem/index.ts';

/** No room on the disk, or none within the quota or the largest size a file may have. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code));
}

/** A file to write: path relative to the output folder, and its bytes. */
export interface NewFile {
  readonly path: string;
  readonly content: Uint8Array | string;
}

/** A file to write, or one to copy as it is. */
export type OutputFile = NewFile | { readonly path: string; readonly copyOf: string };

/**
 * Writes a set of files whole or not at all: all are written beside their places first and renamed only when every
 * one is complete. Gives the full paths.
 * @throws JipingError `resource` (disk full, no permission); nothing of the set is left behind then.
 */
export function writeFiles(folder: string, files: readonly OutputFile[]): readonly string[] {
  let staging: string | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    removeAbandoned(folder);
    staging = mkdtempSync(join(folder, `.jiping-${process.pid}-`));
    for (const [index, file] of files.entries()) {
      const beside = join(staging, String(index));
      if ('content' in file) writeFileSync(beside, file.content);
      else copyFileSync(file.copyOf, beside);
    }
    const paths: string[] = [];
    for (const [index, file] of files.entries()) {
      const path = join(folder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      renameSync(join(staging, String(index)), path);
      paths.push(path);
    }
    return paths;
  } catch (error) {
    throw unwritable(folder, error);
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Whether files can be written into a folder that need not be there yet, before the work whose result goes there.
 * @throws JipingError `resource` as `writeFiles` does
 */
export function checkOutputFolder(folder: string): void {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    // A file has no entries to read: ENOTDIR.
    readdirSync(nearest);
    accessSync(nearest, constants.W_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(folder: string, error: unknown): JipingError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [zh, en] = isDiskFull(error)
    ? [
        '磁盘已满，腾出空间后重做；没有留下半成品',
        'the disk is full; free space and run again; nothing half written is left',
      ]
    : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
      ? ['没有写入权限，请换一个输出文件夹（--out）', 'no permission to write here; choose another folder with --out']
      : code === 'EEXIST' || code === 'ENOTDIR'
        ? [
            '这里已有同名的文件，不是文件夹；请换一个输出文件夹（--out）',
            'this is a file, not a folder; choose another folder with --out',
          ]
        : [`不能写入：${String(error)}`, `cannot write: ${String(error)}`];
  return new JipingError('resource', text(zh, en), { file: folder }, { cause: error });
}

/** What a process that was killed while it wrote has left behind; that of a living one is its own. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^\.jiping-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
