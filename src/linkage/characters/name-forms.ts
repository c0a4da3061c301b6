import { z } from 'zod';
import { flag, packagedRulesFolder, parseRuleFile, readRuleFolder, words } from '../../rules/index.ts';
import { FOLDED_FORMS, VARIANT_FORMS } from './variant-table.ts';

const formsSchema = z.strictObject({
  id: words(),
  version: words(),
  title: words(),
  verified: flag(),
  status: words(),
  same: z.array(words()),
  apart: words(),
});

/** Characters of a name and the form each is compared as, position by position. */
export interface NameForms {
  readonly from: string;
  readonly to: string;
}

const COMPATIBILITY = [
  [0xf900, 0xfaff],
  [0x2f800, 0x2fa1f],
] as const;

let forms: NameForms | undefined;

/**
 * Forms that make no other name: traditional and variant forms but for those the rules keep apart (昇 is not 升), and the
 * print forms the rules add (髙 高). For deciding that two names are one; likeness beyond it is a matter of trained linkage.
 */
export function nameForms(): NameForms {
  if (forms !== undefined) return forms;
  const source = readRuleFolder(packagedRulesFolder(), 'comparison').find(({ file }) =>
    file.endsWith('/name-forms.yaml'),
  );
  if (source === undefined) throw new Error('rules/comparison/name-forms.yaml is missing');
  const rules = parseRuleFile(source, formsSchema);
  const apart = new Set(rules.apart);
  const table = new Map<string, string>();
  const folded = [...FOLDED_FORMS];
  for (const [index, form] of [...VARIANT_FORMS].entries())
    if (!apart.has(form)) table.set(form, folded[index] ?? form);
  // Compatibility ideographs: a second code of the same character.
  for (const [first, last] of COMPATIBILITY)
    for (let code = first; code <= last; code += 1) {
      const form = String.fromCodePoint(code);
      const plain = form.normalize('NFKC');
      if (plain !== form) table.set(form, table.get(plain) ?? plain);
    }
  for (const [common, form] of rules.same.map((pair) => [...pair]))
    if (form !== undefined) table.set(form, common ?? '');
  forms = { from: [...table.keys()].join(''), to: [...table.values()].join('') };
  return forms;
}

/** A name as it is compared with another. */
export function foldName(name: string): string {
  const { from, to } = nameForms();
  if (known === undefined) {
    const folded = [...to];
    known = new Map([...from].map((form, index) => [form, folded[index] ?? form]));
  }
  return [...name].map((character) => known?.get(character) ?? character).join('');
}

let known: Map<string, string> | undefined;
