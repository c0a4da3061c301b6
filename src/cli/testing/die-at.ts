/**
 * One command line in a process that ends itself with SIGKILL at a named point: nothing of it is cleaned up by hand.
 * usage: die-at.ts <point> <words…>; a point is `progress:<start of a line>`, or `before:<call>:<part of a path>` or
 * `after:<call>:<part>` of a synchronous call of node:fs.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [point = '', ...words] = process.argv.slice(2);
const [when, what = '', part = ''] = point.split(':');
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

if (when === 'before' || when === 'after') {
  const calls = fs as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
  const own = calls[what];
  if (own === undefined) throw new Error(`no such call: ${what}`);
  calls[what] = (...args) => {
    const meant = args.some((arg) => typeof arg === 'string' && arg.includes(part));
    if (meant && when === 'before') die();
    const result = own(...args);
    if (meant) die();
    return result;
  };
  syncBuiltinESMExports();
}

const { runCommandLine } = await import('../run.ts');
process.exitCode = await runCommandLine(words, {
  out: () => {},
  err: (chunk) => process.stderr.write(chunk),
  progress: (line) => {
    if (when === 'progress' && line.includes(what)) setTimeout(die, Number(part));
  },
  env: process.env,
  cwd: process.env.JIPING_TEST_CWD ?? process.cwd(),
  today: '2025-03-02',
});
