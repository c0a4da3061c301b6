import type { FigureRun, Inline } from '../../document/index.ts';
import type { Lineage } from '../../fact/index.ts';
import { JipingError, type Problem, problem, type Text, text } from '../../problem/index.ts';
import { nearestChoice } from '../../workbook/index.ts';
import { figure } from '../print.ts';
import { type TagScope, type TemplateValues, withOption } from './template-values.ts';
import { clone, elements, local, textElements, textOf, type XmlElement, type XmlNode } from './xml-tree.ts';

const TAG = /\{\{([^{}]*)\}\}/g;
const FIRST_CONTROL = 700_000_001;

export interface PartFilling {
  readonly values: TemplateValues;
  readonly lineage: Lineage;
  /** Wraps words of the unit in a control with this tag, to know them when the result is read; absent = not. */
  readonly markUnitWords?: string;
}

interface Frame {
  readonly scope: TagScope;
  readonly loop: string | undefined;
}

/** Fills the tags of one part (body, header, footer) in place. Faults name the paragraph and the closest tag. */
export class PartFiller {
  readonly problems: Problem[] = [];
  readonly figures: FigureRun[] = [];
  readonly #filling: PartFilling;
  readonly #part: Text;
  readonly #paragraphs = new Map<XmlElement, number>();
  #controls: number;

  constructor(filling: PartFilling, part: Text, firstControl: number) {
    this.#filling = filling;
    this.#part = part;
    this.#controls = FIRST_CONTROL + firstControl;
  }

  fill(root: XmlElement): void {
    this.#prepare(root);
    this.#children(root, { scope: this.#filling.values.root, loop: undefined });
  }

