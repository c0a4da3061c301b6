import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../document/index.ts';
import { type AuditedDocument, auditDocument, auditText } from './audit-document.ts';
import { readBaseline, withoutDismissed } from './baseline.ts';
import { documentJson } from './output/audit-json.ts';
import { composeOpinion } from './output/compose-opinion.ts';
import { renderPage } from './output/render-page.ts';
import { readRuleBook } from './rule-book.ts';
import { BREAKAGES, generateForm } from './testing/generate-form.ts';
import { COLUMN_STYLES, LAYOUTS, printedCells, printForm } from './testing/print-form.ts';
import { Random } from './testing/random.ts';

function rowsOf(document: AuditedDocument): string[] {
  return [...document.tables.flatMap((table) => table.indicators), ...document.proseRows].map((row) =>
    [row.name, row.target, row.actual, row.weight, row.score].map((cell) => cell?.text ?? '').join('|'),
  );
}

function budgetOf(document: AuditedDocument): string {
  const row = document.tables[0]?.budget?.rows[0];
  return [row?.initial, row?.adjusted, row?.executed, row?.weight, row?.rate, row?.score]
    .map((cell) => cell?.text ?? '')
    .join('|');
}

const FLAT_DISPLACED = `某县项目支出绩效自评表 (2021年度) 项目名称 困难群众参保补助 项目资金 年初预算数 (万元) 年度资金总额 其中:当年财政拨款 实施单位 全年预算数 全年执行数 分值 执行率 得分 48.5 47.8 10 99% 9 48.5 47.8 — 99% — 其他资金 — — 一级 指标 二级指标 三级指标 数量指标 指标1:参保人数 某县医保中心 产出 指标 (50分 ) 指标值 完成值 3200 分值 得分 偏差原因分析及改进措 施 3150 20 18 部分人员外出 质量指标 指标1:补助是否足额 到位 100% 100% 15 15 时效指标 指标1:是否按时拨付 100% 100% 15 15 60元 60元 10 10 90% 90% 20 18 95% 95% 10 10 100 94 成本指标 指标1:人均补助 效益指 标(30 分) 社会效益 指标1:负担是否减轻 满意度 指标 服务对象满 指标1:群众是否满意 (10分 意度指标 ) 总分`;

const NO_SPACE = `2020年度部门预算项目绩效自评表单位名称:某市图书馆项目名称免费开放资金主管部门某市文旅局预算执行情况(万元)(20分)预算数(A)执行数(B)执行率(B/A)得分(20分*执行率)年度财政资金总额5048.597%19.4一级指标二级指标三级指标年初目标值(A)实际完成值(B)得分产出指标数量指标举办讲座≥20场26场10接待读者≥10万人次12.3万人次20质量指标设备完好率≥95%97%10成本运行费用不超预算不超预算10效益指标社会效益读者人数增长≥5%6%20满意度指标服务对象满意度读者满意度≥90%96%10总分99.4`;

const UPRIGHT = `项目支出绩效自评表\n项目名称\n购置设备\n项目资金\n（万元）\n全年预算数\n全年执行数\n分值\n执行率\n得分\n年度资金总额\n20\n20\n10\n100.00%\n10\n一级指标\n二级指标\n三级指标\n年度\n指标值\n实际完成值\n分值\n得分\n偏差原因分析及改进措施\n产出指标\n数量指标\n购置电脑\n10台\n10台\n20\n20\n- 2 -\n质量指标\n合格率\n100%\n100%\n20\n20\n时效指标\n完成时间\n12月\n12月\n10\n10\n效益指标\n社会效益指标\n工作效率\n提高\n提高\n30\n30\n满意度指标\n服务对象满意度指标\n使用人员满意度\n95%\n95%\n10\n10\n总分\n100\n100`;

