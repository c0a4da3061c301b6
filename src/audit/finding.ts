import { createHash } from 'node:crypto';
import type { Severity, Text } from '../problem/index.ts';
import { checkProof } from './proof/check-proof.ts';
import type { Proof } from './proof/proof.ts';
import type { SourceText } from './read/source-text.ts';

/** UTF-16 offsets into the source text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: Text;
  /** What the document says, and what it should say where that can be computed. */
  readonly stated: string;
  readonly expected: string;
  readonly quotes: readonly Span[];
  readonly proof?: Proof;
}

interface FindingParts {
  readonly message: Text;
  readonly stated?: string;
  readonly expected?: string;
  readonly quotes: readonly Span[];
}

export function warning(rule: string, parts: FindingParts): Finding {
  return make(rule, 'warning', parts);
}

export function notice(rule: string, parts: FindingParts): Finding {
  return make(rule, 'notice', parts);
}

/**
 * An error, which only a proof can make. A proof that does not stand up to the checker leaves a warning: the rule saw
 * something, but it is not certain from the text alone.
 */
export function proven(rule: string, proof: Proof, source: SourceText, parts: FindingParts): Finding {
  return checkProof(proof, source.folded) ? { ...make(rule, 'error', parts), proof } : make(rule, 'warning', parts);
}

function make(rule: string, severity: Severity, parts: FindingParts): Finding {
  return {
    rule,
    severity,
    message: parts.message,
    stated: parts.stated ?? '',
    expected: parts.expected ?? '',
    quotes: parts.quotes.filter((quote) => quote.end > quote.start),
  };
}

/** Stable over edits elsewhere in the document: hash of rule, normalised quotes and ordinal; positions play no part. */
export function findingId(rule: string, quotes: readonly string[], ordinal: number): string {
  const normal = quotes.map((quote) => quote.normalize('NFKC').replace(/\s+/g, ''));
  return createHash('sha256')
    .update(JSON.stringify([rule, normal, ordinal]))
    .digest('hex')
    .slice(0, 16);
}
