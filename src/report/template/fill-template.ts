import JSZip from 'jszip';
import type { FigureRun } from '../../document/index.ts';
import { type Block, type Cell, type Inline, inlineText, parseDocument } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type { Evaluation } from '../../performance/index.ts';
import { JipingError, type Problem, text } from '../../problem/index.ts';
import { MANIFEST_NAMESPACE } from '../docx/render-docx.ts';
import type { Report } from '../report.ts';
import { sealReport } from '../verify/manifest.ts';
import type { SigningKey } from '../verify/signing-key.ts';
import { escapeXml, XML_HEAD } from '../xml.ts';
import { PartFiller } from './fill-part.ts';
import { type TemplateValues, templateValues } from './template-values.ts';
import { readTree, writeTree } from './xml-tree.ts';

export interface FilledTemplate {
  /** Absent when a tag is wrong: nothing is half filled. */
  readonly bytes?: Uint8Array;
  readonly problems: readonly Problem[];
}

/** Parts of a Word file that people see, and what they are called. */
const PARTS: readonly (readonly [RegExp, string, string])[] = [
  [/^word\/document\d*\.xml$/, '', 'body,'],
  [/^word\/header\d*\.xml$/, '页眉', 'header,'],
  [/^word\/footer\d*\.xml$/, '页脚', 'footer,'],
  [/^word\/(?:foot|end)notes\.xml$/, '脚注', 'notes,'],
];
/** Marks words of the unit while the result is read back; never in the file that is given. */
const UNIT_MARK = 'unit-words';

/**
 * A unit's own Word template filled from an evaluation. Figures stand in content controls tagged with their facts and
 * the facts travel along, so that `verify` works on the result as on our own papers. All else of the template stays.
 *
 * @param bytes of a docx that was read within limits before
 * @throws JipingError `unreadable` when it is no Word file
 */
export async function fillTemplate(
  bytes: Uint8Array,
  name: string,
  evaluation: Evaluation,
  book: ProjectBook,
  key?: SigningKey,
): Promise<FilledTemplate> {
  const values = templateValues(evaluation, book);
  const marked = await fillParts(bytes, name, evaluation, values, UNIT_MARK);
  if (marked.problems.length > 0) return { problems: marked.problems };
  const read = await parseDocument(await archived(marked.archive), name);
  const report = asReport(evaluation.project, read.blocks, marked.figures);
  const manifest = sealReport(report, (id) => evaluation.lineage.find(id), key);
  const { archive } = await fillParts(bytes, name, evaluation, values);
  await putManifest(archive, manifest);
  return { bytes: await archived(archive), problems: [] };
}

interface FilledParts {
  readonly archive: JSZip;
  readonly problems: readonly Problem[];
  readonly figures: readonly FigureRun[];
}

async function fillParts(
  bytes: Uint8Array,
  name: string,
  { lineage }: Evaluation,
  values: TemplateValues,
  markUnitWords?: string,
): Promise<FilledParts> {
  const archive = await JSZip.loadAsync(bytes);
  const problems: Problem[] = [];
  const figures: FigureRun[] = [];
  let body = false;
  for (const [path, entry] of Object.entries(archive.files)) {
    const part = PARTS.find(([pattern]) => pattern.test(path));
    if (part === undefined || entry.dir) continue;
    body ||= part[1] === '';
    const tree = await readTree(await entry.async('uint8array'), name);
    const filling = { values, lineage, ...(markUnitWords === undefined ? {} : { markUnitWords }) };
    const filler = new PartFiller(filling, text(part[1], part[2]), figures.length);
    filler.fill(tree);
    problems.push(...filler.problems.map((each) => ({ ...each, where: { file: name, ...each.where } })));
    figures.push(...filler.figures);
    archive.file(path, writeTree(tree), { date: entry.date, createFolders: false });
  }
  if (!body)
    throw new JipingError('unreadable', text('模板不是 Word（docx）文件。', 'the template is no Word (docx) file.'), {
      file: name,
    });
  return { archive, problems, figures };
}

