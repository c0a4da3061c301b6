import type { Fact, ReadFacts } from '../fact/index.ts';
import { cellOf, type ProjectBook } from '../ledger/index.ts';
import { type Problem, problem, text } from '../problem/index.ts';
import {
  contains,
  convert,
  type Exact,
  parseNumber,
  roundingInterval,
  sameDimension,
  type Unit,
  WAN_YUAN,
} from '../quantity/index.ts';
import type { Evaluation } from './evaluation.ts';

/** What a piece of evidence says in figures: the file behind a 佐证 number, read. */
export interface EvidenceFacts {
  readonly file: string;
  readonly read: ReadFacts;
}

/**
 * Holds entered figures against the evidence they cite, where that evidence is a result of this program (a settlement,
 * an estimate): a figure that stands in none of its facts is a warning; a changed file is an error.
 * @param evidence by 佐证 number
 */
export function checkEvidenceFacts(
  evaluation: Evaluation,
  book: ProjectBook,
  evidence: ReadonlyMap<string, EvidenceFacts>,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [number, { file, read }] of evidence)
    if (read.altered.length > 0)
      problems.push(
        problem(
          'evidence-altered',
          'error',
          text(
            `佐证${number}（${file}）里的${read.altered
              .slice(0, 3)
              .map((label) => `“${label}”`)
              .join('、')}与写出时不同，文件被改过；请换回原件`,
            `evidence ${number} (${file}) was changed after it was written; put the original back`,
          ),
        ),
      );
  const indicators = book.tables.indicators;
  for (const leaf of evaluation.indicators) {
    const actual = leaf.actual.factId === undefined ? undefined : evaluation.lineage.find(leaf.actual.factId);
    const record = indicators.records.find((each) => each.row === leaf.row);
    if (actual?.value.kind !== 'number' || record === undefined) continue;
    const places = parseNumber(leaf.actual.text)?.places ?? 0;
    problems.push(
      ...differing(leaf.path[2], actual.value.value, actual.value.unit, places, leaf.evidence, evidence, {
        sheet: indicators.sheet,
        cell: cellOf(indicators, record, 'actual'),
      }),
    );
  }
  const money = book.tables.money;
  for (const record of money.records)
    if (record.amount !== undefined && record.evidence !== undefined)
      problems.push(
        ...differing(
          record.kind ?? '',
          record.amount,
          WAN_YUAN,
          record.amount.decimalPlaces ?? 2,
          record.evidence,
          evidence,
          {
            sheet: money.sheet,
            cell: cellOf(money, record, 'amount'),
          },
        ),
      );
  return problems;
}

function differing(
  name: string,
  value: Exact,
  unit: Unit,
  places: number,
  cited: readonly string[],
  evidence: ReadonlyMap<string, EvidenceFacts>,
  where: { readonly sheet: string; readonly cell: string },
): readonly Problem[] {
  return cited.flatMap((number) => {
    const found = evidence.get(number);
    if (found === undefined) return [];
    const comparable = found.read.facts.filter(
      (fact) => fact.value.kind === 'number' && sameDimension(fact.value.unit, unit),
    );
    if (comparable.length === 0 || comparable.some((fact) => agrees(fact, value, unit, places))) return [];
    const shown = `${value.toString()}${unit.symbol}`;
    return [
      problem(
        'figure-not-in-evidence',
        'warning',
        text(
          `${name}填${shown}，佐证${number}（${found.file}）里没有这个数；请核对，或换一份佐证`,
          `${name} says ${shown}, which evidence ${number} (${found.file}) does not hold; check it or cite other evidence`,
        ),
        where,
      ),
    ];
  });
}

/** Whether the fact is the entered figure, within what the entered decimals leave open. */
function agrees(fact: Fact, value: Exact, unit: Unit, places: number): boolean {
  return (
    fact.value.kind === 'number' &&
    contains(roundingInterval(value, places), convert(fact.value.value, fact.value.unit, unit))
  );
}
