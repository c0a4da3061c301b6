import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityCheckCharacter, readIdentityNumber } from '../identity-number.ts';
import { Draw } from './draw.ts';
import { BY_SEX, givenName, placeName, surname } from './names.ts';
import { CsvFile, SheetFile } from './table-files.ts';

export interface CountyOptions {
  readonly persons: number;
  readonly seed: number;
  /** `YYYY-MM-DD` of all registers. */
  readonly asOf: string;
  readonly folder: string;
  /** Of the CSV files. */
  readonly encoding: 'utf-8' | 'gb18030';
  /** Records of a register written with an error that can be undone, per 1000. Default 20. */
  readonly errors?: number;
}

export interface CountyFile {
  readonly kind: string;
  readonly path: string;
  readonly rows: number;
}

export interface SyntheticCounty {
  readonly persons: number;
  readonly files: readonly CountyFile[];
  /** Findings that each check of the comparison jobs must give. */
  readonly findings: Readonly<Record<string, number>>;
  /** Persons of each status of one person one file. */
  readonly statuses: Readonly<Record<string, number>>;
}

const REGION = '520330';
const OLD_REGIONS = ['522128', '520302', '520382', '500101', '510504', '520329'];
/** 元: the individual's premium of coverage year 2025, used as made-up amount here. */
const PREMIUM = 400;
const NEEDY = [
  '特困供养人员',
  '低保对象',
  '低保边缘家庭成员',
  '孤儿',
  '事实无人抚养儿童',
  '重度残疾人',
  '脱贫不稳定人口',
  '边缘易致贫人口',
  '突发严重困难人口',
];
const AWAY = ['参军', '服刑', '出国'] as const;

const PERSON = ['姓名', '性别', '身份证号', '出生日期', '乡镇', '村（社区）'];
const TABLES = {
  household: ['户籍人口', [...PERSON, '村民小组', '户号', '户主姓名', '与户主关系', '联系电话']],
  resident: ['居民参保', [...PERSON, '参保状态', '险种', '统筹区', '参保日期', '资助类别', '资助金额']],
  employee: ['职工参保', ['姓名', '证件号码', '单位名称', '参保状态', '险种', '统筹区', '参保日期']],
  'other-place': ['异地参保', ['姓名', '证件号码', '险种', '参保状态', '参保地', '参保日期']],
  student: ['学籍', [...PERSON, '学校', '学籍号', '年级']],
  death: ['死亡', [...PERSON, '死亡日期', '数据来源']],
  needy: ['困难群众', [...PERSON, '对象类别', '认定月份', '退出日期']],
  payment: ['税务缴费', ['缴费人姓名', '公民身份号码', '年度', '缴费日期', '缴费金额']],
  birth: ['出生', [...PERSON, '母亲姓名', '母亲身份证号']],
  'new-work': ['新就业形态', ['姓名', '身份证号', '平台企业', '手机号码', '入职日期']],
  away: ['参军服刑出国', [...PERSON, '类别', '开始日期']],
  'premium-aid': ['资助参保', [...PERSON, '资助身份类别', '月份', '代缴金额', '年度']],
  aid: ['医疗救助明细', ['姓名', '身份证号', '救助对象类别', '结算单号', '结算日期', '救助金额']],
  settlement: ['医保结算', ['姓名', '证件号码', '结算单号', '结算日期', '金额']],
} as const;
type TableKind = keyof typeof TABLES;
/** Registers that agencies send as workbooks. */
const WORKBOOKS: ReadonlySet<string> = new Set(['student', 'needy', 'new-work']);
/** Above this many persons the workbooks become CSV. */
const WORKBOOK_PERSONS = 500_000;

interface Person {
  readonly name: string;
  readonly male: boolean;
  readonly birth: string;
  readonly id: string;
  readonly age: number;
  readonly town: string;
  readonly village: string;
  readonly household: string;
  readonly phone: string;
}

