import type { ReadLimits } from './limits.ts';
import { attribute, parseXml } from './parse-xml.ts';
import type { ZipArchive } from './zip-archive.ts';

export interface Relationship {
  readonly id: string;
  /** Last word of the type address: `worksheet`, `styles`, `header`; the same in strict and transitional files. */
  readonly type: string;
  /** Part name within the package, without leading slash. */
  readonly target: string;
}

/** The internal relationships of a part of an office package; none when it has no list of them. `''` is the package. */
export async function readRelationships(
  zip: ZipArchive,
  part: string,
  file: string,
  limits: ReadLimits,
): Promise<readonly Relationship[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const list = `${folder}_rels/${part.slice(folder.length)}.rels`;
  if (!zip.has(list)) return [];
  const found: Relationship[] = [];
  await parseXml(
    zip.stream(list),
    {
      open(name, attributes) {
        if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
        const target = attribute(attributes, 'Target') ?? '';
        const type = attribute(attributes, 'Type') ?? '';
        found.push({
          id: attribute(attributes, 'Id') ?? '',
          type: type.slice(type.lastIndexOf('/') + 1),
          target: resolvePart(folder, target),
        });
      },
      close() {},
      text() {},
    },
    file,
    limits,
  );
  return found;
}

function resolvePart(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const parts: string[] = [];
  for (const step of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '' && step !== '.') parts.push(step);
  }
  return parts.join('/');
}
