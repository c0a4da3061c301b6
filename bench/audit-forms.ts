import {
  auditText,
  BREAKAGES,
  COLUMN_STYLES,
  generateForm,
  LAYOUTS,
  printedCells,
  printForm,
  Random,
} from '../src/audit/index.ts';
import { machineLine, peakMemory } from './machine-support.ts';

/** Whether a defect can be seen in a form of this style and layout. */
function applies(broken: string, style: string, layout: string): boolean {
  if (layout === 'cut-off' || layout === 'headless' || style === 'target-only') return false;
  if (style === 'transfer')
    return broken === 'rate-mismatch' || broken === 'over-execution' || broken === 'missing-rate';
  return true;
}

/**
 * Random forms, correct and broken in one place, in every layout: which rows come back exactly or as unreadable, what
 * a correct form is accused of, and how many broken ones are found. `--seeds N`, `--show` prints what went wrong.
 */
export async function run(args: string[]): Promise<void> {
  console.log(machineLine());
  const seeds = args.includes('--smoke') ? 100 : Number(args[args.indexOf('--seeds') + 1] ?? 2000) || 2000;
  const show = args.includes('--show');
  const only = args.includes('--layout') ? args[args.indexOf('--layout') + 1] : undefined;
  const byLayout = new Map<
    string,
    { rows: number; exact: number; unreadable: number; wrong: number; lost: number; falseErrors: number; forms: number }
  >();
  const byRule = new Map<string, { forms: number; found: number }>();
  let shown = 0;
  for (let seed = 0; seed < seeds; seed += 1)
    for (const [nth, layout] of LAYOUTS.entries()) {
      if (only !== undefined && layout !== only) continue;
      // `--one`: every seed in one layout, in turn.
      if (args.includes('--one') && nth !== seed % LAYOUTS.length) continue;
      const style = COLUMN_STYLES[Math.floor(seed / LAYOUTS.length) % COLUMN_STYLES.length] ?? 'standard';
      const wanted = seed % 2 === 0 ? undefined : BREAKAGES[(seed >> 1) % BREAKAGES.length];
      const broken = wanted !== undefined && !applies(wanted, style, layout) ? undefined : wanted;
      const form = generateForm(seed, broken);
      const printed = printForm(form, layout, style, new Random(seed));
      const audited = auditText(printed);
      const key = args.includes('--styles') ? `${layout}/${style}` : layout;
      const tally = byLayout.get(key) ?? {
        rows: 0,
        exact: 0,
        unreadable: 0,
        wrong: 0,
        lost: 0,
        falseErrors: 0,
        forms: 0,
      };
      tally.forms += 1;
      // The other form of a page may have a row of the same name.
      const tables = layout === 'two-tables' ? audited.tables.slice(-1) : audited.tables;
      const read = tables.flatMap((table) => table.indicators);
      for (const row of form.rows) {
        // Of a text that breaks off only the rows before the break count.
        const at = printed.indexOf(`${row.name} |`);
        if (layout === 'cut-off' && (at < 0 || !printed.includes(' |\n', at))) continue;
        tally.rows += 1;
        const same = read.filter((each) => each.name?.text.endsWith(row.name) && each.level2 === row.level2);
        const expected = printedCells(row, style);
        const got = same.map((each) =>
          [each.target, each.actual, each.weight, each.score].map((cell) => cell?.text ?? ''),
        );
        if (got.some((cells) => cells.join('|') === expected.join('|'))) tally.exact += 1;
        else if (same.length === 0 || same.some((each) => each.unreadable.length > 0)) {
          const said = read.some((each) => each.unreadable.length > 0 && each.name?.text.includes(row.name));
          if (same.length === 0 && !said) {
            tally.lost += 1;
            if (args.includes('--lost') && shown < 25) {
              shown += 1;
              console.log(
                `seed ${seed} ${layout}/${style} ${broken ?? ''} lost ${row.level2} ${row.name} ${row.reason}: ${read.map((each) => `${each.level2}/${each.name?.text}`).join(' ')}`,
              );
            }
          } else tally.unreadable += 1;
        } else {
          tally.wrong += 1;
          if (show && shown < 25) {
            shown += 1;
            console.log(
              `seed ${seed} ${layout}/${style} ${broken ?? ''} ${row.name}: expected ${expected.join('|')} got ${got.map((cells) => cells.join('|')).join(' ; ')}`,
            );
          }
        }
      }
      const errors = audited.findings.filter((finding) => finding.severity === 'error' && finding.rule !== broken);
      tally.falseErrors += errors.length;
      if (show && errors.length > 0 && shown < 40) {
        shown += 1;
        console.log(
          `seed ${seed} ${layout}/${style} ${broken ?? 'correct'} FALSE: ${errors.map((finding) => `${finding.rule} ${finding.message.zh}`).join('; ')}`,
        );
      }
      byLayout.set(key, tally);
      if (broken !== undefined) {
        const rule = byRule.get(broken) ?? { forms: 0, found: 0 };
        rule.forms += 1;
        if (audited.findings.some((finding) => finding.rule === broken)) rule.found += 1;
        else if (args.includes('--missed') && shown < 40) {
          shown += 1;
          console.log(`seed ${seed} ${layout}/${style} missed ${broken}`);
        }
        byRule.set(broken, rule);
      }
    }
  console.log(`seeds ${seeds}, peak ${peakMemory()} MiB`);
  console.table(Object.fromEntries(byLayout));
  console.table(
    Object.fromEntries(
      [...byRule].map(([rule, { forms, found }]) => [rule, { forms, found, share: (found / forms).toFixed(3) }]),
    ),
  );
}
