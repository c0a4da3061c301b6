import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditText } from '../audit-document.ts';
import { type Form, type FormRow, generateForm } from '../testing/generate-form.ts';
import { COLUMN_STYLES, printedCells, printForm } from '../testing/print-form.ts';
import { Random } from '../testing/random.ts';

/** Another correct form: points moved between rows, results raised, digits put into names. */
function changed(form: Form, random: Random): Form {
  const rows: FormRow[] = [...form.rows];
  const [from, to] = [random.below(rows.length), random.below(rows.length)];
  const [left, right] = [rows[from], rows[to]];
  const moved = random.pick(['0.5', '1', '1.5', '2']);
  if (left !== undefined && right !== undefined && from !== to && Number(left.weight) > 3) {
    rows[from] = withPoints(left, -Number(moved));
    rows[to] = withPoints(right, Number(moved));
  }
  const at = random.below(rows.length);
  const row = rows[at];
  if (row !== undefined) rows[at] = { ...row, name: `${random.between(2, 9)}类${row.name}` };
  return { ...form, rows };
}

function withPoints(row: FormRow, more: number): FormRow {
  return { ...row, weight: String(Number(row.weight) + more), score: String(Number(row.score) + more) };
}

describe('figures run together', () => {
  it('never make an error of a correct form, and a row that is given is given as printed', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.constantFrom(...COLUMN_STYLES),
        fc.constantFrom('no-space' as const, 'no-space-pages' as const),
        (seed, style, layout) => {
          const random = new Random(seed);
          const form = changed(generateForm(seed), random);
          const document = auditText(printForm(form, layout, style, random));
          expect(document.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
          const read = document.tables.flatMap((table) => table.indicators);
          for (const row of form.rows)
            for (const same of read.filter(
              (each) => each.unreadable.length === 0 && each.name?.text.endsWith(row.name),
            ))
              expect([same.target, same.actual, same.weight, same.score].map((cell) => cell?.text ?? '')).toEqual(
                printedCells(row, style),
              );
        },
      ),
      { numRuns: 120, seed: 20_261_122 },
    );
  });

  it('are left alone where two readings are possible', () => {
    const text =
      '一级指标二级指标三级指标年度指标值实际完成值分值得分偏差原因产出指标数量指标培训人数1001001010服务人数111111质量指标合格率100%100%1010';
    const rows = auditText(text).tables.flatMap((table) => table.indicators);
    expect(rows.find((row) => row.name?.text === '服务人数')?.unreadable).not.toEqual([]);
    expect(rows.find((row) => row.name?.text === '合格率')?.unreadable).toEqual([]);
  });
});
