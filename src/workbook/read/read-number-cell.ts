import { cellDate, cellNumber, type SheetCell } from '../../document/index.ts';
import type { ColumnSchema } from '../../ledger/index.ts';
import { text } from '../../problem/index.ts';
import { convert, Exact, isCount, NO_UNIT, POINT, sameDimension } from '../../quantity/index.ts';
import type { SheetFindings } from './findings.ts';
import type { FoundColumn } from './found-column.ts';
import { LARGEST } from './identity-cell.ts';
import { isPlaceholder, notePlaceholder, quoted } from './plain-words.ts';
import { readNumberText } from './read-number.ts';

/** The figure of a number or money cell in the column's unit. */
export function readNumberCell(
  cell: SheetCell,
  words: string,
  column: FoundColumn,
  findings: SheetFindings,
): Exact | undefined {
  const { schema } = column;
  const fault = (rule: string, zh: string, en: string): undefined => {
    findings.onCell(rule, 'error', text(zh, en), cell.address);
    return undefined;
  };
  let value: Exact;
  let written = column.written;
  const stored = cellNumber(cell);
  if (cell.type === 'n' && stored !== undefined) {
    if (cellDate(cell) !== undefined)
      return fault(
        'number-is-date',
        `“${schema.name}”应填数字，单元格却是日期格式；请把格式改为常规后重新填写。`,
        `“${schema.name}” takes a number but the cell is a date; set the format to General and type it again.`,
      );
    value = stored;
    if (isPercentFormat(cell.format)) {
      value = stored.mul(Exact.hundred);
      if (schema.unit !== '%')
        findings.onCell(
          'percent-in-column',
          'warning',
          text(
            `单元格是百分比格式，按 ${value.toString()} 读取；请确认。`,
            `the cell has a percent format and is read as ${value.toString()}; please confirm.`,
          ),
          cell.address,
        );
    } else if (schema.unit === '%' && value.sign > 0 && value.le(Exact.one))
      findings.onCell(
        'percent-as-fraction',
        'warning',
        text(
          `按 ${value.toString()}% 读取；如果本意是 ${value.mul(Exact.hundred).toString()}%，请改填。`,
          `read as ${value.toString()}%; if ${value.mul(Exact.hundred).toString()}% was meant, type that.`,
        ),
        cell.address,
      );
  } else if (cell.type === 'b' || cell.type === 'd') {
    return fault(
      'cell-not-a-number',
      `“${schema.name}”应填数字；请改填数字。`,
      `“${schema.name}” takes a number; type one.`,
    );
  } else {
    if (isPlaceholder(words)) {
      notePlaceholder(cell, words, findings);
      return undefined;
    }
    const reading = readNumberText(words);
    if (reading.kind === 'none')
      return fault(
        'cell-not-a-number',
        schema.personal
          ? `“${schema.name}”应填数字；请改填数字。`
          : `“${schema.name}”应填数字，现为“${quoted(words)}”${reading.why === '' ? '' : `（${reading.why}）`}；请只填数字。`,
        schema.personal
          ? `“${schema.name}” takes a number; type one.`
          : `“${schema.name}” takes a number, not “${quoted(words)}”; type digits only.`,
      );
    value = reading.value;
    if (reading.unit !== undefined) {
      const own = reading.unit.symbol === '分' && schema.unit === '分' ? POINT : reading.unit;
      const expected = column.unit ?? NO_UNIT;
      if (!sameDimension(own, expected) && !(schema.unit === '' && expected.dimension === 'ratio'))
        return fault(
          'unit-differs',
          `“${headingName(schema)}”里写了“${quoted(words)}”，单位不对；请改成${schema.unit === '' ? '不带单位的数字' : `以${schema.unit}计的数字`}。`,
          `“${schema.name}” is counted in ${schema.unit || 'no unit'}, not in ${own.symbol}.`,
        );
      if (schema.unit === '') {
        written = undefined;
        if (reading.unit.symbol !== '年')
          findings.onCell(
            'unit-left-out',
            'warning',
            text(
              `“${quoted(words)}”只取数字 ${value.toString()}；单位请写在“计量单位”列，没有这一列的只填数字。`,
              `only the number ${value.toString()} of “${quoted(words)}” was read; the unit has a column of its own.`,
            ),
            cell.address,
          );
      } else {
        if (!own.factor.eq(expected.factor))
          findings.onCell(
            'unit-converted',
            'notice',
            text(
              `“${quoted(words)}”换算为 ${convert(value, own, expected).toString()}${schema.unit}。`,
              `“${quoted(words)}” was converted to ${convert(value, own, expected).toString()} ${schema.unit}.`,
            ),
            cell.address,
          );
        written = own;
      }
    }
  }
  if (column.unit !== undefined && written !== undefined) value = convert(value, written, column.unit);
  if (value.abs().ge(LARGEST))
    return fault(
      'number-out-of-range',
      `“${schema.name}”的数字大得不可能；请核对。`,
      `the number in “${schema.name}” is impossibly large; check it.`,
    );
  if (value.sign < 0 && !schema.negative)
    return fault(
      'negative-not-allowed',
      `“${schema.name}”不能是负数（${value.toString()}）；请核对，减少的金额用相应的类型表示。`,
      `“${schema.name}” cannot be negative (${value.toString()}); check it, and use the proper kind for a decrease.`,
    );
  if (schema.bounds !== undefined && (value.lt(Exact.of(schema.bounds.low)) || value.gt(Exact.of(schema.bounds.high))))
    return fault(
      'number-out-of-range',
      `“${schema.name}”应在 ${schema.bounds.low} 到 ${schema.bounds.high} 之间，现为 ${value.toString()}。`,
      `“${schema.name}” must lie between ${schema.bounds.low} and ${schema.bounds.high}, not ${value.toString()}.`,
    );
  const whole = (column.unit !== undefined && isCount(column.unit)) || schema.bounds !== undefined;
  if (whole && !value.isInteger)
    return fault(
      'count-not-whole',
      `“${schema.name}”应是整数，现为 ${value.toString()}；请核对。`,
      `“${schema.name}” counts things and must be whole, not ${value.toString()}.`,
    );
  return value;
}
function headingName(schema: ColumnSchema): string {
  return schema.unit === undefined || schema.unit === '' ? schema.name : `${schema.name}（${schema.unit}）`;
}

export function isPercentFormat(format: string): boolean {
  return format.replace(/"[^"]*"|\\./g, '').includes('%');
}
