import { existsSync, readFileSync } from 'node:fs';
import type { RegisterStore } from '../../register/index.ts';
import type { ComparisonRules } from './job-rules.ts';
import { listRuns, proposalsFile } from './run-comparison.ts';

/** Two records that trained linkage takes for one person. It changes nothing until a person decides. */
export interface LinkProposal {
  /** Keyed id of the pair; under it the decision comes back. */
  readonly proposal: string;
  /** The finding that falls away if the two are one person; of a matched check the one that there would be. */
  readonly finding: string;
  readonly check: string;
  readonly level: 'linkage';
  /** Four decimals, as text. */
  readonly probability: string;
  readonly leftRow: string;
  readonly rightKind: string;
  readonly rightRow: string;
  /** Of a matched check: keyed id of the right record's person, by which a later run finds the record again. */
  readonly rightPerson?: string;
}

/** What trained linkage proposed beside the runs that are kept, by id; later runs stand for earlier. */
export function readProposals(store: RegisterStore, rules: ComparisonRules): ReadonlyMap<string, LinkProposal> {
  const found = new Map<string, LinkProposal>();
  for (const run of rules.jobs.flatMap(({ job }) => listRuns(store, job))) {
    const path = proposalsFile(store, run);
    if (!existsSync(path)) continue;
    for (const proposal of JSON.parse(readFileSync(path, 'utf8')) as LinkProposal[])
      found.set(proposal.proposal, proposal);
  }
  return found;
}
