import type { Command } from '../command.ts';

/** Every command, in the order `jiping --help` lists them. */
export const commands: readonly Command[] = [];
