import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { JipingError, text } from '../../problem/index.ts';
import type { Dataset, DatasetManifest } from './dataset.ts';

/** Characters of a version id that name its folder and that people type. */
const SHORT = 12;
const SERIAL_DIGITS = 9;

/**
 * The registers under the data folder: `registers/<id>/{manifest.json, rows.parquet}`, scratch that is erased at start and end,
 * one lock for writers. Folders 0700, files 0600.
 */
export class RegisterStore {
  readonly home: string;

  constructor(home: string) {
    this.home = home;
    for (const folder of ['', 'registers', 'scratch', 'mappings', 'keys', 'comparison']) {
      const path = join(home, folder);
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chmodSync(path, 0o700);
    }
    this.#eraseLeftovers();
  }

  /** Every version, by kind, as-of and the order they came in. A folder that is not a whole version is passed over. */
  list(): readonly Dataset[] {
    const found: Dataset[] = [];
    for (const name of readdirSync(join(this.home, 'registers')).sort()) {
      const folder = join(this.home, 'registers', name);
      const path = join(folder, 'manifest.json');
      if (!existsSync(path)) continue;
      const manifest = JSON.parse(readFileSync(path, 'utf8')) as DatasetManifest;
      const rows = join(folder, 'rows.parquet');
      const there = manifest.purgedOn === undefined && existsSync(rows);
      found.push({ manifest, folder, rows: there ? rows : undefined });
    }
    const key = ({ manifest }: Dataset): string =>
      [
        manifest.kind,
        manifest.asOf,
        String(manifest.serial ?? 0).padStart(SERIAL_DIGITS, '0'),
        manifest.importedOn,
        manifest.id,
      ].join('\u0000');
    return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  /** A version by its id or the first characters of it. @throws JipingError `not-found`, `usage` when several fit */
  find(id: string): Dataset {
    const fitting = this.list().filter(({ manifest }) => manifest.id.startsWith(id.toLowerCase()));
    const [only, second] = fitting;
    if (only === undefined || id === '')
      throw new JipingError(
        'not-found',
        text(
          `没有名册版本“${id}”；jiping register list 列出全部`,
          `no dataset version “${id}”; see jiping register list`,
        ),
      );
    if (second !== undefined)
      throw new JipingError(
        'usage',
        text(
          `“${id}”对应 ${fitting.length} 个版本，请多写几位`,
          `“${id}” fits ${fitting.length} versions; give more characters`,
        ),
      );
    return only;
  }

  /** The newest version of each agency that supplies a kind, rows still there, not after `asOf`. */
  latest(kind: string, asOf?: string): readonly Dataset[] {
    const newest = new Map<string, Dataset>();
    for (const dataset of this.list())
      if (
        dataset.manifest.kind === kind &&
        dataset.rows !== undefined &&
        (asOf === undefined || dataset.manifest.asOf <= asOf)
      )
        newest.set(dataset.manifest.agency, dataset);
    return [...newest.values()];
  }

  /** Puts a finished folder in its place, as the last that came in. */
  add(staged: string, finished: Omit<DatasetManifest, 'serial'>): Dataset {
    const manifest: DatasetManifest = { ...finished, serial: this.#nextSerial() };
    writeSafely(join(staged, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    chmodSync(join(staged, 'rows.parquet'), 0o600);
    chmodSync(staged, 0o700);
    const folder = this.#folderOf(manifest.id);
    if (existsSync(folder)) rmSync(folder, { recursive: true });
    renameSync(staged, folder);
    return { manifest, folder, rows: join(folder, 'rows.parquet') };
  }

  #nextSerial(): number {
    return 1 + Math.max(0, ...this.list().map(({ manifest }) => manifest.serial ?? 0));
  }

  /** A version brought in again counts as the last of its day from now on; its rows and id stay. */
  again(dataset: Dataset): Dataset {
    const manifest: DatasetManifest = { ...dataset.manifest, serial: this.#nextSerial() };
    writeSafely(join(dataset.folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    return { ...dataset, manifest };
  }

  has(id: string): Dataset | undefined {
    return this.list().find(({ manifest, rows }) => manifest.id === id && rows !== undefined);
  }

  /** Destroys the rows of a version; manifest and counts stay. */
  purge(dataset: Dataset, today: string): DatasetManifest {
    const manifest: DatasetManifest = {
      ...dataset.manifest,
      quality: dataset.manifest.quality.map((count) => ({ ...count, samples: [] })),
      purgedOn: today,
    };
    writeSafely(join(dataset.folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(join(dataset.folder, 'rows.parquet'), { force: true });
    return manifest;
  }

  /** The secret that keys finding ids; made once. Losing it means that findings get new ids. */
  findingKey(): string {
    const path = join(this.home, 'keys', 'finding.key');
    if (!existsSync(path)) writeSafely(path, `${randomBytes(32).toString('hex')}\n`);
    return readFileSync(path, 'utf8').trim();
  }

  /** A scratch folder of this process, erased when the work ends, however it ends. */
  async inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
    const scratch = join(this.home, 'scratch', `${process.pid}-${randomBytes(4).toString('hex')}`);
    mkdirSync(scratch, { recursive: true, mode: 0o700 });
    try {
      return await work(scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  /** Runs work while no other process writes. @throws JipingError `conflict` */
  async locked<T>(work: () => Promise<T>): Promise<T> {
    const path = join(this.home, 'writer.lock');
    const take = (): void => {
      // Linked, so that the lock never stands there without its owner.
      const beside = `${path}.tmp-${process.pid}`;
      writeFileSync(beside, String(process.pid), { mode: 0o600 });
      try {
        linkSync(beside, path);
      } finally {
        rmSync(beside, { force: true });
      }
    };
    try {
      take();
    } catch {
      const owner = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
      if (owner === process.pid || isAlive(owner))
        throw new JipingError(
          'conflict',
          text(
            `另一个任务正在写数据目录（进程 ${owner}），请等它结束后再做。`,
            `another run is writing to the data folder (process ${owner}); wait for it.`,
          ),
        );
      rmSync(path, { force: true });
      take();
    }
    try {
      return await work();
    } finally {
      rmSync(path, { force: true });
    }
  }

  #folderOf(id: string): string {
    return join(this.home, 'registers', id.slice(0, SHORT));
  }

  /** What killed runs left: scratch and half written files of processes that are no more, rows that were to be destroyed. */
  #eraseLeftovers(): void {
    const lock = join(this.home, 'writer.lock');
    if (existsSync(lock) && !isAlive(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
    for (const name of readdirSync(join(this.home, 'scratch')))
      if (!isAlive(Number(name.split('-')[0])))
        rmSync(join(this.home, 'scratch', name), { recursive: true, force: true });
    for (const folder of ['', 'mappings', 'keys', 'comparison', 'comparison/issued'])
      eraseHalfWritten(join(this.home, folder));
    for (const { manifest, folder } of this.list()) {
      eraseHalfWritten(folder);
      if (manifest.purgedOn !== undefined) rmSync(join(folder, 'rows.parquet'), { force: true });
    }
  }
}

/** Removes `….tmp-<process>` of processes that are no more. */
export function eraseHalfWritten(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const owner = /\.tmp-(\d+)$/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(join(folder, name), { force: true });
  }
}

/** The id as people see and type it. */
export function shortId(id: string): string {
  return id.slice(0, SHORT);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Writes a small file of the data folder whole or not at all, 0600. */
export function writeSafely(path: string, content: string): void {
  const beside = `${path}.tmp-${process.pid}`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, path);
}
