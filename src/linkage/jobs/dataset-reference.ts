import type { Dataset } from '../../register/index.ts';

/** A dataset version as results name it. */
export interface DatasetReference {
  readonly kind: string;
  /** 城乡居民参保名册 */
  readonly title: string;
  readonly id: string;
  readonly agency: string;
  readonly asOf: string;
  readonly rows: number;
}

export function datasetReference({ manifest }: Dataset): DatasetReference {
  const { kind, title, id, agency, asOf, rows } = manifest;
  return { kind, title, id, agency, asOf, rows };
}
