import { join } from 'node:path';
import {
  findRegisterKind,
  importRegister,
  loadRegisterKinds,
  RegisterStore,
  type SyntheticCounty,
  synthesiseCounty,
  withImportSession,
} from '../../register/index.ts';

export const COUNTY_DAY = '2025-03-01';

/** An invented county under `folder/county`, imported into the data folder that `jiping(words, folder)` uses. */
export async function smallCounty(
  folder: string,
  options: {
    readonly persons: number;
    readonly seed: number;
    readonly errors?: number;
    readonly only?: readonly string[];
  },
): Promise<{ readonly county: SyntheticCounty; readonly store: RegisterStore }> {
  const { only, ...drawn } = options;
  const county = await synthesiseCounty({
    ...drawn,
    asOf: COUNTY_DAY,
    folder: join(folder, 'county'),
    encoding: 'gb18030',
  });
  const store = new RegisterStore(join(folder, '.jiping-home'));
  const kinds = loadRegisterKinds();
  const files = county.files.filter(({ kind }) => only === undefined || only.includes(kind));
  await withImportSession(
    store,
    files.map(({ path }) => path),
    async (database) => {
      for (const { kind, path, rows } of files) {
        const found = findRegisterKind(kinds, kind);
        await importRegister(store, {
          path,
          kind: found,
          asOf: COUNTY_DAY,
          agency: found.supplier,
          today: COUNTY_DAY,
          confirmed: false,
          expectedRows: rows,
          database,
        });
      }
    },
  );
  return { county, store };
}
