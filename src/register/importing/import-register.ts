import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { counted, JipingError, type Text, text } from '../../problem/index.ts';
import { isCalendarDate } from '../../rules/index.ts';
import { CLEANING_VERSION } from '../cleaning/clean-value.ts';
import { plainRule } from '../cleaning/plain-sql.ts';
import { type Database, withDatabase } from '../database/database.ts';
import { LINE_ENDS } from '../database/messages.ts';
import { sqlName, sqlText } from '../database/sql.ts';
import type { Dataset, DatasetManifest } from '../dataset/dataset.ts';
import { hideNumbers } from '../dataset/mask.ts';
import { type RegisterStore, writeSafely } from '../dataset/register-store.ts';
import { readVillageTable, villageSpellings } from '../dataset/village-table.ts';
import type { RegisterField, RegisterKind } from '../kinds/register-kinds.ts';
import { type HeadingMapping, matchHeadings } from './match-headings.ts';
import { placeVillages } from './place-villages.ts';
import type { PreparedSource } from './prepare-source.ts';
import { qualityReport } from './quality-report.ts';

export interface ImportRequest {
  readonly path: string;
  readonly kind: RegisterKind;
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  readonly agency: string;
  readonly today: string;
  /** Given on the command line: field → heading ('' = leave the field out). */
  readonly mapping?: HeadingMapping;
  /** Accept headings matched by likeness. */
  readonly confirmed: boolean;
  readonly purpose?: string;
  readonly legalBasis?: string;
  readonly destroyBy?: string;
  /** Rows the supplier says there are (交接单); a different count is refused. */
  readonly expectedRows?: number;
  readonly threads?: number;
  readonly memory?: string;
  readonly progress?: (line: Text) => void;
  /** A database of `withImportSession`; without it one is opened for this import. */
  readonly database?: Database;
}

export interface ImportResult {
  readonly dataset: Dataset;
  /** True when an equal version was there already. */
  readonly known: boolean;
  /** A known version that stood behind a later one of its day and now counts again. */
  readonly countsAgain: boolean;
}

/**
 * Imports a register into an immutable dataset version, all of it or nothing.
 * @throws JipingError `unreadable` (encoding, heading, row lengths), `usage` (unsure mapping not confirmed), `conflict`, `resource`
 */
