import { runCommandLine } from '../run.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** One command line in this process, its output kept. */
export async function jiping(words: readonly string[], cwd: string = process.cwd()): Promise<Ran> {
  let out = '';
  let err = '';
  const status = await runCommandLine(words, {
    out: (chunk) => {
      out += chunk;
    },
    err: (chunk) => {
      err += chunk;
    },
    progress: () => {},
    env: { ...process.env, JIPING_HOME: `${cwd}/.jiping-home` },
    cwd,
    today: '2025-03-01',
  });
  return { status, out, err };
}
