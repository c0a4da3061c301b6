import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityCheckCharacter, normaliseIdentityNumber, readIdentityNumber, upgradeIdentityNumber } from './index.ts';

// All numbers here are made up; 11010519491231002X is the specimen printed in GB 11643.
describe('identity number', () => {
  it('reads the specimen of the standard, as typed by people', () => {
    for (const typed of ['11010519491231002X', " '11010519491231002x", '１１０１０５１９４９１２３１００２Ｘ'])
      expect(readIdentityNumber(typed)).toMatchObject({
        ok: true,
        number: '11010519491231002X',
        birth: '1949-12-31',
        sex: 'female',
        region: '110105',
        upgraded: false,
      });
  });

  it('upgrades fifteen digits, centenarians into the nineteenth century', () => {
    expect(upgradeIdentityNumber('110105491231002')).toBe('11010519491231002X');
    expect(upgradeIdentityNumber('110105981231997').slice(6, 10)).toBe('1898');
    expect(readIdentityNumber('110105491231002')).toMatchObject({ ok: true, upgraded: true });
  });

  it('names the fault', () => {
    const fault = (raw: string, asOf?: string) => {
      const reading = readIdentityNumber(raw, asOf);
      return reading.ok ? 'none' : reading.fault;
    };
    const with30February = `11010519490230002`;
    expect(fault('')).toBe('empty');
    expect(fault('1.10105E+17')).toBe('shape');
    expect(fault(with30February + identityCheckCharacter(with30February))).toBe('birth');
    expect(fault('110105194912310021')).toBe('check-digit');
    expect(fault('11010519491231002X', '1949-12-30')).toBe('birth');
    expect(fault('11010519491231002X', '2070-01-01')).toBe('birth');
  });

  it('no wrong digit and no exchange of neighbours passes', () => {
    const digits = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(digits, fc.nat(16), fc.integer({ min: 1, max: 9 }), (first17, at, add) => {
        const changed = `${first17.slice(0, at)}${(Number(first17[at]) + add) % 10}${first17.slice(at + 1)}`;
        expect(identityCheckCharacter(changed)).not.toBe(identityCheckCharacter(first17));
      }),
    );
  });

  it('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const once = normaliseIdentityNumber(raw);
        expect(normaliseIdentityNumber(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});
