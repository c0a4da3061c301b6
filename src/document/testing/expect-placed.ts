import { expect } from 'vitest';
import { cellText } from '../blocks.ts';
import { sliceCodePoints } from '../plain-text.ts';
import type { ReadDocument } from '../read-document.ts';

/** Every stated place gives back the words of the block or cell that stands there. */
export function expectPlaced(document: ReadDocument): void {
  for (const block of document.blocks) {
    if (block.kind === 'page-break') continue;
    if (block.kind === 'table') {
      for (const cell of block.cells)
        expect(sliceCodePoints(document.text, cell.position?.start ?? -1, cell.position?.end ?? -1)).toBe(
          cellText(cell).replaceAll('\n', ' '),
        );
    } else
      expect(sliceCodePoints(document.text, block.position?.start ?? -1, block.position?.end ?? -1)).toBe(
        block.inlines.map((each) => each.text).join(''),
      );
  }
}