export async function importRegister(store: RegisterStore, request: ImportRequest): Promise<ImportResult> {
  if (!isCalendarDate(request.asOf))
    throw new JipingError('usage', text('--as-of 应为 YYYY-MM-DD 的日期', '--as-of is a date YYYY-MM-DD'));
  const file = hideNumbers(basename(request.path));
  return store.locked(() =>
    store.inScratch((scratch) => {
      const work = async (database: Database): Promise<ImportResult> => {
        const step = request.progress ?? (() => {});
        step(text(`${file}：检查编码与表头…`, `${file}: encoding and headings…`));
        const source = await named(file, () => database.prepare(request.path, file, scratch));
        const headings = source.encoding === 'parquet' ? await parquetColumns(database, source.path) : source.headings;
        const memory = remembered(store, request, headings);
        const proposal = matchHeadings(headings, request.kind, { ...memory, ...request.mapping }, file);
        if (proposal.unsure.length > 0 && !request.confirmed) throw unconfirmed(request.kind, proposal, file);
        const villages =
          proposal.mapping.village === undefined && proposal.mapping.town === undefined
            ? undefined
            : readVillageTable(store);
        const id = versionId(source, request, proposal.mapping, villages?.digest);
        const known = store.has(id);
        if (known !== undefined) return countsAgain(store, known);
        step(text(`${file}：读入并清洗…`, `${file}: reading and cleaning…`));
        const columns = mappedColumns(request.kind, headings, proposal.mapping);
        const staged = join(scratch, 'version');
        mkdirSync(staged, { mode: 0o700 });
        const rowsFile = join(staged, 'rows.parquet');
        const cleaned = villages === undefined ? rowsFile : join(scratch, 'cleaned.parquet');
        await named(file, () =>
          writeRows(database, { source, headings, columns, asOf: request.asOf, scratch }, cleaned),
        );
        const placed =
          villages === undefined
            ? []
            : await placeVillages(database, cleaned, rowsFile, villageSpellings(villages, request.asOf));
        step(text(`${file}：核对…`, `${file}: checking…`));
        const odd = await oddValues(database, columns, request.asOf, rowsFile);
        const report = await qualityReport(database, rowsFile, columns, odd);
        if (request.expectedRows !== undefined && report.rows !== request.expectedRows)
          throw new JipingError(
            'unreadable',
            text(
              `文件有 ${report.rows} 行，交接单为 ${request.expectedRows} 行，可能被截断；没有导入。`,
              `the file has ${counted(report.rows, 'row')}, the supplier states ${request.expectedRows}; nothing was imported.`,
            ),
            { file },
          );
        if (report.rows === 0)
          throw new JipingError(
            'unreadable',
            text('表头下面没有数据行；没有导入。', 'there are no rows under the heading; nothing was imported.'),
            { file },
          );
        const previous = store
          .latest(request.kind.kind, request.asOf)
          .find(({ manifest }) => manifest.agency === request.agency)?.manifest;
        const manifest: Omit<DatasetManifest, 'serial'> = {
          id,
          kind: request.kind.kind,
          title: request.kind.title,
          agency: request.agency,
          asOf: request.asOf,
          importedOn: request.today,
          rows: report.rows,
          withoutId: report.withoutId,
          columns: report.columns,
          legalBasis: request.legalBasis ?? request.kind.legalBasis,
          purpose: request.purpose ?? '参保比对与绩效核算',
          ...(request.destroyBy === undefined ? {} : { destroyBy: request.destroyBy }),
          source: {
            file,
            sha256: source.sha256,
            bytes: source.bytes,
            encoding: source.encoding,
            headingRow: source.headingRow,
            ...(source.sheet === undefined ? {} : { sheet: source.sheet }),
            ...(source.member === undefined ? {} : { member: hideNumbers(source.member) }),
          },
          mapping: proposal.mapping,
          unusedHeadings: proposal.unused,
          cleaningVersion: CLEANING_VERSION,
          ...(villages === undefined ? {} : { villageTable: villages.digest }),
          quality: [...report.counts, ...placed],
          ...(previous === undefined
            ? {}
            : {
                previous: {
                  id: previous.id,
                  asOf: previous.asOf,
                  rows: previous.rows,
                  quality: previous.quality.map(({ rule, label, field, rows }) => ({ rule, label, field, rows })),
                },
              }),
        };
        const dataset = store.add(staged, manifest);
        writeSafely(mappingPath(store, request), `${JSON.stringify(proposal.mapping, null, 2)}\n`);
        return { dataset, known: false, countsAgain: false };
      };
      if (request.database !== undefined) return work(request.database);
      return withDatabase(
        { threads: request.threads ?? 2, memory: request.memory ?? '4GB', scratch, folders: [], files: [request.path] },
        work,
      );
    }),
  );
}

/** One database process for several imports into a store: a process takes longer to start than a small register to read. */
export function withImportSession<T>(
  store: RegisterStore,
  files: readonly string[],
  work: (database: Database) => Promise<T>,
  memory = '4GB',
): Promise<T> {
  return store.inScratch((scratch) =>
    withDatabase({ threads: 2, memory, scratch, folders: [join(store.home, 'scratch')], files }, work),
  );
}

async function named<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof JipingError && error.where.file === undefined)
      throw new JipingError(error.code, error.text, { ...error.where, file }, { cause: error });
    throw error;
  }
}

/** A field of the kind and the column of the staged rows it comes from. */
export interface MappedColumn {
  readonly field: RegisterField;
  /** `c3` */
  readonly column: string;
}

function mappedColumns(
  kind: RegisterKind,
  headings: readonly string[],
  mapping: HeadingMapping,
): readonly MappedColumn[] {
  return kind.fields.flatMap((field) => {
    const heading = mapping[field.name];
    return heading === undefined ? [] : [{ field, column: `c${headings.indexOf(heading) + 1}` }];
  });
}

