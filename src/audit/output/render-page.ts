import { inLanguage, type Language, type Text, text } from '../../problem/index.ts';
import type { AuditedDocument, IdentifiedFinding } from '../audit-document.ts';
import type { AuditRule } from '../rule-book.ts';
import { spellOut } from './arithmetic.ts';
import { subjectOf } from './subject.ts';

const SEVERITY = {
  error: text('必须更正', 'correct'),
  warning: text('需要说明', 'explain'),
  notice: text('文字格式', 'wording'),
} as const;

const WORDS = {
  title: text('复核', 'audit'),
  original: text('原文', 'document'),
  findings: text('意见', 'findings'),
  none: text('没有发现问题。', 'Nothing was found.'),
  quotes: text('原文：', 'In the text: '),
  basis: text('依据和要求', 'why, and what to do'),
  remedy: text('要求：', 'To do: '),
  source: text('出处：', 'Source: '),
  unread: text('（原文未核）', ' (document not read)'),
  illegible: text('无法辨认，未提意见', 'Not legible: nothing is claimed about it'),
} as const satisfies Readonly<Record<string, Text>>;

/** One self-contained page: the document beside its findings, every quote marked. No script from elsewhere, no network. */
export function renderPage(
  document: AuditedDocument,
  rules: ReadonlyMap<string, AuditRule>,
  language: Language = 'zh',
): string {
  const say = (words: Text): string => inLanguage(words, language);
  const subject = subjectOf(document);
  const counts = (['error', 'warning', 'notice'] as const).map((severity) => {
    const total = document.findings.filter((finding) => finding.severity === severity).length;
    return `<span class="count ${severity}">${say(SEVERITY[severity])} ${total}</span>`;
  });
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(document.file || subject.project)} ${say(WORDS.title)}</title><style>${STYLE}</style></head><body>
<header><h1>${escapeHtml(subject.project || document.file)}</h1><p>${escapeHtml([subject.unit, subject.year === '' ? '' : say(text(`${subject.year}年度`, subject.year)), document.file].filter((part) => part !== '').join('　'))}</p><p>${counts.join(' ')}</p></header>
<main><section class="text" aria-label="${say(WORDS.original)}"><div class="sheet" lang="zh-CN">${markedText(document)}</div></section>
<aside aria-label="${say(WORDS.findings)}"><ol>${document.findings.map((finding, index) => item(document, finding, index, rules, language)).join('')}</ol>${
    document.findings.length === 0 ? `<p class="none">${say(WORDS.none)}</p>` : ''
  }${unreadable(document, language)}</aside></main></body></html>
