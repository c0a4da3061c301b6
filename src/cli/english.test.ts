import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from './commands/index.ts';
import { jiping } from './testing/run-in-process.ts';

const HAN = /[\p{Script=Han}：，；。（）、]+/u;

/**
 * What may stand in Chinese in an English line: quoted words of the user's material and of rules, cells of the
 * workbook, file names, document numbers, tags of a template, and the units of numbers.
 */
const ALLOWED: readonly RegExp[] = [
  /“(?:[^“”]|“[^”]*”)*”|\{\{[^}]*\}\}/gu,
  /[\p{Script=Han}\w-]+![A-Z]+\d+|[\p{Script=Han}]+(?= row \d)/gu,
  /[^\s,]*\.(?:docx|xlsx|pdf|html|json|csv|ya?ml|txt|parquet)\b/gu,
  /[\p{Script=Han}]+〔\d{4}〕\d+号/gu,
  /万元 = 10,000 yuan|\d ?(?:万元|元|人次|人|次|份|家|个|天|项)|元\|万元|"元"|\((?:万?元|元)\)|--unit 万?元/gu,
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiping-english-'));
  const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
  for (const name of ['gongqingcheng-2024', 'fengshun-2023'])
    cpSync(join(examples, `${name}.xlsx`), join(folder, `${name}.xlsx`));
  const tables = {
    heads: 'group,heads\nresidents,100265\nstudents-local,86049\n',
    audited: 'group,heads,duplicates,deaths,elsewhere\nresidents,91500,150,60,42\nstudents-local,86049,0,0,0\n',
    payments:
      'level,date,amount,unit,document\n本级,2024-03-15,1000,万元,共财社〔2024〕3号\n县级,2024-11-28,1028.45,万元,共财社〔2024〕41号\n',
    notice: 'group,heads,amount,unit,document,date,year\n合计,177297,2028.45,万元,九财社〔2024〕55号,2024-07-15,2024\n',
  };
  for (const [name, content] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The lines in which Chinese is left over. */
function chineseIn(output: string, own: readonly RegExp[] = []): readonly string[] {
  return output
    .split('\n')
    .filter((line) => HAN.test([...ALLOWED, ...own].reduce((left, allowed) => left.replace(allowed, ''), line)));
}

async function english(line: string, own: readonly RegExp[] = []): Promise<readonly string[]> {
  const ran = await jiping(['--lang', 'en', ...line.split(' ')], folder);
  return chineseIn(`${ran.out}${ran.err}`, own);
}

describe('an English user', () => {
  it('reads every help in English, and it is another text than the Chinese one', async () => {
    expect(await english('--help')).toEqual([]);
    for (const command of commands) {
      expect(command.summary.en, command.name).not.toBe(command.summary.zh);
      expect(await english(`${command.name} --help`), command.name).toEqual([]);
    }
  });

  it('reads faults in English', async () => {
    const lines = [
      'nonsense',
      'evaluate --format xml',
      'evaluate missing.xlsx',
      'evaluate heads.csv',
      'evaluate --as-of yesterday gongqingcheng-2024.xlsx',
      'new a.txt',
      'new b.xlsx --type nonsense',
      'verify heads.csv',
      'subsidy nonsense',
      'subsidy estimate',
      'subsidy explain --region nowhere --standard-year 2023',
      'register nonsense',
      'register import heads.csv',
      'register import heads.csv --kind resident --as-of 2024-13-01',
      'register show nothing',
      'link heads.csv',
      'link heads.csv --model missing.yaml',
      'audit missing.docx',
      ...commands.flatMap(({ name }) => [`${name} --nonsense`, name === 'demo' || name === 'doctor' ? '--help' : name]),
    ];
    for (const line of lines) expect(await english(line), line).toEqual([]);
  });

  it('reads an evaluation and its lineage page in English', async () => {
    expect(await english('evaluate gongqingcheng-2024.xlsx --out a', [/^2024-四类-.*(?= \(2024\)$)/u])).toEqual([]);
    expect(
      await english('evaluate fengshun-2023.xlsx --as-of 2023-08-31 --out b', [/^城乡居民医疗保险工作经费/u]),
    ).toEqual([]);
    const page = readFileSync(join(folder, 'b', 'fengshun-2023-数据来源.html'), 'utf8');
    const { words } = JSON.parse(/<script id="data"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? '{}') as {
      readonly words: Readonly<Record<string, string>>;
    };
    expect(Object.values(words).flatMap((word) => chineseIn(word))).toEqual([]);
    const titles = [...page.matchAll(/<(?:h2|h3|th)>([^<]*)</g)].map((found) => found[1] ?? '');
    expect(titles.length).toBeGreaterThan(10);
    expect(titles.flatMap((title) => chineseIn(title))).toEqual([]);
    expect(page).toContain('the time passed calls for');
    expect(page).toContain('not accounted for');
  });

  it('reads why in English: explanations, problems and the names of facts in evaluation.json', async () => {
    for (const words of ['gongqingcheng-2024.xlsx', 'fengshun-2023.xlsx', 'fengshun-2023.xlsx --as-of 2023-08-31']) {
      const ran = await jiping(`--lang en evaluate ${words} --format json`.split(' '), folder);
      const { indicators, problems, monitoring, facts } = JSON.parse(ran.out) as {
        readonly indicators: readonly { readonly explanation: string }[];
        readonly monitoring: readonly { readonly explanation: string }[];
        readonly problems: readonly { readonly message: string }[];
        readonly facts: readonly {
          readonly concept: string;
          readonly label: string;
          readonly labelEn: string;
          readonly formulaEn?: string;
        }[];
      };
      const sentences = [
        ...[...indicators, ...monitoring].map((one) => one.explanation),
        ...problems.map((one) => one.message),
        ...facts.map((fact) => fact.labelEn),
        // The formulas of the ledgers are written in the workbook's own words.
        ...facts.flatMap((fact) => (fact.concept.startsWith('ledger.') ? [] : (fact.formulaEn ?? []))),
      ];
      expect(sentences.flatMap((one) => chineseIn(one))).toEqual([]);
      // A fact that this program names itself is not called by its Chinese name in quotation marks.
      const unnamed = facts.filter((fact) => fact.labelEn === `“${fact.label}”`).map((fact) => fact.concept);
      expect(unnamed.filter((concept) => !/^(?:ledger|project|base\.basis)\.|\.use\.\d+$/.test(concept))).toEqual([]);
    }
  });

  it('reads the subsidy arithmetic in English', async () => {
    const region = '--region 共青城';
    const lines = [
      `subsidy explain ${region} --standard-year 2023`,
      `subsidy estimate ${region} --budget-year 2024 --standard-year 2023 --provisional --as-of 2023-08-31 --heads heads.csv --out s`,
      `subsidy settle ${region} --budget-year 2024 --heads audited.csv --as-of 2024-06-30 --paid payments.csv --notice notice.csv --out s`,
      `subsidy reconcile ${region} --amount 2028.45万元 --heads 177297 --budget 2109.07万元 --budget-heads 186314 --other-heads 86049`,
      `subsidy scenario ${region} --years 2024-2028 --heads heads.csv --standard-step 30 --heads-growth=-2% --out s`,
    ];
    for (const line of lines) expect.soft(await english(line), line).toEqual([]);
  });

  it('reads the other commands in English', async () => {
    for (const line of [
      'doctor',
      'new n.xlsx --type work-fund',
      'register list',
      'register synthesise --persons 300 --out county',
      'verify a/gongqingcheng-2024-自评表.docx',
      'audit a/gongqingcheng-2024-自评表.docx',
    ])
      expect.soft(await english(line), line).toEqual([]);
  });
});

/** Every command and subcommand on real small inputs: no Chinese is left but names of the material, quoted or in `own`. */
describe('every command in English', () => {
  it('registers: import, list, show, compare, findings, progress, letter, hand-over, purge', async () => {
    const county: readonly (readonly [string, string])[] = [
      ['户籍人口.csv', 'household'],
      ['居民参保.csv', 'resident'],
      ['职工参保.csv', 'employee'],
      ['困难群众.xlsx', 'needy'],
      ['税务缴费.csv', 'payment'],
      ['资助参保.csv', 'premium-aid'],
    ];
    expect(await english('register synthesise --persons 300 --seed 3 --out county2')).toEqual([]);
    for (const [file, kind] of county)
      expect.soft(await english(`register import county2/${file} --kind ${kind} --as-of 2025-03-01`), file).toEqual([]);
    // Suppliers are named as they are, at the end of a line of the list.
    expect.soft(await english('register list', [/ {2}\S+$/u])).toEqual([]);
    const listed = JSON.parse((await jiping(['register', 'list', '--format', 'json'], folder)).out) as {
      readonly registers: readonly { readonly id: string; readonly kind: string }[];
    };
    const id = listed.registers.find(({ kind }) => kind === 'household')?.id ?? '';
    writeFileSync(join(folder, 'tasks.csv'), '乡镇,任务数\n不存在的镇,100\n');
    const lines = [
      'register kinds',
      `register show ${id}`,
      `register handover ${id} --out h`,
      'register letter --kind household --as-of 2025-03-01 --out h',
      'compare',
      'compare all --as-of 2025-03-01 --out cmp',
      'compare balance --as-of 2025-03-01',
      'compare c2 --as-of 2025-03-01',
      'compare c99',
      'progress --tasks tasks.csv --as-of 2025-03-01',
      'findings reply --issuer X --out r',
      'findings import heads.csv',
      'findings import heads.csv --issuer X',
      'register import county2/户籍人口.csv --kind student --as-of 2025-03-01',
      'register import county2/户籍人口.csv --kind household --as-of 2025-03-01 --rows 7',
      'register import county2/死亡.csv --kind death --as-of 2025-03-01',
      'findings list --state nonsense',
      `register purge ${id}`,
      'register show nothing',
    ];
    for (const line of lines) expect.soft(await english(line), line).toEqual([]);
    // A finding is a row of data: town, village, masked name.
    expect.soft(await english('findings list', [/^ {2}[0-9a-f]{8,}.*$/u])).toEqual([]);
  });

  it('ledger, new, template, link', async () => {
    cpSync(join(folder, 'gongqingcheng-2024.xlsx'), join(folder, 'book.xlsx'));
    writeFileSync(
      join(folder, 'pay.csv'),
      '支付日期,支付金额,凭证号,摘要\n2024-03-15,1000,A1,x\n2024-04-01,20,A2,y\n合计,1020,,\n',
    );
    writeFileSync(join(folder, 'bad.csv'), '支付日期,支付金额,凭证号\n2024-03-15,abc,A1\n');
    const link = fileURLToPath(new URL('../../examples/link/', import.meta.url));
    for (const file of ['left.csv', 'right.csv', 'truth.csv', 'model.yaml'])
      cpSync(join(link, file), join(folder, `link-${file}`));
    expect
      .soft(await english('evaluate gongqingcheng-2024.xlsx --out a', [/^2024-四类-.*(?= \(2024\)$)/u]))
      .toEqual([]);
    const both = 'link link-left.csv link-right.csv --model link-model.yaml';
    const lines = [
      'ledger import pay.csv --kind payments --into book.xlsx',
      'ledger import pay.csv --kind payments --into book.xlsx --unit 元',
      'ledger import pay.csv --kind payments --into book.xlsx --unit 元 --yes',
      'ledger import pay.csv --kind payments --into book.xlsx --unit 元 --yes',
      'ledger import bad.csv --kind payments --into book.xlsx --unit 元 --yes',
      'ledger import pay.csv --kind nonsense --into book.xlsx',
      'ledger import missing.csv --kind payments --into book.xlsx',
      'ledger import pay.csv --kind payments --into missing.xlsx',
      'ledger import pay.csv --kind payments --into book.xlsx --set nonsense',
      'ledger import pay.csv --kind payments --into book.xlsx --set 不存在=1 --unit 元',
      'new n1.xlsx --from a/gongqingcheng-2024-自评表.docx',
      'new n2.xlsx --from heads.csv',
      'new n3.xlsx --from missing.docx',
      'template heads.csv --book book.xlsx --out t.docx',
      'template a/gongqingcheng-2024-自评表.docx --book book.xlsx --out t.docx',
      'template missing.docx --book book.xlsx --out t.docx',
      `${both} --out pairs.csv --truth link-truth.csv --report link.html`,
      `${both} --predict`,
      `${both} --explain L0001 R0001`,
      `${both} --threshold 0.5 --min-probability 0.9`,
      'link heads.csv --model link-model.yaml --out pairs.csv',
    ];
    for (const line of lines) expect.soft(await english(line), line).toEqual([]);
  });

  it('evaluate a folder, audit a folder, verify, faults of files', async () => {
    const many = join(folder, 'many');
    mkdirSync(many, { recursive: true });
    for (const name of ['gongqingcheng-2024', 'fengshun-2023'])
      cpSync(join(folder, `${name}.xlsx`), join(many, `${name}.xlsx`));
    writeFileSync(join(many, 'broken.xlsx'), 'no workbook');
    writeFileSync(join(folder, 'empty.docx'), '');
    writeFileSync(join(folder, 'rule.yaml'), 'id: x\n');
    mkdirSync(join(folder, 'nothing'), { recursive: true });
    const project = [/城乡居民医疗保险工作经费|2024-四类-保基本民生-城乡居民医保本级财政配套补助资金/gu];
    const lines = [
      'evaluate many --out many-out',
      'evaluate nothing',
      'evaluate gongqingcheng-2024.xlsx --rules XX',
      'evaluate gongqingcheng-2024.xlsx --form F99',
      'evaluate gongqingcheng-2024.xlsx --form F2,F3,F5,F6 --out forms',
      'audit many-out/fengshun-2023/fengshun-2023-自评报告.docx many-out/gongqingcheng-2024/gongqingcheng-2024-自评表.xlsx --out aud',
      'audit nothing',
      'audit empty.docx',
      'audit heads.csv --baseline missing.json',
      'verify many-out/fengshun-2023/fengshun-2023-自评表.docx',
      'verify empty.docx',
      'verify many-out/fengshun-2023/fengshun-2023-自评表.xlsx --with heads.csv',
      'verify --new-key --as X',
      'verify --show-key',
      'verify --trust 12 --as X',
      'subsidy explain --region 丰顺 --standard-year 2023',
      'subsidy explain --region 共青城 --standard-year 1990',
      'subsidy estimate --region 共青城 --budget-year 2024 --standard-year 2023 --heads heads.csv',
      'subsidy estimate --region 共青城 --budget-year 2024 --heads payments.csv',
      'subsidy reconcile --region 共青城 --amount x --heads 1',
      'subsidy scenario --region 共青城 --years x --heads heads.csv',
      'subsidy simulate heads.csv --region 共青城 --budget-year 2024',
    ];
    for (const line of lines) expect.soft(await english(line, project), line).toEqual([]);
  });
});
