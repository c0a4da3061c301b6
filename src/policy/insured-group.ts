import { inLanguage, JipingError, type Language, type Text, text } from '../problem/index.ts';

/**
 * A group of insured persons with its own paying levels: `residents`, the three kinds of students by the affiliation
 * of their college, and `aided-<kind>` for persons whose premium is paid for them. Groups do not overlap: a person
 * stands in one row.
 */
export type GroupId = 'residents' | 'students-central' | 'students-provincial' | 'students-local' | `aided-${string}`;

const NAMES: Readonly<Record<string, Text>> = {
  residents: text('城乡居民', 'residents'),
  'students-central': text('中央部属高校大学生', 'students of central colleges'),
  'students-provincial': text('省属高校大学生', 'students of provincial colleges'),
  'students-local': text('市县属高校大学生', 'students of local colleges'),
};

const ALIASES: Readonly<Record<string, GroupId>> = {
  居民: 'residents',
  城乡居民: 'residents',
  普通居民: 'residents',
  一般居民: 'residents',
  部属高校大学生: 'students-central',
  中央高校大学生: 'students-central',
  中央部属高校大学生: 'students-central',
  省属高校大学生: 'students-provincial',
  省级高校大学生: 'students-provincial',
  市县属高校大学生: 'students-local',
  市属高校大学生: 'students-local',
  县属高校大学生: 'students-local',
  地方高校大学生: 'students-local',
  民办高校大学生: 'students-local',
};

const UNDIVIDED = new Set(['students', '大学生', '高校大学生', '学生', '在校大学生']);

/** Names of aided kinds come from the premium-aid rules: identifier and every Chinese name → identifier. */
export type AidedKinds = ReadonlyMap<string, string>;

/**
 * The group a cell of a heads table means, or `undefined`.
 * @throws JipingError `unsupported` for students not divided by affiliation: who pays for them cannot be known.
 */
export function findGroup(words: string, kinds: AidedKinds = new Map()): GroupId | undefined {
  const plain = words.normalize('NFKC').trim();
  if (plain in NAMES) return plain as GroupId;
  const alias = ALIASES[plain];
  if (alias !== undefined) return alias;
  if (UNDIVIDED.has(plain))
    throw new JipingError(
      'unsupported',
      text(
        `“${plain}”须按学校隶属关系分列：students-central（中央部属）、students-provincial（省属）、students-local（市县属、民办）；隶属不同，出资级次不同`,
        `“${plain}” must be divided by the college's affiliation: students-central, students-provincial, students-local`,
      ),
    );
  const aided = /^(?:aided-|资助[-—:]?|资助参保[-—:]?)(.+)$/.exec(plain)?.[1];
  const kind = kinds.get(aided ?? plain) ?? aided;
  return kind === undefined ? undefined : `aided-${kind}`;
}

/** `aided-low-income` → `low-income`; undefined for the other groups. */
export function aidedKind(group: GroupId): string | undefined {
  return group.startsWith('aided-') ? group.slice('aided-'.length) : undefined;
}

/** In Chinese as on paper; `kindNames` are the Chinese names of the aided kinds, whose identifiers English uses. */
export function groupName(
  group: GroupId,
  kindNames: ReadonlyMap<string, string> = new Map(),
  language: Language = 'zh',
): string {
  const kind = aidedKind(group);
  if (kind !== undefined) return language === 'zh' ? `资助参保：${kindNames.get(kind) ?? kind}` : `aided: ${kind}`;
  const name = NAMES[group];
  return name === undefined ? group : inLanguage(name, language);
}

/** Whether a group matches a selector of a rule file: the group itself or `aided-*`. */
export function groupMatches(selector: string, group: GroupId): boolean {
  return selector === group || (selector === 'aided-*' && group.startsWith('aided-'));
}
