#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { interruption, runCommandLine } from './run.ts';

const terminal = process.stderr.isTTY === true;
// `jiping … | head` closes the pipe early: nobody reads on, so nothing is left to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});
// 128 + the number of the signal, as shells have it.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => {
    try {
      writeSync(2, `${terminal ? '\r\u001b[K' : ''}${interruption(process.argv.slice(2))}`);
    } catch {
      // The terminal is gone.
    }
    process.exit(code);
  });
const now = new Date();
const status = await runCommandLine(process.argv.slice(2), {
  out: (chunk) => process.stdout.write(chunk),
  err: (chunk) => process.stderr.write(chunk),
  progress: (line) => {
    if (terminal) process.stderr.write(`\r\u001b[K${line}`);
  },
  env: process.env,
  cwd: process.cwd(),
  today: `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`,
});
process.exitCode = status;
