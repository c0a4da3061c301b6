import { cellOf, type ProjectBook, type SheetRecords, type TableKey } from '../../ledger/index.ts';
import { type Problem, problem, type Text, text } from '../../problem/index.ts';
import { plainWords, quoted } from './plain-words.ts';

type AnyRecord = { readonly row: number } & Readonly<Record<string, unknown>>;
const LISTED = 100;

/** What one sheet says of another: evidence numbers, surveys, indicators, activities; and what stands twice. */
export function checkReferences(book: ProjectBook): readonly Problem[] {
  const { evidence, surveys, indicators, checklists, payments } = book.tables;
  const problems: Problem[] = [];
  const report = (
    sheet: SheetRecords,
    record: { readonly row: number },
    key: string,
    rule: string,
    severity: 'error' | 'warning' | 'notice',
    message: Text,
  ): void => {
    if (problems.filter((each) => each.rule === rule && each.where.sheet === sheet.sheet).length >= LISTED) return;
    problems.push(problem(rule, severity, message, { sheet: sheet.sheet, cell: cellOf(sheet, record, key) }));
  };

  const numbers = new Map<string, number>();
  for (const record of evidence.records) {
    if (record.number === undefined) continue;
    const first = numbers.get(plainWords(record.number));
    if (first === undefined) numbers.set(plainWords(record.number), record.row);
    else
      report(
        evidence,
        record,
        'number',
        'evidence-number-repeated',
        'error',
        text(
          `编号“${quoted(record.number)}”与第 ${first} 行重复；每份材料一个编号。`,
          `number “${quoted(record.number)}” also stands in row ${first}; each document has its own.`,
        ),
      );
  }
  for (const key of Object.keys(book.tables) as TableKey[]) {
    const sheet: SheetRecords = book.tables[key];
    if (sheet.schema.columns.evidence?.type !== 'list') continue;
    for (const record of sheet.records as readonly AnyRecord[])
      for (const number of (record.evidence as readonly string[] | undefined) ?? [])
        if (!numbers.has(plainWords(number)))
          report(
            sheet,
            record,
            'evidence',
            'evidence-unknown',
            'error',
            text(
              `佐证表里没有编号“${quoted(number)}”；请在佐证表登记，或改正编号。`,
              `no evidence has the number “${quoted(number)}”; register it or correct the number.`,
            ),
          );
  }

  const surveyNames = new Set(surveys.records.map((record) => plainWords(record.name ?? '')));
  for (const record of indicators.records)
    if (record.survey !== undefined && !surveyNames.has(plainWords(record.survey)))
      report(
        indicators,
        record,
        'survey',
        'survey-unknown',
        'error',
        text(
          `调查表里没有“${quoted(record.survey)}”；请写调查名称。`,
          `the survey sheet has no “${quoted(record.survey)}”; write the survey's name.`,
        ),
      );
  const leaves = new Set(indicators.records.map((record) => plainWords(record.level3 ?? '')));
  // A line without points or judgement is no scoring: the transfer form asks for such statements (资金管理情况).
  const isStatement = (line: (typeof checklists.records)[number]): boolean =>
    line.weight === undefined && line.satisfied === undefined && line.deduction === undefined;
  for (const line of book.tables.subUnits.records)
    if (line.indicator !== undefined && !leaves.has(plainWords(line.indicator)))
      report(
        book.tables.subUnits,
        line,
        'indicator',
        'indicator-unknown',
        'error',
        text(
          `绩效指标表里没有三级指标“${quoted(line.indicator)}”。`,
          `the indicator sheet has no third-level indicator “${quoted(line.indicator)}”.`,
        ),
      );
  for (const record of checklists.records)
    if (
      record.indicator !== undefined &&
      !leaves.has(plainWords(record.indicator)) &&
      !(isStatement(record) && book.project.type?.value === '转移支付')
    )
      report(
        checklists,
        record,
        'indicator',
        'indicator-unknown',
        isStatement(record) ? 'notice' : 'error',
        text(
          `绩效指标表里没有三级指标“${quoted(record.indicator)}”。`,
          `the indicator sheet has no third-level indicator “${quoted(record.indicator)}”.`,
        ),
      );
  checkVouchers(payments, report);
  for (const sheet of [book.tables.publicity, book.tables.trainings] as readonly SheetRecords[])
    for (const record of sheet.records as readonly AnyRecord[])
      if (record.date === undefined)
        report(
          sheet,
          record,
          'date',
          'activity-undated',
          'warning',
          text(
            '没有日期，不能证明在评价年度内；请补上日期。',
            'without a date it cannot be shown to fall in the evaluated year; add the date.',
          ),
        );
  return problems;
}

function checkVouchers(
  payments: ProjectBook['tables']['payments'],
  report: (
    sheet: SheetRecords,
    record: { readonly row: number },
    key: string,
    rule: string,
    severity: 'error' | 'warning',
    message: Text,
  ) => void,
): void {
  const seen = new Map<string, number>();
  for (const record of payments.records) {
    if (record.voucher === undefined || record.amount === undefined) continue;
    const key = [record.voucher, record.amount.toString(), record.date, record.payee, record.purpose].join('\u0000');
    const first = seen.get(key);
    if (first === undefined) seen.set(key, record.row);
    else
      report(
        payments,
        record,
        'voucher',
        'payment-repeated',
        'warning',
        text(
          `与第 ${first} 行的凭证号、金额、日期、收款人、用途全都相同；如果是重复登记请删去一行。`,
          `voucher, amount, date, payee and purpose equal those of row ${first}; delete one if it was entered twice.`,
        ),
      );
  }
}
