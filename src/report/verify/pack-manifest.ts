import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Inflated size a manifest may have. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * A manifest as plain ASCII without line feeds, for cells: LibreOffice breaks long cells that hold a line feed.
 */
export function packManifest(manifest: string): string {
  return deflateRawSync(Buffer.from(manifest, 'utf8'), { level: 6 }).toString('base64');
}

/** @returns `undefined` for a text that is not packed so */
export function unpackManifest(packed: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    return undefined;
  }
}
