import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SheetCell } from './cell.ts';
import { storedNumber } from './cell-number.ts';
import { cellDate, displayText } from './display-text.ts';

const cell = (raw: string, format = 'General', type: SheetCell['type'] = 'n'): SheetCell => ({
  address: 'A1',
  row: 1,
  column: 1,
  type,
  raw,
  format,
  dateSystem: 1900,
});

describe('displayText shows what Excel shows', () => {
  it.each([
    ['2109.07', 'General', '2109.07'],
    ['0.30000000000000004', 'General', '0.3'],
    ['0.33333333333333331', 'General', '0.333333333'],
    ['12345678901', 'General', '12345678901'],
    ['123456789012', 'General', '1.23457E+11'],
    ['511702199001011234', 'General', '5.11702E+17'],
    ['1E-10', 'General', '1E-10'],
    ['-5', 'General', '-5'],
    ['2109.065', '0.00', '2109.07'],
    ['1.005', '0.00', '1.01'],
    ['-1.005', '0.00', '-1.01'],
    ['0.5', '0', '1'],
    ['1234567.891', '#,##0.00', '1,234,567.89'],
    ['12', '#,##0', '12'],
    ['0', '#,##0.00', '0.00'],
    ['0', '#', ''],
    ['7', '000', '007'],
    ['5', '0.##', '5.'],
    ['5.1', '0.0#', '5.1'],
    ['0.9618', '0%', '96%'],
    ['0.9617457', '0.00%', '96.17%'],
    ['12345', '0!.0,', '1.2'],
    ['2109.07', '0!.0000', '0.2109'],
    ['1234567', '0!.0,"万"', '123.5万'],
    ['1234567', '#,##0,', '1,235'],
    ['12345678', '0.00,,', '12.35'],
    ['12345', '[>=10000]0!.0,"万";0', '1.2万'],
    ['345', '[>=10000]0!.0,"万";0', '345'],
    ['-3', '0.0;(0.0);"零"', '(3.0)'],
    ['0', '0.0;(0.0);"零"', '零'],
    ['-3', '[红色]0;[Red]-0', '-3'],
    ['1234.5', '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ', '¥1,234.50'],
    ['100', '[$¥-804]#,##0.00', '¥100.00'],
    ['50', '0"万元"', '50万元'],
    ['50', '0\\ 元', '50 元'],
    ['12345', '0.00E+00', '1.23E+04'],
    ['0.00012', '0.0E+0', '1.2E-4'],
    ['99999', '0.0E+00', '1.0E+05'],
    ['1204', '[DBNum1]General', '一千二百〇四'],
    ['100000010', '[DBNum2]G/通用格式', '壹亿零壹拾'],
    ['7', '@', '7'],
    ['45484', 'yyyy-mm-dd', '2024-07-11'],
    ['45484', 'yyyy"年"m"月"d"日"', '2024年7月11日'],
    ['45484', 'yyyy"年"m"月"d"日";@', '2024年7月11日'],
    ['45484', '[$-804]yyyy/m/d;@', '2024/7/11'],
    ['45484.75', 'yyyy-mm-dd hh:mm:ss', '2024-07-11 18:00:00'],
    ['45484.75', 'h:mm AM/PM', '6:00 PM'],
    ['45484', '[DBNum1]yyyy"年"m"月"d"日"', '二〇二四年七月十一日'],
    ['45484', 'aaaa', '星期四'],
    ['1.5', '[h]:mm', '36:00'],
    ['60', 'yyyy-mm-dd', '1900-02-29'],
    ['61', 'yyyy-mm-dd', '1900-03-01'],
    ['1', 'yyyy-mm-dd', '1900-01-01'],
    ['-1', 'yyyy-mm-dd', '########'],
  ])('%s under %s is %s', (raw, format, shown) => {
    expect(displayText(cell(raw, format))).toBe(shown);
  });

  it('shows words and dates by their own sections', () => {
    expect(displayText(cell('已完成', '0.00;-0.00;0;"（"@"）"', 's'))).toBe('（已完成）');
    expect(displayText(cell('已完成', '0.00', 's'))).toBe('已完成');
    expect(displayText(cell('2024-07-11T00:00:00', 'yyyy/m/d', 'd'))).toBe('2024/7/11');
    expect(cellDate(cell('45484', 'm/d/yy h:mm'))).toBe('2024-07-11');
    expect(cellDate(cell('0.5', 'h:mm'))).toBeUndefined();
    expect(cellDate(cell('45484', '0.00'))).toBeUndefined();
  });
});

describe('the decimal of a stored number', () => {
  it.each([
    ['1E+308', `1${'0'.repeat(308)}`],
    ['9.9999999999999995E-2', '0.1'],
    ['-1.5e3', '-1500'],
    ['.5', '0.5'],
    ['1.1000000000000001', '1.1'],
  ])('%s is %s', (raw, decimal) => {
    expect(storedNumber(raw)?.toString()).toBe(decimal);
  });
  it('refuses what is no number', () => {
    for (const raw of ['', '.', '1,000', 'NaN', 'Infinity', '1e99999', '0x10'])
      expect(storedNumber(raw)).toBeUndefined();
  });
  it('gives back every decimal of up to 15 digits from its double', () => {
    fc.assert(
      fc.property(fc.bigInt(-999999999999999n, 999999999999999n), fc.integer({ min: 0, max: 12 }), (digits, places) => {
        const double = Number(`${digits}e-${places}`);
        expect(storedNumber(String(double))?.toString()).toBe(storedNumber(`${digits}e-${places}`)?.toString());
      }),
    );
  });
  it('never fails on any format code', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0#?.,%/E+-@"[];!\\_*ymdhsa年月GgeN$<>=') }),
        fc.double(),
        (format, value) => {
          displayText(cell(String(value), format));
        },
      ),
    );
  });
});
