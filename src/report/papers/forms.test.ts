import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { cellText, inlineText, parseDocument, type Table } from '../../document/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import { type Evaluation, evaluate, readRuleSets } from '../../performance/index.ts';
import { JipingError } from '../../problem/index.ts';
import { packagedRulesFolder, readRuleFolder } from '../../rules/index.ts';
import { renderDocx } from '../docx/render-docx.ts';
import { PdfRenderer } from '../pdf/pdf-renderer.ts';
import { orderedCells, type Report, reportFigures, reportLines } from '../report.ts';
import { sampleBook } from '../testing/sample-books.ts';
import { sealReport } from '../verify/manifest.ts';
import { verifyPaper } from '../verify/verify-paper.ts';
import { renderXlsx } from '../xlsx/render-xlsx.ts';
import { composePapers, loadPaperForms } from './compose-papers.ts';
import { loadTableForms } from './form-schema.ts';

const ruleSets = readRuleSets(readRuleFolder(packagedRulesFolder(), 'scoring'));
const forms = loadPaperForms();

function evaluated(book: ProjectBook, id: string, asOf: string): Evaluation {
  const found = ruleSets.find((set) => set.id === id);
  if (found === undefined) throw new Error(id);
  return evaluate(book, found, { asOf });
}

function compose(id: string, asOf = '2025-03-01', ruleSet = 'CN2021', book = sampleBook()) {
  const evaluation = evaluated(book, ruleSet, asOf);
  const [paper] = composePapers(evaluation, book, forms, { ids: [id] });
  if (paper === undefined) throw new Error(id);
  return { evaluation, ...paper };
}

/** Each row of a report's tables as the texts of its cells. */
function rows(report: Report): readonly (readonly string[])[] {
  return report.blocks.flatMap((block) => {
    if (block.kind !== 'table') return [];
    return Array.from({ length: block.rowCount }, (_, row) =>
      orderedCells(block.cells)
        .filter((cell) => cell.row === row)
        .map(cellText),
    );
  });
}

