import type { Fact, FactId } from '../../fact/index.ts';
import type { ProjectBook } from '../../ledger/index.ts';
import type {
  Budget,
  Evaluation,
  Figure,
  Measure,
  Rate,
  ScoredIndicator,
  SuggestedScore,
} from '../../performance/index.ts';
import { inLanguage, type Language, printWhere, text } from '../../problem/index.ts';
import { evaluationFactJson } from '../evaluation-json.ts';
import { destinationWord, FactWords } from '../fact-words.ts';
import { print } from '../print.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { pageWords } from './words.ts';

/** Text as HTML text or attribute value. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/**
 * The lineage page: one self-contained HTML file in which every figure of an evaluation opens down to its formula,
 * rule, document, sheet, cell and row ranges. Holds no contents of personal columns.
 */
export function renderLineagePage(evaluation: Evaluation, book: ProjectBook, language: Language): string {
  return new LineagePage(evaluation, book, language).render();
}

class LineagePage {
  readonly #evaluation: Evaluation;
  readonly #book: ProjectBook;
  readonly #language: Language;
  readonly #words: FactWords;

  constructor(evaluation: Evaluation, book: ProjectBook, language: Language) {
    this.#evaluation = evaluation;
    this.#book = book;
    this.#language = language;
    this.#words = new FactWords(evaluation, language);
  }

