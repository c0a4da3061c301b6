import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { notice } from '../finding.ts';

const WRITTEN =
  /([\p{Script=Han}]{2,12})\s*([【[(（﹝［])\s*((?:19|20)\d{2})\s*([】\])）﹞］])\s*(第?)\s*(0*)(\d{1,4})\s*号/gu;

/** 〔2024〕4号: hexagonal brackets, full year, no 第, no leading zero (GB/T 9704). */
export const documentNumberMalformed: Detect = (context) => {
  const raw = context.source.raw;
  return [...raw.matchAll(WRITTEN)].slice(0, 10).map((match) => {
    const issuer = (match[1] ?? '').replace(/^.*(?:根据|依据|按照|印发|关于|通知|文件|以及|和)/, '');
    const start = match.index + match[0].indexOf(issuer === '' ? (match[2] ?? '') : issuer);
    const right = `${issuer}〔${match[3]}〕${match[7]}号`;
    return notice('document-number-malformed', {
      message: text(`文号应写作“${right}”`, `the document number should read “${right}”`),
      stated: raw.slice(start, match.index + match[0].length),
      expected: right,
      quotes: [{ start, end: match.index + match[0].length }],
    });
  });
};