describe('what each form prints', () => {
  it('F2: the money by level without scores, the seven items of money management', () => {
    const table = rows(compose('F2').report);
    expect(table).toContainEqual(['其中：中央财政资金', '900.00', '872.40', '96.93%']);
    expect(table).toContainEqual(['地方资金（县级财政资金）', '95.30', '60.12', '63.08%']);
    expect(table).toContainEqual(['执行准确性', '有两笔救助金退回重发', '退回原因为账号变更；已核对全部受助人账号']);
    expect(table.flat()).not.toContain('得分');
    expect(table.flat()).toContain('国家医疗保障局');
  });

  it('F3: sign, value and unit in columns of their own, signatures below', () => {
    const table = rows(compose('F3', '2025-03-01', 'SC').report);
    expect(table.find((row) => row.includes('资助困难群众参保人数'))?.slice(-8)).toEqual([
      '资助困难群众参保人数',
      '≥',
      '9000',
      '人',
      '9120',
      '20',
      '20',
      '',
    ]);
    expect(table.find((row) => row.includes('“一站式”结算率'))?.slice(-7)).toEqual([
      '≥',
      '98',
      '%',
      '98.2',
      '10',
      '10',
      '',
    ]);
    expect(table).toContainEqual(['项目负责人（签字）', '张某', '财务负责人（签字）', '李某']);
    expect(table).toContainEqual(['存在问题', '1.县级配套资金拨付滞后\n2.边远村政策知晓率低']);
  });

  it('F3: a text over 100 characters is printed whole and noticed with its cell', () => {
    const long = '完成年度参保任务并做好资助，'.repeat(10);
    const { report, problems } = compose('F3', '2025-03-01', 'SC', sampleBook({ goalActual: long }));
    expect(rows(report)).toContainEqual(['年度目标完成情况', long]);
    expect(problems.map((one) => [one.rule, one.severity, one.where.sheet])).toEqual([
      ['form-text-too-long', 'notice', '项目'],
    ]);
    expect(problems[0]?.where.cell).toMatch(/^B\d+$/);
  });

  it('F3, long: the heading repeats over the indicators only, not over conclusion and signatures', () => {
    const book = sampleBook();
    const records = book.tables.indicators.records.map((leaf) => ({ ...leaf, reason: '因'.repeat(60) }));
    const long = { ...book, tables: { ...book.tables, indicators: { ...book.tables.indicators, records } } };
    const tables = compose('F3', '2025-03-01', 'SC', long).report.blocks.filter((block) => block.kind === 'table');
    expect(tables.map((table) => table.headerRows)).toEqual([0, 1, 0]);
    expect(tables[1]?.cells.some((cell) => cellText(cell) === '合计')).toBe(true);
    expect(tables[2]?.cells.some((cell) => cellText(cell) === '评价结论')).toBe(true);
  });

  it('F5: goals and targets, nothing that was achieved', () => {
    const table = rows(compose('F5', '2024-01-10', 'CN2021', sampleBook({}, true)).report);
    expect(table.flat()).toContain('年度目标');
    expect(table.flat()).not.toContain('中期目标');
    expect(table.flat()).not.toContain('9120人');
    expect(table).toContainEqual(['财政拨款：一般公共预算（中央财政资金）', '860.00']);
  });

  it('F5 of several years: money, goals and targets of the term beside those of the year', () => {
    const table = rows(compose('F5', '2024-01-10').report);
    expect(table.flat()).toContain('到2026年，资助参保全覆盖，住院救助“一站式”结算率不低于98%。');
    expect(table).toContainEqual(['资金总额', '2990.50', '1075.80']);
    expect(table).toContainEqual(['其中：财政拨款（中央财政资金）', '2700.00', '860.00']);
    expect(table).toContainEqual(['主管部门及代码', '某县医疗保障局 361', '实施单位', '某县医疗保障事务中心']);
    expect(table.find((row) => row.includes('资助困难群众参保人数'))?.slice(-3)).toEqual([
      '资助困难群众参保人数',
      '≥28000人',
      '≥9000人',
    ]);
  });

  it('F6: progress, likelihood, flags, reason and remedy as of the day', () => {
    const { report, evaluation } = compose('F6', '2024-06-30');
    expect(evaluation.monitoring.length).toBeGreaterThan(0);
    const table = rows(report);
    expect(table.find((row) => row[0] === '进度提示')?.[1]).toContain('黄色：截至2024-06-30');
    const headings = table.find((row) => row.includes('经费保障')) ?? [];
    expect(headings).toEqual([
      ...['经费保障', '制度保障', '人员保障', '硬件条件保障', '其他', '原因说明'],
      ...['确定能', '有可能', '完全不可能'],
    ]);
    const leaf = table.find((row) => row.includes('医疗救助人次'))?.slice(-15);
    expect(leaf?.slice(0, 4)).toEqual(['医疗救助人次', '≥12000人次', '3056人次', '11000人次']);
    expect(headings.filter((_heading, at) => leaf?.[at + 4] === '√')).toEqual(['人员保障', '其他', '有可能']);
    expect(leaf?.at(-2)).toBe('黄色');
    expect(table.flat()).toContain('1—6月执行数');
    expect(table.find((row) => row[0] === '年度资金总额')).toEqual([
      '年度资金总额',
      '1075.80',
      '1053.02',
      '97.88%',
      '985.30',
    ]);
  });

  it('F2: items of money management that the book does not hold are noticed, not made up', () => {
    const book = sampleBook();
    const bare = { ...book, tables: { ...book.tables, checklists: { ...book.tables.checklists, records: [] } } };
    expect(compose('F2', '2025-03-01', 'CN2021', bare).problems.map((one) => one.rule)).toEqual(['form-item-empty']);
  });
});

