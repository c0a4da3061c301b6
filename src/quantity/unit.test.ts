import { describe, expect, it } from 'vitest';
import { compatible, convert, Exact, findUnit, NO_UNIT, POINT, type Unit, WAN_YUAN, YUAN } from './index.ts';

function unit(symbol: string): Unit {
  const found = findUnit(symbol);
  if (found === undefined) throw new Error(`no unit ${symbol}`);
  return found;
}

describe('units', () => {
  it.each([
    ['万元', 'money', '10000'],
    ['百万元', 'money', '1000000'],
    ['万人次', 'person-times', '10000'],
    ['千册', 'copies', '1000'],
    ['元/人', 'money/persons', '1'],
    ['元/人·年', 'money/persons/months', '1/12'],
    ['元/人*月', 'money/persons/months', '1'],
    ['元每人每年', 'money/persons/months', '1/12'],
    ['万元/户', 'money/households', '10000'],
    ['元/辆', 'money/items', '1'],
    ['元/床', 'money/床', '1'],
    ['％', 'ratio', '0.01'],
    ['分', 'points', '1'],
  ])('%s measures %s, %s of its base', (symbol, dimension, factor) => {
    expect(unit(symbol).dimension).toBe(dimension);
    expect(unit(symbol).factor.toString()).toBe(factor);
  });

  it.each(['', ' ', '元元', '万', '/人', '万%', '百年', '元/123', '不是单位'])('%j', (symbol) => {
    expect(findUnit(symbol)).toEqual(symbol.trim() === '' ? NO_UNIT : undefined);
  });

  it('converts within a dimension only', () => {
    expect(convert(Exact.of('688714.32'), YUAN, WAN_YUAN).toString()).toBe('68.871432');
    expect(() => convert(Exact.one, YUAN, unit('人'))).toThrow(/不能换算/);
  });

  it('knows which careless counters mean the same', () => {
    const yes = (a: string, b: string): boolean => compatible(unit(a), unit(b));
    expect(yes('元', '万元')).toBe(true);
    expect(yes('个', '次')).toBe(true);
    expect(yes('项', '家')).toBe(true);
    expect(yes('人', '人次')).toBe(false);
    expect(yes('人', '户')).toBe(false);
    expect(yes('个', '人')).toBe(false);
    expect(yes('次', '份')).toBe(false);
    expect(yes('元', '人')).toBe(false);
    expect(compatible(undefined, unit('人次'))).toBe(true);
    expect(compatible(NO_UNIT, unit('人次'))).toBe(true);
    expect(compatible(undefined, POINT)).toBe(true);
    expect(compatible(undefined, YUAN)).toBe(false);
    expect(compatible(undefined, undefined)).toBe(true);
  });
});
