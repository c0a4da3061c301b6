import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { PolicyRules } from '../../../policy/index.ts';
import { JipingError, text } from '../../../problem/index.ts';
import { packagedRulesFolder, type RuleSource, readRuleFolder } from '../../../rules/index.ts';
import type { Io } from '../../command.ts';

/**
 * Packaged rules, then those of `JIPING_HOME/rules/policy`, then of each `--rules DIR`. A local file with the `id` of a
 * packaged one replaces it.
 */
export function loadPolicy(folders: readonly string[], io: Io): PolicyRules {
  const home = io.env.JIPING_HOME;
  const own = home === undefined ? [] : [join(home, 'rules', 'policy')].filter((folder) => existsSync(folder));
  return PolicyRules.load(
    readRuleFolder(packagedRulesFolder(), 'policy'),
    [...own, ...folders.map((folder) => resolve(io.cwd, folder))].flatMap((folder) => readLocal(folder)),
  );
}

function readLocal(folder: string): readonly RuleSource[] {
  if (!existsSync(folder))
    throw new JipingError('not-found', text('没有这个规则文件夹', 'no such rules folder'), { file: folder });
  const inside = join(folder, 'policy');
  const place = existsSync(inside) ? inside : folder;
  return readdirSync(place)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ file: join(place, name), content: readFileSync(join(place, name), 'utf8') }));
}

export function pathOf(io: Io, path: string): string {
  return isAbsolute(path) ? path : resolve(io.cwd, path);
}
