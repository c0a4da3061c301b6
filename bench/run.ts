import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// `npm run bench -- NAME [--smoke] [options]` runs bench/NAME.ts; `--smoke` is a run of a few seconds.
const folder = dirname(fileURLToPath(import.meta.url));
const [name, ...args] = process.argv.slice(2);
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.endsWith('-support.ts'))
  .map((file) => file.slice(0, -3));
if (name === undefined || !known.includes(name)) {
  process.stderr.write(`usage: npm run bench -- NAME [--smoke]; NAME is one of ${known.join(', ')}\n`);
  process.exitCode = 2;
} else {
  const bench = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as {
    run(args: string[]): Promise<void>;
  };
  await bench.run(args);
}