describe('reading tables out of text', () => {
  it('puts names and figures together again that a PDF reader took apart', () => {
    const document = auditText(FLAT_DISPLACED);
    expect(budgetOf(document)).toBe('|48.5|47.8|10|99%|9');
    expect(rowsOf(document)).toEqual([
      '指标1:参保人数|3200|3150|20|18',
      '指标1:补助是否足额到位|100%|100%|15|15',
      '指标1:是否按时拨付|100%|100%|15|15',
      '指标1:人均补助|60元|60元|10|10',
      '指标1:负担是否减轻|90%|90%|20|18',
      '指标1:群众是否满意|95%|95%|10|10',
    ]);
    expect(
      document.findings
        .filter((finding) => finding.severity === 'error')
        .map((finding) => [finding.rule, finding.expected]),
    ).toEqual([['total-mismatch', '95']]);
  });

  it('cuts a text without any space, figures run together included', () => {
    const document = auditText(NO_SPACE);
    expect(budgetOf(document)).toBe('|50|48.5||97%|19.4');
    expect(rowsOf(document)).toEqual([
      '举办讲座|≥20场|26场||10',
      '接待读者|≥10万人次|12.3万人次||20',
      '设备完好率|≥95%|97%||10',
      '运行费用|不超预算|不超预算||10',
      '读者人数增长|≥5%|6%||20',
      '读者满意度|≥90%|96%||10',
    ]);
  });

  it('reads one cell a line and leaves page numbers out', () => {
    expect(rowsOf(auditText(UPRIGHT))).toEqual([
      '购置电脑|10台|10台|20|20',
      '合格率|100%|100%|20|20',
      '完成时间|12月|12月|10|10',
      '工作效率|提高|提高|30|30',
      '使用人员满意度|95%|95%|10|10',
    ]);
  });

  it('splits fused figures only where the sums leave one reading', () => {
    const head =
      '项目资金(万元) 年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分 年度资金总额 20 202010100.00%10 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 ';
    const rows =
      '产出指标 数量指标 检查次数 ≥12次 14次 2020 质量指标 整改率 ≥95% 96%2020 时效指标 按时完成 100% 100%1010 效益指标 社会效益指标 投诉减少 ≥10% 12%3030 满意度指标 服务对象满意度 来访者满意 ≥90% 92%1010 总分 100100';
    const document = auditText(head + rows);
    expect(budgetOf(document)).toBe('20|20|20|10|100.00%|10');
    expect(rowsOf(document).map((row) => row.split('|').slice(3).join())).toEqual([
      '20,20',
      '20,20',
      '10,10',
      '30,30',
      '10,10',
    ]);
    expect(document.tables[0]?.complete).toBe(true);
  });

  it('reads indicators told in sentences', () => {
    const document = auditText(
      '1、数量指标:第一,托养人次年初指标值为不低于105人,实际完成值116人。第二,补贴人次年初指标值为不低于180人,实际完成值164人。',
    );
    expect(rowsOf(document)).toEqual(['托养人次|不低于105人|116人||', '补贴人次|不低于180人|164人||']);
  });

  it('reads a real table by its grid', async () => {
    const form = generateForm(5);
    const rows = printForm(form, 'pipe-open', 'standard', new Random(5))
      .split('\n')
      .map(
        (line) =>
          `<tr>${line
            .split(' | ')
            .map((cell) => `<td>${cell.replaceAll('<', '&lt;')}</td>`)
            .join('')}</tr>`,
      );
    const html = `<html><head><meta charset="utf-8"></head><body><p>附件</p><table>${rows.join('')}</table></body></html>`;
    const document = auditDocument(await parseDocument(new TextEncoder().encode(html), 'form.html'));
    expect(rowsOf(document).map((row) => row.replace(/^指标\d:/, ''))).toEqual(
      form.rows.map((row) => [row.name, ...printedCells(row, 'standard')].join('|')),
    );
  });
});

describe('random forms', () => {
  it('come back exactly or as unreadable, and no correct form is accused', () => {
    for (let seed = 0; seed < 160; seed += 1) {
      const layout = LAYOUTS[seed % LAYOUTS.length] ?? 'pipe';
      const style = COLUMN_STYLES[(seed * 5 + Math.floor(seed / LAYOUTS.length)) % COLUMN_STYLES.length] ?? 'standard';
      const broken = seed % 3 === 0 ? BREAKAGES[seed % BREAKAGES.length] : undefined;
      const form = generateForm(seed, broken);
      const document = auditText(printForm(form, layout, style, new Random(seed)));
      const errors = document.findings.filter((finding) => finding.severity === 'error' && finding.rule !== broken);
      expect(errors.map((finding) => `${seed} ${layout} ${style} ${finding.rule}`)).toEqual([]);
      // The other form of a page may have a row of the same name.
      const tables = layout === 'two-tables' ? document.tables.slice(-1) : document.tables;
      const read = tables.flatMap((table) => table.indicators);
      for (const row of form.rows)
        for (const same of read.filter(
          (each) => each.level2 === row.level2 && each.name?.text.endsWith(row.name) && each.unreadable.length === 0,
        )) {
          const got = [same.target, same.actual, same.weight, same.score].map((cell) => cell?.text ?? '').join('|');
          expect(`${seed} ${layout} ${style} ${got}`).toBe(
            `${seed} ${layout} ${style} ${printedCells(row, style).join('|')}`,
          );
        }
    }
  });
});

