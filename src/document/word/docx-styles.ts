import type { ReadLimits } from '../safety/limits.ts';
import { attribute, parseXml } from '../safety/parse-xml.ts';
import type { ZipArchive } from '../safety/zip-archive.ts';

/** What a paragraph style says that matters for reading. */
export interface ParagraphStyle {
  name: string;
  basedOn?: string;
  /** 0-based as in the file; 9 is body text. */
  outlineLevel?: number;
  numId?: string;
  numLevel?: number;
}

export async function readStyles(
  zip: ZipArchive,
  part: string | undefined,
  file: string,
  limits: ReadLimits,
): Promise<ReadonlyMap<string, ParagraphStyle>> {
  const styles = new Map<string, ParagraphStyle>();
  if (part === undefined || !zip.has(part)) return styles;
  let style: ParagraphStyle | undefined;
  await parseXml(
    zip.stream(part),
    {
      open(name, attributes) {
        const value = attribute(attributes, 'val') ?? '';
        if (name === 'style') {
          style = { name: '' };
          if (attribute(attributes, 'type') === 'paragraph') styles.set(attribute(attributes, 'styleId') ?? '', style);
        } else if (style === undefined) return;
        else if (name === 'name') style.name = value;
        else if (name === 'basedOn') style.basedOn = value;
        else if (name === 'outlineLvl') style.outlineLevel = Number(value);
        else if (name === 'numId') style.numId = value;
        else if (name === 'ilvl') style.numLevel = Number(value);
      },
      close(name) {
        if (name === 'style') style = undefined;
      },
      text() {},
    },
    file,
    limits,
  );
  return styles;
}

/** The style with what it inherits; circles of `basedOn` end after ten steps. */
export function resolveStyle(styles: ReadonlyMap<string, ParagraphStyle>, id: string | undefined): ParagraphStyle {
  let resolved: ParagraphStyle = { name: '' };
  let at = id === undefined ? undefined : styles.get(id);
  for (let step = 0; at !== undefined && step < 10; step += 1) {
    resolved = { ...at, ...resolved, name: resolved.name === '' ? at.name : resolved.name };
    at = at.basedOn === undefined ? undefined : styles.get(at.basedOn);
  }
  return resolved;
}

/** 0-based outline level a style name implies: `heading 2`, `标题 2`; -1 for the title. */
export function outlineOfName(name: string): number | undefined {
  const match = /^(?:heading|标题)\s*([1-9])$/i.exec(name.trim());
  if (match !== null) return Number(match[1]) - 1;
  return /^(title|标题)$/i.test(name.trim()) ? -1 : undefined;
}