`;
}

function item(
  document: AuditedDocument,
  finding: IdentifiedFinding,
  index: number,
  rules: ReadonlyMap<string, AuditRule>,
  language: Language,
): string {
  const rule = rules.get(finding.rule);
  const say = (words: Text): string => inLanguage(words, language);
  const quotes = finding.quotes
    .slice(0, 6)
    .map((quote) => `<a href="#q${index}">${escapeHtml(clip(document.source.raw.slice(quote.start, quote.end)))}</a>`)
    .join(' ');
  return `<li id="f${index}" class="${finding.severity}"><h2>${escapeHtml(rule === undefined ? finding.rule : say(text(rule.name, rule.nameEn)))}<small>${say(SEVERITY[finding.severity])}</small></h2><p>${escapeHtml(inLanguage(finding.message, language))}</p>${
    finding.proof === undefined ? '' : `<p class="sum">${escapeHtml(spellOut(finding.proof, language))}</p>`
  }<p class="quotes">${say(WORDS.quotes)}${quotes}</p>${rule === undefined ? '' : `<details><summary>${say(WORDS.basis)}</summary><p>${escapeHtml(say(text(rule.why, rule.whyEn)))}</p><p>${say(WORDS.remedy)}${escapeHtml(say(text(rule.remedy, rule.remedyEn)))}</p><p>${say(WORDS.source)}<span lang="zh-CN">${escapeHtml(rule.source)}</span>${rule.verified ? '' : say(WORDS.unread)}</p></details>`}</li>`;
}

function unreadable(document: AuditedDocument, language: Language): string {
  if (document.unreadable.length === 0) return '';
  const items = document.unreadable.map(
    (place) =>
      `<li>“${escapeHtml(clip(document.source.raw.slice(place.start, place.end)))}”${inLanguage(text('：', ': '), language)}${escapeHtml(inLanguage(place.why, language))}</li>`,
  );
  return `<section class="unreadable"><h2>${inLanguage(WORDS.illegible, language)}</h2><ul>${items.join('')}</ul></section>`;
}

/** The raw text with a mark over every quoted stretch; overlapping quotes share the mark of the gravest finding. */
function markedText(document: AuditedDocument): string {
  const { raw } = document.source;
  const owner = new Map<number, { end: number; readonly index: number; readonly also: number[] }>();
  document.findings.forEach((finding, index) => {
    for (const quote of finding.quotes) {
      const known = owner.get(quote.start);
      if (known === undefined) owner.set(quote.start, { end: quote.end, index, also: [] });
      else {
        known.end = Math.max(known.end, quote.end);
        known.also.push(index);
      }
    }
  });
  const starts = [...owner.entries()].sort((a, b) => a[0] - b[0]);
  const anchored = new Set<number>();
  // Where one mark covers several findings, each still has a place to jump to.
  const anchors = (indexes: readonly number[]): string => {
    const fresh = [...new Set(indexes)].filter((index) => !anchored.has(index));
    for (const index of fresh) anchored.add(index);
    return fresh.map((index) => `<span id="q${index}"></span>`).join('');
  };
  let html = '';
  let at = 0;
  for (const [start, { end, index, also }] of starts) {
    if (end <= at) {
      html += anchors([index, ...also]);
      continue;
    }
    const from = Math.max(start, at);
    const severity = document.findings[index]?.severity ?? 'notice';
    html += `${escapeHtml(compact(raw.slice(at, from)))}${anchors([index, ...also])}<a class="mark ${severity}" href="#f${index}">${escapeHtml(compact(raw.slice(from, end)))}</a>`;
    at = end;
  }
  return html + escapeHtml(compact(raw.slice(at)));
}

/** Some tables come with a line for every bar and every empty cell; a page shows such cells beside each other. */
function compact(text: string): string {
  return text.replace(/\n(?:[ \t|]*\n)+[ \t]*/g, (gap) => (gap.includes('|') ? ' | ' : gap.length > 2 ? '\n\n' : gap));
}

function clip(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length > 50 ? `${plain.slice(0, 48)}…` : plain;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root{--error:#b3261e;--warning:#9a6700;--notice:#3b6ea8;color-scheme:light}
*{box-sizing:border-box}body{margin:0;font:16px/1.7 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;color:#1f2328;background:#f4f5f7}
header{background:#fff;border-bottom:1px solid #d9dce1;padding:.8rem 1.2rem}h1{font-size:1.25rem;margin:0}header p{margin:.2rem 0;color:#57606a}
.count{display:inline-block;border-radius:1rem;padding:0 .7rem;margin-right:.3rem;color:#fff;font-size:.9rem}
.count.error{background:var(--error)}.count.warning{background:var(--warning)}.count.notice{background:var(--notice)}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(20rem,2fr);gap:1rem;padding:1rem 1.2rem;align-items:start}
.text{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto;background:#fff;border:1px solid #d9dce1;border-radius:.4rem}
.sheet{white-space:pre-wrap;overflow-wrap:anywhere;padding:1rem 1.2rem;font-size:.95rem}
a.mark{color:inherit;text-decoration:none;border-radius:.15rem;padding:0 .1rem;scroll-margin:5rem}
a.mark.error{background:#fbd9d6;border-bottom:2px solid var(--error)}a.mark.warning{background:#fdf0c8;border-bottom:2px solid var(--warning)}a.mark.notice{background:#dcebfb;border-bottom:2px solid var(--notice)}
span[id]{scroll-margin:5rem}span[id]:target+a.mark{outline:3px solid #1f2328}
aside ol{margin:0;padding:0;list-style:none}aside li[id]{background:#fff;border:1px solid #d9dce1;border-left:.35rem solid;border-radius:.4rem;padding:.6rem .9rem;margin-bottom:.7rem;scroll-margin:1rem}
li.error{border-left-color:var(--error)!important}li.warning{border-left-color:var(--warning)!important}li.notice{border-left-color:var(--notice)!important}
li:target{box-shadow:0 0 0 3px #1f2328}aside h2{font-size:1rem;margin:0}aside h2 small{float:right;font-weight:400;color:#57606a}
aside p{margin:.3rem 0}.sum{font-variant-numeric:tabular-nums;background:#f6f8fa;border-radius:.3rem;padding:.2rem .6rem;overflow-wrap:anywhere}
.quotes{font-size:.88rem;color:#57606a;overflow-wrap:anywhere}.quotes a{color:#0a58ca;margin-right:.4rem}details{font-size:.9rem;color:#57606a}.unreadable{font-size:.9rem;color:#57606a}.none{background:#fff;padding:1rem;border-radius:.4rem}
@media(max-width:60rem){main{grid-template-columns:minmax(0,1fr);padding:.7rem}.text{position:static;max-height:55vh}}
@media print{.text{position:static;max-height:none;overflow:visible}body{background:#fff}}
`;
