import { text } from '../../problem/index.ts';
import type { Detect } from '../context.ts';
import { type Finding, notice } from '../finding.ts';

const WRITTEN =
  /([\p{Script=Han}]{2,12})\s*([【[(（﹝［])\s*((?:19|20)\d{2})\s*([】\])）﹞］])\s*(第?)\s*(0*)(\d{1,4})\s*号/gu;

/** 皖财资环2024〕579号: the opening bracket is lost. */
const UNOPENED = /([\p{Script=Han}]{2,12})((?:19|20)\d{2})\s*[〕】\]﹞］]\s*第?\s*0*(\d{1,4})\s*号/gu;

/** 财社〔2023年〕15号, 湘财预(2022)〕12号, 财社〔2023 15号. */
const ODD =
  /([\p{Script=Han}]{2,12})\s*(?:[【[(（﹝［〔]\s*((?:19|20)\d{2})\s*(?:年\s*[】\])）﹞］〕]|[】\])）﹞］〕]{2})\s*第?|[【[﹝［〔]\s*((?:19|20)\d{2})\s+第?)\s*0*(\d{1,4})\s*号/gu;

/** 〔2024〕4号: hexagonal brackets, full year, no 第, no leading zero (GB/T 9704). */
export const documentNumberMalformed: Detect = (context) => {
  const raw = context.source.raw;
  if (!/\d\s*号/.test(raw)) return [];
  const unopened = [...raw.matchAll(UNOPENED)].map((match) =>
    malformed(raw, match, match[1] ?? '', match[2] ?? '', match[2] ?? '', match[3] ?? ''),
  );
  const odd = [...raw.matchAll(ODD)].map((match) =>
    malformed(raw, match, match[1] ?? '', '', match[2] ?? match[3] ?? '', match[4] ?? ''),
  );
  const written = [...raw.matchAll(WRITTEN)].map((match) =>
    malformed(raw, match, match[1] ?? '', match[2] ?? '', match[3] ?? '', match[7] ?? ''),
  );
  return [...unopened, ...odd, ...written].slice(0, 10);
};

function malformed(
  raw: string,
  match: RegExpExecArray,
  before: string,
  next: string,
  year: string,
  serial: string,
): Finding {
  const issuer = before.replace(/^.*(?:根据|依据|按照|印发|关于|通知|文件|以及|和)/, '');
  const start = match.index + match[0].indexOf(issuer === '' ? next : issuer);
  const right = `${issuer}〔${year}〕${serial}号`;
  return notice('document-number-malformed', {
    message: text(`文号应写作“${right}”`, `the document number should read “${right}”`),
    stated: raw.slice(start, match.index + match[0].length),
    expected: right,
    quotes: [{ start, end: match.index + match[0].length }],
  });
}
