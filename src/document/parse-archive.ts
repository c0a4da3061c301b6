import type { JipingError } from '../problem/index.ts';
import { parseDocument } from './parse-document.ts';
import type { ReadDocument } from './read-document.ts';
import { detectKind } from './safety/detect-kind.ts';
import { DEFAULT_LIMITS, type ReadLimits } from './safety/limits.ts';
import { asUnreadable, overLimit } from './safety/unreadable.ts';
import { type InflationBudget, openZip } from './safety/zip-archive.ts';

/** One file of several: read, or the reason why not. A broken file does not stop the others. */
export type ReadOutcome =
  | { readonly name: string; readonly document: ReadDocument; readonly error?: never }
  | { readonly name: string; readonly document?: never; readonly error: JipingError };

/** Reads a file in this process; of a zip archive every member, archives inside it too. */
export async function* parseFile(
  bytes: Uint8Array,
  name: string,
  options: Partial<ReadLimits> = {},
): AsyncGenerator<ReadOutcome> {
  yield* parseMember(bytes, name, { ...DEFAULT_LIMITS, ...options }, { inflated: 0 }, 0);
}

async function* parseMember(
  bytes: Uint8Array,
  name: string,
  limits: ReadLimits,
  budget: InflationBudget,
  depth: number,
): AsyncGenerator<ReadOutcome> {
  try {
    if ((await detectKind(bytes, name, limits)) !== 'zip') {
      yield { name, document: await parseDocument(bytes, name, limits) };
      return;
    }
    if (depth >= limits.nestedArchives)
      throw overLimit(name, `压缩包套了 ${depth + 1} 层`, `archives nested ${depth + 1} deep`);
    const zip = await openZip(bytes, name, limits, budget);
    try {
      const members = zip.members.filter((member) => !isLeftOver(member.name));
      members.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      for (const member of members) {
        const path = `${name}/${member.name}`;
        try {
          yield* parseMember(await zip.bytes(member.name), path, limits, budget, depth + 1);
        } catch (cause) {
          yield { name: path, error: asUnreadable(path, cause) };
          if (budget.inflated > limits.inflatedBytes) return;
        }
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    yield { name, error: asUnreadable(name, cause) };
  }
}

/** Folders, and files that office programs and systems leave lying about. */
export function isLeftOver(path: string): boolean {
  if (path.endsWith('/') || /(^|\/)__MACOSX\//.test(path)) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^(\.|~\$)|^(thumbs\.db|desktop\.ini)$/i.test(name);
}
