#!/usr/bin/env node
import { runCommandLine } from './run.ts';

const terminal = process.stderr.isTTY === true;
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