describe('which form a project gets', () => {
  const names = (type: string, ruleSet: string, asOf: string, isPackage = false): readonly string[] => {
    const book = sampleBook({ type });
    return composePapers(evaluated(book, ruleSet, asOf), book, forms, { isPackage }).map(
      (paper) => `${paper.report.title} ${paper.name}`,
    );
  };

  it('is decided by type, rule set and time of the year', () => {
    expect(names('工作经费', 'CN2021', '2025-03-01')[0]).toBe('项目支出绩效自评表 自评表');
    expect(names('转移支付', 'CN2021', '2025-03-01')[0]).toBe('转移支付绩效目标自评表 转移支付绩效自评表');
    expect(names('工作经费', 'SC', '2025-03-01')[0]).toBe('部门预算项目支出绩效自评表 自评表');
    expect(names('工作经费', 'CN2021', '2024-12-31')).toHaveLength(2);
    expect(names('转移支付', 'SC', '2024-06-30')).toEqual(['项目支出绩效运行监控表 绩效运行监控表']);
  });

  it('in a package is the one with the evidence numbers', () => {
    const book = sampleBook({ type: '工作经费' });
    const [paper] = composePapers(evaluated(book, 'CN2021', '2025-03-01'), book, forms, { isPackage: true });
    expect(
      paper &&
        rows(paper.report)
          .find((row) => row.includes('医疗救助人次'))
          ?.at(-1),
    ).toBe('1、2');
  });

  it('of several whose files end alike gets names apart, and each form once', () => {
    const book = sampleBook();
    const named = (ids: readonly string[]): readonly string[] =>
      composePapers(evaluated(book, 'CN2021', '2025-03-01'), book, forms, { ids }).map(({ name }) => name);
    expect(named(['F1', 'F3', 'f1', 'F2'])).toEqual(['自评表-F1', '自评表-F3', '转移支付绩效自评表']);
    expect(named(['F3'])).toEqual(['自评表']);
  });

  it('refuses an unknown form with those there are', () => {
    expect(() => compose('F9')).toThrow(JipingError);
    try {
      compose('F9');
    } catch (error) {
      expect((error as JipingError).text.zh).toContain('F3 四川省部门预算项目支出绩效自评表');
    }
  });
});

describe("a county's own forms", () => {
  const folder = mkdtempSync(join(tmpdir(), 'jiping-forms-'));
  const own = join(folder, '表式');
  mkdirSync(own);
  afterEach(() => {
    rmSync(join(own, 'x.yaml'), { force: true });
  });
  const packaged = readFileSync(join(packagedRulesFolder(), 'forms', 'f1.yaml'), 'utf8');
  const write = (content: string): void => writeFileSync(join(own, 'x.yaml'), content);

  it('are read beside the packaged ones, and decide by region', () => {
    write(
      packaged
        .replace('id: F1', 'id: 某县')
        .replace('applies: {}', 'applies: { regions: [某县] }')
        .replace('title: 项目支出绩效自评表', 'title: 某县项目自评表'),
    );
    const both = loadPaperForms([own]);
    const book = sampleBook({ type: '工作经费' });
    const [paper] = composePapers(evaluated(book, 'CN2021', '2025-03-01'), book, both);
    expect(paper?.report.title).toBe('某县项目自评表');
  });

  it('are refused with file, line and key', () => {
    const fault = (content: string): JipingError => {
      write(content);
      try {
        loadTableForms([own]);
      } catch (error) {
        if (error instanceof JipingError) return error;
      }
      throw new Error('not refused');
    };
    const line = (content: string, word: string): number => content.slice(0, content.indexOf(word)).split('\n').length;
    const unknownField = packaged.replace('{ value: 主管部门, span: 3 }', '{ value: 主管单位, span: 3 }');
    expect(fault(unknownField)).toMatchObject({
      code: 'invalid-rule',
      where: {
        file: '表式/x.yaml',
        line: line(unknownField, '主管单位'),
        key: expect.stringContaining('parts.0.rows.1'),
      },
    });
    const wrongSpan = packaged.replace('{ value: 项目名称, span: 7 }', '{ value: 项目名称, span: 6 }');
    expect(fault(wrongSpan).text.zh).toContain('现为 8');
    expect(fault(packaged.replace('show: executed', 'show: 执行数')).where).toMatchObject({ file: '表式/x.yaml' });
    expect(fault(packaged.replace('note: money', 'note: money\nnotes: x')).where.line).toBeGreaterThan(0);
    const heading = packaged.replace('heading: 年初预算数', 'heading: "{年初数}"');
    expect(fault(heading)).toMatchObject({ where: { line: line(heading, '{年初数}') } });
    expect(() => loadTableForms([join(folder, 'none')])).toThrow(JipingError);
  });
});

