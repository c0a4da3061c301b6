import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RuleSource } from './rule-file.ts';

/** The folder of rule data that comes with the package: `<package root>/rules`. */
export function packagedRulesFolder(): string {
  return join(packageRoot(), 'rules');
}

/** The installed package's root folder; `rules/`, `fonts/` and `examples/` stand in it. */
export function packageRoot(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..');
}

/** All `*.yaml` files under `folder`/`area`, sorted by path, so that nothing depends on the file system's order. */
export function readRuleFolder(folder: string, area: string): readonly RuleSource[] {
  const sources: RuleSource[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (entry.name.endsWith('.yaml'))
        sources.push({ file: relative(folder, child).split(sep).join('/'), content: readFileSync(child, 'utf8') });
    }
  };
  visit(join(folder, area));
  return sources;
}
