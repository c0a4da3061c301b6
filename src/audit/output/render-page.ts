import { inLanguage, type Language } from '../../problem/index.ts';
import type { AuditedDocument, IdentifiedFinding } from '../audit-document.ts';
import type { AuditRule } from '../rule-book.ts';
import { spellOut } from './arithmetic.ts';
import { subjectOf } from './subject.ts';

const SEVERITY = { error: '必须更正', warning: '需要说明', notice: '文字格式' } as const;

/** One self-contained page: the document beside its findings, every quote marked. No script from elsewhere, no network. */
export function renderPage(
  document: AuditedDocument,
  rules: ReadonlyMap<string, AuditRule>,
  language: Language = 'zh',
): string {
  const subject = subjectOf(document);
  const counts = (['error', 'warning', 'notice'] as const).map((severity) => {
    const total = document.findings.filter((finding) => finding.severity === severity).length;
    return `<span class="count ${severity}">${SEVERITY[severity]} ${total}</span>`;
  });
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(document.file || subject.project)} 复核</title><style>${STYLE}</style></head><body>
<header><h1>${escapeHtml(subject.project || document.file)}</h1><p>${escapeHtml([subject.unit, subject.year === '' ? '' : `${subject.year}年度`, document.file].filter((part) => part !== '').join('　'))}</p><p>${counts.join(' ')}</p></header>
<main><section class="text" aria-label="原文"><div class="sheet">${markedText(document)}</div></section>
<aside aria-label="意见"><ol>${document.findings.map((finding, index) => item(document, finding, index, rules, language)).join('')}</ol>${
    document.findings.length === 0 ? '<p class="none">没有发现问题。</p>' : ''
  }${unreadable(document)}</aside></main></body></html>
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
  const quotes = finding.quotes
    .slice(0, 6)
    .map((quote) => `<a href="#q${index}">${escapeHtml(clip(document.source.raw.slice(quote.start, quote.end)))}</a>`)
    .join(' ');
  return `<li id="f${index}" class="${finding.severity}"><h2>${escapeHtml(rule?.name ?? finding.rule)}<small>${SEVERITY[finding.severity]}</small></h2><p>${escapeHtml(inLanguage(finding.message, language))}</p>${
    finding.proof === undefined ? '' : `<p class="sum">${escapeHtml(spellOut(finding.proof))}</p>`
  }<p class="quotes">原文：${quotes}</p>${rule === undefined ? '' : `<details><summary>依据和要求</summary><p>${escapeHtml(rule.why)}</p><p>要求：${escapeHtml(rule.remedy)}</p><p>出处：${escapeHtml(rule.source)}${rule.verified ? '' : '（原文未核）'}</p></details>`}</li>`;
}

function unreadable(document: AuditedDocument): string {
  if (document.unreadable.length === 0) return '';
  const items = document.unreadable.map(
    (place) =>
      `<li>“${escapeHtml(clip(document.source.raw.slice(place.start, place.end)))}”：${escapeHtml(place.why)}</li>`,
  );
  return `<section class="unreadable"><h2>无法辨认，未提意见</h2><ul>${items.join('')}</ul></section>`;
}

/** The raw text with a mark over every quoted stretch; overlapping quotes share the mark of the gravest finding. */
function markedText(document: AuditedDocument): string {
  const { raw } = document.source;
  const owner = new Map<number, { readonly end: number; readonly index: number }>();
  document.findings.forEach((finding, index) => {
    for (const quote of finding.quotes) {
      const known = owner.get(quote.start);
      if (known === undefined) owner.set(quote.start, { end: quote.end, index });
    }
  });
  const starts = [...owner.entries()].sort((a, b) => a[0] - b[0]);
  const anchored = new Set<number>();
  let html = '';
  let at = 0;
  for (const [start, { end, index }] of starts) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    const severity = document.findings[index]?.severity ?? 'notice';
    const anchor = anchored.has(index) ? '' : ` id="q${index}"`;
    anchored.add(index);
    html += `${escapeHtml(raw.slice(at, from))}<a class="mark ${severity}"${anchor} href="#f${index}">${escapeHtml(raw.slice(from, end))}</a>`;
    at = end;
  }
  return html + escapeHtml(raw.slice(at));
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
a.mark:target{outline:3px solid #1f2328}
aside ol{margin:0;padding:0;list-style:none}aside li[id]{background:#fff;border:1px solid #d9dce1;border-left:.35rem solid;border-radius:.4rem;padding:.6rem .9rem;margin-bottom:.7rem;scroll-margin:1rem}
li.error{border-left-color:var(--error)!important}li.warning{border-left-color:var(--warning)!important}li.notice{border-left-color:var(--notice)!important}
li:target{box-shadow:0 0 0 3px #1f2328}aside h2{font-size:1rem;margin:0}aside h2 small{float:right;font-weight:400;color:#57606a}
aside p{margin:.3rem 0}.sum{font-variant-numeric:tabular-nums;background:#f6f8fa;border-radius:.3rem;padding:.2rem .6rem;overflow-wrap:anywhere}
.quotes{font-size:.88rem;color:#57606a;overflow-wrap:anywhere}.quotes a{color:#0a58ca;margin-right:.4rem}details{font-size:.9rem;color:#57606a}.unreadable{font-size:.9rem;color:#57606a}.none{background:#fff;padding:1rem;border-radius:.4rem}
@media(max-width:60rem){main{grid-template-columns:minmax(0,1fr);padding:.7rem}.text{position:static;max-height:55vh}}
@media print{.text{position:static;max-height:none;overflow:visible}body{background:#fff}}
`;
