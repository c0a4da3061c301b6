import { text } from '../../problem/index.ts';
import type { Option } from './option.ts';

/** `--threads`, for every command that reads registers or tables. */
export const THREADS = {
  type: 'string',
  value: text('数', 'N'),
  help: text('用几个线程；不写时用全部', 'number of threads; default: all'),
} as const satisfies Option;

/** `--memory`, the most the database process may hold before it writes to disk. */
export const MEMORY = {
  type: 'string',
  value: text('大小', 'SIZE'),
  help: text('内存上限，如 4GB', 'most memory to use, such as 4GB'),
} as const satisfies Option;
