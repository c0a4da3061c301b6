import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { readDocument } from '../../document/index.ts';
import { counted, inLanguage, JipingError, type Language, printWhere, type Text, text } from '../../problem/index.ts';
import {
  type EvaluationFact,
  loadSigningKey,
  makeSigningKey,
  PdfRenderer,
  trustedKeys,
  trustKey,
  type Verification,
  verifyPaper,
} from '../../report/index.ts';
import type { Command, CommonOptions, ExitStatus, Io } from '../command.ts';
import { dataFolder } from '../data-folder.ts';
import type { Options } from '../help/option.ts';
import { parseOptions } from '../parse-options.ts';
import { punctuation } from '../punctuation.ts';

const OPTIONS = {
  with: {
    type: 'string',
    value: text('evaluation.json', 'evaluation.json'),
    help: text('对照评价结果', 'hold it against the evaluation'),
  },
  'new-key': {
    type: 'boolean',
    help: text(
      '生成本机签名密钥，此后 evaluate 写出的文件带签名；与 --as 同用',
      'makes the key this installation signs with from then on; goes with --as',
    ),
  },
  'show-key': {
    type: 'boolean',
    help: text('显示本机密钥的指纹和信任名单', 'shows the fingerprint of the own key and the trusted keys'),
  },
  trust: {
    type: 'string',
    value: text('指纹', 'FINGERPRINT'),
    help: text('把别处的密钥加入信任名单；与 --as 同用', 'trusts a key of someone else; goes with --as'),
  },
  as: { type: 'string', value: text('单位', 'NAME'), help: text('密钥属于哪个单位', 'whose key it is') },
} as const satisfies Options;

export const verifyCommand: Command = {
  name: 'verify',
  summary: text('核验一份已签发的表或报告：逐个数字对到事实', 're-check an issued paper figure by figure'),
  help: {
    usage: [
      text('<docx|xlsx|pdf> [--with evaluation.json]', '<docx|xlsx|pdf> [--with evaluation.json]'),
      text('--new-key --as 单位', '--new-key --as NAME'),
      text('--show-key', '--show-key'),
      text('--trust 指纹 --as 单位', '--trust FINGERPRINT --as NAME'),
    ],
    about: [
      text(
        '分别回答三个问题。文件里没有随附数据时不能核验，这时可用 --with 对照 evaluation.json。',
        'Answers three questions. A file that carries no facts cannot be verified; hold it against evaluation.json with --with.',
      ),
    ],
    words: [
      [
        text('一致', 'consistent'),
        text(
          '文件上看得见的文字和数字（正文、页眉页脚、脚注、文本框、修订、单元格显示值）是否就是签发时的，每个数字是否就是它的事实',
          'is what the file shows (body, headers, footers, footnotes, text boxes, tracked changes, cells as displayed) what was issued, and each figure its fact',
        ),
      ],
      [
        text('签名', 'signed'),
        text('由哪个密钥签发（指纹）；未签名的直说未签名', 'which key signed it (fingerprint), or that it is unsigned'),
      ],
      [
        text('信任', 'trusted'),
        text(
          '该指纹是否在本机的信任名单上；密钥存于数据文件夹（JIPING_HOME 或 ~/.jiping）',
          'whether this installation trusts that key; keys are kept in the data folder (JIPING_HOME or ~/.jiping)',
        ),
      ],
    ],
    options: OPTIONS,
    examples: [
      text('jiping verify 结果/项目-自评表.docx', 'jiping verify result/project-self-evaluation.docx'),
      text(
        'jiping verify 自评表.pdf --with evaluation.json',
        'jiping verify self-evaluation.pdf --with evaluation.json',
      ),
    ],
    failure: text('有数字改动', 'a figure was changed'),
  },
  async run(args, common, io): Promise<ExitStatus> {
    const { values, positionals } = parseOptions(args, OPTIONS, 'verify');
    const home = dataFolder(io.env);
    if (values['new-key'] === true) {
      makeSigningKey(home, requireName(values.as));
      return showKeys(home, common, io);
    }
    if (values.trust !== undefined) {
      const fingerprint = values.trust.toLowerCase().replace(/[\s:]|^sha256/g, '');
      if (!/^[0-9a-f]{64}$/.test(fingerprint))
        throw new JipingError('usage', text('指纹应为 64 位十六进制数', 'a fingerprint is 64 hexadecimal digits'));
      trustKey(home, { fingerprint, name: requireName(values.as) });
      return showKeys(home, common, io);
    }
    if (values['show-key'] === true) return showKeys(home, common, io);
    const [path, surplus] = positionals;
    if (path === undefined || surplus !== undefined)
      throw new JipingError(
        'usage',
        text('请给出一个文件：jiping verify <docx|xlsx|pdf>', 'give one file: jiping verify <docx|xlsx|pdf>'),
      );
    return verifyFile(resolve(io.cwd, path), values.with, home, common, io);
  },
};

