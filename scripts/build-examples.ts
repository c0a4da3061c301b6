// Writes examples/*.xlsx. Equal content gives equal bytes: a change in git is a change of content.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/rules/index.ts';
import { writeProjectBook } from '../src/workbook/index.ts';
import { fengshun } from './examples/fengshun-2023.ts';
import { gongqingcheng } from './examples/gongqingcheng-2024.ts';

const books = { 'fengshun-2023.xlsx': fengshun, 'gongqingcheng-2024.xlsx': gongqingcheng };
for (const [name, content] of Object.entries(books)) {
  const path = join(packageRoot(), 'examples', name);
  writeFileSync(`${path}.tmp`, await writeProjectBook(content, { sample: false }));
  renameSync(`${path}.tmp`, path);
  console.log(`examples/${name}`);
}
