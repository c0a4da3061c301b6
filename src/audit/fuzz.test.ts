import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditedDocument, auditDocument, auditText } from './audit-document.ts';
import { documentJson } from './output/audit-json.ts';
import { generateForm } from './testing/generate-form.ts';
import { COLUMN_STYLES, LAYOUTS, printForm } from './testing/print-form.ts';
import { Random } from './testing/random.ts';

/** Whatever was read: every place lies in the text, and the result can be handed on. */
function holds(audited: AuditedDocument): void {
  const { length } = audited.source.raw;
  for (const finding of audited.findings)
    for (const { start, end } of finding.quotes) expect(start >= 0 && start < end && end <= length).toBe(true);
  for (const table of audited.tables) expect(table.start >= 0 && table.end <= length).toBe(true);
  JSON.stringify(documentJson(audited));
}

const HEAD = '一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n';
/** What readers are tempted to try in every way. */
const UNITS =
  'a|1| |\n|\t|中|(|,|.|1,|1.|1 |1\n|a1|a-|1中|中 |一|半年|2024年|2024年 |1-|≥1|100%|其中1元、|共1元;|目标|目标为1,完成|年初|指标1:|数量指标|数量指标 |总分 100 |10096|镇|每人1元10人5元|——|𠮷|0|第|附件1|存在问题\n|6747.24|1.1'
    .split('|')
    .concat('|', '| ', '|\n');

describe('the audit bears anything', () => {
  it.each(['', HEAD, HEAD.replaceAll(' |', ''), '目标为1，完成1\n'])('long repeats behind %j', (head) => {
    for (const unit of UNITS) holds(auditText(`${head}${unit.repeat(Math.ceil(1000 / unit.length))}!`));
  });

  it('runs of digits of every length, closed by what no number has', () => {
    for (const tail of ['', 'X', '..', ',,', '%%', '元元', '..1', '-'])
      for (const length of [20, 40, 59, 80, 2000])
        holds(auditText(`${HEAD}产出指标 | 数量指标 | 甲 | ${'1'.repeat(length)}${tail} | 1 | 50 | 50`));
  });

  it('forms with characters lost, doubled and put elsewhere', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...UNITS)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(LAYOUTS.length - 1), edits, (seed, layout, changes) => {
        const style = COLUMN_STYLES[seed % COLUMN_STYLES.length] ?? 'standard';
        let text = printForm(generateForm(seed), LAYOUTS[layout] ?? 'pipe', style, new Random(seed));
        for (const [place, kind, unit] of changes) {
          const at = place % text.length;
          text = text.slice(0, at) + (kind === 0 ? '' : unit) + text.slice(at + (kind === 1 ? 0 : 3));
        }
        holds(auditText(text));
      }),
      { numRuns: 60, seed: 20261122 },
    );
  });

  it('words in any order', () => {
    const words = fc.array(fc.constantFrom(...UNITS, ...HEAD.split(' | '), '年度资金总额', '合计', '95.5%', '\n'), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(words, fc.constantFrom('', ' ', ' | ', '\n'), (parts, seam) => holds(auditText(parts.join(seam)))),
      { numRuns: 80, seed: 20261122 },
    );
  });

  it('a real table of many rows, more than a call can have arguments', () => {
    const cells = Array.from({ length: 140_000 }, (_, at) => ({
      row: Math.floor(at / 7),
      column: at % 7,
      rowSpan: 1,
      columnSpan: 1,
      paragraphs: [],
      position: { start: at * 2, end: at * 2 + 1 },
    }));
    const text = '甲 '.repeat(140_000);
    const table = { kind: 'table', rowCount: 20_000, columnCount: 7, headerRows: 0, cells } as const;
    holds(auditDocument({ name: 'a.xlsx', kind: 'xlsx', text, blocks: [table] }));
    holds(auditText(`${'甲 '.repeat(140_000)}\n一级指标`));
  });
});