function requireName(name: string | undefined): string {
  if (name !== undefined && name.trim() !== '') return name.trim();
  throw new JipingError('usage', text('请用 --as 写明密钥属于哪个单位', 'say with --as whose key it is'));
}

function showKeys(home: string, common: CommonOptions, io: Io): ExitStatus {
  const own = loadSigningKey(home)?.fingerprint ?? null;
  const trusted = trustedKeys(home);
  if (common.format === 'json') {
    io.out(`${JSON.stringify({ own, trusted }, null, 2)}\n`);
    return 0;
  }
  const say = (words: Text): void => io.out(`${inLanguage(words, common.language)}\n`);
  say(
    own === null
      ? text('本机没有签名密钥：写出的文件不带签名', 'no signing key here: papers are unsigned')
      : text(`本机密钥：${own}`, `own key: ${own}`),
  );
  for (const key of trusted)
    say(text(`信任：${key.fingerprint} ${key.name}`, `trusted: ${key.fingerprint} ${key.name}`));
  return 0;
}

async function verifyFile(
  path: string,
  evaluationPath: string | undefined,
  home: string,
  common: CommonOptions,
  io: Io,
): Promise<ExitStatus> {
  const evaluation = evaluationPath === undefined ? undefined : readEvaluation(resolve(io.cwd, evaluationPath));
  const document = await readDocument(path);
  const result = await verifyPaper(readFileSync(path), document, {
    trusted: trustedKeys(home),
    renderPdf: (report) => new PdfRenderer().render(report).bytes,
    ...(evaluation === undefined ? {} : { evaluation }),
  });
  if (common.format === 'json') io.out(`${JSON.stringify(verificationJson(result, common.language), null, 2)}\n`);
  else if (result.consistency !== 'cannot-verify') io.out(summary(result, common.language));
  if (result.consistency === 'cannot-verify') {
    const why = result.problems[0]?.message ?? text('', '');
    const remedy = text(
      '无法核验；可用 --with evaluation.json 对照评价结果',
      'cannot verify; hold it against the evaluation with --with evaluation.json',
    );
    io.err(
      `jiping: ${result.file}${punctuation(common.language).colon}${inLanguage(why, common.language)}${inLanguage(text('。', '; '), common.language)}${inLanguage(remedy, common.language)}\n`,
    );
    return 2;
  }
  const failed = result.problems.some(
    (one) => one.severity === 'error' || (common.strict && one.severity === 'warning'),
  );
  return failed ? 1 : 0;
}

const evaluationSchema = z.object({
  facts: z.array(z.object({ id: z.string(), label: z.string(), value: z.string().nullable(), unit: z.string() })),
});

