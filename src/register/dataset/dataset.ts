/** What an import counted; no cell of a person stands in it. */
export interface QualityCount {
  /** Rule id of the check. */
  readonly rule: string;
  readonly label: string;
  readonly field: string;
  readonly rows: number;
  /** Up to five source rows and the value with everything personal masked. */
  readonly samples: readonly { readonly row: number; readonly masked: string }[];
}

/** Beside the rows of every dataset version; stays when the rows are destroyed. */
export interface DatasetManifest {
  /** SHA-256 over source bytes, kind, as-of, mapping and cleaning version. */
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly agency: string;
  /** `YYYY-MM-DD`: the day the register describes. */
  readonly asOf: string;
  readonly importedOn: string;
  /** Rises with every import into this data folder: of two versions for one day the one brought in last counts. */
  readonly serial?: number;
  readonly rows: number;
  /** Rows without a sound identity number. */
  readonly withoutId: number;
  readonly columns: readonly string[];
  readonly legalBasis: string;
  readonly purpose: string;
  /** Day by which the rows are to be destroyed. */
  readonly destroyBy?: string;
  readonly source: {
    readonly file: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly encoding: string;
    readonly sheet?: string;
    readonly member?: string;
    readonly headingRow: number;
  };
  readonly mapping: Readonly<Record<string, string>>;
  readonly unusedHeadings: readonly string[];
  readonly cleaningVersion: string;
  /** Digest of the division table that villages were placed by, if there was one. */
  readonly villageTable?: string;
  readonly quality: readonly QualityCount[];
  /** Rows of the version before (same kind and agency), for the change. */
  readonly previous?: {
    readonly id: string;
    readonly asOf: string;
    readonly rows: number;
    /** What its quality report counted, by rule and field, for the change; also what is no longer found. */
    readonly quality: readonly Pick<QualityCount, 'rule' | 'label' | 'field' | 'rows'>[];
  };
  /** Day the rows were destroyed; the rows cannot be opened any more. */
  readonly purgedOn?: string;
}

export interface Dataset {
  readonly manifest: DatasetManifest;
  /** Folder of the version. */
  readonly folder: string;
  /** Parquet of the rows; undefined once purged. */
  readonly rows: string | undefined;
}
