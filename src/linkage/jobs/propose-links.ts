import { createHmac } from 'node:crypto';
import type { Text } from '../../problem/index.ts';
import { type RegisterStore, writeSafely } from '../../register/index.ts';
import { probabilityOf } from '../fellegi-sunter/trained-model.ts';
import { linkTables } from '../link-tables.ts';
import { cellOf, type TextTable } from '../records/read-csv.ts';
import { readDecisionJournal } from './decision-journal.ts';
import type { Check, ComparisonJob, ComparisonParameters, ComparisonRules } from './job-rules.ts';
import { type CheckLinks, openRecords, REST } from './open-records.ts';
import type { LinkProposal } from './read-proposals.ts';
import { type ComparisonRun, proposalsFile, type RunOptions, withComparisonDatabase } from './run-comparison.ts';

/**
 * Whether pairs can be proposed. Not where a field is matched instead of the person, where one register is compared with
 * itself, or where only likeness without a number is asked for.
 */
function isLinked({ shape, key, levels }: Check): boolean {
  return shape !== 'repeated' && key === undefined && levels.length === 0;
}

/** A proposal with what a person needs to decide; names are masked nowhere, so it goes to a work list only. */
export interface ShownProposal extends LinkProposal {
  readonly left: ProposedRecord;
  readonly right: ProposedRecord;
}

export interface ProposedRecord {
  readonly name: string;
  readonly sex: string;
  readonly birth: string;
  readonly town: string;
  readonly village: string;
}

export interface ProposedLinks {
  readonly job: string;
  readonly proposals: readonly ShownProposal[];
  /** Pairs compared, over all checks. */
  readonly comparedPairs: number;
  /** Checks that were left out, with the reason. */
  readonly left: readonly { readonly check: string; readonly reason: Text }[];
}

/** Least probability at which a pair is put before a person. */
const LEAST = 0.8;

/**
 * The last level of comparison: for persons of a job whom no earlier level found, the records of the other registers that
 * belong to nobody there and are most likely the same person. Of a missing check an accepted pair settles the finding, of a
 * matched check it makes one. Blocked, so linear in the records. Nothing is decided here.
 */
export async function proposeLinks(
  store: RegisterStore,
  rules: ComparisonRules,
  job: ComparisonJob,
  run: ComparisonRun,
  options: RunOptions,
): Promise<ProposedLinks> {
  const proposals: ShownProposal[] = [];
  const left: ProposedLinks['left'][number][] = [];
  let comparedPairs = 0;
  await store.locked(() =>
    store.inScratch((scratch) =>
      withComparisonDatabase(store, scratch, options, async (database) => {
        const parameters = rules.parameters(options.asOf.slice(0, 4));
        for (const check of job.checks.filter(isLinked)) {
          const found = await proposeForCheck({ store, rules, parameters, check, run, options, database, scratch });
          if ('reason' in found) left.push({ check: check.check, reason: found.reason });
          else {
            proposals.push(...found.proposals);
            comparedPairs += found.comparedPairs;
          }
        }
      }),
    ),
  );
  const kept = proposals.map(({ left: _left, right: _right, ...proposal }): LinkProposal => proposal);
  await store.locked(async () => writeSafely(proposalsFile(store, run), `${JSON.stringify(kept)}\n`));
  return { job: job.job, proposals, comparedPairs, left };
}

type Found =
  | { readonly proposals: readonly ShownProposal[]; readonly comparedPairs: number }
  | { readonly reason: Text };

