import type { Language } from '../../../problem/index.ts';

/** English of what the rule files say about how far a rule was checked; the parts of a status stand between “；”. */
const ENGLISH: Readonly<Record<string, string>> = {
  已见来源: 'seen in a source',
  两处来源一致: 'two sources agree',
  文号未核: 'document number not checked',
  原文未核: 'document not read',
  '行业常识，原文未核': 'common knowledge of the trade, document not read',
  '对象已见来源，资金渠道未核': 'who is aided was seen in a source, who pays was not checked',
  '待填，文件原文未取得': 'to be filled in, document not obtained',
  '档次表见于基本公共卫生服务，医保通知只写东部“按一定比例”，原文未核':
    'the tiers are those of basic public health; the insurance notice only says “in proportion” for the east; document not read',
  '由报告数据反推，文件原文未核': 'derived backwards from a report, document not read',
  '已见来源（南昌）': 'seen in a source (Nanchang)',
  '已见来源（大庆 2023 年）': 'seen in a source (Daqing 2023)',
  '已见来源（2011 年前为 120 元）': 'seen in a source (120 yuan before 2011)',
  部分见于来源: 'seen in part in a source',
  '通知只写东部“按一定比例”补助，比例未查到，待填':
    'the notice only says “in proportion” for the east; the ratio was not found and is to be filled in',
  '过渡期定额由地方规定，待填': 'the amount of the transition is set locally, to be filled in',
  '由各市规定，待填': 'set by each city, to be filled in',
  '由 2025 年政府工作报告“提高 30 元”推算': 'computed from “30 yuan more” of the government report of 2025',
  '由 2018 年通知的“提高 40 元”推算，并见于地方通知':
    'computed from “40 yuan more” of the notice of 2018, and seen in local notices',
  '由 2015 年通知的“提高 30 元”推算': 'computed from “30 yuan more” of the notice of 2015',
  '已见来源，但文号和适用年度未核': 'seen in a source; document number and year not checked',
  '定额由地方规定，待填': 'the amount is set locally, to be filled in',
  '定额 320 元已见来源': 'the amount of 320 yuan was seen in a source',
  '低保对象属定额还是全额，原文未核':
    'whether subsistence-allowance recipients get the fixed or the whole amount: document not read',
  同级财政负担已见来源: 'paid by the same level: seen in a source',
  '省级承担全部剩余为通行做法，各省文件未核':
    'the province paying all the rest is common practice; the documents of the provinces were not checked',
  '各地不一，原文未核': 'differs from place to place, document not read',
  '全额资助对象个人缴 0 元，两处来源一致': 'persons with full aid pay 0 yuan: two sources agree',
  名单和资金渠道未核: 'list and source of the money not checked',
  '假定 2021 年起的规定未变': 'assumes that the rule of 2021 is unchanged',
  '120 元以内中央补 60 元为行业常识，原文未核':
    '60 yuan from the centre within the first 120 is common knowledge of the trade, document not read',
  '超过部分 80% 已见来源': '80% above that was seen in a source',
  '超过部分 60% 已见来源': '60% above that was seen in a source',
  '情景假设，不是规定': 'assumed in the scenario, no rule',
  '依据由填报人提供，原文未核': 'basis given by the person who filed it, document not read',
};

/** How far a rule was checked, in the reader's language; words of a rule file of the county's own are quoted. */
export function statusWords(status: string, language: Language): string {
  if (language === 'zh') return status;
  return status
    .split('；')
    .map((part) => ENGLISH[part] ?? `“${part}”`)
    .join('; ');
}
