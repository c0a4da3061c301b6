import { JipingError, text } from '../problem/index.ts';
import { parseRuleFile, type RuleSource } from '../rules/index.ts';
import {
  anyFile,
  type CentralTiersFile,
  centralTiersFile,
  divisionsFile,
  type MembershipFile,
  membershipFile,
  type PremiumAidFile,
  premiumAidFile,
  type SharingFile,
  type StandardsFile,
  sharingFile,
  standardsFile,
} from './rule-schema.ts';

/** A parsed file with the text it came from, so that faults found later can still name file and line. */
export interface Filed<T> {
  readonly source: RuleSource;
  readonly data: T;
}

/** Every policy file by kind, later files first replaced by id: a local file with the id of a packaged one wins. */
export interface RuleLibrary {
  readonly divisions: readonly { readonly code: string; readonly name: string }[];
  readonly standards: readonly Filed<StandardsFile>[];
  readonly central: readonly Filed<CentralTiersFile>[];
  readonly memberships: readonly Filed<MembershipFile>[];
  readonly sharing: readonly Filed<SharingFile>[];
  readonly aid: readonly Filed<PremiumAidFile>[];
}

/**
 * Parses all policy files.
 * @param sources packaged files first, local ones after; a local file with the same `id` replaces the packaged one.
 * @throws JipingError `invalid-rule` naming file, line and key.
 */
export function readRuleLibrary(sources: readonly RuleSource[]): RuleLibrary {
  const divisions: { code: string; name: string }[] = [];
  const files = new Map<string, RuleSource>();
  const kinds = new Map<string, string>();
  for (const source of sources) {
    const { kind, id } = parseRuleFile(source, anyFile);
    const known = files.get(id);
    if (known !== undefined && folderOf(known.file) === folderOf(source.file))
      throw new JipingError(
        'invalid-rule',
        text(`规则 ${id} 已在 ${known.file} 中`, `rule ${id} is already in ${known.file}`),
        { file: source.file, line: lineOfKey(source, 'id'), key: 'id' },
      );
    files.set(id, source);
    kinds.set(id, kind);
  }
  const of = <T>(kind: string, parse: (source: RuleSource) => T): Filed<T>[] =>
    [...files].filter(([id]) => kinds.get(id) === kind).map(([, source]) => ({ source, data: parse(source) }));
  for (const file of of('divisions', (source) => parseRuleFile(source, divisionsFile)))
    for (const line of file.data.table.split('\n')) {
      const [code, name] = line.trim().split(' ');
      if (code !== undefined && name !== undefined) divisions.push({ code, name });
    }
  const sharing = of('sharing', (source) => parseRuleFile(source, sharingFile));
  for (const file of sharing) divisions.push(...file.data.regions);
  return {
    divisions,
    standards: of('standards', (source) => parseRuleFile(source, standardsFile)),
    central: of('central-tiers', (source) => parseRuleFile(source, centralTiersFile)),
    memberships: of('membership', (source) => parseRuleFile(source, membershipFile)),
    sharing,
    aid: of('premium-aid', (source) => parseRuleFile(source, premiumAidFile)),
  };
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

/** First line on which the key (or any other text) stands, 1-based; 1 when it does not. */
export function lineOfKey(source: RuleSource, wanted: string): number {
  const index = source.content.split('\n').findIndex((line) => line.includes(wanted));
  return index < 0 ? 1 : index + 1;
}