/**
 * Registers of an invented county with realistic errors, and the truth: what each comparison job must find. Nobody in
 * it exists. Equal options give equal bytes. Rows are written as they are drawn, in bounded memory.
 */
export async function synthesiseCounty(options: CountyOptions): Promise<SyntheticCounty> {
  const county = new County(options);
  for (let person = 0, household = 0; person < options.persons; household += 1)
    person += county.addHousehold(household, options.persons - person);
  return county.finish();
}

class County {
  readonly #options: CountyOptions;
  readonly #draw: Draw;
  readonly #tables: Record<string, CsvFile | SheetFile> = {};
  readonly #findings: Record<string, number> = {};
  readonly #statuses: Record<string, number> = {};
  readonly #byVillage = new Map<string, Record<string, number>>();
  readonly #serials = new Map<string, number>();
  readonly #today: number;
  readonly #villages: number;
  #settlements = 0;
  #people = 0;

  constructor(options: CountyOptions) {
    this.#options = options;
    this.#draw = new Draw(options.seed);
    this.#today = Date.parse(`${options.asOf}T00:00:00Z`) / 86_400_000;
    this.#villages = Math.max(4, Math.round(options.persons / 900));
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    for (const [kind, [name, headings]] of Object.entries(TABLES))
      this.#tables[kind] =
        WORKBOOKS.has(kind) && options.persons <= WORKBOOK_PERSONS
          ? new SheetFile(options.folder, name, headings)
          : new CsvFile(options.folder, name, headings, options.encoding);
  }