function readEvaluation(path: string): { readonly name: string; readonly facts: readonly EvaluationFact[] } {
  const file = basename(path);
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new JipingError('not-found', text('没有找到评价结果文件', 'no such evaluation file'), { file }, { cause });
  }
  try {
    return { name: file, facts: evaluationSchema.parse(JSON.parse(content)).facts };
  } catch (cause) {
    throw new JipingError(
      'unreadable',
      text('不是 jiping evaluate 写出的 evaluation.json', 'not an evaluation.json of jiping evaluate'),
      { file },
      { cause },
    );
  }
}

function verificationJson(result: Verification, language: Language): object {
  const { signature } = result;
  return {
    file: result.file,
    kind: result.kind,
    title: result.title,
    state: result.consistency,
    consistent: result.consistency === 'cannot-verify' ? null : result.consistency === 'consistent',
    signature:
      signature === undefined || signature.kind === 'unsigned'
        ? { signed: false, by: null, valid: null }
        : { signed: true, by: signature.by, valid: signature.valid },
    trusted: result.trustedAs !== undefined,
    trustedAs: result.trustedAs ?? null,
    against: result.against ?? null,
    numbers: result.numbers,
    problems: result.problems.map((one) => ({ ...one, message: inLanguage(one.message, language) })),
  };
}

/** Most untraceable numbers and problems a terminal is given; JSON has all. */
const MOST_LINES = 20;

function summary(result: Verification, language: Language): string {
  const lines: string[] = [];
  const say = (words: Text): void => {
    lines.push(inLanguage(words, language));
  };
  say(
    text(
      `文件：${result.file}${result.title === '' ? '' : `（${result.title}）`}`,
      `file: ${result.file}${result.title === '' ? '' : ` (“${result.title}”)`}`,
    ),
  );
  say(
    result.consistency === 'consistent'
      ? text(
          '一致：是——看得见的文字与签发时的数字和事实一致',
          'consistent: yes, what is shown agrees with the issued figures and their facts',
        )
      : text('一致：否——有改动', 'consistent: NO, something was changed'),
  );
  say(signatureWords(result));
  say(
    result.trustedAs === undefined
      ? text('信任：否——不在本机信任名单上', 'trusted: no, not on this installation’s list')
      : text(`信任：是——${result.trustedAs}`, `trusted: yes, ${result.trustedAs}`),
  );
  const { facts, literals, untraceable } = result.numbers;
  say(
    text(
      `数字：事实 ${facts} 个，表式和固定文字 ${literals} 个，不可追溯 ${untraceable.length} 个`,
      `numbers: ${counted(facts, 'fact')}, ${literals} of the form or fixed text, ${untraceable.length} untraceable`,
    ),
  );
  for (const one of untraceable.slice(0, MOST_LINES))
    say(text(`  不可追溯 ${one.number}（${one.quote}）`, `  untraceable ${one.number} in “${one.quote}”`));
  for (const one of result.problems.slice(0, MOST_LINES)) {
    const { file: _, key: __, ...where } = one.where;
    const place = printWhere(where, language);
    lines.push(
      `  ${severityWord(one.severity, language)} ${place === '' ? '' : `${place} `}${inLanguage(one.message, language)}`,
    );
  }
  const rest = result.problems.length - MOST_LINES;
  if (rest > 0) say(text(`  另有 ${rest} 处，见 --format json`, `  ${rest} more, see --format json`));
  return `${lines.join('\n')}\n`;
}

function signatureWords({ signature }: Verification): Text {
  if (signature === undefined || signature.kind === 'unsigned') return text('签名：未签名', 'signed: no');
  return signature.valid
    ? text(`签名：有效，密钥指纹 ${signature.by}`, `signed: yes, by key ${signature.by}`)
    : text(`签名：无效，所称密钥指纹 ${signature.by}`, `signed: INVALID, claimed key ${signature.by}`);
}

function severityWord(severity: 'error' | 'warning' | 'notice', language: Language): string {
  const words = { error: text('改动', 'changed'), warning: text('文字', 'wording'), notice: text('说明', 'notice') };
  return inLanguage(words[severity], language);
}