  /** Numbers paragraphs, takes the template's own control tags off, makes full-width braces plain. */
  #prepare(element: XmlElement): void {
    if (local(element) === 'p') this.#paragraphs.set(element, this.#paragraphs.size + 1);
    if (local(element) === 'sdtPr') element.children = element.children.filter((child) => local(child) !== 'tag');
    if (local(element) === 't') element.children = [textOf(element).replaceAll('｛', '{').replaceAll('｝', '}')];
    for (const child of elements(element)) this.#prepare(child);
  }

  #children(parent: XmlElement, frame: Frame): void {
    const done: XmlNode[] = [];
    const { children } = parent;
    for (let index = 0; index < children.length; index += 1) {
      const child = children[index];
      if (child === undefined) break;
      if (typeof child === 'string') {
        done.push(child);
        continue;
      }
      const repeats = local(child) === 'tr' || (local(child) === 'p' && frame.loop === undefined);
      const name = repeats ? /\{\{#([^{}]*)\}\}/.exec(wordsOf(child))?.[1]?.trim() : undefined;
      if (name === undefined) {
        this.#element(child, frame);
        done.push(child);
        continue;
      }
      const end = children.findIndex(
        (each, at) => at >= index && typeof each !== 'string' && closes(wordsOf(each), name),
      );
      const rows = this.#filling.values.loops.get(name);
      if (end < 0 || rows === undefined) {
        if (rows === undefined) this.#unknownLoop(child, name);
        else
          this.#report(
            child,
            'template-loop-open',
            text(
              `{{#${name}}} 没有对应的 {{/${name}}}；表格里请写在同一行或后面的行。`,
              `{{#${name}}} has no {{/${name}}}; in a table it stands in the same or a later row.`,
            ),
          );
        done.push(child);
        continue;
      }
      const body = children.slice(index, end + 1).filter((each): each is XmlElement => typeof each !== 'string');
      done.push(...this.#repeat(body, name, rows));
      index = end;
    }
    parent.children = done;
  }

  #repeat(body: readonly XmlElement[], name: string, rows: readonly TagScope[]): readonly XmlElement[] {
    const numbers = body.map((each) => this.#firstParagraph(each));
    const made = rows.flatMap((scope) =>
      body.flatMap((template, index): readonly MadeRow[] => {
        const copy = clone(template);
        const merged = mergedCells(copy);
        this.#number(copy, numbers[index] ?? 0);
        removeTag(copy, name);
        if (local(copy) === 'p' && wordsOf(copy).trim() === '' && wordsOf(template).trim() !== '') return [];
        this.#element(copy, { scope: new Map([...this.#filling.values.root, ...scope]), loop: name });
        return [{ element: copy, merged }];
      }),
    );
    if (rows.length === 0) {
      // Tags are checked although there is nothing to print.
      const known = new Map([
        ...this.#filling.values.root,
        ...(this.#filling.values.loopTags.get(name) ?? []).map((tag) => [tag, () => []] as const),
      ]);
      for (const template of body) {
        const copy = clone(template);
        this.#number(copy, this.#firstParagraph(template));
        removeTag(copy, name);
        this.#element(copy, { scope: known, loop: name });
      }
    }
    mergeCells(made);
    return made.map(({ element }) => element);
  }

  #firstParagraph(element: XmlElement): number {
    const own = this.#paragraphs.get(element);
    if (own !== undefined) return own;
    for (const child of elements(element)) {
      const found = this.#firstParagraph(child);
      if (found > 0) return found;
    }
    return 0;
  }

  /** Copies keep the numbers of the paragraphs they were made from. */
  #number(copy: XmlElement, from: number): void {
    let next = from;
    const visit = (element: XmlElement): void => {
      if (local(element) === 'p') {
        this.#paragraphs.set(element, next);
        next += 1;
      }
      for (const child of elements(element)) visit(child);
    };
    visit(copy);
  }

  #element(element: XmlElement, frame: Frame): void {
    if (local(element) === 'p') this.#paragraph(element, frame);
    this.#children(element, frame);
  }

  #paragraph(paragraph: XmlElement, frame: Frame): void {
    const texts = textElements(paragraph);
    const whole = texts.map(textOf).join('');
    if (!whole.includes('{{')) return;
    const matches = [...whole.matchAll(TAG)].reverse();
    for (const match of matches) {
      const words = match[1]?.trim() ?? '';
      // A loop whose end is missing was reported where it begins.
      if (words.startsWith('#') && frame.loop === undefined) continue;
      const inlines = this.#value(paragraph, words, frame);
      if (inlines === undefined) continue;
      replaceTag(paragraph, texts, match.index, match.index + match[0].length, (run) => this.#runs(inlines, run));
    }
    const rest = whole.replace(TAG, '');
    if (/\{\{|\}\}/.test(rest))
      this.#report(
        paragraph,
        'template-braces',
        text(
          `“${rest.slice(0, 20)}”里的双花括号不成对。`,
          `the double braces of “${rest.slice(0, 20)}” are not paired.`,
        ),
      );
  }

  #value(paragraph: XmlElement, words: string, frame: Frame): readonly Inline[] | undefined {
    const [name = '', ...options] = words.split(/[|｜]/).map((part) => part.trim());
    const value = frame.scope.get(name);
    if (value === undefined) {
      this.#unknownTag(paragraph, words, name, frame);
      return undefined;
    }
    let inlines = value();
    for (const option of options) {
      if (option === '合并') continue;
      inlines = inlines.map((inline) => this.#formatted(paragraph, inline, words, option));
    }
    return inlines;
  }

  #formatted(paragraph: XmlElement, inline: Inline, words: string, option: string): Inline {
    const format = withOption(inline.kind === 'figure' ? inline.format : { style: 'number' }, option);
    if (format === undefined) {
      this.#report(
        paragraph,
        'template-option-unknown',
        text(
          `{{${words}}} 里的“${option}”不认识；可用：元、万元、亿元、带单位、千分位、2位、合并。`,
          `“${option}” in {{${words}}} is not known; use “元”, “万元”, “亿元”, “带单位” (with unit), “千分位” (grouped), “2位” (places) or “合并” (merge).`,
        ),
      );
      return inline;
    }
    if (inline.kind !== 'figure') return inline;
    try {
      return figure(this.#filling.lineage.get(inline.factId), format);
    } catch (error) {
      if (!(error instanceof JipingError)) throw error;
      this.#report(paragraph, 'template-option-misfit', error.text);
      return inline;
    }
  }

  #runs(inlines: readonly Inline[], like: XmlElement): readonly XmlElement[] {
    const prefix = like.name.slice(0, like.name.indexOf(':') + 1);
    return inlines.flatMap((inline) => {
      if (inline.text === '') return [];
      const run = runOf(inline.text, like, prefix);
      const unit = inline.kind === 'text' && inline.source === 'unit' ? this.#filling.markUnitWords : undefined;
      const tag = inline.kind === 'figure' ? inline.factId : unit;
      if (inline.kind === 'figure') this.figures.push(inline);
      if (tag === undefined) return [run];
      this.#controls += 1;
      const element = (name: string, value: string): XmlElement => ({
        name: `${prefix}${name}`,
        attributes: { [`${prefix}val`]: value },
        children: [],
      });
      return [
        {
          name: `${prefix}sdt`,
          attributes: {},
          children: [
            {
              name: `${prefix}sdtPr`,
              attributes: {},
              children: [element('tag', tag), element('id', String(this.#controls))],
            },
            { name: `${prefix}sdtContent`, attributes: {}, children: [run] },
          ],
        },
      ];
    });
  }

  #unknownTag(paragraph: XmlElement, words: string, name: string, frame: Frame): void {
    if (frame.loop !== undefined && name.startsWith('#')) {
      this.#report(
        paragraph,
        'template-loop-nested',
        text(
          `{{${words}}} 写在 {{#${frame.loop}}} 里面，循环里不能再有循环；请分成两行或两张表。`,
          `{{${words}}} stands inside {{#${frame.loop}}}; a loop holds no other loop: use two rows or two tables.`,
        ),
      );
      return;
    }
    // The end of a loop in a loop: named where it begins.
    if (frame.loop !== undefined && name.startsWith('/') && this.#filling.values.loops.has(name.slice(1))) return;
    if (/^[#/]/.test(name)) {
      this.#report(
        paragraph,
        'template-loop-open',
        text(`{{${words}}} 没有配对的循环开头。`, `{{${words}}} closes no loop.`),
      );
      return;
    }
    const inLoop = [...this.#filling.values.loopTags].find(([, tags]) => tags.includes(name))?.[0];
    if (inLoop !== undefined) {
      this.#report(
        paragraph,
        'template-tag-outside-loop',
        text(
          `{{${words}}} 只能写在 {{#${inLoop}}} 和 {{/${inLoop}}} 之间。`,
          `{{${words}}} stands only between {{#${inLoop}}} and {{/${inLoop}}}.`,
        ),
      );
      return;
    }
    const near = nearestChoice(name, [...frame.scope.keys()]);
    this.#report(
      paragraph,
      'template-tag-unknown',
      text(
        `没有 {{${words}}} 这个标记${near === undefined ? '' : `；是不是要写 {{${near}}}`}。`,
        `there is no tag {{${words}}}${near === undefined ? '' : `; was {{${near}}} meant`}.`,
      ),
    );
  }

  #unknownLoop(element: XmlElement, name: string): void {
    const names = [...this.#filling.values.loops.keys()];
    const near = nearestChoice(name, names);
    this.#report(
      element,
      'template-loop-unknown',
      text(
        `没有 {{#${name}}} 这个循环；${near === undefined ? `可用：${names.join('、')}` : `是不是要写 {{#${near}}}`}。`,
        `there is no loop {{#${name}}}; ${near === undefined ? `use ${names.join(', ')}` : `was {{#${near}}} meant`}.`,
      ),
    );
  }

  #report(element: XmlElement, rule: string, message: Text): void {
    const number = this.#firstParagraph(element);
    const place = text(`${this.#part.zh}第 ${number} 段：`, `${this.#part.en} paragraph ${number}: `);
    const whole = text(place.zh + message.zh, place.en + message.en);
    // A row of a loop is filled once for every item: its fault is one.
    if (!this.problems.some((each) => each.message.zh === whole.zh)) this.problems.push(problem(rule, 'error', whole));
  }
}

function wordsOf(element: XmlElement): string {
  return textElements(element, local(element) !== 'p')
    .map(textOf)
    .join('');
}

function closes(words: string, name: string): boolean {
  return [...words.matchAll(/\{\{\/([^{}]*)\}\}/g)].some((match) => match[1]?.trim() === name);
}

/** Takes `{{#name}}` and `{{/name}}` out of an element, whole or cut into runs; marks stay out of sight. */
function removeTag(element: XmlElement, name: string): void {
  const visit = (each: XmlElement): void => {
    if (local(each) === 'p') {
      const texts = textElements(each);
      const whole = texts.map(textOf).join('');
      const tags = [...whole.matchAll(/\{\{([#/])([^{}]*)\}\}/g)].filter((match) => match[2]?.trim() === name);
      for (const match of tags.reverse()) replaceTag(each, texts, match.index, match.index + match[0].length, () => []);
    }
    for (const child of elements(each)) visit(child);
  };
  visit(element);
}

/** Puts runs in the place of the characters from `start` to `end`, which Word may have cut into several runs. */
function replaceTag(
  paragraph: XmlElement,
  texts: readonly XmlElement[],
  start: number,
  end: number,
  make: (run: XmlElement) => readonly XmlElement[],
): void {
  let at = 0;
  let first: { readonly text: XmlElement; readonly tail: string } | undefined;
  for (const each of texts) {
    const words = textOf(each);
    const [from, to] = [at, at + words.length];
    at = to;
    if (to <= start || from >= end) continue;
    const before = words.slice(0, Math.max(0, start - from));
    const after = words.slice(Math.min(words.length, end - from));
    if (first === undefined) {
      first = { text: each, tail: after };
      setText(each, before);
    } else setText(each, after);
  }
  if (first === undefined) return;
  const found = parentOf(paragraph, first.text);
  if (found === undefined) return;
  const { parent: run, holder } = found;
  const after = run.children.splice(run.children.indexOf(first.text) + 1);
  const rest: XmlElement[] = [];
  if (first.tail !== '' || after.length > 0) {
    const tail = { ...first.text, children: [] };
    setText(tail, first.tail);
    rest.push({ ...run, children: [...propertiesOf(run), tail, ...after] });
  }
  holder.children.splice(holder.children.indexOf(run) + 1, 0, ...make(run), ...rest);
}

function setText(element: XmlElement, words: string): void {
  element.children = [words];
  (element.attributes as Record<string, string>)['xml:space'] = 'preserve';
}

/** The run that holds a text, and what holds the run. */
function parentOf(
  root: XmlElement,
  wanted: XmlElement,
): { readonly parent: XmlElement; readonly holder: XmlElement } | undefined {
  for (const child of elements(root)) {
    for (const grandchild of elements(child)) if (grandchild === wanted) return { parent: child, holder: root };
    const found = parentOf(child, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function propertiesOf(run: XmlElement): readonly XmlElement[] {
  return elements(run, 'rPr').map(clone);
}

function runOf(words: string, like: XmlElement, prefix: string): XmlElement {
  const children: XmlNode[] = [...propertiesOf(like)];
  for (const [index, line] of words.split('\n').entries()) {
    if (index > 0) children.push({ name: `${prefix}br`, attributes: {}, children: [] });
    if (line !== '') children.push({ name: `${prefix}t`, attributes: { 'xml:space': 'preserve' }, children: [line] });
  }
  return { name: like.name, attributes: {}, children };
}

interface MadeRow {
  readonly element: XmlElement;
  /** Which of its cells are merged with equal ones below. */
  readonly merged: readonly number[];
}

function mergedCells(row: XmlElement): readonly number[] {
  return elements(row, 'tc').flatMap((cell, index) =>
    /\{\{[^{}]*[|｜]\s*合并[^{}]*\}\}/.test(textElements(cell, true).map(textOf).join('')) ? [index] : [],
  );
}

/** Equal cells of neighbouring rows become one, as long as the merged cells to their left are one too. */
function mergeCells(rows: readonly MadeRow[]): void {
  const words = (row: MadeRow | undefined, cell: number): string | undefined => {
    const found = row === undefined ? undefined : elements(row.element, 'tc')[cell];
    return found === undefined ? undefined : wordsOf(found);
  };
  const texts = rows.map((row) => row.merged.map((cell) => words(row, cell)));
  const same = (a: number, b: number, depth: number): boolean =>
    rows[a]?.merged.length === rows[b]?.merged.length &&
    (texts[a] ?? []).slice(0, depth + 1).every((each, index) => each === texts[b]?.[index]);
  for (const [index, row] of rows.entries())
    for (const [depth, cell] of row.merged.entries()) {
      const continues = index > 0 && same(index - 1, index, depth);
      const goesOn = index + 1 < rows.length && same(index, index + 1, depth);
      const element = elements(row.element, 'tc')[cell];
      if (element !== undefined && (continues || goesOn)) setMerge(element, continues);
    }
}

/** Elements of `w:tcPr` that stand before `w:vMerge`. */
const BEFORE_MERGE = new Set(['cnfStyle', 'tcW', 'gridSpan', 'hMerge']);

function setMerge(cell: XmlElement, continues: boolean): void {
  const prefix = cell.name.slice(0, cell.name.indexOf(':') + 1);
  let properties = elements(cell, 'tcPr')[0];
  if (properties === undefined) {
    properties = { name: `${prefix}tcPr`, attributes: {}, children: [] };
    cell.children.unshift(properties);
  }
  properties.children = properties.children.filter((child) => local(child) !== 'vMerge');
  const at = properties.children.findLastIndex((child) => BEFORE_MERGE.has(local(child))) + 1;
  const attributes: Readonly<Record<string, string>> = continues ? {} : { [`${prefix}val`]: 'restart' };
  properties.children.splice(at, 0, { name: `${prefix}vMerge`, attributes, children: [] });
  if (!continues) return;
  const paragraph = elements(cell, 'p')[0];
  const kept = paragraph === undefined ? [] : elements(paragraph, 'pPr');
  cell.children = [properties, { name: `${prefix}p`, attributes: {}, children: [...kept] }];
}
