import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readDocument } from '../document/index.ts';
import { Exact } from '../quantity/index.ts';
import { packageRoot } from '../rules/index.ts';
import { type BookContent, openProjectBook, writeProjectBook } from '../workbook/index.ts';
import { carryOver } from './carry-over.ts';
import { jiping } from './testing/run-in-process.ts';

const office = spawnSync('soffice', ['--version']).status === 0;
if (!office) console.log('LibreOffice tests are skipped: apt-get install libreoffice-writer libreoffice-calc');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-from-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function indicatorsOf(path: string): Promise<readonly string[]> {
  const { book } = await openProjectBook(path);
  return book.tables.indicators.records.map((each) =>
    [each.level1, each.level2, each.level3, each.target, each.unit, each.weight?.toString(), each.scoring].join('|'),
  );
}

const example = (name: string): string => join(packageRoot(), 'examples', `${name}.xlsx`);

describe('a clerk starts the new year from last year’s table', () => {
  test.each(['docx', 'xlsx'])('our own form F1 as %s gives back every indicator', async (kind) => {
    const name = 'gongqingcheng-2024';
    await jiping(['evaluate', example(name), '--out', 'out'], folder);
    const table = readdirSync(join(folder, 'out')).find((file) => file.endsWith(`自评表.${kind}`)) ?? '';
    const { status, out } = await jiping(
      ['new', 'next.xlsx', '--from', join('out', table), '--format', 'json'],
      folder,
    );
    expect(status).toBe(0);
    const was = (await openProjectBook(example(name))).book;
    const { book } = await openProjectBook(join(folder, 'next.xlsx'));
    const printed = (each: (typeof was.tables.indicators.records)[number]): unknown => ({
      path: [each.level1, each.level2, each.level3],
      target: each.target?.replace(/,/g, '').replace(/\s/g, ''),
      weight: each.weight?.toString(),
    });
    const execution = (each: { readonly scoring?: string }): boolean => each.scoring === '预算执行';
    const now = book.tables.indicators.records;
    expect(now.filter((each) => !execution(each)).map(printed)).toEqual(
      was.tables.indicators.records.filter((each) => !execution(each)).map(printed),
    );
    expect(now.find(execution)?.weight?.toString()).toBe(
      was.tables.indicators.records.find(execution)?.weight?.toString(),
    );
    expect(book.project.goalExpected?.value).toBe(was.project.goalExpected?.value);
    expect(book.project.name?.value).toBe(was.project.name?.value);
    expect(book.project.department?.value).toBe(was.project.department?.value);
    expect([book.project.year, book.project.goalActual, book.tables.money.records.length]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    expect(
      now.every((each) => each.actual === undefined && each.claimed === undefined && each.reason === undefined),
    ).toBe(true);
    expect(JSON.parse(out).carried.indicators).toBe(now.length);
  });

  test.each([
    ['F3', 'docx'],
    ['F3', 'xlsx'],
    ['F5', 'docx'],
    ['F5', 'xlsx'],
  ])('our form %s as %s gives back every indicator it prints', async (form, kind) => {
    const name = 'gongqingcheng-2024';
    await jiping(['evaluate', example(name), '--form', form, '--out', 'out'], folder);
    const table = readdirSync(join(folder, 'out')).find((file) => file.endsWith(`表.${kind}`)) ?? '';
    expect((await jiping(['new', 'next.xlsx', '--from', join('out', table)], folder)).status).toBe(0);
    const lines = (indicators: Awaited<ReturnType<typeof openProjectBook>>['book']['tables']['indicators']) =>
      indicators.records
        .filter((each) => form === 'F3' || each.scoring !== '预算执行')
        .map((each) => [
          each.level1,
          each.level2,
          each.level3,
          `${each.target ?? ''}${each.unit ?? ''}`,
          // A goal declaration has no weights.
          form === 'F3' ? each.weight?.toString() : undefined,
        ]);
    const was = (await openProjectBook(example(name))).book;
    const { book } = await openProjectBook(join(folder, 'next.xlsx'));
    expect(lines(book.tables.indicators)).toEqual(lines(was.tables.indicators));
    expect(book.project.goalExpected?.value).toBe(was.project.goalExpected?.value);
  });

  test('our own form as PDF gives back every indicator, and asks to check it', async () => {
    const name = 'gongqingcheng-2024';
    await jiping(['evaluate', example(name), '--form', 'F1', '--out', 'out'], folder);
    const pdf = join('out', `${name}-自评表.pdf`);
    const { status, out, err } = await jiping(['new', 'next.xlsx', '--from', pdf], folder);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('按字的位置还原');
    expect(await indicatorsOf(join(folder, 'next.xlsx'))).toEqual(await indicatorsOf(example(name)));
  });

  test.each([
    ['F1', 18],
    ['F2', 25],
    ['F3', 12],
    ['F3', 31],
    ['F5', 60],
    ['F6', 23],
  ])(
    'our form %s of %i indicators as a PDF of several pages gives back what its Word file does',
    async (form, count) => {
      const groups = [
        ['产出指标', '数量指标'],
        ['产出指标', '质量指标'],
        ['效益指标', '社会效益指标'],
        ['满意度指标', '服务对象满意度指标'],
      ] as const;
      const indicators = Array.from({ length: count }, (_, at) => {
        const [level1, level2] = groups[Math.floor((at * groups.length) / count)] ?? groups[0];
        const reason = '外出务工人员多，集中参保期内联系困难，已按村建立未参保名单逐户动员。'.repeat(at % 4);
        const level3 = `参保人数（${at + 1}）`;
        return {
          level1,
          level2,
          level3,
          target: `≥${100 + at}人`,
          actual: '90人',
          weight: Exact.ratio(90n, BigInt(count)),
          reason,
        };
      });
      const content: BookContent = {
        project: {
          name: '参保征缴',
          department: '某县医疗保障局',
          unit: '某县医疗保障局',
          year: Exact.of(2024),
          goalExpected: '全年参保40万人。',
        },
        tables: { money: [{ kind: '年初预算', source: '当年财政拨款', amount: Exact.of(860) }], indicators },
      };
      writeFileSync(join(folder, '甲.xlsx'), await writeProjectBook(content, { sample: false }));
      const asOf = form === 'F6' ? ['--as-of', '2024-06-30'] : [];
      await jiping(['evaluate', '甲.xlsx', '--form', form, ...asOf, '--out', 'out'], folder);
      const paper = (kind: string): string =>
        join(folder, 'out', readdirSync(join(folder, 'out')).find((file) => file.endsWith(`表.${kind}`)) ?? '');
      expect((await readDocument(paper('pdf'))).pageCount).toBeGreaterThan(1);
      const [word, pdf] = [await carryOver(paper('docx')), await carryOver(paper('pdf'))];
      expect(pdf.content).toEqual(word.content);
      expect(pdf.content.tables.indicators?.filter((each) => each.scoring === undefined)).toHaveLength(count);
    },
  );

  test('a count of 12000 is no year', async () => {
    writeFileSync(
      join(folder, '表.html'),
      `<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr><tr><td>产出指标</td><td>数量指标</td><td>救助人次</td><td>≥12000人次</td></tr><tr><td>产出指标</td><td>时效指标</td><td>完成时间</td><td>2024年底前</td></tr></table>`,
    );
    const { out } = await jiping(['new', 'next.xlsx', '--from', '表.html'], folder);
    expect(out).toContain('写着 2024');
    expect(out).not.toContain('写着 2000');
  });

  describe('our own forms of a project of several years', () => {
    const leaves = [
      ['产出指标', '数量指标', '资助困难群众参保人数', '≥9000人', '≥28000人'],
      ['产出指标', '数量指标', '医疗救助人次', '≥1.2万人次', '≥3.6万人次'],
      ['产出指标', '质量指标', '“一站式”结算率', '≥98%', '≥98%'],
      ['产出指标', '时效指标', '资金支付完成时间', '2024年12月31日', '2026年12月31日'],
      ['效益指标', '社会效益指标', '困难群众就医负担减轻程度', '有效减轻', '明显减轻'],
      ['满意度指标', '服务对象满意度指标', '受助群众满意度', '≥90%', '≥92%'],
    ] as const;
    const project = {
      name: '中央财政医疗救助补助资金',
      type: '转移支付',
      kind: '单位自评',
      department: '某县医疗保障局',
      unit: '某县医疗保障事务中心',
      year: Exact.of(2024),
      goalExpected: '资助困难群众参保不少于9000人。',
      goalLong: '三年资助不少于28000人。',
    } as const;

    test.each(['F1', 'F2', 'F3', 'F5', 'F6'].flatMap((form) => ['docx', 'xlsx'].map((kind) => [form, kind] as const)))(
      '%s as %s',
      async (form, kind) => {
        const content: BookContent = {
          project,
          tables: {
            money: [{ kind: '年初预算', source: '中央财政资金', amount: Exact.of(860) }],
            indicators: leaves.map(([level1, level2, level3, target, termTarget], index) => ({
              level1,
              level2,
              level3,
              target,
              termTarget,
              weight: Exact.of(15),
              actual: '1',
              claimed: Exact.of(index),
              forecast: '2',
              likelihood: '有可能',
              causes: ['经费保障', '其他'],
              reason: '资金晚到',
              remedy: '按月调度',
            })),
          },
        };
        writeFileSync(join(folder, '甲.xlsx'), await writeProjectBook(content, { sample: false }));
        const asOf = form === 'F6' ? ['--as-of', '2024-06-30'] : [];
        await jiping(['evaluate', '甲.xlsx', '--form', form, ...asOf, '--out', 'out'], folder);
        const table = readdirSync(join(folder, 'out')).find((file) => file.endsWith(`表.${kind}`)) ?? '';
        const { status, out, err } = await jiping(['new', '次.xlsx', '--from', join('out', table)], folder);
        expect([status, err]).toEqual([0, '']);
        const { book } = await openProjectBook(join(folder, '次.xlsx'));
        const hasWeights = form === 'F1' || form === 'F3';
        expect(
          book.tables.indicators.records
            .filter((each) => each.scoring !== '预算执行')
            .map((each) => [
              each.level1,
              each.level2,
              each.level3,
              `${each.target ?? ''}${each.unit ?? ''}`,
              each.termTarget,
              each.weight?.toString(),
            ]),
        ).toEqual(
          leaves.map(([level1, level2, level3, target, term]) => [
            level1,
            level2,
            level3,
            target,
            form === 'F5' ? term : undefined,
            hasWeights ? '15' : undefined,
          ]),
        );
        // The monitoring table prints no goal.
        expect(book.project.goalExpected?.value).toBe(form === 'F6' ? undefined : project.goalExpected);
        expect(book.project.goalLong?.value).toBe(form === 'F5' ? project.goalLong : undefined);
        expect(book.project.name?.value).toBe(project.name);
        expect(out).not.toContain('“有可能”');
        expect(out).not.toContain('资金晚到');
      },
    );
  });

  test.skipIf(!office)('a table saved again by LibreOffice, as xls and as docx', async () => {
    await jiping(['evaluate', example('gongqingcheng-2024'), '--out', 'out'], folder);
    for (const [from, to] of [
      ['xlsx', 'xls'],
      ['docx', 'docx'],
    ]) {
      const table = join(folder, 'out', `gongqingcheng-2024-自评表.${from}`);
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      spawnSync('soffice', [profile, '--headless', '--convert-to', to ?? '', '--outdir', join(folder, 'lo'), table]);
      const words = ['new', `${to}.xlsx`, '--from', join('lo', `gongqingcheng-2024-自评表.${to}`)];
      expect((await jiping(words, folder)).status).toBe(0);
      expect(await indicatorsOf(join(folder, `${to}.xlsx`))).toEqual(await indicatorsOf(example('gongqingcheng-2024')));
    }
  });

  test('our own workbook keeps formulas and check lists and loses results', async () => {
    const { status } = await jiping(['new', 'next.xlsx', '--from', example('fengshun-2023')], folder);
    expect(status).toBe(0);
    expect(await indicatorsOf(join(folder, 'next.xlsx'))).toEqual(await indicatorsOf(example('fengshun-2023')));
    const was = (await openProjectBook(example('fengshun-2023'))).book;
    const { book } = await openProjectBook(join(folder, 'next.xlsx'));
    expect(book.tables.indicators.records.map((each) => each.formula)).toEqual(
      was.tables.indicators.records.map((each) => each.formula),
    );
    expect(book.tables.checklists.records).toHaveLength(was.tables.checklists.records.length);
    expect(book.tables.checklists.records.every((each) => each.satisfied === undefined)).toBe(true);
    expect([book.tables.payments.records.length, book.tables.evidence.records.length]).toEqual([0, 0]);
  });
});

function page(rows: readonly string[]): string {
  return `<html><body><table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table></body></html>`;
}
const td = (words: string, span = 1, rows = 1): string => `<td colspan="${span}" rowspan="${rows}">${words}</td>`;

describe('forms of other places', () => {
  test('Sichuan: sign, value and unit in columns of their own, levels left blank below the first', async () => {
    const heads = [
      '一级指标',
      '二级指标',
      '三级指标',
      '指标性质',
      '指标值',
      '度量单位',
      '完成值',
      '权重',
      '得分',
      '未完成原因分析',
    ];
    const line = (...words: string[]): string => words.map((word) => td(word)).join('');
    writeFileSync(
      join(folder, '四川.html'),
      page([
        td('项目名称', 2) + td('51092322T000000-医保征缴工作经费', 8),
        td('主管部门', 2) + td('某县医疗保障局', 3) + td('实施单位', 2) + td('某县医疗保障局', 3),
        td('项目年度目标', 2) + td('完成全年参保任务', 8),
        td('年度目标完成情况', 2) + td('已完成', 8),
        line(...heads),
        line('产出指标', '数量指标', '宣传活动次数', '≥', '12', '次', '13', '15', '15', ''),
        line('', '', '印发宣传册', '≥', '10000', '册', '9000', '15', '13.5', '到货晚'),
        line('', '时效指标', '完成时间', '定性', '按时完成', '', '按时', '20', '20', ''),
        line('满意度指标', '服务对象满意度指标', '参保群众满意度', '≥', '90', '%', '95', '二十', '10', ''),
        td('合计', 7) + td('90') + td('88.5') + td(''),
        td('评价结论', 2) + td('总体良好', 8),
      ]),
    );
    const { status, out } = await jiping(['new', 'a.xlsx', '--from', '四川.html'], folder);
    expect(status).toBe(0);
    expect(await indicatorsOf(join(folder, 'a.xlsx'))).toEqual([
      '产出指标|数量指标|宣传活动次数|≥12|次|15|',
      '产出指标|数量指标|印发宣传册|≥10000|册|15|',
      '产出指标|时效指标|完成时间|按时完成||20|',
      '满意度指标|服务对象满意度指标|参保群众满意度|≥90|%||',
    ]);
    expect(out).toContain('“二十”不是数字');
    expect(out).toContain('第 1 个表第 9 行第 8 列');
    expect(out).toContain('“总体良好”没有带入');
    expect(out).not.toContain('到货晚');
  });

  test('a goal declaration with the term beside the year, its heading in two lines', async () => {
    writeFileSync(
      join(folder, '申报.html'),
      page([
        td('项目名称', 2) + td('配套资金', 5),
        td('', 1) + td('中期目标', 3) + td('年度目标', 3),
        td('', 1) + td('三年保障', 3) + td('按时足额配套', 3),
        td('一级指标', 1, 2) + td('中期', 3) + td('年度', 3),
        td('二级指标') +
          td('三级指标') +
          td('指标值') +
          td('二级指标') +
          td('三级指标') +
          td('指标值（包含数字及文字描述）'),
        td('产出指标', 1, 2) +
          td('数量指标') +
          td('三年参保数') +
          td('30万人次') +
          td('数量指标') +
          td('参保人数') +
          td('≥10万人'),
        td('质量指标') + td('准确率') + td('100%') + td('质量指标') + td('核定准确率') + td('100%'),
      ]),
    );
    const { status, out } = await jiping(['new', 'a.xlsx', '--from', '申报.html'], folder);
    expect(status).toBe(0);
    expect(await indicatorsOf(join(folder, 'a.xlsx'))).toEqual([
      '产出指标|数量指标|参保人数|≥10万人|||',
      '产出指标|质量指标|核定准确率|100%|||',
    ]);
    expect(out).toContain('两组指标');
    const { book } = await openProjectBook(join(folder, 'a.xlsx'));
    expect(book.project.goalExpected?.value).toBe('按时足额配套');
  });

  test('a paper without an indicator table is refused in one sentence, and no book is written', async () => {
    writeFileSync(join(folder, '通知.html'), page([td('会议时间') + td('明天')]));
    const { status, err } = await jiping(['new', 'a.xlsx', '--from', '通知.html'], folder);
    expect(status).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['通知.html']);
  });
});
