// Compiles src/ to dist/ whole or not at all: a failed compile leaves the previous dist/ in place.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
if (!existsSync(compiler)) {
  // `npm ci --omit=dev` also runs `prepare`; the packed files already hold dist/.
  if (existsSync(join(root, 'dist', 'cli', 'main.js'))) process.exit(0);
  console.error('没有找到 TypeScript 编译器：请先运行 npm ci（不带 --omit=dev）。');
  process.exit(2);
}
const next = join(root, 'dist.next');
rmSync(next, { recursive: true, force: true });
const result = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', next], {
  stdio: 'inherit',
});
if (result.status !== 0) {
  rmSync(next, { recursive: true, force: true });
  process.exit(result.status ?? 1);
}
chmodSync(join(next, 'cli', 'main.js'), 0o755);
rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(next, join(root, 'dist'));
