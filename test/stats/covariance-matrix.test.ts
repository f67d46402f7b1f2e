import fc from 'fast-check';
import { correlation, correlationMatrix, covariance, covarianceMatrix, Random } from 'hedgerow';
import { describe, expect, it } from 'vitest';

/** Prices that share a market, as many as asked for. */
function market(count: number, rows: number, seed: number, offset = 100): Record<string, Float64Array> {
  const random = new Random(seed);
  const common = Float64Array.from({ length: rows }, () => random.normal());
  const names = Array.from({ length: count }, (_, j) => `s${j}`);
  return Object.fromEntries(
    names.map((name, j) => {
      let price = offset;
      return [name, common.map((move) => (price += (j % 5) * move + random.normal()))];
    }),
  );
}

/** Whether adding this much to the diagonal makes a Cholesky factor possible. */
function isPositive(data: Float64Array, count: number, slack: number): boolean {
  const factor = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let left = data[i * count + j]! + (i === j ? slack : 0);
      for (let k = 0; k < j; k++) left -= factor[i * count + k]! * factor[j * count + k]!;
      if (i === j && !(left > 0)) return false;
      factor[i * count + j] = i === j ? Math.sqrt(left) : left / factor[j * count + j]!;
    }
  }
  return true;
}

describe('correlationMatrix and covarianceMatrix', () => {
  it('hold what correlation and covariance say of each pair', () => {
    for (const [count, rows, offset] of [
      [1, 40, 100],
      [4, 3, 100],
      [7, 700, 1e9],
      [11, 256, 0],
    ] as const) {
      const panel = market(count, rows, count, offset);
      const columns = Object.values(panel);
      const together = covarianceMatrix(panel);
      const related = correlationMatrix(panel);
      expect(together.names).toEqual(Object.keys(panel));
      columns.forEach((y, i) => {
        columns.forEach((x, j) => {
          const at = i * count + j;
          const size = Math.sqrt(together.data[i * count + i]! * together.data[j * count + j]!);
          expect(Math.abs(together.data[at]! - covariance({ y, x }))).toBeLessThanOrEqual(1e-13 * size);
          expect(Math.abs(related.data[at]! - correlation({ y, x }))).toBeLessThanOrEqual(1e-13);
        });
      });
    }
  });

  it('are symmetric, with exact ones on the diagonal and nothing beyond them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 60 }),
        fc.nat(),
        (count, rows, seed) => {
          const { data } = correlationMatrix(market(count, rows, seed));
          for (let i = 0; i < count; i++) {
            expect(data[i * count + i]).toBe(1);
            for (let j = 0; j < count; j++) {
              expect(data[i * count + j]).toBe(data[j * count + i]);
              expect(Math.abs(data[i * count + j]!)).toBeLessThanOrEqual(1);
            }
          }
        },
      ),
    );
  });

  it('are positive semidefinite within rounding, also with more series than rows', () => {
    for (const [count, rows] of [
      [40, 12],
      [60, 500],
    ] as const) {
      const panel = { ...market(count, rows, 3), copy: market(count, rows, 3)['s1']! };
      expect(isPositive(correlationMatrix(panel).data, count + 1, 1e-13)).toBe(true);
    }
  });

  it('have NaN for a series that is flat or has a NaN, and for no other', () => {
    const panel = { a: [1, 2, 4], flat: [0.1, 0.1, 0.1], gap: [1, NaN, 2], b: [2, 1, 3] };
    const { data } = correlationMatrix(panel);
    const known = Array.from(data, (r) => !Number.isNaN(r));
    const row = [true, false, false, true];
    const none = [false, false, false, false];
    expect(known).toEqual([...row, ...none, ...none, ...row]);
    expect(covarianceMatrix({ a: [1, 2], flat: [0.1, 0.1] }).data).toEqual(Float64Array.of(0.5, 0, 0, 0));
    expect(covarianceMatrix({ a: [1], b: [2] }).data.every(Number.isNaN)).toBe(true);
    expect(covarianceMatrix({ a: [] }).data).toEqual(Float64Array.of(NaN));
  });

  it('read a strided matrix where it lies', () => {
    const data = Float64Array.of(1, 4, 2, 1, 4, 3);
    const byRow = { data, shape: [3, 2], stride: [2, 1], offset: 0, names: ['a', 'b'] };
    const reversed = { data, shape: [3, 2], stride: [-2, 1], offset: 4, names: ['a', 'b'] };
    const expected = covarianceMatrix({ a: [1, 2, 4], b: [4, 1, 3] }).data;
    expect(covarianceMatrix(byRow).data).toEqual(expected);
    Array.from(covarianceMatrix(reversed).data).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 14);
    });
  });

  it('take a series called data or shape for a series', () => {
    expect(covarianceMatrix({ data: [1, 2], shape: [2, 4] }).names).toEqual(['data', 'shape']);
  });

  it('refuse what is no panel', () => {
    const view = { data: new Float64Array(6), shape: [3, 2], stride: [2, 1], offset: 0, names: ['a', 'b'] };
    expect(() => covarianceMatrix({ a: [1, 2], b: [1] })).toThrow(
      'covarianceMatrix: columns must have one length, received a 2, b 1',
    );
    expect(() => covarianceMatrix({})).toThrow('needs at least 1 series, received 0');
    expect(() => covarianceMatrix(null as never)).toThrow('a panel must be an object of series');
    expect(() => covarianceMatrix({ a: 3 } as never)).toThrow('a must be an array of numbers, received 3');
    expect(() => covarianceMatrix({ ...view, names: ['a'] })).toThrow(
      'needs 2 names for 2 columns, received 1',
    );
    expect(() => covarianceMatrix({ ...view, names: undefined } as never)).toThrow('received undefined');
    expect(() => covarianceMatrix({ ...view, names: ['a', 'a'] })).toThrow("received 'a' twice");
    expect(() => covarianceMatrix({ ...view, offset: 1 })).toThrow('reaches from 1 to 6 in data of 6');
    for (const wrong of [
      { data: null },
      { data: '123456' },
      { shape: [2.5, 2] },
      { shape: [-1, 2] },
      { stride: [1.5, 1] },
      { offset: 0.5 },
      { offset: undefined },
    ]) {
      const broken = { ...view, ...wrong } as never;
      expect(() => covarianceMatrix(broken)).toThrow(expect.objectContaining({ reason: 'unreadable' }));
    }
    expect(() => covarianceMatrix({ ...view, shape: [6], stride: [1] })).toThrow('must be a matrix');
  });
});