async function parquetColumns(database: Database, path: string): Promise<readonly string[]> {
  const rows = await database.rows(`SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(${sqlText(path)}))`);
  return rows.map(([name]) => String(name));
}

interface RowsToWrite {
  readonly source: PreparedSource;
  readonly headings: readonly string[];
  readonly columns: readonly MappedColumn[];
  readonly asOf: string;
  readonly scratch: string;
}

/** One pass from the foreign table to clean rows, in file order: a row's place in the file is its number. */
async function writeRows(database: Database, rows: RowsToWrite, target: string): Promise<void> {
  const { source, headings, columns, asOf, scratch } = rows;
  const cleaners = new Map<string, string>();
  for (const { field } of columns) cleaners.set(field.name, await database.cleaner({ field, asOf }));
  const copy = (table: string): Promise<void> =>
    database.run(
      `COPY (${cleanQuery(columns, cleaners, asOf, table)}) TO ${sqlText(target)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  if (source.encoding === 'parquet') {
    const list = headings.map((name, index) => `CAST(${sqlName(name)} AS VARCHAR) AS c${index + 1}`).join(', ');
    await copy(`(SELECT ${list} FROM read_parquet(${sqlText(source.path)}))`);
    return;
  }
  // Every row must have as many cells as the heading.
  const names = headings.map((_, index) => `'c${index + 1}': 'VARCHAR'`).join(', ');
  const table = (path: string): string =>
    `read_csv(${sqlText(path)}, auto_detect = false, columns = {${names}}, header = false, skip = ${source.skip}, delim = ${sqlText(source.delimiter)}, quote = '"', escape = '"', strict_mode = true, null_padding = false, ignore_errors = false, max_line_size = 1048576)`;
  try {
    await copy(table(source.path));
  } catch (error) {
    if (!(error instanceof JipingError) || error.where.key !== LINE_ENDS) throw error;
    await copy(table(await database.unifyLineEnds(source.path, scratch)));
  }
}

/** Text columns keep no raw value: nothing can be wrong with them. */
const hasRaw = ({ type }: RegisterField): boolean => type !== 'place' && type !== 'text';

/** For columns that hold values not plain, a table of them and of what was found in each. Gives the table of each. */
async function oddValues(
  database: Database,
  columns: readonly MappedColumn[],
  asOf: string,
  rowsFile: string,
): Promise<ReadonlyMap<string, string>> {
  const tables = new Map<string, string>();
  for (const { field } of columns.filter((column) => hasRaw(column.field))) {
    const table = `odd_${field.name}`;
    const raw = sqlName(`${field.name}_raw`);
    const query = `SELECT ${raw} FROM read_parquet(${sqlText(rowsFile)}) WHERE ${raw} IS NOT NULL`;
    if ((await database.clean({ table, query, field, asOf })) > 0) tables.set(field.name, table);
  }
  return tables;
}

/** One level of the query on another, so that what is read more than once is worked out once: steps, plain or not, clean values. */
function cleanQuery(
  columns: readonly MappedColumn[],
  cleaners: ReadonlyMap<string, string>,
  asOf: string,
  table: string,
): string {
  const levels: string[][] = [];
  const [plains, clean, selected]: [string[], string[], string[]] = [[], [], []];
  const has = (name: string): boolean => columns.some(({ field }) => field.name === name);
  for (const { field, column } of columns) {
    const rule = plainRule(field, asOf);
    const plain = `${column}_plain`;
    const step = (name: string): string => `${column}_${name}`;
    for (const [index, { name, sql }] of rule.steps.entries()) {
      levels[index] ??= [];
      levels[index].push(`${sql(column, step)} AS ${step(name)}`);
    }
    plains.push(`${rule.isPlain(column, step)} AS ${plain}`);
    const nearly = rule.nearly.map(({ is, value }) => `WHEN ${is(column)} THEN ${value(column)}`).join(' ');
    const wrong = rule.isWrong === undefined ? '' : `WHEN ${rule.isWrong(step)} THEN NULL`;
    const odd = `${cleaners.get(field.name)}(${column})`;
    const rest = field.type === 'money' ? `CAST(${odd} AS BIGINT)` : odd;
    const name = sqlName(field.name);
    clean.push(
      `CASE WHEN ${plain} THEN ${rule.value(column)} ${nearly} ${wrong} WHEN ${column} IS NOT NULL THEN ${rest} END AS ${name}`,
    );
    let value = name;
    if (has('id') && field.name === 'birth') value = `coalesce(birth, ${birthOf('id')}) AS birth`;
    if (has('id') && field.name === 'sex') value = `coalesce(sex, ${sexOf('id')}) AS sex`;
    selected.push(value);
    if (!hasRaw(field)) continue;
    const raw = sqlName(`${field.name}_raw`);
    clean.push(`CASE WHEN ${plain} THEN NULL ELSE ${column} END AS ${raw}`);
    selected.push(raw);
  }
  if (has('id') && !has('birth')) selected.push(`${birthOf('id')} AS birth`);
  if (has('id') && !has('sex')) selected.push(`${sexOf('id')} AS sex`);
  const from = [...levels, plains].reduce((inner, level) => `(SELECT *, ${level.join(', ')} FROM ${inner})`, table);
  return `SELECT ${selected.join(', ')} FROM (SELECT ${clean.join(', ')} FROM ${from})`;
}

function birthOf(id: string): string {
  return `substr(${id}, 7, 4) || '-' || substr(${id}, 11, 2) || '-' || substr(${id}, 13, 2)`;
}

function sexOf(id: string): string {
  return `CASE WHEN (${id}) IS NULL THEN NULL WHEN ascii(substr(${id}, 17, 1)) % 2 = 1 THEN '1' ELSE '2' END`;
}

function versionId(
  source: PreparedSource,
  request: ImportRequest,
  mapping: HeadingMapping,
  villages: string | undefined,
): string {
  const pairs = Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(
      JSON.stringify([
        source.sha256,
        request.kind.kind,
        request.asOf,
        pairs,
        CLEANING_VERSION,
        ...(villages === undefined ? [] : [villages]),
      ]),
    )
    .digest('hex');
}

function mappingPath(store: RegisterStore, request: ImportRequest): string {
  const agency = createHash('sha256').update(request.agency).digest('hex').slice(0, 16);
  return join(store.home, 'mappings', `${request.kind.kind}-${agency}.json`);
}

/** What this agency's last file was confirmed to mean, as far as the headings are still there. */
function remembered(store: RegisterStore, request: ImportRequest, headings: readonly string[]): HeadingMapping {
  const path = mappingPath(store, request);
  if (!existsSync(path)) return {};
  const kept = JSON.parse(readFileSync(path, 'utf8')) as HeadingMapping;
  return Object.fromEntries(Object.entries(kept).filter(([, heading]) => headings.includes(heading)));
}

/** The last file brought in for a day is the one its sender stands by, also if it was brought in before. */
function countsAgain(store: RegisterStore, known: Dataset): ImportResult {
  const { id, kind, agency, asOf } = known.manifest;
  const newest = store.latest(kind, asOf).find(({ manifest }) => manifest.agency === agency)?.manifest;
  if (newest === undefined || newest.id === id) return { dataset: known, known: true, countsAgain: false };
  return { dataset: store.again(known), known: true, countsAgain: true };
}

function unconfirmed(
  kind: RegisterKind,
  proposal: { mapping: HeadingMapping; unsure: readonly string[] },
  file: string,
): JipingError {
  const list = proposal.unsure
    .map(
      (name) => `${kind.fields.find((field) => field.name === name)?.label ?? name} ← ${proposal.mapping[name] ?? ''}`,
    )
    .join('；');
  return new JipingError(
    'usage',
    text(
      `这些列是按相近的名称猜的，请确认：${list}。无误请加 --yes，有误请用 --mapping 给出；确认后会记住。`,
      `these columns were matched by likeness: ${proposal.unsure.map((name) => `${name} ← ${proposal.mapping[name] ?? ''}`).join('; ')}. Add --yes if right, or give --mapping; it will be remembered.`,
    ),
    { file },
  );
}
