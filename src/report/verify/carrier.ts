import {
  collectSheet,
  DEFAULT_LIMITS,
  openSpreadsheet,
  openZip,
  parseXml,
  type ReadLimits,
} from '../../document/index.ts';
import { MANIFEST_NAMESPACE } from '../docx/render-docx.ts';
import { FACTS_SHEET } from '../xlsx/render-xlsx.ts';
import { unpackManifest } from './pack-manifest.ts';

/** Files that carry a manifest. */
export type PaperKind = 'docx' | 'xlsx' | 'pdf';

/** Words and figures put on a PDF page by annotations, which its text layer does not hold. */
export interface Carried {
  /** The sealed manifest as text; `undefined` when the file carries none. */
  readonly sealed?: string;
  /** Parts holding pictures, drawings or charts, which an issued paper never has. */
  readonly objects: readonly string[];
  /** Addresses (`自评表!C5`) of cells that compute their value, which an issued paper never has. */
  readonly formulas: readonly string[];
  /** Numbers at the foot or head of a Word paper that look like a page number and are typed, not counted. */
  readonly typedPageNumbers: readonly string[];
  /** The program that saved the file last, as the file says. */
  readonly application: string;
  readonly annotations: readonly { readonly page: number; readonly text: string }[];
}

/**
 * Takes the manifest out of a paper, whoever saved it last: DOCX a custom XML part, XLSX column A of a hidden sheet,
 * PDF the attachment `facts.json`. @throws JipingError `unreadable`
 */
export async function readCarrier(bytes: Uint8Array, kind: PaperKind, name: string): Promise<Carried> {
  const limits: ReadLimits = { ...DEFAULT_LIMITS, inflatedBytes: 256 * 1024 * 1024 };
  switch (kind) {
    case 'docx':
      return fromDocx(bytes, name, limits);
    case 'xlsx':
      return fromXlsx(bytes, name, limits);
    case 'pdf':
      return fromPdf(bytes);
  }
}

const NOT_WORD = { typedPageNumbers: [], application: '' } as const;

/** Parts of an office file whose words no reader of text sees. */
const OBJECT = /\/(?:media|drawings|charts|diagrams|embeddings|activeX)\/[^/]+$/i;

async function fromDocx(bytes: Uint8Array, name: string, limits: ReadLimits): Promise<Carried> {
  const zip = await openZip(bytes, name, limits);
  try {
    const nothing = {
      objects: objectsOf(zip),
      formulas: [],
      annotations: [],
      typedPageNumbers: await typedPageNumbers(zip, name, limits),
      application: await applicationOf(zip, name, limits),
    };
    for (const { name: part } of zip.members) {
      if (!/^customXml\/item\d+\.xml$/i.test(part)) continue;
      let inside = false;
      let words = '';
      const listener = {
        open: (element: string, attributes: Readonly<Record<string, string>>) => {
          inside ||= element === 'facts' && Object.values(attributes).includes(MANIFEST_NAMESPACE);
        },
        close: () => undefined,
        text: (text: string) => {
          if (inside) words += text;
        },
      };
      await parseXml(zip.stream(part), listener, name, limits);
      if (inside) return { ...nothing, sealed: words };
    }
    return nothing;
  } finally {
    zip.close();
  }
}

type Zip = Awaited<ReturnType<typeof openZip>>;

/** `— 9 —` without a PAGE field: the same on every page, so it is not the number of one. */
async function typedPageNumbers(zip: Zip, name: string, limits: ReadLimits): Promise<readonly string[]> {
  const typed: string[] = [];
  for (const { name: part } of zip.members) {
    if (!/^word\/(?:footer|header)\d*\.xml$/i.test(part)) continue;
    let inText = false;
    let words = '';
    let isCounted = false;
    await parseXml(
      zip.stream(part),
      {
        open: (element, attributes) => {
          inText = element === 't' || element === 'instrText';
          if (element === 'fldSimple') isCounted ||= Object.values(attributes).some((value) => /\bPAGE\b/.test(value));
        },
        close: () => {
          inText = false;
        },
        text: (text) => {
          if (/^\s*PAGE\b/.test(text)) isCounted = true;
          else if (inText) words += text;
        },
      },
      name,
      limits,
    );
    const shown = words.trim();
    if (!isCounted && /^[—–-]\s*\d{1,4}\s*[—–-]$/.test(shown)) typed.push(shown);
  }
  return typed;
}

