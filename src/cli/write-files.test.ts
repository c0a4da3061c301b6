import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFiles } from './write-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SIZE = 4_000_000;

test('killed with -9 while it writes: no half file under its name, and the next run clears what was left', async () => {
  const module = fileURLToPath(new URL('./write-files.ts', import.meta.url));
  const out = join(folder, 'out');
  mkdirSync(out);
  writeFileSync(join(out, '0.bin'), 'of the last run');
  const script = join(folder, 'write.mts');
  writeFileSync(
    script,
    `import { writeFiles } from ${JSON.stringify(module)};
    const content = Buffer.alloc(${SIZE}, 7);
    for (;;) writeFiles(${JSON.stringify(out)}, Array.from({ length: 40 }, (_, at) => ({ path: at + '.bin', content })));`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: 'ignore',
  });
  const isWriting = (): boolean =>
    readdirSync(out).some((name) => name.startsWith('.jiping-') && readdirSync(join(out, name)).length > 3);
  while (!isWriting()) await new Promise((resume) => setTimeout(resume, 1));
  child.kill('SIGKILL');
  await new Promise((resume) => child.once('exit', resume));
  const visible = readdirSync(out).filter((name) => !name.startsWith('.'));
  for (const name of visible) {
    const { length } = readFileSync(join(out, name));
    expect([SIZE, 'of the last run'.length]).toContain(length);
  }
  writeFiles(out, [{ path: 'next.txt', content: 'whole' }]);
  expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
  expect(readFileSync(join(out, 'next.txt'), 'utf8')).toBe('whole');
});

test('an output folder that is a file is named as such, and the file is left alone', () => {
  const file = join(folder, 'book.xlsx');
  writeFileSync(file, 'book');
  for (const out of [file, join(file, 'inner')])
    expect(() => writeFiles(out, [{ path: 'a.txt', content: 'a' }])).toThrow(/不是文件夹/);
  expect(readFileSync(file, 'utf8')).toBe('book');
});
