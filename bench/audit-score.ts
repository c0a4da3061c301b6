import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditText, type IdentifiedFinding } from '../src/audit/index.ts';

interface Annotated {
  readonly id: string;
  readonly annotation: {
    readonly rows: readonly {
      readonly level3: string;
      readonly target: string | null;
      readonly actual: string | null;
      readonly weight: number | null;
      readonly score: number | null;
    }[];
    readonly findings: readonly { readonly type: string; readonly certain: boolean; readonly detail: string }[];
  };
}

/**
 * Names of one thing: annotators call a contradiction between two sentences narrative-vs-table-mismatch too. Nothing
 * else stands for another rule, and errors are judged by their own name alone.
 */
const SAME: ReadonlyMap<string, readonly string[]> = new Map([
  ['narrative-vs-table-mismatch', ['narrative-contradiction']],
  ['narrative-contradiction', ['narrative-vs-table-mismatch']],
  ['persons-exceed-times', ['narrative-contradiction']],
  ['grade-mismatch', ['score-formula-mismatch']],
]);

/**
 * Holds the audit against a folder of annotated documents (`<id>.txt` and `index.jsonl`):
 * `npm run bench -- audit-score FOLDER [--verbose]`.
 */
export async function run(args: string[]): Promise<void> {
  const [folder = '.', ...options] = args.filter((word) => word !== '--smoke');
  if (!existsSync(join(folder, 'index.jsonl'))) {
    console.log('skipped: give a folder of annotated documents (<id>.txt and index.jsonl)');
    return;
  }
  const verbose = options.includes('--verbose');
  const lines = readFileSync(join(folder, 'index.jsonl'), 'utf8').trim().split('\n');
  let [rows, exact, certain, found, possible, possibleFound, errors, right] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const line of lines) {
    const { id, annotation } = JSON.parse(line) as Annotated;
    const audited = auditText(readFileSync(join(folder, `${id}.txt`), 'utf8').replaceAll('\r\n', '\n'), `${id}.txt`);
    const read = [...audited.tables.flatMap((table) => table.indicators), ...audited.proseRows].map((row) => ({
      name: squeeze(row.name?.text ?? ''),
      target: row.target?.text ?? null,
      actual: row.actual?.text ?? null,
      weight: row.weight?.text ?? null,
      score: row.score?.text ?? null,
      unreadable: row.unreadable.length > 0,
    }));
    for (const row of annotation.rows) {
      rows += 1;
      const same = read.some(
        (each) =>
          isWithin(squeeze(row.level3), each.name) &&
          cell(each.target) === cell(row.target) &&
          cell(each.actual) === cell(row.actual) &&
          number(each.weight) === row.weight &&
          number(each.score) === row.score,
      );
      if (same) exact += 1;
      else
        console.log(
          `${id} row not exact: ${JSON.stringify(row)}\n    nearest: ${JSON.stringify(read.find((each) => isWithin(squeeze(row.level3), each.name)))}`,
        );
    }
    const types = new Set(audited.findings.map((finding) => finding.rule));
    for (const finding of annotation.findings) {
      if (finding.certain) certain += 1;
      else possible += 1;
      const hit = [finding.type, ...(SAME.get(finding.type) ?? [])].some((type) => types.has(type));
      if (hit && finding.certain) found += 1;
      else if (hit) possibleFound += 1;
      else console.log(`${id} missed ${finding.certain ? 'CERTAIN' : 'possible'}: ${finding.type} ${finding.detail}`);
    }
    const annotated = new Set(annotation.findings.map((finding) => finding.type));
    for (const finding of audited.findings.filter((each) => each.severity === 'error')) {
      errors += 1;
      if (annotated.has(finding.rule)) right += 1;
      else console.log(`${id} FALSE ERROR: ${show(finding)}`);
    }
    if (verbose) for (const finding of audited.findings) console.log(`${id} ${finding.severity}: ${show(finding)}`);
  }
  console.log(
    `rows exact ${exact}/${rows}; certain findings ${found}/${certain}; possible ${possibleFound}/${possible}; errors right ${right}/${errors}`,
  );
}

function show(finding: IdentifiedFinding): string {
  return `${finding.rule} ${finding.message.zh}`;
}
function squeeze(text: string): string {
  return text.replace(/\s+/g, '').replace(/^(?:指标|目标)\d{1,2}[:：、.]?/, '');
}
function cell(text: string | null): string | null {
  return text === null ? null : text.replace(/\s+/g, '');
}
function number(text: string | null): number | null {
  return text === null ? null : Number(text.replace('分', ''));
}
/** Whether every character of the shorter name occurs in order in the longer. */
function isWithin(short: string, long: string): boolean {
  let at = 0;
  let kept = 0;
  for (const character of short) {
    const next = long.indexOf(character, at);
    if (next < 0) continue;
    at = next + 1;
    kept += 1;
  }
  return kept >= short.length * 0.75;
}