  /** Adds one household of at most `room` persons; gives how many. */
  addHousehold(index: number, room: number): number {
    const draw = this.#draw;
    const size = Math.min(room, 1 + draw.below(3) + draw.below(4));
    const village = draw.below(this.#villages);
    const town = `${placeName(Math.floor(village / 11))}镇`;
    const villageName = `${placeName(village)}村`;
    const family = surname(draw, BY_SEX);
    const group = String(1 + draw.below(8));
    const number = `H${String(index).padStart(8, '0')}`;
    const members: Person[] = [];
    const names = new Set<string>();
    for (let at = 0; at < size; at += 1) {
      const age = at < 2 ? 24 + draw.below(66) : draw.below(40);
      const newborn = at >= 2 && draw.chance(12);
      const day = this.#today - (newborn ? draw.below(88) + 1 : age * 365 + 100 + draw.below(260));
      const male = at === 0 ? draw.chance(800) : at === 1 ? draw.chance(200) : draw.chance(520);
      const birth = isoDay(day);
      const sameFamily = at !== 1 && !draw.chance(60);
      let name = '';
      do name = (sameFamily ? family : surname(draw, BY_SEX)) + givenName(draw, male, BY_SEX);
      while (names.has(name));
      names.add(name);
      members.push({
        name,
        male,
        birth,
        id: this.#identity(birth, male),
        age: newborn ? 0 : Math.floor((this.#today - day) / 365.25),
        town,
        village: villageName,
        household: number,
        phone: `1${draw.pick('3578')}${draw.pick('0123456789')}${String(draw.below(100_000_000)).padStart(8, '0')}`,
      });
    }
    const head = members[0];
    if (head === undefined) return 0;
    const insured: boolean[] = [];
    const open: number[] = [];
    for (const [at, person] of members.entries()) {
      this.#people += 1;
      const id = this.#spoiled(person, 'village');
      const relation = at === 0 ? '户主' : at === 1 ? '配偶' : '子女';
      this.#row('household', [
        ...this.#personCells(person, id),
        group,
        number,
        head.name,
        relation,
        draw.chance(900) ? person.phone : '',
      ]);
      const status = this.#live(person, members, id);
      insured.push(status === '本地居民' || status === '本地职工' || status === '异地参保');
      if (status === '未参保') open.push(at);
      this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
      const village = this.#byVillage.get(`${town},${villageName}`) ?? {};
      village[status] = (village[status] ?? 0) + 1;
      this.#byVillage.set(`${town},${villageName}`, village);
    }
    if (insured.some(Boolean)) this.#find('c8-selective', open.length);
    return size;
  }

  async finish(): Promise<SyntheticCounty> {
    const files: CountyFile[] = [];
    for (const [kind, table] of Object.entries(this.#tables)) {
      const { rows } = table;
      files.push({ kind, path: await table.close(), rows });
    }
    const result = { persons: this.#people, files, findings: sorted(this.#findings), statuses: sorted(this.#statuses) };
    const truth = join(this.#options.folder, 'truth');
    mkdirSync(truth, { recursive: true, mode: 0o700 });
    const write = (name: string, content: string): void => {
      writeFileSync(join(truth, name), content, { mode: 0o600 });
      chmodSync(join(truth, name), 0o600);
    };
    write(
      'findings.csv',
      `check,findings\n${Object.entries(result.findings)
        .map((pair) => `${pair.join(',')}\n`)
        .join('')}`,
    );
    const names = Object.keys(result.statuses);
    const villages = [...this.#byVillage].sort(([a], [b]) => (a < b ? -1 : 1));
    write(
      'balance.csv',
      `town,village,${names.join(',')}\n${villages.map(([village, counts]) => `${village},${names.map((name) => counts[name] ?? 0).join(',')}\n`).join('')}`,
    );
    write(
      'county.json',
      `${JSON.stringify({ ...result, seed: this.#options.seed, asOf: this.#options.asOf, files: files.map(({ kind, rows }) => ({ kind, rows })) }, null, 2)}\n`,
    );
    return result;
  }

  /** Writes one person into the registers and gives the status that one person one file must show. */
  #live(person: Person, members: readonly Person[], registeredId: string): string {
    const draw = this.#draw;
    const { asOf } = this.#options;
    const active = (category: string, aid: string): void => {
      const id = this.#resident(person, '正常参保', category, aid);
      if ([id, registeredId].some((each) => !readIdentityNumber(each, asOf).ok)) this.#find('c4-wrong-number');
    };
    const year = asOf.slice(0, 4);
    if (draw.chance(person.age > 70 ? 30 : 3)) {
      this.#row('death', [
        ...this.#personCells(person, this.#spoiled(person, 'village')),
        isoDay(this.#today - draw.below(300) - 1),
        draw.pick(['火化', '户口注销', '死亡医学证明']),
      ]);
      this.#find('c3-dead-registered');
      const still = draw.chance(400);
      if (!still) this.#resident(person, '终止参保', '', '');
      else {
        active('', '');
        this.#find('c3-dead');
        this.#pay(person, PREMIUM);
      }
      return '死亡';
    }
    const adult = person.age >= 18 && person.age < 60;
    if (adult && draw.chance(8)) {
      const kind = draw.pick(AWAY);
      this.#row('away', [
        ...this.#personCells(person, this.#spoiled(person, 'village')),
        kind,
        `${Number(year) - 1}-0${1 + draw.below(9)}-15`,
      ]);
      if (draw.chance(150)) {
        active('', '');
        this.#pay(person, PREMIUM);
        this.#find('c10-away');
        // Insured here stands before the list: the case is a finding of its own.
        return '本地居民';
      }
      return kind;
    }
    const newWork = adult && person.age < 50 && draw.chance(20);
    const employee = adult && person.age >= 22 && draw.chance(newWork ? 60 : 180);
    const elsewhere = !employee && draw.chance(adult ? 50 : 10);
    const wish = draw.below(1000);
    let resident = !employee && !elsewhere && wish < (person.age === 0 ? 700 : adult ? 900 : 960);
    const needy = draw.chance(employee ? 4 : 55) ? draw.pick(NEEDY) : '';
    const double = employee ? draw.chance(20) : elsewhere && draw.chance(60);
    if (double) {
      resident = true;
      this.#find(employee ? 'c1-both-schemes' : 'c2-other-place');
    }
    const ended = needy !== '' && draw.chance(80);
    if (needy !== '')
      this.#row('needy', [
        ...this.#personCells(person, this.#spoiled(person, 'village')),
        needy,
        `${Number(year) - 1}-11`,
        ended ? `${Number(year) - 1}-12-20` : '',
      ]);
    if (resident) {
      const aided = needy !== '' && !ended ? !draw.chance(40) : needy !== '' && draw.chance(100);
      const full = needy.startsWith('特困') || needy === '孤儿';
      const aid = aided ? (full ? PREMIUM : PREMIUM / 2) : 0;
      let category = needy;
      if (aided && !ended && draw.chance(20)) {
        category = NEEDY.find((other) => other !== needy) ?? needy;
        this.#find('c6-wrong-category');
      }
      if (needy !== '' && !ended && !aided) this.#find('c6-not-aided');
      if (aided && ended) this.#find('c6-ended');
      if (aided) {
        const id = this.#spoiled(person, 'village');
        const cells = [...this.#personCells(person, id), category, `${year}-01`, aid.toFixed(2), year];
        this.#row('premium-aid', cells);
        if (draw.chance(15)) {
          this.#row('premium-aid', cells);
          this.#find('c6-aided-twice');
        }
      }
      active(aided ? category : '', aided ? aid.toFixed(2) : '');
      this.#payFor(person, PREMIUM - aid);
    } else if (!employee && !elsewhere) {
      if (draw.chance(60)) this.#resident(person, draw.pick(['暂停参保', '终止参保']), '', '');
      if (draw.chance(30)) {
        this.#pay(person, PREMIUM);
        this.#find('c11-paid-not-registered');
      }
    }
    if (employee)
      this.#row('employee', [
        person.name,
        this.#spoiled(person, 'plain'),
        `${placeName(draw.below(80))}有限公司`,
        '正常参保',
        '职工基本医疗保险',
        '习水县',
        `${Number(year) - 1 - draw.below(9)}-03-01`,
      ]);
    if (elsewhere)
      this.#row('other-place', [
        person.name,
        this.#spoiled(person, 'plain'),
        draw.pick(['职工', '城乡居民']),
        '正常参保',
        draw.pick(['遵义市', '重庆市', '贵阳市', '深圳市']),
        `${year}-01-01`,
      ]);
    const covered = resident || employee || elsewhere;
    if (needy !== '' && !ended && !covered) this.#find('c6-not-insured');
    if (newWork) {
      this.#row('new-work', [
        person.name,
        this.#spoiled(person, 'plain'),
        draw.pick(['某外卖平台', '某网约车平台', '某快递公司']),
        person.phone,
        `${Number(year) - 1}-06-01`,
      ]);
      if (!resident && !employee) this.#find('c7-new-work');
    }
    if (person.age >= 6 && person.age < 19 && draw.chance(900)) {
      this.#row('student', [
        ...this.#personCells(person, this.#spoiled(person, 'village')),
        `${person.town.slice(0, -1)}${person.age < 12 ? '小学' : '中学'}`,
        `G${person.id.slice(6)}`,
        `${person.age - 5}年级`,
      ]);
      if (!resident && !employee) this.#find('c5-student');
      if (resident && elsewhere) this.#find('c5-home-and-school');
    }
    if (person.age === 0 && this.#today - dayNumber(person.birth) < 90) {
      const mother = members.find((member) => !member.male && member.age >= 18) ?? members[0];
      const id = draw.chance(500) ? '' : person.id;
      this.#row('birth', [...this.#personCells(person, id), mother?.name ?? '', mother?.id ?? '']);
      if (!resident) this.#find('c9-newborn');
    }
    if (resident && draw.chance(needy === '' ? 20 : 300)) this.#treat(person, needy);
    if (!covered) this.#find('c4-not-insured');
    if (employee) return '本地职工';
    if (resident) return '本地居民';
    return elsewhere ? '异地参保' : '未参保';
  }

  #treat(person: Person, needy: string): void {
    for (let times = 1 + this.#draw.below(3); times > 0; times -= 1) {
      this.#settlements += 1;
      const number = `S${String(this.#settlements).padStart(9, '0')}`;
      const day = isoDay(this.#today - this.#draw.below(300));
      const cost = (this.#draw.below(800_000) + 5000) / 100;
      const settled = needy === '' || !this.#draw.chance(10);
      if (settled) this.#row('settlement', [person.name, person.id, number, day, cost.toFixed(2)]);
      if (needy === '') continue;
      this.#row('aid', [person.name, person.id, needy, number, day, (cost / 4).toFixed(2)]);
      if (!settled) this.#find('c12-without-settlement');
    }
  }

  #payFor(person: Person, amount: number): void {
    if (amount === 0) return;
    if (this.#draw.chance(3)) {
      this.#find('c11-registered-not-paid');
      return;
    }
    if (this.#draw.chance(2)) {
      this.#find('c11-amount');
      this.#pay(person, amount - 20);
      return;
    }
    this.#pay(person, amount);
  }

  #pay(person: Person, amount: number): void {
    const year = Number(this.#options.asOf.slice(0, 4));
    this.#row('payment', [
      person.name,
      this.#spoiled(person, 'plain'),
      String(year),
      `${year - 1}-1${this.#draw.below(3)}-1${this.#draw.below(10)}`,
      amount.toFixed(2),
    ]);
  }

  /** Gives the number as it was written. */
  #resident(person: Person, status: string, category: string, aid: string): string {
    const id = this.#spoiled(person, 'village');
    this.#row('resident', [
      ...this.#personCells(person, id),
      status,
      '城乡居民基本医疗保险',
      '习水县',
      `${this.#options.asOf.slice(0, 4)}-01-01`,
      category,
      aid,
    ]);
    return id;
  }

  #personCells(person: Person, id: string): string[] {
    return [person.name, person.male ? '男' : '女', id, person.birth, person.town, person.village];
  }

  #row(kind: TableKind, cells: readonly string[]): void {
    this.#tables[kind]?.add(cells);
  }

  #find(check: string, times = 1): void {
    this.#findings[check] = (this.#findings[check] ?? 0) + times;
  }

  /** The number as a clerk may have typed it. With the village beside it even a wrong digit can be made good. */
  #spoiled(person: Person, beside: 'village' | 'plain'): string {
    const draw = this.#draw;
    if (!draw.chance(this.#options.errors ?? 20)) return person.id;
    const { id } = person;
    switch (draw.below(beside === 'village' ? 7 : 5)) {
      case 0:
        return id.endsWith('X') ? id.toLowerCase() : ` ${id} `;
      case 1:
        return id.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      case 2:
        return `'${id}`;
      case 3:
        return id.startsWith('19', 6) && Number(id.slice(14, 17)) < 996 ? id.slice(0, 6) + id.slice(8, 17) : `${id} `;
      case 4:
        return `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`;
      case 5:
        return '';
      default: {
        const at = 8 + draw.below(9);
        return id.slice(0, at) + String((Number(id[at]) + 1 + draw.below(9)) % 10) + id.slice(at + 1);
      }
    }
  }

  /** A number nobody else of this county has: serials of a birthday run on through the regions. */
  #identity(birth: string, male: boolean): string {
    const key = birth + (male ? 'm' : 'f');
    const count = this.#serials.get(key) ?? 0;
    this.#serials.set(key, count + 1);
    const block = Math.floor(count / 480);
    const region =
      block === 0
        ? this.#draw.chance(100)
          ? this.#draw.pick(OLD_REGIONS)
          : REGION
        : String(110_000 + ((block * 37) % 540) * 1000 + (block % 90)).padStart(6, '0');
    const serial = (count % 480) * 2 + (male ? 1 : 2);
    const first17 = `${region}${birth.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
    return first17 + identityCheckCharacter(first17);
  }
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}