  /** A word and what stands behind its colon. */
  #pair(name: string, value: string): string {
    return `${name}${this.#language === 'zh' ? '：' : ': '}${value}`;
  }

  #inBrackets(name: string, note: string): string {
    return this.#language === 'zh' ? `${name}（${note}）` : `${name} (${note})`;
  }

  #word(key: keyof typeof pageWords): string {
    return escapeHtml(inLanguage(pageWords[key], this.#language));
  }

  render(): string {
    const { project, unit, period, ruleSet, asOf, weightSource } = this.#evaluation;
    const facts = [
      unit,
      period,
      `${inLanguage(pageWords.asOf, this.#language)} ${asOf}`,
      `${inLanguage(pageWords.ruleSet, this.#language)} ${ruleSet.id} ${inLanguage(text(ruleSet.name, ruleSet.nameEn), this.#language)}`,
    ].filter((part) => part !== '');
    const badge = ruleSet.verified ? '' : ` <span class="badge warning">${this.#word('unverified')}</span>`;
    const weights =
      weightSource === '' ? '' : `<p>${this.#pair(this.#word('weightSource'), escapeHtml(weightSource))}</p>`;
    return [
      `<!doctype html><html lang="${this.#language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">`,
      '<meta name="viewport" content="width=device-width,initial-scale=1">',
      `<title>${escapeHtml(project)} · ${this.#word('title')}</title><style>${style}</style></head><body>`,
      `<header><h1>${escapeHtml(project)}</h1><p>${escapeHtml(facts.join(' · '))}${badge}</p>${weights}<p>${this.#word('subtitle')}</p></header><main>`,
      this.#scores(),
      this.#money(),
      this.#indicators(),
      this.#problems(),
      this.#facts(),
      `</main><aside id="panel" tabindex="-1" hidden aria-label="${this.#word('chain')}"><h2>${this.#word('chain')}<button class="close">${this.#word('close')}</button></h2><div id="chain"></div></aside>`,
      `<script id="data" type="application/json">${this.#data()}</script><script>${script}</script></body></html>\n`,
    ].join('\n');
  }

  /** The facts as JSON in which no text can end the script element. */
  #data(): string {
    const evidence = Object.fromEntries(
      this.#book.tables.evidence.records.map((record) => [record.number ?? '', record.title ?? '']),
    );
    const words = Object.fromEntries(
      Object.entries(pageWords).map(([key, word]) => [key, inLanguage(word, this.#language)]),
    );
    const facts = this.#evaluation.lineage
      .all()
      .map((fact) => ({ ...evaluationFactJson(fact, this.#language, this.#words), printed: this.#printed(fact) }));
    return JSON.stringify({ facts, evidence, words }).replace(/</g, '\\u003c');
  }

  #printed(fact: Fact): string {
    if (fact.value.kind === 'undecided')
      return this.#pair(inLanguage(pageWords.undecided, this.#language), inLanguage(fact.value.reason, this.#language));
    if (
      fact.value.kind === 'number' &&
      fact.value.unit.symbol === '' &&
      fact.origin.kind !== 'entered' &&
      !fact.value.value.isInteger
    )
      return print(fact, { style: 'percent', places: 2 });
    if (fact.value.kind === 'date' && this.#language === 'en') return fact.value.value;
    const style = fact.value.kind === 'date' ? 'date' : fact.value.kind === 'text' ? 'text' : 'number';
    return print(fact, style === 'number' ? { style, showUnit: true } : { style });
  }

  #button(id: FactId | undefined, text: string): string {
    return id === undefined
      ? escapeHtml(text)
      : `<button class="fig" data-f="${id}" aria-expanded="false">${escapeHtml(text)}</button>`;
  }

  #figure(figure: Figure | undefined, showUnit = false): string {
    if (figure === undefined) return `<span class="missing">${this.#word('notStated')}</span>`;
    const fact = this.#evaluation.lineage.get(figure.factId);
    return this.#button(figure.factId, print(fact, { style: 'number', showUnit }));
  }

  /** 12天, 12 days. */
  #days(days: Figure): string {
    return this.#language === 'zh' ? this.#figure(days, true) : `${this.#figure(days)} days`;
  }

  #rate(rate: Rate | undefined): string {
    if (rate === undefined) return `<span class="missing">${this.#word('notStated')}</span>`;
    return this.#button(rate.factId, print(this.#evaluation.lineage.get(rate.factId), { style: 'percent', places: 2 }));
  }

  #suggested(score: SuggestedScore | undefined): string {
    if (score === undefined) return '—';
    const text = score.min.eq(score.max) ? score.min.toString() : `${score.min.toString()}–${score.max.toString()}`;
    return this.#button(score.factId, text);
  }

  #card(label: string, value: string): string {
    return `<div class="card"><span>${label}</span><b>${value}</b></div>`;
  }

  #scores(): string {
    const { total, grade } = this.#evaluation;
    const undecided =
      total.undecided === 0
        ? ''
        : ` <span class="badge undecided">${total.undecided} × ${this.#word('undecided')}</span>`;
    const grades = [grade.stated, grade.claimed?.label ?? ''].filter(
      (word, index, all) => word !== '' && all.indexOf(word) === index,
    );
    return `<section><h2>${this.#word('scores')}</h2><div class="cards">${[
      this.#card(this.#word('claimed'), this.#figure(total.claimed)),
      this.#card(this.#word('suggested'), this.#suggested(total.suggested) + undecided),
      this.#card(this.#word('reviewed'), this.#figure(total.reviewed)),
      this.#card(
        this.#inBrackets(this.#word('grade'), this.#word('claimed')),
        grades.length === 0 ? '—' : escapeHtml(grades.join(' / ')),
      ),
      this.#card(
        this.#inBrackets(this.#word('grade'), this.#word('suggested')),
        grade.suggested === undefined
          ? this.#word('undecided')
          : this.#button(grade.suggested.factId, grade.suggested.label),
      ),
    ].join('')}</div></section>`;
  }

  #money(): string {
    const { budget } = this.#evaluation;
    const amounts = (['initial', 'adjusted', 'inPlace', 'executed'] as const).map((key) =>
      this.#card(this.#word(key), this.#figure(budget[key], true)),
    );
    const rates = (['arrival', 'payment', 'executionInitial', 'executionAdjusted'] as const).map((key) =>
      this.#card(this.#word(key), this.#rate(budget.rates[key])),
    );
    return `<section><h2>${this.#word('money')}</h2><div class="cards">${amounts.join('')}</div><h3></h3><div class="cards">${rates.join('')}</div>${this.#destinations(budget)}${this.#lateness(budget)}${this.#sources(budget)}</section>`;
  }

  #destinations(budget: Budget): string {
    const parts = budget.destinations.filter((part) => !part.amount.value.isZero);
    if (parts.length === 0) return '';
    return `<h3>${this.#word('destinations')}</h3><div class="cards">${parts.map((part) => this.#card(escapeHtml(destinationWord(part.name, this.#language)), this.#figure(part.amount, true))).join('')}</div>`;
  }

  #lateness(budget: Budget): string {
    if (budget.lateness.length === 0) return '';
    const items = budget.lateness.map(
      (late) =>
        `<li>${this.#pair(escapeHtml(late.what), `${late.due} → ${late.came}`)}${this.#language === 'zh' ? '，' : ', '}${this.#days(late.days)}</li>`,
    );
    return `<h3>${this.#word('lateness')}</h3><ul>${items.join('')}</ul>`;
  }

  #sources(budget: Budget): string {
    if (budget.rows.length === 0) return '';
    const keys = ['source', 'initial', 'adjusted', 'inPlace', 'executed'] as const;
    const rows = budget.rows.map(
      (row) =>
        `<tr>${keys
          .map(
            (key) =>
              `<td data-h="${this.#word(key)}">${key === 'source' ? escapeHtml(row.source) : this.#figure(row[key])}</td>`,
          )
          .join('')}</tr>`,
    );
    return `<h3>${this.#word('source')}</h3><table class="stack"><thead><tr>${keys.map((key) => `<th>${this.#word(key)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  }

  #indicators(): string {
    const head = (['path', 'target', 'actual', 'weight', 'suggested', 'claimed', 'reviewed', 'why'] as const).map(
      (key) => `<th>${this.#word(key)}</th>`,
    );
    const rows = this.#evaluation.indicators.filter((leaf) => leaf.path[2] !== '').map((leaf) => this.#leaf(leaf));
    return `<section><h2>${this.#word('indicators')}</h2><div class="scroll"><table class="stack"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
  }

  #measure(measure: Measure, operator = ''): string {
    if (measure.kind === 'none') return `<span class="missing">${this.#word('notStated')}</span>`;
    const unit = measure.unit !== '' && !measure.text.endsWith(measure.unit) ? measure.unit : '';
    const sign =
      operator !== '' && operator !== '定性' && operator !== '=' && !measure.text.startsWith(operator) ? operator : '';
    return this.#button(measure.factId, `${sign}${measure.text}${unit}`);
  }

  #leaf(leaf: ScoredIndicator): string {
    const cell = (key: keyof typeof pageWords, html: string, className = ''): string =>
      `<td data-h="${this.#word(key)}"${className === '' ? '' : ` class="${className}"`}><span>${html}</span></td>`;
    const undecided = leaf.undecided ? ` <span class="badge undecided">${this.#word('undecided')}</span>` : '';
    const reason =
      leaf.reason === '' ? '' : `<br><small>${this.#pair(this.#word('reason'), escapeHtml(leaf.reason))}</small>`;
    const evidence =
      leaf.evidence.length === 0
        ? ''
        : `<br><small>${this.#pair(this.#word('evidence'), escapeHtml(leaf.evidence.join(this.#language === 'zh' ? '、' : ', ')))}</small>`;
    const name = `${escapeHtml(leaf.path[2])}<small>${escapeHtml(`${leaf.path[0]} / ${leaf.path[1]}`)}</small>`;
    return `<tr>${cell('path', name, 'path')}${cell('target', this.#measure(leaf.target, leaf.operator))}${cell('actual', this.#measure(leaf.actual))}${cell('weight', this.#figure(leaf.weight), 'num')}${cell('suggested', this.#suggested(leaf.suggested) + undecided)}${cell('claimed', leaf.claimed === undefined ? '—' : this.#figure(leaf.claimed), 'num')}${cell('reviewed', leaf.reviewed === undefined ? '—' : this.#figure(leaf.reviewed), 'num')}${cell('why', escapeHtml(inLanguage(leaf.explanation, this.#language)) + reason + evidence)}</tr>`;
  }

  #problems(): string {
    const { problems, monitoring } = this.#evaluation;
    const items = problems.map((problem) => {
      const where = printWhere(problem.where, this.#language);
      return `<li><span><span class="badge ${problem.severity}">${this.#word(problem.severity)}</span></span><span>${escapeHtml(inLanguage(problem.message, this.#language))}${where === '' ? '' : `<br><small>${escapeHtml(where)}</small>`}</span></li>`;
    });
    const flags = monitoring.map(
      (flag) =>
        `<li><span><span class="badge ${flag.level}">${this.#word('monitoring')}</span></span><span>${escapeHtml(inLanguage(flag.explanation, this.#language))}</span></li>`,
    );
    const list = [...flags, ...items];
    return `<section><h2>${this.#inBrackets(this.#word('problems'), String(problems.length))}</h2>${list.length === 0 ? `<p>${this.#word('none')}</p>` : `<ul class="problems">${list.join('')}</ul>`}</section>`;
  }

  #facts(): string {
    const rows = this.#evaluation.lineage
      .all()
      .map(
        (fact) =>
          `<tr><td data-h="${this.#word('concept')}"><span>${escapeHtml(this.#words.label(fact))}</span></td><td data-h="${this.#word('value')}"><span>${this.#button(fact.id, this.#printed(fact))}</span></td><td data-h="${this.#word('origin')}"><span>${this.#word(fact.origin.kind)}</span></td><td data-h="${this.#word('period')}"><span>${escapeHtml(fact.period)}</span></td></tr>`,
      );
    const head = (['concept', 'value', 'origin', 'period'] as const).map((key) => `<th>${this.#word(key)}</th>`);
    return `<section><h2>${this.#word('facts')}</h2><input type="search" id="search" placeholder="${this.#word('search')}" aria-label="${this.#word('search')}"><div class="scroll"><table id="facts" class="stack"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
  }
}