async function archived(archive: JSZip): Promise<Uint8Array> {
  return archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE', platform: 'DOS' });
}

/** What the filled file shows, as a report: words in a figure's control are that figure, all else words. */
function asReport(title: string, blocks: readonly Block[], figures: readonly FigureRun[]): Report {
  const known = new Map(figures.map((run) => [`${run.factId} ${run.text}`, run]));
  const inlines = (line: readonly Inline[]): readonly Inline[] =>
    line.map((run): Inline => {
      const bold = run.bold === undefined ? {} : { bold: run.bold };
      if (run.kind === 'figure') return run;
      const figure = run.tag === undefined ? undefined : known.get(`${run.tag} ${run.text}`);
      if (figure !== undefined) return { ...figure, ...bold };
      return { kind: 'text', text: run.text, source: run.tag === UNIT_MARK ? 'unit' : 'form', ...bold };
    });
  const body: Block[] = [];
  const outside: Inline[] = [];
  for (const block of blocks) {
    if (block.kind === 'page-break') continue;
    if (block.position?.part !== undefined) {
      const lines = block.kind === 'table' ? block.cells.flatMap((cell) => cell.paragraphs) : [block.inlines];
      for (const line of lines)
        if (!isPageNumber(inlineText(line)))
          outside.push(...inlines(line), { kind: 'text', text: '\n', source: 'form' });
    } else if (block.kind === 'table') {
      const { position: _, cells, ...table } = block;
      body.push({
        ...table,
        cells: cells.map(({ position: __, ...cell }): Cell => ({ ...cell, paragraphs: cell.paragraphs.map(inlines) })),
      });
    } else {
      const { position: _, ...rest } = block;
      body.push({ ...rest, inlines: inlines(block.inlines) });
    }
  }
  return {
    title,
    kind: 'report',
    page: { orientation: 'portrait', grid: false },
    pageNumber: 'none',
    blocks: body,
    ...(outside.length === 0 ? {} : { header: outside }),
  };
}

function isPageNumber(words: string): boolean {
  return /^[—–-]?\d{0,4}[—–-]?$/.test(words.replace(/\s/g, ''));
}

const RELATIONS = 'word/_rels/document.xml.rels';
const TYPES = '[Content_Types].xml';
const CUSTOM = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml';
/** 1980-01-01, the earliest date a zip can hold: equal input gives equal bytes. */
const FIRST_DATE = new Date('1980-01-01T00:00:00Z');

/** The facts in a custom XML part, which Word, WPS and LibreOffice keep; those of a template made from a paper go. */
async function putManifest(archive: JSZip, manifest: string): Promise<void> {
  const data = `${XML_HEAD}<facts xmlns="${MANIFEST_NAMESPACE}">${escapeXml(manifest)}</facts>`;
  const options = { date: FIRST_DATE, createFolders: false };
  for (const path of Object.keys(archive.files))
    if (/^customXml\/item\d+\.xml$/.test(path)) {
      const words = await archive.files[path]?.async('string');
      if (words?.includes(MANIFEST_NAMESPACE) === true) {
        archive.file(path, data, options);
        return;
      }
    }
  let number = 1;
  while (archive.file(`customXml/item${number}.xml`) !== null) number += 1;
  archive.file(`customXml/item${number}.xml`, data, options);
  const relation = `<Relationship Id="rIdFacts" Type="${CUSTOM}" Target="../customXml/item${number}.xml"/>`;
  const relations = await archive.file(RELATIONS)?.async('string');
  archive.file(
    RELATIONS,
    relations === undefined
      ? `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation}</Relationships>`
      : relations.replace(/<\/((?:\w+:)?)Relationships>/, `${relation}</$1Relationships>`),
    options,
  );
  const types = (await archive.file(TYPES)?.async('string')) ?? '';
  if (!/Extension="xml"/i.test(types))
    archive.file(
      TYPES,
      types.replace(
        /<((?:\w+:)?)Types\b[^>]*>/,
        (tag) => `${tag}<Default Extension="xml" ContentType="application/xml"/>`,
      ),
      options,
    );
}