async function proposeForCheck(links: CheckLinks): Promise<Found> {
  const { store, rules, check, options, parameters } = links;
  const tables = await openRecords(links);
  if ('reason' in tables) return tables;
  const [lefts, rights] = tables.tables;
  if (lefts === undefined || rights === undefined || tables.open === 0 || tables.free === 0)
    return { proposals: [], comparedPairs: 0 };
  const outcome = await linkTables(rules.linkage, [lefts, rights], {
    threads: options.threads ?? 2,
    minProbability: LEAST,
    threshold: LEAST,
  });
  const key = Buffer.from(store.findingKey(), 'hex');
  const rejected = new Set(
    readDecisionJournal(store)
      .filter(({ code }) => rules.proposals[code]?.effect === 'rejected')
      .map(({ finding }) => finding),
  );
  const [leftAt, rightAt] = [placesOf(lefts), placesOf(rights)];
  const { records } = outcome.linkage;
  const best = new Map<string, ShownProposal & { readonly weight: number }>();
  outcome.pairs.weight.forEach((weight, at) => {
    const [a, b] = [outcome.pairs.left[at] ?? 0, outcome.pairs.right[at] ?? 0];
    const [leftName = '', rightName = ''] = [records.identifiers[a], records.identifiers[b]];
    // Rows beside the rest are there to train by.
    if (!leftName.startsWith(REST) || !rightName.startsWith(REST)) return;
    const leftRow = leftName.slice(REST.length);
    const [rightKind = '', rightRow = ''] = rightName.slice(REST.length).split(':');
    const left = (name: string): string => cellOf(lefts, name, leftAt.get(leftName) ?? -1);
    const right = (name: string): string => cellOf(rights, name, rightAt.get(rightName) ?? -1);
    if (!wouldBeFinding(check, parameters, left('held'), right('held'))) return;
    const finding = left('finding');
    const proposal = createHmac('sha256', key)
      .update(`linkage|${finding}|${rightKind}|${right('person')}`, 'utf8')
      .digest('hex')
      .slice(0, 32);
    const before = best.get(finding);
    if (rejected.has(proposal) || (before !== undefined && !isBetter({ weight, leftRow, rightKind, rightRow }, before)))
      return;
    best.set(finding, {
      proposal,
      finding,
      check: check.check,
      level: 'linkage',
      probability: probabilityOf(weight).toFixed(4),
      leftRow,
      rightKind,
      rightRow,
      ...(check.shape === 'matched' ? { rightPerson: right('person_key') } : {}),
      left: recordOf(left),
      right: recordOf(right),
      weight,
    });
  });
  // By rows, not by keyed ids: the same in every data folder.
  const order = ({ left, leftRow }: ShownProposal): string =>
    [left.town, left.village, left.name, leftRow.padStart(ROW_DIGITS, '0')].join('\u0000');
  const proposals = [...best.values()]
    .map(({ weight: _weight, ...proposal }) => proposal)
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return { proposals, comparedPairs: outcome.linkage.comparedPairs };
}

/** Digits of the largest row number. */
const ROW_DIGITS = 16;

type Weighed = Pick<ShownProposal, 'leftRow' | 'rightKind' | 'rightRow'> & { readonly weight: number };

/** The likelier pair; of equals the one that stands first. */
function isBetter(one: Weighed, other: Weighed): boolean {
  if (one.weight !== other.weight) return one.weight > other.weight;
  const place = ({ leftRow, rightKind, rightRow }: Weighed): string =>
    [leftRow.padStart(ROW_DIGITS, '0'), rightKind, rightRow.padStart(ROW_DIGITS, '0')].join(':');
  return place(one) < place(other);
}

/** Whether two records of one person would be a finding: some checks ask for fields that disagree. */
function wouldBeFinding(check: Check, parameters: ComparisonParameters, left: string, right: string): boolean {
  if (check.shape === 'missing') return true;
  if (check.differs !== undefined && (left === '' || right === '' || left === right)) return false;
  return check.total === undefined || BigInt(left || 0) + BigInt(right || 0) !== parameters[check.not ?? 'premium'];
}

function placesOf(table: TextTable): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: table.rows }, (_, row) => [cellOf(table, 'row', row), row]));
}

function recordOf(cell: (name: string) => string): ProposedRecord {
  return {
    name: cell('name'),
    sex: cell('sex'),
    birth: cell('birth'),
    town: cell('town'),
    village: cell('village'),
  };
}
