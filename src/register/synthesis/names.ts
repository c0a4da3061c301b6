import type { Draw } from './draw.ts';

/** In the order of how many bear them (public name statistics); drawn with a skew. */
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const COMPOUND = ['欧阳', '上官', '司马', '诸葛', '令狐'];
const MALE =
  '伟强磊军洋勇杰涛明超刚平辉波斌宇浩凯鹏飞建国文志海云博晨轩俊瑞泽一诺东成龙永福德贵先祥光荣正义忠良才学仁庆和友新民世昌盛';
const FEMALE =
  '芳娜秀英敏静丽艳娟兰霞桂香玉萍红玲芬燕华春梅佳雪欣怡梓涵子雨思琪嘉依晓金银宝珍珠月凤莲菊花翠琴淑贞素清洁美慧婷婉莹琳倩颖露瑶';
/** Given names of registers that do not draw them by sex. */
const ANY =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香玉萍红玲芬燕建华国文志海春梅云飞鹏辉波斌宇浩凯佳雪晨欣怡梓涵子轩博雨思琪嘉俊瑞泽一诺依晓东成龙永福德贵先祥光荣正义忠良才学仁庆和友新民世昌盛金银宝珍珠月凤莲菊花翠琴淑贞素清洁美慧婷婉莹琳倩颖露瑶薇蓉蕾萌';
/** Characters that names of towns and villages are made of. */
export const PLACE_CHARACTERS =
  '水土石龙凤马桥坪坝沟河溪岭坡湾塘井田林竹松柏梅兰花果茶盐金银铜铁东西南北上下大小新老长高';

/** How people of a register are named. */
export interface NameStyle {
  /** Compound surnames, per 1000. */
  readonly compound: number;
  /** Given names of two characters, per 1000. */
  readonly twoCharacters: number;
  /** Characters of given names, the more frequent first. */
  readonly male: string;
  readonly female: string;
}

export const BY_SEX: NameStyle = { compound: 8, twoCharacters: 780, male: MALE, female: FEMALE };
export const ONE_LIST: NameStyle = { compound: 10, twoCharacters: 800, male: ANY, female: ANY };

export function surname(draw: Draw, style: NameStyle): string {
  return draw.chance(style.compound) ? draw.pick(COMPOUND) : commonSurname(draw);
}

/** A surname of one character. */
export function commonSurname(draw: Draw): string {
  return draw.skewed(SURNAMES);
}

export function givenName(draw: Draw, male: boolean, style: NameStyle): string {
  const list = givenCharacters(male, style);
  const first = draw.skewed(list);
  return draw.chance(style.twoCharacters) ? first + draw.skewed(list) : first;
}

export function givenCharacters(male: boolean, style: NameStyle): string {
  return male ? style.male : style.female;
}

/** Two characters for the `index`-th place; distinct for 1,600 indices, then three. */
export function placeName(index: number): string {
  const size = PLACE_CHARACTERS.length;
  const first = PLACE_CHARACTERS[index % size] ?? '';
  const second = PLACE_CHARACTERS[(index * 7 + Math.floor(index / size)) % size] ?? '';
  return index < size * size ? first + second : `${first + second}${Math.floor(index / (size * size))}`;
}
