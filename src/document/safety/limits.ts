/** How much of a foreign file is read before it is refused. Headers are not believed: everything is counted. */
export interface ReadLimits {
  /** Bytes of the file itself. */
  readonly fileBytes: number;
  /** Bytes out of all compressed parts that are read, together. */
  readonly inflatedBytes: number;
  /** Members of a zip container. */
  readonly parts: number;
  /** Inflated : stored of one part, looked at once the part is larger than 64 MiB. */
  readonly ratio: number;
  /** Nesting of XML or HTML elements. */
  readonly depth: number;
  /** Attributes of one XML element. */
  readonly attributes: number;
  /** Code units of one document's plain text. */
  readonly textLength: number;
  readonly pages: number;
  /** Zips within zips. */
  readonly nestedArchives: number;
  /** Wall-clock time of the helper process for one file. */
  readonly milliseconds: number;
  /** Heap of the helper process. */
  readonly memoryMegabytes: number;
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_LIMITS: ReadLimits = {
  fileBytes: 256 * MEBIBYTE,
  inflatedBytes: 2048 * MEBIBYTE,
  parts: 10_000,
  ratio: 250,
  depth: 256,
  attributes: 512,
  textLength: 64 * MEBIBYTE,
  pages: 3000,
  nestedArchives: 2,
  milliseconds: 180_000,
  memoryMegabytes: 2048,
};

/** From this size on the ratio of a part is looked at: small parts may well be very repetitive. */
export const RATIO_FROM_BYTES = 64 * MEBIBYTE;