async function applicationOf(zip: Zip, name: string, limits: ReadLimits): Promise<string> {
  if (!zip.members.some((member) => member.name === 'docProps/app.xml')) return '';
  let inside = false;
  let words = '';
  const listener = {
    open: (element: string) => {
      inside = element === 'Application';
    },
    close: () => {
      inside = false;
    },
    text: (text: string) => {
      if (inside) words += text;
    },
  };
  await parseXml(zip.stream('docProps/app.xml'), listener, name, limits);
  return words.trim();
}

async function fromXlsx(bytes: Uint8Array, name: string, limits: ReadLimits): Promise<Carried> {
  const zip = await openZip(bytes, name, limits);
  const objects = objectsOf(zip);
  zip.close();
  const book = await openSpreadsheet(bytes, { file: name, limits });
  try {
    const formulas: string[] = [];
    let sealed: string | undefined;
    for (const sheet of book.sheets) {
      const { rows } = await collectSheet(sheet, name);
      if (sheet.name === FACTS_SHEET) {
        // What cannot be unpacked is given as it is, and found damaged.
        const packed = rows.map((row) => row.cells.find((cell) => cell.column === 1)?.raw ?? '').join('');
        sealed = unpackManifest(packed) ?? packed;
      } else if (!sheet.hidden)
        for (const row of rows)
          for (const cell of row.cells) if (cell.formula !== undefined) formulas.push(`${sheet.name}!${cell.address}`);
    }
    return { ...(sealed === undefined ? {} : { sealed }), objects, formulas, annotations: [], ...NOT_WORD };
  } finally {
    book.close();
  }
}

function objectsOf(zip: { readonly members: readonly { readonly name: string }[] }): readonly string[] {
  return zip.members.map((member) => member.name).filter((member) => OBJECT.test(`/${member}`));
}

async function fromPdf(bytes: Uint8Array): Promise<Carried> {
  const { getDocumentProxy } = await import('unpdf');
  const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
  try {
    const attachments: unknown = await pdf.getAttachments();
    const annotations: { page: number; text: string }[] = [];
    for (let page = 1; page <= pdf.numPages; page += 1)
      for (const annotation of await (await pdf.getPage(page)).getAnnotations()) {
        const words = annotationText(annotation);
        if (words !== '') annotations.push({ page, text: words });
      }
    const sealed = attachmentText(attachments);
    return { ...(sealed === undefined ? {} : { sealed }), objects: [], formulas: [], annotations, ...NOT_WORD };
  } finally {
    await pdf.destroy();
  }
}

function attachmentText(attachments: unknown): string | undefined {
  if (attachments === null || typeof attachments !== 'object') return undefined;
  for (const attachment of Object.values(attachments) as unknown[]) {
    if (attachment === null || typeof attachment !== 'object') continue;
    const { filename, content } = attachment as { readonly filename?: unknown; readonly content?: unknown };
    if (filename === 'facts.json' && content instanceof Uint8Array) return Buffer.from(content).toString('utf8');
  }
  return undefined;
}

/** What an annotation shows on the page or says in its note; links and attachments show nothing. */
function annotationText(annotation: unknown): string {
  if (annotation === null || typeof annotation !== 'object') return '';
  const { subtype, contentsObj, fieldValue, textContent } = annotation as Readonly<Record<string, unknown>>;
  if (subtype === 'Link' || subtype === 'FileAttachment' || subtype === 'Popup') return '';
  const contents =
    contentsObj !== null && typeof contentsObj === 'object' && 'str' in contentsObj ? contentsObj.str : '';
  const shown = Array.isArray(textContent) ? textContent.join('') : '';
  const words = [shown, contents, fieldValue].find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof words === 'string'
    ? words
    : subtype === 'Stamp' || subtype === 'FreeText'
      ? `（${String(subtype)}）`
      : '';
}
