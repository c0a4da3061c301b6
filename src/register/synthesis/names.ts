import type { Draw } from './draw.ts';

/** In the order of how many bear them (public name statistics); drawn with a skew. */
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const COMPOUND = ['欧阳', '上官', '司马', '诸葛', '令狐'];
const MALE =
  '伟强磊军洋勇杰涛明超刚平辉波斌宇浩凯鹏飞建国文志海云博晨轩俊瑞泽一诺东成龙永福德贵先祥光荣正义忠良才学仁庆和友新民世昌盛';
const FEMALE =
  '芳娜秀英敏静丽艳娟兰霞桂香玉萍红玲芬燕华春梅佳雪欣怡梓涵子雨思琪嘉依晓金银宝珍珠月凤莲菊花翠琴淑贞素清洁美慧婷婉莹琳倩颖露瑶';
const PLACE = '水土石龙凤马桥坪坝沟河溪岭坡湾塘井田林竹松柏梅兰花果茶盐金银铜铁东西南北上下大小新老长高';

export function surname(draw: Draw): string {
  return draw.chance(8) ? draw.pick(COMPOUND) : draw.skewed(SURNAMES);
}

export function givenName(draw: Draw, male: boolean): string {
  const list = male ? MALE : FEMALE;
  const first = draw.skewed(list);
  return draw.chance(780) ? first + draw.skewed(list) : first;
}

/** Two characters for the `index`-th place; distinct for 1,600 indices, then three. */
export function placeName(index: number): string {
  const size = PLACE.length;
  const first = PLACE[index % size] ?? '';
  const second = PLACE[(index * 7 + Math.floor(index / size)) % size] ?? '';
  return index < size * size ? first + second : `${first + second}${Math.floor(index / (size * size))}`;
}
