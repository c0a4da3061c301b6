import type { Where } from './problem.ts';
import { printWhere } from './problem.ts';
import type { Text } from './text.ts';

/**
 * Why an operation could not be done at all. Closed set; messages are translated and never branched on.
 *
 * - `usage`: the call's words are off (unknown option, missing argument).
 * - `unreadable`: an input cannot be read (not the format it claims, encrypted, truncated, over a limit).
 * - `invalid-rule`: a rule file is wrong; carries file, line and key.
 * - `unsupported`: a form, rule set or method that is not made; refused by name, never approximated.
 * - `not-found`: a named thing (file, dataset version, region, rule set) does not exist.
 * - `conflict`: something already stored stands in the way (lock held, output exists).
 * - `resource`: disk full, memory or time limit, a helper process was killed.
 * - `internal`: a promise of this program is broken; a fault of ours, not of the user's.
 */
export type ErrorCode =
  | 'usage'
  | 'unreadable'
  | 'invalid-rule'
  | 'unsupported'
  | 'not-found'
  | 'conflict'
  | 'resource'
  | 'internal';

/** The one error class. `text` says what is wrong and what to do; `where` says where. */
export class JipingError extends Error {
  readonly code: ErrorCode;
  readonly text: Text;
  readonly where: Where;

  constructor(code: ErrorCode, text: Text, where: Where = {}, options?: { cause?: unknown }) {
    const place = printWhere(where);
    super(place === '' ? text.zh : `${place}: ${text.zh}`, options);
    this.name = 'JipingError';
    this.code = code;
    this.text = text;
    this.where = where;
  }
}
