import { FOLDED_FORMS, VARIANT_FORMS } from './variant-table.ts';

let table: ReadonlyMap<string, string> | undefined;

function variants(): ReadonlyMap<string, string> {
  if (table === undefined) {
    const folded = [...FOLDED_FORMS];
    table = new Map([...VARIANT_FORMS].map((form, index) => [form, folded[index] ?? form]));
  }
  return table;
}

/** The everyday simplified form of a traditional or variant character; any other character is itself. */
export function foldCharacter(character: string): string {
  return variants().get(character) ?? character;
}

let marks: Uint8Array | undefined;

/** Whether a text holds a character that {@link foldCharacter} changes. */
export function hasVariant(value: string): boolean {
  if (marks === undefined) {
    marks = new Uint8Array(1 << 16);
    for (const form of variants().keys()) marks[form.charCodeAt(0)] = 1;
  }
  for (let at = 0; at < value.length; at += 1) if (marks[value.charCodeAt(at)] === 1) return true;
  return false;
}

/** Groups of characters of like shape that clerks and OCR mistake for one another. */
const LOOKALIKES =
  '己已巳 未末 土士 日曰 人入 天夭 干千于 戊戌戍戎 刀力 大太犬 王玉五 佳住往 候侯 岳兵 冶治 哀衰 析折 享亨 辛幸 晴睛 清请情青倩 ' +
  '洋详祥样 杨扬汤 陈阵 玲铃 伟玮炜纬 俊峻骏竣 娟捐绢 梅海 敏繁 怡恰 婷停 涛寿 浩洁 洪供 淑叔 艳绝 萍苹 莉利 蓉容 霞暇 ' +
  '琴琹 璐路露 瑶摇 琪棋淇祺琦 萱宣 菲非 薇微 凤风凰 兰三 英莫 秀季李 香杳 贵责 明朋 鹏鹤 勇男 强张 军车 林材村 森淼 ' +
  '波坡 泽择 潮湖 斌赋 武式 刚钢 锋峰烽 铭名 钦软 鑫金 银根 锦棉 颖颍 翠卒 芬芳 花华 荣菜 苗茁 莹萤 蕾雷 丹舟 永水冰 ' +
  '冯马 邓郑 邹邱 吴昊 吕品 宋宗 宁字 安按 尹伊 申由甲田 白自百 石右 古吉 左右 史吏 可司 叶什 许计 谭潭 谢射 贺驾 赖懒 ' +
  '郝赫 郭敦 钟种 韦书 顾硕 龙尤 龚袭 罗梦 廖寥 彭膨 曾会 潘番 熊能 肖尚 蔡葵 袁哀 钱线 魏巍 孟盂 汪注 沈忱 任仕 卢户 ' +
  '姜美 姚桃 徐除 朱失 杜社 柳聊 欧殴 段殷 毛手 江红 洁浩 孙子 孔扎 常党 庞宠 康唐 建健 廷延 志忘 忠患 思恩 恒桓 惠慧 慈兹';

let shapes: ReadonlyMap<string, number> | undefined;

/** A number shared by characters of like shape; 0 for a character in no group. */
export function shapeGroup(character: string): number {
  if (shapes === undefined) {
    const map = new Map<string, number>();
    LOOKALIKES.split(' ').forEach((group, index) => {
      for (const member of group) if (!map.has(member)) map.set(member, index + 1);
    });
    shapes = map;
  }
  return shapes.get(character) ?? 0;
}