describe('anything at all', () => {
  it('never throws and every quote stands in the text', () => {
    const piece = fc.constantFrom(
      '一级指标',
      '二级指标',
      '三级指标',
      '年度指标值',
      '实际完成值',
      '分值',
      '得分',
      '产出指标',
      '数量指标',
      '总分',
      '年度资金总额',
      '全年预算数',
      '全年执行数',
      '执行率',
      '|',
      '\n',
      ' ',
      '\t',
      '100%',
      '10',
      '≥',
      '0',
      '1010',
      '20241010100.00%10',
      '其中',
      '𠮷',
      '共计',
      '万元',
      '每人',
      '标准',
      '截至2024年1月',
      '〔2024〕',
      '得分(10分*执行率)',
      '正向指标得分=权重*B/A',
      '达成预期指标、部分达成预期指标、未达成预期指标三档,100%-80%、80%-60%、60%-0%',
      '产出指标(50分)',
      '自评得分98分',
      '清算金额为2万元',
      '应包括数量、质量指标',
      '参保人数≥120人',
      '实际',
      'x'.repeat(300),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 120 }), (parts) => {
        const document = auditText(parts.join(''));
        for (const finding of document.findings)
          for (const quote of finding.quotes)
            expect(quote.start >= 0 && quote.end <= document.source.raw.length && quote.end > quote.start).toBe(true);
        renderPage(document, new Map());
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it('bears forms cut off anywhere without an error', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const text = printForm(
        generateForm(seed),
        LAYOUTS[seed % LAYOUTS.length] ?? 'pipe',
        'standard',
        new Random(seed),
      );
      for (let cut = 1; cut < 8; cut += 1) {
        const document = auditText(text.slice(0, Math.floor((text.length * cut) / 8)));
        expect(
          document.findings
            .filter((finding) => finding.severity === 'error')
            .map((finding) => `${seed}/${cut} ${finding.rule} ${finding.message.zh}`),
        ).toEqual([]);
      }
    }
  });
});

describe('what is handed on', () => {
  const broken = `𠮷县自评表\n${printForm(generateForm(3, 'total-mismatch'), 'pipe', 'standard', new Random(3))}`;

  it('counts offsets in code points and keeps ids when text is added before', () => {
    const first = auditText(broken, 'a.txt');
    const json = documentJson(first) as {
      findings: { id: string; quotes: { text: string; start: number; end: number }[] }[];
    };
    const characters = [...broken];
    for (const finding of json.findings)
      for (const quote of finding.quotes) expect(characters.slice(quote.start, quote.end).join('')).toBe(quote.text);
    const later = auditText(`新加的一行\n${broken}`, 'b.txt');
    expect(later.findings.map((finding) => finding.id).sort()).toEqual(
      first.findings.map((finding) => finding.id).sort(),
    );
  });

  it('keeps dismissed findings dismissed', () => {
    const document = auditText(broken, 'a.txt');
    const [first] = document.findings;
    const baseline = readBaseline(JSON.stringify({ dismissed: [first?.id] }), 'baseline.json');
    expect(withoutDismissed(document, baseline).findings.map((finding) => finding.id)).toEqual(
      document.findings.slice(1).map((finding) => finding.id),
    );
    expect(readBaseline(JSON.stringify({ documents: [documentJson(document)] }), 'x').size).toBe(
      document.findings.length,
    );
    expect(() => readBaseline('{}', 'x')).toThrow(/基线/);
  });

  it('writes an opinion that spells the sum out and shows no rule id', () => {
    const rules = readRuleBook();
    const document = auditText(broken, 'a.txt');
    const words = JSON.stringify(composeOpinion(document, rules).blocks);
    expect(words).toContain('验算');
    expect(words).not.toContain('total-mismatch');
    const page = renderPage(document, rules);
    expect(page).toContain('class="mark error"');
    expect(page).not.toMatch(/<script|https?:/);
  });
});
