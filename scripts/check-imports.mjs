// Holds the import order of the folders under src/: a folder imports only folders above it in ORDER,
// and enters another folder by its index.ts alone (its public face).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ORDER = [
  'problem',
  'quantity',
  'fact',
  'rules',
  'document',
  'formula',
  'ledger',
  'survey',
  'policy',
  'performance',
  'workbook',
  'register',
  'linkage',
  'audit',
  'report',
  'cli',
];
const src = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const faults = [];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

for (const file of sources(src)) {
  const here = relative(src, file).split(sep)[0];
  if (!ORDER.includes(here)) {
    faults.push(`src/${relative(src, file)}: folder "${here}" is not in the import order (scripts/check-imports.mjs)`);
    continue;
  }
  const text = readFileSync(file, 'utf8');
  for (const match of text.matchAll(/(?:from|import|import\()\s*['"](\.[^'"]+)['"]/g)) {
    const target = resolve(dirname(file), match[1]);
    const parts = relative(src, target).split(sep);
    const there = parts[0];
    if (there === here) continue;
    if (there === '..') {
      faults.push(`src/${relative(src, file)}: imports ${match[1]} outside src/`);
      continue;
    }
    const isTest = file.endsWith('.test.ts') || file.includes(`${sep}testing${sep}`);
    if (!isTest && ORDER.indexOf(there) > ORDER.indexOf(here))
      faults.push(`src/${relative(src, file)}: ${here}/ may not import ${there}/ (it stands below)`);
    const face = parts.slice(1).join('/');
    if (face !== 'index.ts' && !(isTest && face.startsWith('testing/')))
      faults.push(`src/${relative(src, file)}: import ${there}/index.ts, not ${there}/${face}`);
  }
}
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'import order holds' : `${faults.length} import faults`);
process.exit(faults.length === 0 ? 0 : 1);
