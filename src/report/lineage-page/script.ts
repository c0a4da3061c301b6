/**
 * The page's script, as text: opens the panel with the chain of the clicked figure. Facts come from the JSON in the
 * page; all text is set by textContent, never as HTML.
 */
export const script = `
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const facts = new Map(data.facts.map((f) => [f.id, f]));
  const w = data.words;
  const zh = document.documentElement.lang !== 'en';
  const panel = document.getElementById('panel');
  const body = document.getElementById('chain');
  let opener = null;
  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const line = (list, name, value) => {
    if (value === undefined || value === '') return;
    list.append(make('dt', '', name), make('dd', '', value));
  };
  const ranges = (rows) => rows.slice(0, 40).map((r) => (r.from === r.to ? r.from : r.from + '–' + r.to)).join(zh ? '、' : ', ') + (rows.length > 40 ? ' …' : '');
  const show = (id, depth, seen) => {
    const f = facts.get(id);
    const node = make('div', 'node');
    if (!f) return node;
    const head = make('p', 'name', (f.labelEn || f.label) + ' ');
    head.append(make('span', 'badge kind', w[f.origin.kind] || f.origin.kind));
    node.append(head, make('p', 'big', f.printed));
    const list = make('dl');
    const o = f.origin;
    if (f.period) line(list, w.period, f.period);
    if (o.kind === 'counted') {
      line(list, w.file, o.source.name + (o.source.sheet ? ' · ' + o.source.sheet : ''));
      line(list, w.rows, o.rowCount + (o.rows.length ? ' (' + ranges(o.rows) + ')' : ''));
      line(list, w.query, o.query);
      line(list, w.version, o.source.version.slice(0, 16));
    } else if (o.kind === 'entered') {
      line(list, w.file, o.file);
      line(list, w.cell, o.sheet + '!' + o.cell);
      line(list, w.evidence, o.evidence.map((n) => n + (data.evidence[n] ? ' ' + data.evidence[n] : '')).join(zh ? '；' : '; '));
      line(list, w.version, o.version.slice(0, 16));
    } else if (o.kind === 'computed') {
      line(list, w.formula, f.formulaEn || o.formula);
      for (const step of o.steps || []) line(list, '', step);
      for (const r of o.rules) line(list, w.rule, r.ruleSet + ' ' + r.version + ' · ' + r.key + (r.document ? ' · ' + r.document : '') + (r.verified ? '' : (zh ? '（' : ' (') + w.unverified + (zh ? '）' : ')')));
    } else if (o.kind === 'surveyed') {
      line(list, w.surveyed, o.survey + ' n=' + o.validResponses);
      line(list, w.formula, f.formulaEn || o.formula);
    } else if (o.kind === 'stated') line(list, w.file, o.document + (zh ? '：' : ': ') + o.quote);
    node.append(list);
    for (const input of o.inputs || []) if (depth < 40 && !seen.has(input)) node.append(show(input, depth + 1, new Set([...seen, input])));
    return node;
  };
  const open = (button) => {
    if (opener) opener.setAttribute('aria-expanded', 'false');
    opener = button;
    button.setAttribute('aria-expanded', 'true');
    body.replaceChildren(show(button.dataset.f, 0, new Set([button.dataset.f])));
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus();
  };
  const close = () => {
    panel.hidden = true;
    if (opener) { opener.setAttribute('aria-expanded', 'false'); opener.focus(); opener = null; }
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button.fig');
    if (button) open(button);
    else if (event.target.closest('button.close')) close();
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !panel.hidden) close(); });
  const search = document.getElementById('search');
  search.addEventListener('input', () => {
    const sought = search.value.trim();
    for (const row of document.querySelectorAll('#facts tbody tr')) row.hidden = sought !== '' && !row.textContent.includes(sought);
  });
})();
`;
