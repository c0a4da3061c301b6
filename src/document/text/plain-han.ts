/**
 * Radicals that PDF fonts put in place of the characters they look like. NFKC knows the Kangxi block (⽬ → 目) and
 * two of the supplement; the others are listed. Full-width punctuation and circled digits stay as they are.
 */
const PAIRS =
  '⺎兀⺏尣⺐尢⺑尣⺒巳⺓幺⺟母⺠民⺢氺⺣灬⺤爫⺧牛⺩王⺫罒⺬示⺮竹⺱罒⺲罒⺳罓⺶羊⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻐钅⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟';

const SUPPLEMENT = new Map((PAIRS.match(/../gu) ?? []).map((pair) => [pair.slice(0, 1), pair.slice(1)]));

export function plainHan(words: string): string {
  return words.replace(
    /[\u2e80-\u2fdf\uf900-\ufaff]/g,
    (radical) => SUPPLEMENT.get(radical) ?? radical.normalize('NFKC'),
  );
}
