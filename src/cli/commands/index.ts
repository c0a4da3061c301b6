import type { Command } from '../command.ts';
import { auditCommand } from './audit.ts';
import { compareCommand } from './compare.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { findingsCommand } from './findings.ts';
import { ledgerCommand } from './ledger.ts';
import { linkCommand } from './link.ts';
import { newCommand } from './new.ts';
import { progressCommand } from './progress.ts';
import { registerCommand } from './register.ts';
import { subsidyCommand } from './subsidy.ts';
import { templateCommand } from './template.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order `jiping --help` lists them. */
export const commands: readonly Command[] = [
  newCommand,
  ledgerCommand,
  evaluateCommand,
  templateCommand,
  verifyCommand,
  auditCommand,
  subsidyCommand,
  linkCommand,
  registerCommand,
  compareCommand,
  findingsCommand,
  progressCommand,
  demoCommand,
  doctorCommand,
];
