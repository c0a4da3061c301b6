import { JipingError, text } from '../../problem/index.ts';
import { loadRegisterKinds, type RegisterField, type RegisterKind } from '../kinds/register-kinds.ts';

/** Which heading of the file fills which field: field name → heading. */
export type HeadingMapping = Readonly<Record<string, string>>;

export interface ProposedMapping {
  readonly mapping: HeadingMapping;
  /** Fields matched by likeness only: a person must confirm them. */
  readonly unsure: readonly string[];
  readonly unused: readonly string[];
}

/** A heading without spaces, marks and units, for comparison. */
export function plainHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .replaceAll(/[\s*:：“”"'、\uFEFF]/gu, '')
    .toLowerCase();
}

/** Weight of a cell that only contains a heading we know. */
const LIKENESS = 0.7;

let known: ReadonlySet<string> | undefined;

/** How many cells of a row are headings of some register. */
export function headingScore(cells: readonly string[]): number {
  known ??= new Set(
    loadRegisterKinds().flatMap((kind) =>
      kind.fields.flatMap((field) => [field.label, ...field.synonyms].map(plainHeading)),
    ),
  );
  let score = 0;
  for (const cell of cells) {
    const plain = plainHeading(cell);
    if (known.has(plain)) score += 1;
    else if (
      plain.length <= 14 &&
      !/\d/.test(plain) &&
      [...known].some((word) => word.length >= 2 && plain.includes(word))
    )
      score += LIKENESS;
  }
  return score;
}

/**
 * Proposes a mapping: exact synonyms first, in their order of preference; then headings that contain a synonym, marked unsure.
 * @param given mapping of `--mapping` or remembered; its headings win
 * @throws JipingError `unreadable` for headings that stand twice where that matters, or missing required fields
 */
export function matchHeadings(
  headings: readonly string[],
  kind: RegisterKind,
  given: HeadingMapping,
  file: string,
): ProposedMapping {
  const plain = headings.map(plainHeading);
  const mapping: Record<string, string> = {};
  const unsure: string[] = [];
  const taken = new Set<number>();
  const take = (field: RegisterField, index: number): void => {
    const heading = headings[index] ?? '';
    if (plain.filter((other) => other === plain[index]).length > 1)
      throw new JipingError(
        'unreadable',
        text(
          `表头“${heading}”出现了两次，无法判断哪一列是${field.label}；请删去或改名其中一列后再导入。`,
          `the heading “${heading}” stands twice; remove or rename one of the two columns.`,
        ),
        { file },
      );
    mapping[field.name] = heading;
    taken.add(index);
  };
  for (const field of kind.fields) {
    const heading = given[field.name];
    if (heading === undefined || heading === '') continue;
    const index = plain.indexOf(plainHeading(heading));
    if (index < 0)
      throw new JipingError(
        'unreadable',
        text(
          `对应关系里的列“${heading}”不在文件里；文件的列：${headings.join('、')}`,
          `the mapping names the column “${heading}”, which the file does not have`,
        ),
        { file },
      );
    take(field, index);
  }
  for (const field of kind.fields) {
    if (field.name in mapping || given[field.name] === '') continue;
    for (const synonym of [field.label, ...field.synonyms].map(plainHeading)) {
      const index = plain.findIndex((heading, at) => !taken.has(at) && heading === synonym);
      if (index < 0) continue;
      take(field, index);
      break;
    }
  }
  for (const field of kind.fields) {
    if (field.name in mapping || given[field.name] === '') continue;
    const candidates = plain.flatMap((heading, index) =>
      !taken.has(index) &&
      field.synonyms.some((synonym) => synonym.length >= 2 && heading.includes(plainHeading(synonym)))
        ? [index]
        : [],
    );
    const [only] = candidates;
    if (only === undefined || candidates.length > 1) continue;
    take(field, only);
    unsure.push(field.name);
  }
  const missing = kind.required.filter((name) => !(name in mapping));
  if (missing.length > 0) throw missingFields(headings, kind, missing, file);
  checkTypical(headings, kind, mapping, file);
  return { mapping, unsure, unused: headings.filter((_, index) => !taken.has(index)) };
}

function labels(kind: RegisterKind, names: readonly string[]): string {
  return names.map((name) => kind.fields.find((field) => field.name === name)?.label ?? name).join('、');
}

function labelsEn(kind: RegisterKind, names: readonly string[]): string {
  return names.map((name) => kind.fields.find((field) => field.name === name)?.labelEn ?? name).join(', ');
}

function missingFields(
  headings: readonly string[],
  kind: RegisterKind,
  missing: readonly string[],
  file: string,
): JipingError {
  const better = likelierKind(headings, kind);
  const hint =
    better === undefined
      ? ['请核对文件，或用 --mapping 指明这些列', 'check the file or name the columns with --mapping']
      : [
          `看表头更像“${better.title}”（--kind ${better.kind}），请核对是否拿错了文件`,
          `its headings look like ${better.titleEn} (--kind ${better.kind}); check that it is the right file`,
        ];
  return new JipingError(
    'unreadable',
    text(
      `按“${kind.title}”导入缺少列：${labels(kind, missing)}。${hint[0]}。`,
      `columns are missing for --kind ${kind.kind}: ${labelsEn(kind, missing)}; ${hint[1]}.`,
    ),
    { file },
  );
}

/** The kind whose typical fields all stand in the heading. */
function likelierKind(headings: readonly string[], than: RegisterKind): RegisterKind | undefined {
  return loadRegisterKinds().find(
    (kind) =>
      kind.kind !== than.kind && kind.typical.length > 0 && hasAll(headings, kind, [...kind.typical, ...kind.required]),
  );
}

function hasAll(headings: readonly string[], kind: RegisterKind, names: readonly string[]): boolean {
  const plain = new Set(headings.map(plainHeading));
  return names.every((name) => {
    const field = kind.fields.find((each) => each.name === name);
    return field !== undefined && [field.label, ...field.synonyms].some((synonym) => plain.has(plainHeading(synonym)));
  });
}

/** None of what tells this kind from others is there, and another kind fits wholly: two agencies' files were mixed up. */
function checkTypical(headings: readonly string[], kind: RegisterKind, mapping: HeadingMapping, file: string): void {
  if (kind.typical.length === 0 || kind.typical.some((name) => name in mapping)) return;
  const better = likelierKind(headings, kind);
  if (better === undefined) return;
  throw missingFields(headings, kind, kind.typical, file);
}
