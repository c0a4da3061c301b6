import {
  commonSurname,
  Draw,
  givenCharacters,
  givenName,
  identityCheckCharacter,
  ONE_LIST,
  PLACE_CHARACTERS,
  surname,
} from '../../register/index.ts';

/** Two invented registers and the truth. Nobody in them exists; region prefixes are real, everything else is drawn. */
export interface SyntheticRegisters {
  readonly left: string;
  readonly right: string;
  readonly truth: string;
}

export interface SyntheticOptions {
  /** Persons of the left register. */
  readonly persons: number;
  readonly seed: number;
  /** Share of the left register's persons that stand in the right one too. */
  readonly overlap?: number;
  /** Share of right-hand records with an error, per field. */
  readonly errors?: number;
}

const HOMOPHONES =
  '伟玮炜|芳方|娜那|秀绣|英瑛|敏闵|静靖|丽莉|军君|洋阳|勇永|艳燕|杰洁|娟涓|涛滔|明铭|超朝|霞侠|平萍|刚钢|玉钰|红宏|玲铃|建健|华骅|国帼|文雯|志智|海嗨|梅玫|云芸|飞菲|辉晖|波博|宇雨|浩皓|佳嘉|晨辰|欣心|怡宜|梓子|轩萱|琪祺|俊峻|瑞睿|泽择|依伊|晓小|成程|福富|祥翔|光广|荣容|忠中|良粮|新欣|月悦|琴勤|淑舒|清青|美镁|慧惠|琳霖|颖影|瑶遥';
const NEAR = '陈成|林凌|刘牛|胡福|曾增|邓等|英因|静进|红洪|兰南|丽李|珍真|生深|平贫|明民|春村|芳慌|琴晴|燕样|山三';
const VARIANTS =
  '张張|刘劉|陈陳|杨楊|赵趙|黄黃|吴吳|孙孫|马馬|罗羅|郑鄭|谢謝|韩韓|冯馮|卢盧|蒋蔣|贾賈|苏蘇|钟鍾|谭譚|邹鄒|陆陸|龙龍|钱錢|汤湯|贺賀|赖賴|龚龔|伟偉|丽麗|强強|军軍|艳艷|杰傑|涛濤|兰蘭|刚剛|红紅|玲玲|华華|国國|云雲|飞飛|鹏鵬|辉輝|凯凱|静靜|东東|庆慶|义義|学學|贵貴|荣榮|宝寶|凤鳳|莲蓮|洁潔|萧肖|傅付|阎闫|邱丘';
/** Characters a wrong given name is taken from. */
const GIVEN = givenCharacters(true, ONE_LIST);
const MINORITY = ['阿依古丽·买买提', '吐尔逊·艾山', '扎西·次仁', '古丽·努尔', '艾力·玉素甫', '巴特尔·乌云'];

/**
 * Persons of one county by town and village, with name, identity number (some old, some missing), birth, sex and
 * village; namesakes, twins, and households. Right-hand records carry errors in number, name, date and village.
 */
