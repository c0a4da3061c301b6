import { parseDocument, type ReadDocument } from '../../document/index.ts';
import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import type { Report } from '../report.ts';
import { sheetName } from '../xlsx/render-xlsx.ts';
import { type Carried, type PaperKind, readCarrier } from './carrier.ts';
import { checkControls } from './check-controls.ts';
import { checkFacts } from './check-facts.ts';
import { classifyNumbers } from './classify-numbers.ts';
import { compareLines } from './compare-lines.ts';
import { compareWithEvaluation, type EvaluationFact, sameFacts } from './compare-with-evaluation.ts';
import { type Manifest, openManifest } from './manifest.ts';
import type { TrustedKey } from './signing-key.ts';
import type { Verification } from './verification.ts';
import { foundLines, issuedLines, keyOf, makeLine, type VisibleLine } from './visible-lines.ts';

export interface VerifyOptions {
  readonly trusted: readonly TrustedKey[];
  /** Typesets the issued paper again, to know what its PDF says. */
  readonly renderPdf: (report: Report) => Uint8Array | undefined;
  /** Facts of an `evaluation.json` to hold the paper against. */
  readonly evaluation?: { readonly name: string; readonly facts: readonly EvaluationFact[] };
}

/**
 * Re-checks an issued paper from the file alone: what it shows against what was issued, each figure against its fact,
 * the signature against the trusted keys.
 *
 * @param document the same file as read (`readDocument`: a hostile file is kept in bounds there, before its facts
 *   are taken out here)
 * @throws JipingError `unreadable`; `unsupported` for another kind of file
 */
export async function verifyPaper(
  bytes: Uint8Array,
  document: ReadDocument,
  options: VerifyOptions,
): Promise<Verification> {
  const { name } = document;
  const kind = paperKind(document);
  const carried = await readCarrier(bytes, kind, name);
  const found = [
    ...foundLines(document),
    ...carried.annotations.map(({ page, text: words }) => makeLine(words, 'annotation', { page })),
  ];
  const manifest = carried.sealed === undefined ? undefined : openManifest(carried.sealed);
  if (manifest === undefined) return withoutManifest(found, carried, { kind, name, options });
  const issued = issuedLines(manifest.report);
  const problems: Problem[] = [
    ...(kind === 'pdf'
      ? await comparePdf(manifest.report, found, name, options)
      : compareLines(issued, found, { file: name, strict: false })),
    ...(kind === 'docx' ? checkControls(issued, found, { file: name, application: carried.application }) : []),
    ...(kind === 'xlsx' ? checkTabs(manifest.report, found, name) : []),
    ...checkAdditions(carried, document, issued),
    ...checkFacts(manifest, name),
    ...checkSignature(manifest, name),
    ...(options.evaluation === undefined ? [] : sameFacts(manifest.facts, options.evaluation.facts, name)),
  ];
  return {
    file: name,
    kind,
    title: manifest.report.title,
    consistency: problems.some((one) => one.severity === 'error') ? 'changed' : 'consistent',
    signature: manifest.signature,
    ...trustOf(manifest, options.trusted),
    ...(options.evaluation === undefined ? {} : { against: options.evaluation.name }),
    numbers: classifyNumbers(issued),
    problems,
  };
}

/** The tab of a sheet is visible too: a number in its name that was not issued is a change. */
function checkTabs(report: Report, found: readonly VisibleLine[], file: string): readonly Problem[] {
  const issued = sheetName(report.title);
  const digits = (words: string): string => (words.normalize('NFKC').match(/\d+/g) ?? []).join(' ');
  const tabs = new Set(found.flatMap((line) => (line.position.sheet === undefined ? [] : [line.position.sheet])));
  return [...tabs]
    .filter((tab) => tab !== issued)
    .map((tab) =>
      problem(
        digits(tab) === digits(issued) ? 'wording-changed' : 'figure-changed',
        digits(tab) === digits(issued) ? 'warning' : 'error',
        text(`工作表名签发时为“${issued}”，现为“${tab}”`, `sheet tab: issued “${issued}”, now “${tab}”`),
        { file, sheet: tab },
      ),
    );
}

function paperKind({ kind, name }: ReadDocument): PaperKind {
  if (kind === 'docx' || kind === 'xlsx' || kind === 'pdf') return kind;
  throw new JipingError(
    'unsupported',
    text(`只能核验 docx、xlsx、pdf，这是 ${kind}`, `only docx, xlsx and pdf can be verified, this is ${kind}`),
    { file: name },
  );
}

