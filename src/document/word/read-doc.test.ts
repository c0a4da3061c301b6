import { describe, expect, it } from 'vitest';
import { cellText } from '../blocks.ts';
import { parseDocument } from '../parse-document.ts';
import { expectPlaced } from '../testing/expect-placed.ts';
import { makeDoc } from '../testing/make-doc.ts';

const CONTINUES = 1 << 5;
const RESTARTS = 3 << 5;

describe('an old Word document', () => {
  it('gives headings, words without field codes, and tables with merged cells', async () => {
    const document = await parseDocument(
      makeDoc([
        { words: '项目概况', mark: 'paragraph', style: 1 },
        { words: '执行\u0013 PAGE \u001496.18%\u0015。—“引”', mark: 'paragraph' },
        { words: '指标', mark: 'cell' },
        { words: '分值', mark: 'cell' },
        { words: '', mark: 'row', row: { edges: [0, 4000, 6000], flags: [0, 0] } },
        { words: '产出', mark: 'cell' },
        { words: '数量', mark: 'cell' },
        { words: '10', mark: 'cell' },
        { words: '', mark: 'row', row: { edges: [0, 2000, 4010, 6000], flags: [RESTARTS, 0, 0] } },
        { words: '', mark: 'cell' },
        { words: '质量', mark: 'cell' },
        { words: '20', mark: 'cell' },
        { words: '', mark: 'row', row: { edges: [0, 2000, 4010, 6000], flags: [CONTINUES, 0, 0] } },
        { words: '填表人', mark: 'paragraph' },
      ]),
      'a.doc',
    );
    expect(document.kind).toBe('doc');
    expect(document.text).toBe('项目概况\n执行96.18%。—“引”\n指标 | 分值\n产出 | 数量 | 10\n质量 | 20\n填表人\n');
    const [heading, , table] = document.blocks;
    expect(heading).toMatchObject({ kind: 'heading', level: 1 });
    if (table?.kind !== 'table') throw new Error('no table');
    expect(table.cells.map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan, cellText(cell)])).toEqual([
      [0, 0, 1, 2, '指标'],
      [0, 2, 1, 1, '分值'],
      [1, 0, 2, 1, '产出'],
      [1, 1, 1, 1, '数量'],
      [1, 2, 1, 1, '10'],
      [2, 1, 1, 1, '质量'],
      [2, 2, 1, 1, '20'],
    ]);
    expectPlaced(document);
  });
});
