const UNIT =
  '(?:%|％|‰|万元|亿元|千元|百元|元(?:/[人户亩个次年月天日件份场册只头座吨里平方米辆台套*]{1,4})?|万人次|人次|万人|人天|人|户次|户|家次|家|个百分点|个月|个|次|场次|场|项|件|份|批次|批|期|册|套|台|辆|座|处|条|名|位|所|村|亩|公顷|平方公里|平方米|立方米|公里|千米|厘米|毫米|米|吨|公斤|千瓦时|千瓦|天|日(?![前底])|小时|学时|课时|年(?![度初底末前])|分|元/\\S|(?:头|只|羽|尾|株|棵|口|盏|张|本|幅|支|部|篇|块|例|起|卷|[万亿]?粒|万[亩株头只羽尾支册])(?=[\\d≥≤<>=]|$|(?:基本|部分|未)?达成)|万(?=[\\d≥≤<>=]))?';

export const DATE =
  '\\d{4}[-—~至]\\d{4}年?|\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:底|末)?(?:之前|以前|前|完成)?|\\d{1,2}月(?:\\d{1,2}日|底|末|份|[上中下]旬)?(?:之前|以前|前|内)?';

// Digits without a point are taken to their end: cut anywhere, a long run would be tried in every way.
export const QUANTITY = `(?:>=|<=|≥|≤|>|<|=|不低于|不少于|不超过?|不高于|达到|大于等于|小于等于|(?<!不)大于|(?<!不)小于)?-?\\d[\\d,]*(?:\\.\\d+|(?![\\d,]))${UNIT}(?:以上|以下|以内)?`;

export const RUN = new RegExp(`^(?:${QUANTITY})+$`);

/** Decimals run together: 6747.246747.241090%. */
export const DOTTED = '\\d+\\.\\d+(?:\\.\\d+)+%?';

export const DOTTED_RUN = new RegExp(`^${DOTTED}\\d*(?:\\.\\d+)?$`);

export const PART = new RegExp(`(${DATE})|(${DOTTED})|(${QUANTITY})`, 'g');

export const TAIL = new RegExp(`^(.*?[^\\d.,%≥≤<>=-])((?:${QUANTITY}){2,})$`);
