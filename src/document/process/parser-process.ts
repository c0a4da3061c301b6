/** The helper process: reads one file after another as its parent asks, and ends with its parent. */
import { readFile } from 'node:fs/promises';
import { parseFile } from '../parse-archive.ts';
import { checkFileSize } from '../safety/detect-kind.ts';
import { fileSize } from '../safety/file-size.ts';
import { asUnreadable } from '../safety/unreadable.ts';
import { type ReadAnswer, type ReadRequest, toAnswer } from './messages.ts';

function send(answer: ReadAnswer): void {
  process.send?.(answer);
}

async function read({ path, name, limits }: ReadRequest): Promise<void> {
  try {
    checkFileSize(name, await fileSize(path, name), limits);
    for await (const outcome of parseFile(await readFile(path), name, limits)) send(toAnswer(outcome));
  } catch (cause) {
    send(toAnswer({ name, error: asUnreadable(name, cause) }));
  }
  send({ kind: 'done' });
}

process.on('message', (request: ReadRequest) => void read(request));
process.on('disconnect', () => process.exit(0));
