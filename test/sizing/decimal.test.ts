import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalMultiple, decimalProduct, decimalSum, stepsIn } from '../../src/math/decimal.js';

describe('decimals as a person writes them', () => {
  it('add up', () => {
    expect(decimalSum([0.1, 0.2])).toBe(0.3);
    expect(decimalSum([1e21, 0.001, -1e21])).toBe(0.001);
    expect(decimalSum([1e-7, 2e-7])).toBe(3e-7);
    expect(decimalSum([])).toBe(0);
  });

  it('multiply', () => {
    expect(decimalMultiple(3, 0.1)).toBe(0.3);
    expect(decimalMultiple(-7, 1e-8)).toBe(-7e-8);
    expect(decimalMultiple(0, 0.1)).toBe(0);
    expect(decimalProduct(0.29, 100)).toBe(29);
    expect(decimalProduct(-1.1, 1.1)).toBe(-1.21);
    expect(decimalProduct(0, 1e-9)).toBe(0);
  });

  it('divide into steps', () => {
    expect(stepsIn(0.3, 0.1, 'down')).toBe(3);
    expect(stepsIn(0.7 + 0.1, 0.1, 'down')).toBe(8);
    expect(stepsIn(0.1 + 0.2, 0.1, 'up')).toBe(3);
    expect(stepsIn(-0.25, 0.1, 'nearest')).toBe(-3);
    expect(Object.is(stepsIn(-0.05, 0.1, 'down'), 0)).toBe(true);
    expect(stepsIn(5e-324, 1, 'up')).toBe(1);
  });

  it('count any whole number of steps of any decimal size', () => {
    const steps = fc.tuple(
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 0, max: 9 }),
    );
    fc.assert(
      fc.property(steps, ([count, digits, scale]) => {
        const step = Number(`${digits}e-${scale}`);
        const quantity = decimalMultiple(count, step);
        for (const rounding of ['down', 'nearest', 'up'] as const) {
          expect(stepsIn(quantity, step, rounding)).toBe(count);
        }
        expect(quantity).toBe(Number(`${BigInt(count) * BigInt(digits)}e-${scale}`) || 0);
      }),
    );
  });
});
