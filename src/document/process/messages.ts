import { type ErrorCode, JipingError, type Text, type Where } from '../../problem/index.ts';
import type { ReadOutcome } from '../parse-archive.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadLimits } from '../safety/limits.ts';

/** What the helper process is asked: read the file at `path`, call it `name`. */
export interface ReadRequest {
  readonly path: string;
  readonly name: string;
  readonly limits: ReadLimits;
}

/** What it answers: an outcome for each document of the file, then `done`. */
export type ReadAnswer =
  | { readonly kind: 'document'; readonly name: string; readonly document: ReadDocument }
  | { readonly kind: 'fault'; readonly name: string; readonly fault: Fault }
  | { readonly kind: 'done' };

/** A JipingError without its class, which does not survive the way between processes. */
export interface Fault {
  readonly code: ErrorCode;
  readonly text: Text;
  readonly where: Where;
}

export function toAnswer(outcome: ReadOutcome): ReadAnswer {
  if (outcome.document !== undefined) return { kind: 'document', name: outcome.name, document: outcome.document };
  const { code, text, where } = outcome.error;
  return { kind: 'fault', name: outcome.name, fault: { code, text, where } };
}

export function toOutcome(answer: Exclude<ReadAnswer, { kind: 'done' }>): ReadOutcome {
  if (answer.kind === 'document') return { name: answer.name, document: answer.document };
  const { code, text, where } = answer.fault;
  return { name: answer.name, error: new JipingError(code, text, where) };
}
