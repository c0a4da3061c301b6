import type { Language, Text } from '../problem/index.ts';
import type { Help } from './help/help.ts';

/** The outside world as the program is given it: it shows words and knows no language. */
export interface Outside extends Omit<Io, 'progress'> {
  progress(line: string): void;
}

/** What a command may touch of the outside world. Handed in, so that tests run commands in-process. */
export interface Io {
  /** Writes to standard output. With `--format json` only the JSON goes there. */
  out(chunk: string): void;
  /** Writes to standard error. */
  err(chunk: string): void;
  /** Progress for a person at a terminal; does nothing in a pipe. A name or a count may stand alone. */
  progress(line: Text | string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Today, `YYYY-MM-DD`; only used where a command has no `--as-of`. */
  readonly today: string;
}

/** 0 done; 1 done, and a problem of severity error (`--strict`: warning) was found; 2 could not be done. */
export type ExitStatus = 0 | 1 | 2;

/** Options every command understands, taken off the command line before the command sees its own. */
export interface CommonOptions {
  readonly format: 'text' | 'json';
  readonly language: Language;
  readonly strict: boolean;
}

/** A thin door: parses its words, calls one operation, presents the result. */
export interface Command {
  readonly name: string;
  readonly summary: Text;
  readonly help: Help;
  /** Of a command that only holds others, see `commandGroup`. */
  readonly subcommands?: readonly Command[];
  run(args: readonly string[], common: CommonOptions, io: Io): Promise<ExitStatus>;
}
