import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, RegisterStore } from '../../register/index.ts';
import { sqlText } from '../engines/duckdb/open-duckdb.ts';
import { csvRow } from '../records/csv-text.ts';

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
  const csv = join(scratch, 'decisions.csv');
  writeFileSync(
    csv,
    csvRow(['finding', 'code', 'effect', 'note', 'date']) +
      decisions.map(({ finding, code, effect, note, date }) => csvRow([finding, code, effect, note, date])).join(''),
    { mode: 0o600 },
  );
  await database.run(
    `COPY (SELECT * FROM read_csv(${sqlText(csv)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {'finding': 'VARCHAR', 'code': 'VARCHAR', 'effect': 'VARCHAR', 'note': 'VARCHAR', 'date': 'VARCHAR'})) TO ${sqlText(target)} (FORMAT parquet)`,
  );
}
