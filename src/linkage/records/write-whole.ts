import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file that appears whole or not at all; readable by its owner only. */
export async function writeWhole(path: string, chunks: Iterable<string | Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.tmp-${randomUUID().slice(0, 8)}`;
  let handle: FileHandle | undefined;
  try {
    handle = await open(beside, 'wx', 0o600);
    for (const chunk of chunks) await handle.write(typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk);
    await handle.close();
    handle = undefined;
    await rename(beside, path);
  } catch (fault) {
    await handle?.close();
    await rm(beside, { force: true });
    throw fault;
  }
}
