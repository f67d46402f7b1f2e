import fc from 'fast-check';
import { sum } from 'hedgerow';
import { describe, expect, it } from 'vitest';

/** The sum in whole multiples of 2⁻¹⁰⁷⁴, the spacing of the smallest doubles: exact. */
function exact(values: readonly number[]): bigint {
  return values.reduce((total, value) => total + multiples(value), 0n);
}

function multiples(value: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(Math.abs(value)).buffer)[0]!;
  const exponent = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return value < 0 ? -size : size;
}

function neighbours(value: number): readonly [number, number] {
  const bits = new BigInt64Array(Float64Array.of(Math.abs(value)).buffer)[0]!;
  const double = (b: bigint): number => new Float64Array(BigInt64Array.of(b).buffer)[0]!;
  const size: readonly [number, number] = [bits === 0n ? -5e-324 : double(bits - 1n), double(bits + 1n)];
  return value < 0 ? [-size[1], -size[0]] : size;
}

describe('sum', () => {
  it('is 0.6 for 0.1, 0.2, 0.3, where adding one by one gives 0.6000000000000001', () => {
    expect(sum([0.1, 0.2, 0.3])).toBe(0.6);
  });

  it('keeps small numbers between large ones that cancel', () => {
    expect(sum([1e16, 1, -1e16])).toBe(1);
    expect(sum([1, 1e100, 1, -1e100])).toBe(2); // Kahan (1965) gives 0; Neumaier's example
    expect(sum([1e100, 1, 1e50, -1e100, -1e50, 5e-324])).toBe(1);
  });

  it('overflows only where the exact sum does', () => {
    expect(sum([1e308, 1e308, -1e308])).toBe(1e308);
    expect(sum([1e308, 1e308])).toBe(Infinity);
    expect(sum([-1e308, -1e308])).toBe(-Infinity);
  });

  it('treats what is not finite as addition does', () => {
    expect(sum([1, Infinity, 1e308, 1e308])).toBe(Infinity);
    expect(sum([1e308, 1e308, -Infinity])).toBe(-Infinity);
    expect(sum([Infinity, -Infinity])).toBeNaN();
    expect(sum([1, NaN])).toBeNaN();
    expect(sum([])).toBe(0);
  });

  it('lies within one unit in the last place of the exact sum', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    const cancelling = fc
      .tuple(fc.array(number, { maxLength: 20 }), fc.array(number, { maxLength: 3 }))
      .map(([twice, once]) => [...twice, ...once, ...twice.map((x) => -x)]);
    fc.assert(
      fc.property(fc.oneof(fc.array(number, { maxLength: 40 }), cancelling), (values) => {
        const [below, above] = neighbours(sum(values));
        const truth = exact(values);
        expect(truth >= multiples(below) && truth <= multiples(above)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('gives a long series of prices to the last place', () => {
    const prices = Float64Array.from({ length: 200_001 }, (_, i) => 100 + ((i * 7919) % 1009) / 128);
    expect(sum(prices)).toBe(prices.reduce((total, price) => total + price * 128, 0) / 128); // whole 128ths
  });
});
