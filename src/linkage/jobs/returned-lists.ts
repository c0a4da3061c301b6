import { cellDate, openSpreadsheet } from '../../document/index.ts';
import { JipingError, type Problem, problem, text } from '../../problem/index.ts';
import { parseDate } from '../../quantity/index.ts';
import { hideNumbers, type RegisterStore } from '../../register/index.ts';
import { isCalendarDate } from '../../rules/index.ts';
import { addDecisions, type DecidedLink, type Decision, readDecisionJournal } from './decision-journal.ts';
import type { ComparisonRules } from './job-rules.ts';
import { type LinkProposal, readProposals } from './read-proposals.ts';

export interface ReturnedList {
  /** Decisions that were not known before. */
  readonly added: number;
  readonly read: number;
  /** Rows without a code: not worked on yet. */
  readonly open: number;
  readonly problems: readonly Problem[];
}

/** Reads a work list that came back into the decision journal. Nothing is taken from a row that has a fault. */
export async function importReturnedList(
  store: RegisterStore,
  rules: ComparisonRules,
  path: string,
  today: string,
): Promise<ReturnedList> {
  const book = await openSpreadsheet(path);
  const decisions: Decision[] = [];
  const problems: Problem[] = [];
  const proposed = readProposals(store, rules);
  const dismissedBy = new Map(readDecisionJournal(store).map(({ finding, code }) => [finding, code]));
  let open = 0;
  let read = 0;
  try {
    for (const sheet of book.sheets) {
      let places: Readonly<Record<'finding' | 'code' | 'note' | 'date', number>> | undefined;
      for await (const row of sheet.rows()) {
        const cell = (column: number): string => row.cells.find((each) => each.column === column)?.raw.trim() ?? '';
        if (places === undefined) {
          const at = (heading: string): number => row.cells.find((each) => each.raw.trim() === heading)?.column ?? 0;
          if (at('编号') > 0 && at('核实结果代码') > 0)
            places = { finding: at('编号'), code: at('核实结果代码'), note: at('说明'), date: at('核实日期') };
          continue;
        }
        const finding = cell(places.finding);
        if (finding === '') continue;
        const where = { file: book.file, sheet: sheet.name, row: row.row };
        const typed = cell(places.code);
        if (typed === '') {
          open += 1;
          continue;
        }
        const proposal = proposed.get(finding);
        const code = codeOf(proposal === undefined ? rules.codes : rules.proposals, typed);
        const dated = row.cells.find((each) => each.column === places?.date);
        const written = cell(places.date);
        // However a village writes a day: 2025-3-5, 2025/3/5, 2025.3.5, 2025年3月5日, or a date cell.
        const date =
          dated === undefined || written === ''
            ? ''
            : (cellDate(dated) ?? parseDate(written.replaceAll(/[/.]/g, '-')) ?? written);
        if (!/^[0-9a-f]{32}$/.test(finding))
          problems.push(
            problem(
              'return-number',
              'error',
              text('编号不是本系统发出的编号，未读入这一行。', 'the number is not one of ours; the row was not read.'),
              where,
            ),
          );
        else if (code === undefined)
          problems.push(
            problem(
              'return-code',
              'error',
              text('核实结果代码不在代码表里，未读入这一行。', 'the code is not in the table; the row was not read.'),
              where,
            ),
          );
        else if (date !== '' && !isCalendarDate(date))
          problems.push(
            problem(
              'return-date',
              'error',
              text('核实日期应为 YYYY-MM-DD，未读入这一行。', 'the date is not YYYY-MM-DD; the row was not read.'),
              where,
            ),
          );
        else {
          read += 1;
          const returned = {
            code,
            note: hideNumbers(cell(places.note)).slice(0, 200),
            date,
            importedOn: today,
            source: hideNumbers(book.file),
          };
          const effect = proposal === undefined ? (rules.codes[code]?.effect ?? 'open') : 'resolved';
          const link = proposal === undefined ? undefined : linkOf(proposal);
          decisions.push({ finding, ...returned, effect, ...(link === undefined ? {} : { link }) });
          // Of a matched check the next run makes the finding, or no longer.
          if (proposal === undefined || link !== undefined) continue;
          // The word on the pair settles the finding; taken back, it is open again.
          const accepted = rules.proposals[code]?.effect === 'accepted';
          if (accepted) decisions.push({ finding: proposal.finding, ...returned, effect: 'dismissed' });
          else if (rules.proposals[dismissedBy.get(proposal.finding) ?? '']?.effect === 'accepted')
            decisions.push({ finding: proposal.finding, ...returned, effect: 'open' });
        }
      }
    }
  } finally {
    book.close();
  }
  if (decisions.length === 0 && open === 0 && problems.length === 0)
    throw new JipingError(
      'unreadable',
      text(
        '没有找到“编号”和“核实结果代码”两列；请用发出的任务清单填写后返回。',
        'the columns “编号” (number) and “核实结果代码” (result code) were not found; fill in and return the list that was sent.',
      ),
      { file: book.file },
    );
  const added = await store.locked(async () => addDecisions(store, decisions));
  return { added, read, open, problems };
}

function linkOf({ check, finding, rightKind, rightPerson }: LinkProposal): DecidedLink | undefined {
  return rightPerson === undefined ? undefined : { check, finding, rightKind, rightPerson };
}

/** `05`, `5`, `05已缴待入库` or the label alone. */
function codeOf(codes: Readonly<Record<string, { readonly label: string }>>, typed: string): string | undefined {
  const digits = /^\d{1,2}/.exec(typed)?.[0]?.padStart(2, '0');
  if (digits !== undefined && codes[digits] !== undefined) return digits;
  return Object.entries(codes).find(([, { label }]) => label === typed)?.[0];
}
