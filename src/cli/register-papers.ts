import { type Fact, factJson, inputsOf, type Lineage } from '../fact/index.ts';
import { printValue, type Report, renderDocx, renderXlsx, type SigningKey, sealReport } from '../report/index.ts';
import type { NewFile } from './write-files.ts';

/** A paper over registers as DOCX and XLSX, each with the facts it prints, signed when there is a key. */
export function registerPaper(
  name: string,
  report: Report,
  lineage: Lineage,
  key: SigningKey | undefined,
): readonly NewFile[] {
  const manifest = sealReport(report, (id) => lineage.find(id), key);
  return [
    { path: `${name}.docx`, content: renderDocx(report, manifest) },
    { path: `${name}.xlsx`, content: renderXlsx(report, manifest) },
  ];
}

/** A result as evidence of a project: JSON whose `facts` formulas and checks of `jiping evaluate` read. */
export function registerResult(name: string, result: object, facts: readonly Fact[]): NewFile {
  return { path: `${name}.json`, content: `${JSON.stringify({ ...result, facts: facts.map(factJson) }, null, 2)}\n` };
}

/** Facts with all that they rest on, inputs first. */
export function withInputs(lineage: Lineage, facts: readonly Fact[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  const visit = (fact: Fact): void => {
    if (found.has(fact.id)) return;
    for (const id of inputsOf(fact)) visit(lineage.get(id));
    found.set(fact.id, fact);
  };
  for (const fact of facts) visit(fact);
  return [...found.values()];
}

/** 2025年3月1日 */
export function dayInWords(date: string): string {
  return printValue({ kind: 'date', value: date }, { style: 'date' });
}
