import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from './decode-text.ts';
import { orderByIdentifier } from './order-ids.ts';
import { cellOf, readCsv, readCsvTables } from './read-csv.ts';

const cells = (content: string | Buffer, columns: readonly string[]): string[][] => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const table = readCsv(toUtf8(bytes, 'a.csv'), 'a.csv', columns);
  return Array.from({ length: table.rows }, (_, row) => columns.map((column) => cellOf(table, column, row)));
};

describe('reading tables', () => {
  it('reads quotes, line ends, blanks and tabs', () => {
    expect(cells('id,名\r\n1,"张,三"\r\n2,"说""是"""\r\n\r\n3,  李四 \r\n4', ['id', '名'])).toEqual([
      ['1', '张,三'],
      ['2', '说"是"'],
      ['3', '李四'],
      ['4', ''],
    ]);
    expect(cells('id\tb\n1\t"x\ny"\n', ['b'])).toEqual([['x\ny']]);
    expect(cells('"a,b",c\n1,2\n', ['c', 'a,b'])).toEqual([['2', '1']]);
  });

  it('reads the encodings registers come in', () => {
    const text = 'id,姓名\n1,欧阳建国\n2,𠮷\n';
    const expected = [['欧阳建国'], ['𠮷']];
    expect(cells(Buffer.from(`\uFEFF${text}`), ['姓名'])).toEqual(expected);
    expect(cells(iconv.encode(text, 'gb18030'), ['姓名'])).toEqual(expected);
    expect(cells(iconv.encode(text, 'utf-16', { addBOM: true }), ['姓名'])).toEqual(expected);
  });

  it('shares one number for one value over tables', () => {
    const sources = ['id,n\n1,甲\n2,乙\n', 'n,id\n乙,7\n丙,8\n'].map((content, index) => ({
      bytes: Buffer.from(content),
      file: `${index}.csv`,
    }));
    const [left, right] = readCsvTables(sources, ['id', 'n'], 'id');
    expect(left?.columns.get('n')?.codes[1]).toBe(right?.columns.get('n')?.codes[0]);
    expect(right === undefined ? '' : cellOf(right, 'id', 1)).toBe('8');
  });

  it('names what is wrong', () => {
    expect(() => cells('a,b\n1,2\n', ['c'])).toThrow('a.csv: 没有“c”列；现有：a、b');
    expect(() => cells('a,b\n1,2,3\n', ['a'])).toThrow('比表头多');
    expect(() => cells('a,b\n1,"2\n', ['a'])).toThrow('引号没有结束');
    expect(() => cells('a,a\n1,2\n', ['a'])).toThrow('两个“a”');
    expect(() => orderByIdentifier(['1', '2', '1'], 'a.csv', 'id')).toThrow('重复');
    expect(() => orderByIdentifier(['1', ''], 'a.csv', 'id')).toThrow('空值');
  });

  it('orders identifiers as numbers where they are numbers', () => {
    const order = (list: string[]) => Array.from(orderByIdentifier(list, 'a', 'id'), (row) => list[row]);
    expect(order(['10', '9', '100'])).toEqual(['9', '10', '100']);
    expect(order(['R02', 'R01', 'R10'])).toEqual(['R01', 'R02', 'R10']);
    expect(order(['01', '2', 'x'])).toEqual(['2', 'x', '01']);
  });
});
