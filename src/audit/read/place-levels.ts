import type { HeaderGroup } from './header.ts';
import type { Piece } from './piece.ts';
import { POINTED, PREFIX } from './vocabulary.ts';

/** 效益 | 社会: in a cell of its own behind the first level the second, 指标 left out. */
function shortLevels(body: readonly Piece[]): readonly Piece[] {
  return body.map((piece, at): Piece => {
    const before = body[at - 1]?.word?.kind;
    if (piece.kind !== 'text' || (before !== 'level1' && before !== 'level-either')) return piece;
    return SHORT_LEVEL.test(piece.text) ? { ...piece, kind: 'word', word: { kind: 'level2' } } : piece;
  });
}

const SHORT_LEVEL = /^(?:社会|经济|生态|环境|可持续|服务对象|受益对象|群众|公众)(?:影响|效益)?$/;

/** In a real table the column says what a cell is: 过程 under 一级指标 is a level, 满意度 under 三级指标 a name. */
export function placeLevels(written: readonly Piece[], header: HeaderGroup, celled: boolean): readonly Piece[] {
  const has = (role: string): boolean => header.heads.some((head) => head.role === role);
  const body = shortLevels(has('target') || has('actual') ? written : scoredLevels(written, celled || !has('level1')));
  const levels = body.filter((piece) => piece.kind === 'word' && piece.word?.kind.startsWith('level') === true);
  const levelled = header.heads.some((head) => head.role === 'level1' || head.role === 'level2');
  // A list without levels: 服务对象满意度 is an indicator like the others.
  if (celled && !levelled && levels.length === 1 && body.length >= 12)
    return body.map((piece): Piece => (piece === levels[0] ? { ...piece, kind: 'text' } : piece));
  const columnOf = (role: string): number | undefined => header.heads.find((head) => head.role === role)?.piece.column;
  const [first, second, name] = [columnOf('level1'), columnOf('level2'), columnOf('name')];
  if (name === undefined || first === undefined || second === undefined || first === second) return body;
  return body.map((piece): Piece => {
    if (piece.column === undefined) return piece;
    const level = piece.column === first ? 'level1' : piece.column === second ? 'level2' : undefined;
    const worded = piece.word?.kind === 'goal' || piece.word?.kind.startsWith('level') === true;
    if (level !== undefined && (worded || piece.kind === 'text') && piece.text.length <= 20 && !PREFIX.test(piece.text))
      return { ...piece, kind: 'word', word: { kind: level } };
    if (piece.column === name && piece.kind === 'word' && piece.word?.kind.startsWith('level') === true)
      return { ...piece, kind: 'text' };
    return piece;
  });
}

/**
 * In a table of scores alone, 部门决策(25分) | 目标任务(15分) | 相关性(5分) | 5: what has points and stands before another
 * that has is a level, the last before the score the name, even when levels are called so elsewhere.
 */
function scoredLevels(body: readonly Piece[], celled: boolean): readonly Piece[] {
  const next = (at: number): Piece | undefined => body.slice(at + 1, at + 4).find((piece) => piece.kind !== 'empty');
  return body.map((piece, at): Piece => {
    const level = piece.word?.kind.startsWith('level') === true;
    const named = piece.word?.kind === 'header' && POINTED.test(piece.text);
    if (named) return { ...piece, kind: 'text' };
    if (piece.kind !== 'text' && !level) return piece;
    const behind = next(at);
    if (behind === undefined) return piece;
    if (level && celled && behind.kind === 'value') return { ...piece, kind: 'text' };
    if (!POINTED.test(piece.text) || level || !POINTED.test(behind.text)) return piece;
    const third = next(body.indexOf(behind, at + 1));
    const kind = third !== undefined && POINTED.test(third.text) && third.gap !== 'row' ? 'level1' : 'level2';
    return behind.gap === 'row' && celled ? piece : { ...piece, kind: 'word', word: { kind } };
  });
}

/** 三级指标 | 三级指标: a head printed over every part of its merged cells; so are the cells below. */
export function undoubled(body: readonly Piece[], header: HeaderGroup): readonly Piece[] {
  const names = header.heads.filter((head) => head.role === 'name');
  if (!names.some((head, at) => names[at + 1]?.index === head.index + 1)) return body;
  return body.filter(
    (piece, at) =>
      !(
        piece.kind === 'text' &&
        piece.gap === 'cell' &&
        body[at - 1]?.text === piece.text &&
        body[at - 1]?.kind === 'text' &&
        body[at - 2]?.text !== piece.text &&
        startsRow(body, at - 1)
      ),
  );
}

/** Whether only levels and titles stand before a piece in its row. */
function startsRow(body: readonly Piece[], at: number): boolean {
  for (let index = at; index >= 0; index -= 1) {
    const piece = body[index];
    if (piece === undefined || (index < at && piece.kind !== 'word' && piece.kind !== 'empty')) return false;
    if (piece.gap === 'row') return true;
  }
  return true;
}
