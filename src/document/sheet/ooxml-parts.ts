import type { ReadLimits } from '../safety/limits.ts';
import { type Attributes, attribute, isOn, parseXml, type XmlListener } from '../safety/parse-xml.ts';
import { readRelationships } from '../safety/relationships.ts';
import { damaged } from '../safety/unreadable.ts';
import type { ZipArchive } from '../safety/zip-archive.ts';
import { BUILTIN_FORMATS } from './builtin-formats.ts';
import type { DateSystem } from './cell.ts';

export interface OoxmlSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

export interface OoxmlWorkbook {
  readonly sheets: readonly OoxmlSheet[];
  readonly dateSystem: DateSystem;
  readonly sharedStrings: readonly string[];
  /** Number format code of each cell style (`s` of a cell). */
  readonly formats: readonly string[];
}

/** Everything of an xlsx package that its worksheets refer to. */
export async function readOoxmlWorkbook(zip: ZipArchive, file: string, limits: ReadLimits): Promise<OoxmlWorkbook> {
  const root = await readRelationships(zip, '', file, limits);
  const part = root.find((each) => each.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!zip.has(part)) throw damaged(file);
  const related = await readRelationships(zip, part, file, limits);
  const byId = new Map(related.map((each) => [each.id, each]));
  const sheets: OoxmlSheet[] = [];
  let dateSystem: DateSystem = 1900;
  const parse = (name: string, listener: XmlListener): Promise<void> =>
    parseXml(zip.stream(name), listener, file, limits);
  await parse(part, {
    open(name, attributes) {
      if (name === 'workbookPr' && isOn(attribute(attributes, 'date1904'))) dateSystem = 1904;
      if (name !== 'sheet') return;
      const target = byId.get(relationId(attributes));
      // Chart sheets hold no cells.
      if (target?.type !== 'worksheet' || !zip.has(target.target)) return;
      const state = attributes.state;
      sheets.push({
        name: attributes.name ?? '',
        hidden: state === 'hidden' || state === 'veryHidden',
        part: target.target,
      });
    },
    close() {},
    text() {},
  });
  if (sheets.length === 0) throw damaged(file);
  const stringsPart = related.find((each) => each.type === 'sharedStrings')?.target;
  const stylesPart = related.find((each) => each.type === 'styles')?.target;
  const strings = sharedStringListener();
  if (stringsPart !== undefined && zip.has(stringsPart)) await parse(stringsPart, strings.listener);
  const styles = styleListener();
  if (stylesPart !== undefined && zip.has(stylesPart)) await parse(stylesPart, styles.listener);
  return { sheets, dateSystem, sharedStrings: strings.strings, formats: styles.formats() };
}

/** `r:id` whatever its prefix; `sheetId` is another thing. */
function relationId(attributes: Attributes): string {
  for (const key in attributes) if (key.endsWith(':id')) return attributes[key] ?? '';
  return attributes.id ?? '';
}

/** Plain and rich strings; phonetic guides (`rPh`) are not part of the words. */
function sharedStringListener(): { listener: XmlListener; strings: string[] } {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = 0;
  const listener: XmlListener = {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') phonetic += 1;
    },
    close(name) {
      if (name === 'si') strings.push(unescapeXstring(current));
      else if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
    },
    text(words) {
      if (inText && phonetic === 0) current += words;
    },
  };
  return { listener, strings };
}

function styleListener(): { listener: XmlListener; formats: () => readonly string[] } {
  const custom = new Map<number, string>();
  const ids: number[] = [];
  let inCellFormats = false;
  const listener: XmlListener = {
    open(name, attributes) {
      if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'numFmt')
        custom.set(Number(attributes.numFmtId), unescapeXstring(attributes.formatCode ?? 'General'));
      else if (name === 'xf' && inCellFormats) ids.push(Number(attributes.numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  };
  return { listener, formats: () => ids.map((id) => custom.get(id) ?? BUILTIN_FORMATS[id] ?? 'General') };
}

/** OOXML writes characters XML cannot hold as `_x000D_`. */
export function unescapeXstring(words: string): string {
  if (!words.includes('_x')) return words;
  return words.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