export function synthesisePersons(options: SyntheticOptions): SyntheticRegisters {
  const source = new Draw(options.seed);
  const draw = (bound: number): number => source.below(bound);
  const chance = (share: number): boolean => draw(1_000_000) < share * 1_000_000;
  const pick = <T>(list: ArrayLike<T>): T => source.pick(list);
  const errors = options.errors ?? 0.06;
  const maps = [HOMOPHONES, NEAR, VARIANTS].map(exchangeMap);
  const villages = Math.max(20, Math.round(options.persons / 400));

  const place = (village: number): string => {
    const town = Math.floor(village / 12);
    return `贵州省遵义市习水县${townName(town)}镇${villageName(village)}村`;
  };
  const numberFor = (birth: string, male: boolean): string => {
    const serial = draw(499) * 2 + (male ? 1 : 2);
    const region = chance(0.9) ? '520330' : chance(0.5) ? '522128' : pick(['520302', '520382', '500101', '510504']);
    const first17 = `${region}${birth}${String(serial).padStart(3, '0')}`;
    return first17 + identityCheckCharacter(first17);
  };

  const left: string[] = ['id,name,number,birth,sex,village'];
  const right: string[] = ['id,name,number,birth,sex,village'];
  const truth: string[] = ['left_id,right_id'];
  let twin: { family: string; name: string; birth: string; village: number } | undefined;
  let rightCount = 0;
  const newRight = (): string => {
    rightCount += 1;
    return `R${String((rightCount * 7_368_787) % 9_999_991).padStart(7, '0')}`;
  };
  for (let person = 1; person <= options.persons; person += 1) {
    const male = chance(0.51);
    let village = draw(villages);
    let birth = dayOf(draw(30_000));
    let family = surname(source, ONE_LIST);
    let name = chance(0.01) ? pick(MINORITY) : family + givenName(source, male, ONE_LIST);
    if (twin !== undefined) {
      ({ family, birth, village } = twin);
      const last = pick(GIVEN);
      name = [...twin.name].slice(0, -1).join('') + last;
      twin = undefined;
    } else if (chance(0.01)) twin = { family, name, birth, village };
    const number = numberFor(birth, male);
    const id = `L${String(person).padStart(7, '0')}`;
    const leftNumber = chance(0.03) ? '' : number;
    left.push([id, name, leftNumber, dashed(birth), male ? '男' : '女', place(village)].join(','));
    if (!chance(options.overlap ?? 0.8)) continue;
    const copy = {
      name: chance(errors) ? spoilName(name) : name,
      number: spoilNumber(number),
      birth: chance(errors / 2) ? spoilDate(birth) : birth,
      village: chance(errors) ? spoilVillage(village) : place(village),
    };
    const rightId = newRight();
    right.push([rightId, copy.name, copy.number, copy.birth, male ? '男' : '女', copy.village].join(','));
    truth.push(`${id},${rightId}`);
  }
  for (let stranger = 0; stranger < options.persons * 0.2; stranger += 1) {
    const male = chance(0.51);
    const birth = dayOf(draw(30_000));
    const name = commonSurname(source) + givenName(source, male, ONE_LIST);
    const number = chance(0.06) ? '' : numberFor(birth, male);
    right.push([newRight(), name, number, birth, male ? '男' : '女', place(draw(villages))].join(','));
  }
  return { left: `${left.join('\n')}\n`, right: `${right.join('\n')}\n`, truth: `${truth.join('\n')}\n` };

  function spoilName(name: string): string {
    const letters = [...name];
    const at = draw(letters.length);
    const kind = draw(10);
    if (kind < 7) {
      const map = maps[kind < 3 ? 0 : kind < 5 ? 1 : 2] ?? new Map<string, string>();
      const spots = letters.flatMap((letter, index) => (map.has(letter) ? [index] : []));
      if (spots.length > 0) {
        const spot = pick(spots);
        letters[spot] = map.get(letters[spot] ?? '') ?? '';
        return letters.join('');
      }
    }
    if (kind === 7 && letters.length > 2) {
      [letters[1], letters[2]] = [letters[2] ?? '', letters[1] ?? ''];
      return letters.join('');
    }
    if (kind === 8 && letters.length > 2) return letters.filter((_, index) => index !== Math.max(1, at)).join('');
    letters[Math.max(1, at)] = pick(GIVEN);
    return letters.join('');
  }
  function spoilNumber(number: string): string {
    if (chance(0.06)) return '';
    if (!chance(errors)) return chance(0.03) ? number.toLowerCase() : number;
    const digits = [...number];
    const kind = draw(10);
    if (kind < 2 && number.startsWith('19', 6)) return number.slice(0, 6) + number.slice(8, 17);
    if (kind < 6) {
      const at = draw(17);
      digits[at] = String((Number(digits[at]) + 1 + draw(9)) % 10);
      return digits.join('');
    }
    if (kind < 9) {
      const at = 6 + draw(10);
      [digits[at], digits[at + 1]] = [digits[at + 1] ?? '', digits[at] ?? ''];
      return digits.join('');
    }
    digits[17] = pick('0123456789X');
    return digits.join('');
  }
  function spoilDate(birth: string): string {
    const kind = draw(4);
    if (kind === 0 && Number(birth.slice(6)) <= 12) return birth.slice(0, 4) + birth.slice(6) + birth.slice(4, 6);
    if (kind === 1) return '';
    if (kind === 2) return `${birth.slice(0, 6)}${String(1 + draw(28)).padStart(2, '0')}`;
    return `${Number(birth.slice(0, 4)) + pick([-1, 1, 10, -10])}${birth.slice(4)}`;
  }
  function spoilVillage(village: number): string {
    const kind = draw(4);
    if (kind === 0) return place(draw(villages));
    if (kind === 1) return place(Math.min(villages - 1, Math.floor(village / 12) * 12 + draw(12)));
    if (kind === 2) return place(village).slice(9);
    return '';
  }
}

function exchangeMap(pairs: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const group of pairs.split('|')) {
    const [first, second] = [...group];
    if (first === undefined || second === undefined || first === second) continue;
    map.set(first, second);
  }
  return map;
}

function townName(index: number): string {
  return (
    (PLACE_CHARACTERS[index % PLACE_CHARACTERS.length] ?? '') +
    (PLACE_CHARACTERS[(index * 7 + Math.floor(index / 40)) % PLACE_CHARACTERS.length] ?? '')
  );
}

function villageName(index: number): string {
  return (
    (PLACE_CHARACTERS[(index * 11) % PLACE_CHARACTERS.length] ?? '') +
    (PLACE_CHARACTERS[(index * 3 + Math.floor(index / PLACE_CHARACTERS.length)) % PLACE_CHARACTERS.length] ?? '')
  );
}

function dayOf(days: number): string {
  return new Date(Date.UTC(1940, 0, 1) + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
}

function dashed(birth: string): string {
  return `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`;
}
