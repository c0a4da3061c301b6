import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where registers, keys and remembered mappings live: `JIPING_HOME`, else `~/.jiping`. Folder 0700, files 0600. */
export function dataFolder(env: Readonly<Record<string, string | undefined>>): string {
  const named = env.JIPING_HOME;
  return named === undefined || named === '' ? join(homedir(), '.jiping') : named;
}
