import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Database, RegisterStore } from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { csvRow } from '../records/csv-text.ts';
import type { ComparisonRules } from './job-rules.ts';

/** What a town, village or school returned about one finding. */
export interface Decision {
  /** Keyed id of the finding. */
  readonly finding: string;
  readonly code: string;
  readonly effect: 'dismissed' | 'resolved' | 'open';
  readonly note: string;
  /** `YYYY-MM-DD`, as returned; empty when not. */
  readonly date: string;
  readonly importedOn: string;
  /** File it came in. */
  readonly source: string;
  /** Of a pair that a matched check proposed: what an accepted one says. */
  readonly link?: DecidedLink;
}

/** Two records, each by a keyed id of its person. */
export interface DecidedLink {
  readonly check: string;
  /** The finding of the left person. */
  readonly finding: string;
  readonly rightKind: string;
  readonly rightPerson: string;
}

function journalPath(store: RegisterStore): string {
  return join(store.home, 'comparison', 'decisions.jsonl');
}

/** The last decision of each finding, in order of finding. A line half written by a killed run is passed over. */
export function readDecisionJournal(store: RegisterStore): readonly Decision[] {
  const path = journalPath(store);
  if (!existsSync(path)) return [];
  const last = new Map<string, Decision>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (!line.endsWith('}')) continue;
    const decision = JSON.parse(line) as Decision;
    last.set(decision.finding, decision);
  }
  return [...last.values()].sort((a, b) => (a.finding < b.finding ? -1 : 1));
}

/** Adds decisions that differ from what is known; gives how many were new. */
export function addDecisions(store: RegisterStore, decisions: readonly Decision[]): number {
  const known = new Map(readDecisionJournal(store).map((decision) => [decision.finding, decision]));
  const fresh = decisions.filter(({ finding, code, note, date }) => {
    const old = known.get(finding);
    return old === undefined || old.code !== code || old.note !== note || old.date !== date;
  });
  if (fresh.length > 0)
    appendFileSync(journalPath(store), fresh.map((decision) => `${JSON.stringify(decision)}\n`).join(''), {
      mode: 0o600,
    });
  return fresh.length;
}

/** The journal as a table the plans can scan. */
export async function writeDecisionTable(
  database: Database,
  decisions: readonly Decision[],
  scratch: string,
  target: string,
): Promise<void> {
  const rows = decisions.map(({ finding, code, effect, note, date }) => [finding, code, effect, note, date]);
  await writeTextTable(database, ['finding', 'code', 'effect', 'note', 'date'], rows, scratch, target);
}

/** Pairs that persons took for one person, as a table the plans can scan. */
export async function writeLinkTable(
  database: Database,
  links: readonly DecidedLink[],
  scratch: string,
  target: string,
): Promise<void> {
  const rows = links.map(({ check, finding, rightKind, rightPerson }) => [check, finding, rightKind, rightPerson]);
  await writeTextTable(database, LINK_COLUMNS, rows, scratch, target);
}

/** Columns of the table of accepted pairs. */
export const LINK_COLUMNS = ['check', 'finding', 'right_kind', 'right_person'] as const;

/** What persons accepted and did not take back, in order of proposal. */
export function acceptedLinks(store: RegisterStore, rules: Pick<ComparisonRules, 'proposals'>): readonly DecidedLink[] {
  return readDecisionJournal(store).flatMap(({ code, link }) =>
    link !== undefined && rules.proposals[code]?.effect === 'accepted' ? [link] : [],
  );
}

/** A small table of texts that plans can scan. */
export async function writeTextTable(
  database: Database,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  scratch: string,
  target: string,
): Promise<void> {
  const csv = join(scratch, `${basename(target)}.csv`);
  writeFileSync(csv, csvRow([...columns]) + rows.map((row) => csvRow([...row])).join(''), { mode: 0o600 });
  const types = columns.map((name) => `${sqlText(name)}: 'VARCHAR'`).join(', ');
  await database.run(
    `COPY (SELECT * FROM read_csv(${sqlText(csv)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${types}})) TO ${sqlText(target)} (FORMAT parquet)`,
  );
}
