import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { JipingError, text } from '../problem/index.ts';
import type { ImportMapping } from '../workbook/index.ts';

const mappingSchema = z.strictObject({
  columns: z.record(z.string(), z.string()).default({}),
  set: z.record(z.string(), z.string()).default({}),
  unit: z.enum(['元', '万元']).optional(),
});

/** A mapping somebody wrote: `{"columns": {"表头": "列名"}, "set": {"列名": "值"}, "unit": "元"}`. @throws JipingError */
export function readMappingFile(path: string): ImportMapping {
  const file = basename(path);
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new JipingError('not-found', text('没有找到对应关系文件', 'no such mapping file'), { file }, { cause });
  }
  try {
    return mappingSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new JipingError(
      'unreadable',
      text(
        '对应关系文件应为 {"columns": {"表头": "列名"}, "set": {"列名": "值"}, "unit": "元"}',
        'a mapping file is {"columns": {"heading": "column"}, "set": {"column": "value"}, "unit": "元"}',
      ),
      { file },
      { cause },
    );
  }
}

/** The mapping confirmed before for this agency and kind of export, if any. A damaged one counts as none. */
export function rememberedMapping(home: string, agency: string, kind: string): ImportMapping | undefined {
  try {
    return mappingSchema.parse(JSON.parse(readFileSync(pathOf(home, agency, kind), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Remembers a confirmed mapping in the data folder (0700, file 0600). */
export function rememberMapping(home: string, agency: string, kind: string, mapping: ImportMapping): void {
  const path = pathOf(home, agency, kind);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  mkdirSync(join(home, 'mappings'), { recursive: true, mode: 0o700 });
  const beside = `${path}.tmp-${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(mapping, null, 2)}\n`, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, path);
}

function pathOf(home: string, agency: string, kind: string): string {
  const safe = agency.replace(/[^\p{L}\p{N}-]/gu, '_').slice(0, 60) || '本单位';
  return join(home, 'mappings', `${safe}.${kind}.json`);
}