function withoutManifest(
  found: readonly VisibleLine[],
  carried: Carried,
  { kind, name, options }: { readonly kind: PaperKind; readonly name: string; readonly options: VerifyOptions },
): Verification {
  const damaged = carried.sealed !== undefined;
  const notice = problem(
    damaged ? 'manifest-damaged' : 'manifest-missing',
    options.evaluation === undefined ? 'error' : 'warning',
    damaged
      ? text('文件内随附的数据已损坏', 'the facts carried in the file are damaged')
      : text(
          '文件内没有随附数据（不是本程序签发，或已被去除）',
          'the file carries no facts (not issued by this program, or stripped)',
        ),
    { file: name },
  );
  const base = { file: name, kind, title: '' };
  if (options.evaluation === undefined)
    return {
      ...base,
      consistency: 'cannot-verify',
      numbers: { facts: 0, literals: 0, untraceable: classifyNumbers(found).untraceable },
      problems: [notice],
    };
  const compared = compareWithEvaluation(found, options.evaluation.facts, name);
  const problems = [notice, ...compared.problems];
  return {
    ...base,
    against: options.evaluation.name,
    consistency: problems.some((one) => one.severity === 'error') ? 'changed' : 'consistent',
    numbers: compared.numbers,
    problems,
  };
}

/** A report nobody issued may be one that cannot be typeset. */
function typesetOrNothing(render: () => Uint8Array | undefined): Uint8Array | undefined {
  try {
    return render();
  } catch (error) {
    if (error instanceof JipingError && error.code === 'internal') return undefined;
    throw error;
  }
}

/** A PDF has no order of reading but its layout: it is held against the issued paper typeset again. */
async function comparePdf(
  report: Report,
  found: readonly VisibleLine[],
  name: string,
  options: VerifyOptions,
): Promise<readonly Problem[]> {
  const bytes = typesetOrNothing(() => options.renderPdf(report));
  if (bytes === undefined)
    return [
      problem(
        'figure-changed',
        'error',
        text('随附数据不能排成 PDF，与文件不符', 'the facts carried cannot be typeset, so they are not of this PDF'),
        { file: name },
      ),
    ];
  const issued = foundLines(await parseDocument(bytes, name));
  const stream = (lines: readonly VisibleLine[]): string => keyOf(lines.map((line) => line.key).join(''));
  if (stream(issued) === stream(found)) return [];
  return compareLines(issued, found, { file: name, strict: true });
}

/** What an issued paper never has: computed cells, hidden rows or columns, pictures and drawings. */
function checkAdditions(carried: Carried, document: ReadDocument, issued: readonly VisibleLine[]): readonly Problem[] {
  const file = document.name;
  const isIssued = (shown: string): boolean => issued.some((line) => line.key === keyOf(shown));
  const typed = carried.typedPageNumbers
    .filter((shown) => !isIssued(shown))
    .map((shown) =>
      problem(
        'figure-changed',
        'error',
        text(
          `页脚“${shown}”是写死的数字，签发时是页码，随页变化`,
          `the foot “${shown}” is a typed number; issued was a page number that counts`,
        ),
        { file },
      ),
    );
  const problems: Problem[] = carried.formulas.map((address) =>
    problem(
      'formula-added',
      'error',
      text(
        `${address} 被改成了公式，打开时会重新计算`,
        `${address} was made a formula, which is computed anew when opened`,
      ),
      { file, cell: address },
    ),
  );
  for (const note of document.notes)
    if (note.rule === 'hidden-cells')
      problems.push(
        problem('cells-hidden', 'error', text('有行或列被隐藏', 'rows or columns were hidden'), note.where),
      );
  if (carried.objects.length > 0)
    problems.push(
      problem(
        'objects-added',
        'warning',
        text(
          `加入了图片、图形或图表（${carried.objects.length} 个），其中的文字不能核对，请人工查看`,
          `${carried.objects.length} pictures, drawings or charts were added; look at them: their words cannot be checked`,
        ),
        { file },
      ),
    );
  return [...typed, ...problems];
}

function checkSignature(manifest: Manifest, file: string): readonly Problem[] {
  if (manifest.signature.kind === 'unsigned' || manifest.signature.valid) return [];
  return [
    problem(
      'signature-invalid',
      'error',
      text('签名无效：随附数据在签名后被改动', 'the signature is invalid: the facts were altered after signing'),
      { file },
    ),
  ];
}

function trustOf(manifest: Manifest, trusted: readonly TrustedKey[]): { readonly trustedAs?: string } {
  const { signature } = manifest;
  if (signature.kind === 'unsigned' || !signature.valid) return {};
  const key = trusted.find((one) => one.fingerprint === signature.by);
  return key === undefined ? {} : { trustedAs: key.name };
}
