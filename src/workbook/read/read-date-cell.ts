import { cellDate, type SheetCell } from '../../document/index.ts';
import { text } from '../../problem/index.ts';
import type { SheetFindings } from './findings.ts';
import { isPlaceholder, notePlaceholder, quoted } from './plain-words.ts';
import { readDateText } from './read-date.ts';

const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/** The day of a date cell, `YYYY-MM-DD`. */
export function readDateCell(cell: SheetCell, words: string, findings: SheetFindings): string | undefined {
  const fault = (zh: string, en: string): undefined => {
    findings.onCell('cell-not-a-date', 'error', text(zh, en), cell.address);
    return undefined;
  };
  const bounded = (date: string): string | undefined => {
    const year = Number(date.slice(0, 4));
    if (year >= FIRST_YEAR && year <= LAST_YEAR) return date;
    return fault(`日期 ${date} 的年份不合理；请核对。`, `the year of ${date} cannot be right; check it.`);
  };
  const shown = cellDate(cell);
  if (shown !== undefined) return bounded(shown);
  if (cell.type === 'n' && !/^(?:19|20)\d{6}$/.test(words)) {
    const date = cellDate({ ...cell, format: 'yyyy-mm-dd' });
    const year = Number((date ?? '').slice(0, 4));
    if (date === undefined || year < FIRST_YEAR || year > LAST_YEAR || !/^\d{5}(?:\.\d+)?$/.test(words))
      return fault(
        `“${quoted(words)}”不是日期；请按 2023-07-11 的样子填写。`,
        `“${quoted(words)}” is no date; write it like 2023-07-11.`,
      );
    findings.onCell(
      'date-from-serial',
      'warning',
      text(
        `单元格是数字 ${quoted(words)}，按日期序号读作 ${date}；请确认并设为日期格式。`,
        `the number ${quoted(words)} is read as the date ${date}; confirm it and format the cell as a date.`,
      ),
      cell.address,
    );
    return date;
  }
  if (isPlaceholder(words)) {
    notePlaceholder(cell, words, findings);
    return undefined;
  }
  const reading = readDateText(words);
  if (reading.kind === 'day') return bounded(reading.date);
  if (reading.kind === 'month') {
    findings.onCell(
      'date-month-only',
      'warning',
      text(
        `“${quoted(words)}”只写到月，暂按当月最后一天 ${reading.date} 读取；请补上日。`,
        `“${quoted(words)}” names no day and is read as the month's last, ${reading.date}; please add the day.`,
      ),
      cell.address,
    );
    return bounded(reading.date);
  }
  const why = {
    'no-year': '没有写年份',
    'two-digit-year': '年份只有两位',
    'year-only': '只写了年份',
    'not-real': '没有这一天',
    'not-a-date': '不是日期',
  }[reading.why];
  return fault(
    `“${quoted(words)}”${why}；请按 2023-07-11 的样子填写。`,
    `“${quoted(words)}” is not a full date (${reading.why}); write it like 2023-07-11.`,
  );
}
