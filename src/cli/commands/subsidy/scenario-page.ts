import { levelName, type ScenarioResult } from '../../../policy/index.ts';
import { inLanguage, type Language, type Text } from '../../../problem/index.ts';
import { type Exact, toFixed } from '../../../quantity/index.ts';
import { wan } from './subsidy-print.ts';

const PANEL = { width: 520, height: 220, left: 12, right: 12, top: 34, bottom: 26 } as const;

/** One page, no script, no outside file: a panel of bars for each level, then the table. */
export function scenarioPage(
  result: ScenarioResult,
  title: Text,
  assumptions: readonly Text[],
  language: Language,
): string {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const heading = inLanguage(title, language);
  const nameOf = (level: ScenarioResult['levels'][number]): string => say(level.name, levelName(level.level, 'en'));
  const panels = result.levels
    .map((each) => {
      const { level } = each;
      const bars = result.years.map((year) => {
        const entry = year.levels.find((candidate) => candidate.level === level);
        return { year: year.year, baseline: entry?.baseline, scenario: entry?.scenario };
      });
      return panel(nameOf(each), bars);
    })
    .join('\n');
  const rows = result.years
    .flatMap((year) =>
      year.levels.map(
        (level, index) =>
          `<tr>${index === 0 ? `<th rowspan="${year.levels.length}">${year.year}</th><td rowspan="${year.levels.length}">${html(year.standard.baseline.toString())} → ${html(year.standard.scenario.toString())}${year.standard.projected ? say('（假设）', ' (assumed)') : ''}</td><td rowspan="${year.levels.length}">${year.heads.baseline.toString()} → ${year.heads.scenario.toString()}</td>` : ''}<td class="name">${html(nameOf(level))}</td><td>${plain(level.baseline)}</td><td>${plain(level.scenario)}</td><td>${plain(level.change)}</td></tr>`,
      ),
    )
    .join('\n');
  const columns = [
    say('年度', 'year'),
    say('标准（元/人）', 'standard (yuan per person)'),
    say('人数', 'heads'),
    say('级次', 'level'),
    say('现行（万元）', 'as it stands (万元)'),
    say('情景（万元）', 'scenario (万元)'),
    say('变化（万元）', 'change (万元)'),
  ];
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html(heading)}</title>
<style>
body{font-family:"Noto Serif CJK SC","Songti SC",SimSun,serif;color:#1d2733;margin:32px auto;max-width:1120px;padding:0 20px;line-height:1.6}
h1{font-size:22px;font-weight:600;text-align:center;margin:0 0 6px}
.note{color:#5b6673;font-size:13px;text-align:center;margin:0 0 20px}
.panels{display:grid;grid-template-columns:repeat(2,1fr);gap:14px}
svg{width:100%;height:auto;border:1px solid #e3e7ec;border-radius:4px}
svg text{font-family:inherit;font-size:11px;fill:#1d2733}
.key{font-size:13px;margin:10px 0 18px;text-align:center}
.key i{display:inline-block;width:12px;height:12px;margin:0 6px 0 18px;vertical-align:-1px}
table{border-collapse:collapse;width:100%;font-size:13px;margin-top:18px;font-variant-numeric:tabular-nums}
th,td{border:1px solid #c9d0d8;padding:4px 8px;text-align:right}thead th,td.name,tbody th,td[rowspan]{text-align:center}
@media(max-width:700px){.panels{grid-template-columns:1fr}.wide{overflow-x:auto}.wide table{min-width:620px}}
@media print{body{margin:0;max-width:none}.panels{break-inside:avoid}}
</style></head><body>
<h1>${html(heading)}</h1>
<p class="note">${assumptions.map((one) => html(inLanguage(one, language))).join(say('；', '; '))}</p>
<div class="panels">${panels}</div>
<p class="key"><i style="background:#b4bfca"></i>${say('现行', 'as it stands')}<i style="background:#1f6f8b"></i>${say('情景　（单位：万元）', 'scenario (in 万元 = 10,000 yuan)')}</p>
<div class="wide"><table><thead><tr>${columns.map((column) => `<th>${column}</th>`).join('')}</tr></thead><tbody>
${rows}
</tbody></table></div></body></html>
`;
}

interface Bar {
  readonly year: number;
  readonly baseline: Exact | undefined;
  readonly scenario: Exact | undefined;
}

function panel(name: string, bars: readonly Bar[]): string {
  const top = Math.max(1, ...bars.flatMap((bar) => [size(bar.baseline), size(bar.scenario)]));
  const inner = PANEL.height - PANEL.top - PANEL.bottom;
  const slot = (PANEL.width - PANEL.left - PANEL.right) / Math.max(1, bars.length);
  const width = Math.min(34, slot * 0.34);
  const foot = PANEL.height - PANEL.bottom;
  const drawn = bars
    .map((bar, index) => {
      const middle = PANEL.left + slot * (index + 0.5);
      const one = (amount: Exact | undefined, x: number, colour: string): string => {
        const height = (size(amount) / top) * inner * 0.86;
        return `<rect x="${fix(x)}" y="${fix(foot - height)}" width="${fix(width)}" height="${fix(height)}" fill="${colour}"/>`;
      };
      const labels = bars.length <= 6 ? label(bar, middle, width, foot, top, inner) : '';
      return `${one(bar.baseline, middle - width - 1, '#b4bfca')}${one(bar.scenario, middle + 1, '#1f6f8b')}${labels}<text x="${fix(middle)}" y="${PANEL.height - 9}" text-anchor="middle">${bar.year}</text>`;
    })
    .join('');
  return `<svg viewBox="0 0 ${PANEL.width} ${PANEL.height}" role="img" aria-label="${html(name)}"><text x="${PANEL.left}" y="20" style="font-size:14px;font-weight:600">${html(name)}</text><line x1="${PANEL.left}" y1="${foot}" x2="${PANEL.width - PANEL.right}" y2="${foot}" stroke="#8a96a3"/>${drawn}</svg>`;
}

/** The scenario’s amount stands above its own bar. */
function label(bar: Bar, middle: number, width: number, foot: number, top: number, inner: number): string {
  const height = (size(bar.scenario) / top) * inner * 0.86;
  return bar.scenario === undefined
    ? ''
    : `<text x="${fix(middle + width / 2)}" y="${fix(foot - height - 5)}" text-anchor="middle" style="font-size:10px">${plain(bar.scenario)}</text>`;
}

/** Only for drawing: 万元 as a binary number. Printed figures never pass here. */
function size(amount: Exact | undefined): number {
  return amount === undefined ? 0 : Number(toFixed(amount, { places: 0, mode: 'half-up' })) / 10_000;
}

function plain(amount: Exact): string {
  return wan(amount).replace('万元', '').replace('-', '−');
}

function fix(value: number): string {
  return value.toFixed(1);
}

function html(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