const papers = [
  compose('F1Z'),
  compose('F2'),
  compose('F3', '2025-03-01', 'SC'),
  compose('F5', '2024-01-10'),
  compose('F5', '2024-01-10', 'CN2021', sampleBook({}, true)),
  compose('F6', '2024-06-30'),
];

function shape(table: Table): unknown {
  return orderedCells(table.cells)
    .filter((cell) => cellText(cell) !== '')
    .map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan, cellText(cell)]);
}
const tablesOf = (blocks: readonly { kind: string }[]): readonly Table[] =>
  blocks.filter((block): block is Table => block.kind === 'table');

test.each(papers.map((paper) => [paper.report.title, paper] as const))(
  '%s reads back from Word as it was composed',
  async (_title, { report }) => {
    const read = await parseDocument(renderDocx(report), 'a.docx');
    expect(tablesOf(read.blocks).map(shape)).toEqual(tablesOf(report.blocks).map(shape));
  },
);

test.each(papers.map((paper) => [paper.report.title, paper] as const))(
  '%s reads back from its workbook with every text in order',
  async (_title, { report }) => {
    const read = await parseDocument(renderXlsx(report), 'a.xlsx');
    const texts = (blocks: readonly { kind: string }[]): readonly string[] =>
      tablesOf(blocks)
        .flatMap((table) => orderedCells(table.cells).map(cellText))
        .filter((one) => one !== '');
    const found = texts(read.blocks).join('\n');
    for (const one of texts(report.blocks)) expect(found).toContain(one);
    // A form of one table has the same merged cells, below the title of its sheet.
    const [issued, ...more] = tablesOf(report.blocks);
    const sheet = tablesOf(read.blocks)[0];
    if (issued === undefined || sheet === undefined || more.length > 0) return;
    const firstWords = orderedCells(issued.cells).map(cellText)[0] ?? '';
    const top = sheet.cells.find((cell) => cellText(cell) === firstWords)?.row ?? 0;
    const places = (table: Table, from: number): readonly unknown[] =>
      orderedCells(table.cells)
        .filter((cell) => cell.row >= from && cell.row < from + issued.rowCount && cellText(cell) !== '')
        .map((cell) => [cell.row - from, cell.column, cell.rowSpan, cell.columnSpan, cellText(cell)]);
    expect(places(sheet, top)).toEqual(places(issued, 0));
  },
);

test('every form is whole in PDF and verifies in every format', async () => {
  const renderer = new PdfRenderer();
  for (const { report, evaluation } of papers) {
    const manifest = sealReport(report, (id) => evaluation.lineage.find(id));
    const pdf = renderer.render(report, manifest);
    expect(pdf.problems).toEqual([]);
    const bytes = pdf.bytes ?? new Uint8Array();
    const read = (await parseDocument(bytes, 'a.pdf')).text.normalize('NFKC').replace(/\s/g, '');
    const wanted = [...reportLines(report)].map(inlineText).join('').normalize('NFKC').replace(/\s/g, '');
    const counted = (value: string): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
      return counts;
    };
    const present = counted(read);
    for (const [character, times] of counted(wanted))
      expect(present.get(character) ?? 0, `${report.title}: ${character}`).toBeGreaterThanOrEqual(times);
    expect(reportFigures(report).length).toBeGreaterThan(5);
    for (const [name, content] of [
      ['a.docx', renderDocx(report, manifest)],
      ['a.xlsx', renderXlsx(report, manifest)],
      ['a.pdf', bytes],
    ] as const) {
      const verification = await verifyPaper(content, await parseDocument(content, name), {
        trusted: [],
        renderPdf: (issued) => renderer.render(issued).bytes,
      });
      expect(verification.consistency, `${report.title} ${name}`).toBe('consistent');
      expect(verification.problems, `${report.title} ${name}`).toEqual([]);
    }
  }
});
