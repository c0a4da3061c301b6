import { runCommandLine } from '../run.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** One command line in this process, its output kept; the data folder is one of its own under `cwd`. */
export async function jiping(
  words: readonly string[],
  cwd: string = process.cwd(),
  today = '2025-03-01',
): Promise<Ran> {
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
    today,
  });
  return { status, out, err };
}
