import type { Command } from '../command.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { linkCommand } from './link.ts';
import { newCommand } from './new.ts';

/** Every command, in the order `jiping --help` lists them. */
export const commands: readonly Command[] = [linkCommand, newCommand, evaluateCommand, demoCommand, doctorCommand];
