import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { JipingError, text } from '../../problem/index.ts';
import { isLeftOver, type ReadOutcome } from '../parse-archive.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadLimits } from '../safety/limits.ts';
import { unreadable } from '../safety/unreadable.ts';
import { DocumentReader } from './document-reader.ts';

/** Folders within folders; deeper is a loop of links. */
const MAX_FOLDER_DEPTH = 32;
/** Files asked for ahead of the one being looked at. */
const LOOK_AHEAD = 4;

/**
 * Reads a foreign file in a helper process within limits.
 * @throws JipingError `unreadable`, `not-found`, or `resource` when time or memory ran out
 */
export async function readDocument(path: string, limits: Partial<ReadLimits> = {}): Promise<ReadDocument> {
  const reader = new DocumentReader(limits);
  try {
    const [outcome, more] = await reader.read(path, basename(path));
    if (outcome?.error !== undefined) throw outcome.error;
    if (outcome === undefined || more !== undefined || outcome.name !== basename(path))
      throw unreadable(
        basename(path),
        '这是压缩包；请解压后指定其中一个文件。',
        'this is an archive; name one file of it.',
      );
    return outcome.document;
  } finally {
    reader.close();
  }
}

/**
 * Reads files, folders (with the folders inside) and zip archives, in order of name. What cannot be read is an
 * outcome with its error and does not stop the rest. All files share one helper process.
 *
 * @example for await (const outcome of readDocuments(['报告'])) if (outcome.document) …
 */
export async function* readDocuments(
  paths: readonly string[],
  limits: Partial<ReadLimits> = {},
): AsyncGenerator<ReadOutcome> {
  const reader = new DocumentReader(limits);
  const waiting: Promise<readonly ReadOutcome[]>[] = [];
  try {
    for (const path of paths) {
      for await (const file of filesOf(resolve(path), basename(resolve(path)), 0)) {
        waiting.push(file.error === undefined ? reader.read(file.path, file.name) : Promise.resolve([file]));
        if (waiting.length > LOOK_AHEAD) yield* (await waiting.shift()) ?? [];
      }
    }
    while (waiting.length > 0) yield* (await waiting.shift()) ?? [];
  } finally {
    reader.close();
  }
}

type Found =
  | { readonly path: string; readonly name: string; readonly error?: never }
  | { readonly name: string; readonly error: JipingError };

async function* filesOf(path: string, name: string, depth: number): AsyncGenerator<Found> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch {
    yield {
      name,
      error: new JipingError(
        'not-found',
        text('没有找到这个文件或文件夹；请检查路径。', 'no such file or folder; check the path.'),
        {
          file: name,
        },
      ),
    };
    return;
  }
  if (!isFolder) {
    yield { path, name };
    return;
  }
  if (depth >= MAX_FOLDER_DEPTH) {
    yield { name, error: unreadable(name, '文件夹层数过深，未读。', 'folders are nested too deeply.') };
    return;
  }
  const entries = (await readdir(path)).filter((entry) => !isLeftOver(entry)).sort();
  for (const entry of entries) yield* filesOf(join(path, entry), `${name}/${entry}`, depth + 1);
}
