import { convert, Exact, WAN_YUAN, YUAN } from '../../quantity/index.ts';
import { moneyOf } from '../budget/money-figures.ts';
import { periodYear } from '../period.ts';
import { placeOf } from '../place-of.ts';
import type { Scoring } from '../scoring-context.ts';

/** The payment ledger: inside the budget year, no voucher twice, and its sum what the 资金 sheet says was paid. */
export function checkPayments({ book, problems }: Scoring): void {
  const sheet = book.tables.payments;
  const year = periodYear(book);
  const seen = new Map<string, number>();
  const isOutside = (date: string | undefined): boolean =>
    date !== undefined && year !== '' && !date.startsWith(`${year}-`);
  const inYear = convert(
    Exact.sum(sheet.records.flatMap(({ date, amount }) => (isOutside(date) ? [] : (amount ?? [])))),
    YUAN,
    WAN_YUAN,
  );
  for (const record of sheet.records) {
    const { date, voucher, amount } = record;
    if (isOutside(date))
      problems.add(
        'payment-outside-year',
        `支付日期${date ?? ''}不在${year}年度内；这一笔仍计入全年执行数，台账里年度内的支付合计${inYear.toString()}万元，请改正日期或删去这一笔`,
        `paid on ${date ?? ''}, outside the budget year ${year}; still counted, the payments within the year come to ${inYear.toString()} 万元: correct the date or remove the line`,
        placeOf(sheet, record, 'date'),
      );
    const key = `${voucher ?? ''}|${amount?.toString() ?? ''}`;
    const before = seen.get(key);
    if (voucher !== undefined && amount !== undefined && before !== undefined)
      problems.add(
        'payment-twice',
        `凭证号与金额同第${before}行，请核对是否重复登记`,
        `same voucher and amount as row ${before}`,
        placeOf(sheet, record, 'voucher'),
      );
    else seen.set(key, record.row);
  }
  checkSum();

  function checkSum(): void {
    const [first] = moneyOf(book, ['支付（汇总）']);
    if (first === undefined || sheet.records.length === 0) return;
    const stated = Exact.sum(moneyOf(book, ['支付（汇总）']).map((line) => line.amount));
    const paid = convert(Exact.sum(sheet.records.flatMap((record) => record.amount ?? [])), YUAN, WAN_YUAN);
    if (paid.eq(stated)) return;
    const money = book.tables.money;
    problems.add(
      'payment-sum-differs',
      `支付（汇总）${stated.toString()}万元与支付台账合计${paid.toString()}万元不一致，执行数按台账计`,
      `the stated payments ${stated.toString()} and the ledger ${paid.toString()} differ; the ledger counts`,
      placeOf(money, first, 'amount'),
    );
  }
}
