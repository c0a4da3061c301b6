import type { Text } from '../../problem/index.ts';

/** One option: what `parseArgs` needs and what the help says, in one place, so that neither can lack the other. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly default?: string | boolean;
  /** The word for its value in the help (文件夹, DIR); an option of type string has one. */
  readonly value?: Text;
  readonly help: Text;
}

/** The options of one command, in the order the help lists them. */
export type Options = Readonly<Record<string, Option>>;
