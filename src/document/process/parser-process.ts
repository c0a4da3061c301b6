/** The helper process: reads one file after another as its parent asks, and ends with its parent. */
import { readFile, stat } from 'node:fs/promises';
import { JipingError, text } from '../../problem/index.ts';
import { parseFile } from '../parse-archive.ts';
import { checkFileSize } from '../safety/detect-kind.ts';
import { damaged } from '../safety/unreadable.ts';
import { type ReadAnswer, type ReadRequest, toAnswer } from './messages.ts';

function send(answer: ReadAnswer): void {
  process.send?.(answer);
}

async function read({ path, name, limits }: ReadRequest): Promise<void> {
  try {
    const found = await stat(path);
    checkFileSize(name, found.size, limits);
    for await (const outcome of parseFile(await readFile(path), name, limits)) send(toAnswer(outcome));
  } catch (cause) {
    send(toAnswer({ name, error: cause instanceof JipingError ? cause : fileError(name, cause) }));
  }
  send({ kind: 'done' });
}

function fileError(name: string, cause: unknown): JipingError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT')
    return new JipingError('not-found', text('没有找到这个文件；请检查路径。', 'no such file; check the path.'), {
      file: name,
    });
  if (code === 'EACCES' || code === 'EPERM')
    return new JipingError('unreadable', text('没有读取权限；请检查文件权限。', 'no permission to read the file.'), {
      file: name,
    });
  return damaged(name, cause);
}

process.on('message', (request: ReadRequest) => void read(request));
process.on('disconnect', () => process.exit(0));
