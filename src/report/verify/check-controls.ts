import type { Inline } from '../../document/index.ts';
import { type Problem, problem, text } from '../../problem/index.ts';
import { alignLines } from './align-lines.ts';
import { type VisibleLine, whereOf } from './visible-lines.ts';

/**
 * Whether each figure of a Word paper still stands in the content control of its fact. A file in which no control is
 * left was saved by a program that drops them (LibreOffice 7.4: a notice) or had them taken off on purpose (a warning);
 * its figures are tied by their place in the text either way.
 */
export function checkControls(
  issued: readonly VisibleLine[],
  found: readonly VisibleLine[],
  { file, application }: { readonly file: string; readonly application: string },
): readonly Problem[] {
  const tagged = found.some((line) => line.inlines.some((run) => tagOf(run) !== undefined));
  if (!tagged) {
    if (!issued.some((line) => line.inlines.some((run) => run.kind === 'figure'))) return [];
    const isLost = /LibreOffice|OpenOffice/i.test(application);
    const message = isLost
      ? text(
          '文件用 LibreOffice 另存时丢掉了数字的标记（内容控件），已按数字所在位置核对',
          'the marks of figures (content controls) were lost when LibreOffice saved the file; figures were tied by their place',
        )
      : text(
          '数字的标记（内容控件）全部被去掉，只能按数字所在位置核对；请向出具单位索取原件',
          'all marks of figures (content controls) were taken off; figures could only be tied by their place: ask the issuer for the original',
        );
    return [problem('controls-lost', isLost ? 'notice' : 'warning', message, { file })];
  }
  const problems: Problem[] = [];
  for (const pair of alignLines(issued, found)) {
    if (pair.issued === undefined || pair.found === undefined || pair.issued.key !== pair.found.key) continue;
    const wanted = runsTogether(pair.issued, (run) => (run.kind === 'figure' ? run.factId : undefined));
    const present = runsTogether(pair.found, tagOf);
    const left = [...present];
    for (const { tag, words } of wanted) {
      const at = left.findIndex((one) => one.tag === tag && one.words === words);
      if (at >= 0) left.splice(at, 1);
      else
        problems.push(
          problem(
            'control-removed',
            'error',
            text(
              `数字“${words}”的标记（内容控件）被去掉或改动`,
              `the mark (content control) of the figure “${words}” was removed or altered`,
            ),
            { ...whereOf(pair.found, file), key: tag },
          ),
        );
    }
    for (const { tag, words } of left)
      problems.push(
        problem(
          'control-added',
          'error',
          text(`“${words}”被加上了数字标记，签发时没有`, `“${words}” was marked as a figure; it was not issued so`),
          {
            ...whereOf(pair.found, file),
            key: tag,
          },
        ),
      );
  }
  return problems;
}

function tagOf(run: Inline): string | undefined {
  return run.kind === 'text' ? run.tag : undefined;
}

/** Neighbouring runs of one tag are one: programs cut runs as they like. */
function runsTogether(
  line: VisibleLine,
  tag: (run: Inline) => string | undefined,
): readonly { readonly tag: string; readonly words: string }[] {
  const together: { tag: string; words: string }[] = [];
  let last: string | undefined;
  for (const run of line.inlines) {
    const own = tag(run);
    const open = together.at(-1);
    if (own !== undefined && own === last && open !== undefined) open.words += run.text;
    else if (own !== undefined) together.push({ tag: own, words: run.text });
    last = own;
  }
  return together;
}
