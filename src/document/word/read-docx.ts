import type { Block, Position } from '../blocks.ts';
import { placeBlocks } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadLimits } from '../safety/limits.ts';
import { parseXml } from '../safety/parse-xml.ts';
import { readRelationships } from '../safety/relationships.ts';
import { damaged } from '../safety/unreadable.ts';
import { openZip } from '../safety/zip-archive.ts';
import { readStyles } from './docx-styles.ts';
import { Numbering } from './numbering.ts';
import { StoryListener } from './story-listener.ts';

/** Parts besides the body, in the order their words follow it. */
const OTHER_PARTS: readonly (readonly [string, NonNullable<Position['part']>])[] = [
  ['footnotes', 'footnote'],
  ['endnotes', 'footnote'],
  ['header', 'header'],
  ['footer', 'footer'],
];

/** A Word document: body, then footnotes and endnotes, then page headers and footers (`position.part` tells). */
export async function readDocx(bytes: Uint8Array, name: string, limits: ReadLimits): Promise<ReadDocument> {
  const zip = await openZip(bytes, name, limits);
  try {
    const root = await readRelationships(zip, '', name, limits);
    const body = root.find((each) => each.type === 'officeDocument')?.target ?? 'word/document.xml';
    if (!zip.has(body)) throw damaged(name);
    const related = await readRelationships(zip, body, name, limits);
    const partOf = (type: string): string | undefined => related.find((each) => each.type === type)?.target;
    const styles = await readStyles(zip, partOf('styles'), name, limits);
    const numbering = await Numbering.read(zip, partOf('numbering'), name, limits);
    const read = async (part: string, kind: Position['part']): Promise<readonly Block[]> => {
      const story = new StoryListener(styles, numbering, kind);
      await parseXml(zip.stream(part), story, name, limits);
      return story.blocks;
    };
    const blocks = [...(await read(body, undefined))];
    for (const [type, kind] of OTHER_PARTS) {
      const parts = new Set(
        related.filter((each) => each.type === type && zip.has(each.target)).map((each) => each.target),
      );
      for (const part of parts) blocks.push(...(await read(part, kind)));
    }
    return { name, kind: 'docx', ...placeBlocks(blocks), notes: [] };
  } finally {
    zip.close();
  }
}
