import fc from 'fast-check';
import {
  componentValueAtRisk,
  ledoitWolf,
  monteCarloLosses,
  monteCarloValueAtRisk,
  nearestCorrelation,
  normalQuantile,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/risk/eigen.js';
import { thrown } from '../support/pairs.js';

const covariance = [
  [0.0004, 0.0001, -0.0001],
  [0.0001, 0.0009, 0.0002],
  [-0.0001, 0.0002, 0.0016],
];
const positions = [100, -50, 70];

/** A product of a small matrix with itself turned: positive semidefinite. */
const covariances = fc
  .array(fc.integer({ min: -20, max: 20 }), { minLength: 9, maxLength: 9 })
  .map((m) =>
    [0, 1, 2].map((i) =>
      [0, 1, 2].map(
        (j) => [0, 1, 2].reduce((s, k) => s + m[3 * i + k]! * m[3 * j + k]!, i === j ? 1 : 0) / 1e4,
      ),
    ),
  );

describe('componentValueAtRisk', () => {
  it('is the textbook example', () => {
    // Jorion (2007), section 7.2.3, whose 1.65 stands for 1.6449: 257,738, of which 105,630 and 152,108 dollars.
    const portfolio = {
      positions: [2e6, 1e6],
      covariance: [
        [0.0025, 0],
        [0, 0.0144],
      ],
    };
    const { valueAtRisk, component } = componentValueAtRisk(portfolio, { confidence: 0.95 });
    const rounding = 1.65 / -normalQuantile(0.05);
    expect(Math.round(valueAtRisk * rounding)).toBe(257738);
    expect(Math.abs(component[0]! * rounding - 105630)).toBeLessThan(1);
    expect(Math.abs(component[1]! * rounding - 152108)).toBeLessThan(1);
  });

  it('has components that sum to the whole, of value at risk and of shortfall', () => {
    fc.assert(
      fc.property(
        covariances,
        fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 3 }),
        (matrix, held) => {
          if (held.every((position) => position === 0)) return;
          const means = [0.001, -0.002, 0.0005];
          const parts = componentValueAtRisk(
            { positions: held, covariance: matrix, means },
            { confidence: 0.99 },
          );
          const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
          const size = parts.component.reduce((a, b) => a + Math.abs(b), 0);
          expect(Math.abs(total(parts.component) - parts.valueAtRisk)).toBeLessThan(1e-12 * size + 1e-15);
          expect(Math.abs(total(parts.shortfallComponent) - parts.expectedShortfall)).toBeLessThan(
            1e-12 * 2 * size + 1e-15,
          );
          expect(parts.expectedShortfall).toBeGreaterThan(parts.valueAtRisk);
        },
      ),
    );
  });

  it('has increments that are whole removals', () => {
    const { valueAtRisk, incremental } = componentValueAtRisk(
      { positions, covariance },
      { confidence: 0.99 },
    );
    const rest = componentValueAtRisk({ positions: [100, 0, 70], covariance }, { confidence: 0.99 });
    expect(incremental[1]).toBeCloseTo(valueAtRisk - rest.valueAtRisk, 12);
  });

  it('refuses what is no covariance, and a portfolio without volatility', () => {
    const broken = [
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ];
    const { message } = thrown(() =>
      componentValueAtRisk({ positions, covariance: broken }, { confidence: 0.99 }),
    );
    expect(message).toContain('covariance must be positive semidefinite');
    expect(message).toContain('nearestCorrelation');
    const mended = nearestCorrelation(broken);
    expect(
      componentValueAtRisk({ positions, covariance: mended }, { confidence: 0.99 }).valueAtRisk,
    ).toBeGreaterThan(0);
    expect(
      thrown(() => componentValueAtRisk({ positions: [0, 0, 0], covariance }, { confidence: 0.99 })).message,
    ).toContain('without volatility');
    const crooked = [
      [1, 0.5],
      [0.4, 1],
    ];
    expect(
      thrown(() => componentValueAtRisk({ positions: [1, 1], covariance: crooked }, { confidence: 0.99 }))
        .message,
    ).toContain('must be symmetric');
    expect(
      thrown(() => componentValueAtRisk({ positions: [1, 1], covariance }, { confidence: 0.99 })).message,
    ).toBe('componentValueAtRisk: covariance must be 2 by 2, received 3 by 3');
    expect(
      thrown(() => componentValueAtRisk({ positions, covariance }, { confidence: 95 })).message,
    ).toContain('received 95');
  });
});

describe('monteCarloValueAtRisk', () => {
  it('comes to the closed form within its error, normal and t', () => {
    const portfolio = { positions, covariance, means: [0.001, 0.002, -0.001] };
    for (const law of [{}, { distribution: 'student-t', degreesOfFreedom: 5 }] as const) {
      const exact = componentValueAtRisk(portfolio, { confidence: 0.99, ...law });
      const drawn = monteCarloValueAtRisk(portfolio, { confidence: 0.99, paths: 200_000, seed: 3, ...law });
      expect(Math.abs(drawn.valueAtRisk - exact.valueAtRisk)).toBeLessThan(4 * drawn.error);
      expect(Math.abs(drawn.expectedShortfall / exact.expectedShortfall - 1)).toBeLessThan(0.02);
    }
  });

  it('draws the same whether a function or positions say what is held', () => {
    const profit = (returns: Float64Array): number =>
      returns.reduce((sum, r, i) => sum + positions[i]! * r, 0);
    const options = { paths: 2000, seed: 5 };
    const a = monteCarloLosses({ positions, covariance }, options);
    const b = monteCarloLosses({ profit, covariance }, options);
    a.forEach((loss, i) => {
      expect(Math.abs(loss - b[i]!)).toBeLessThan(1e-12);
    });
  });

  it('says which path has no profit, and when there are too many', () => {
    const options = { paths: 10, seed: 1, confidence: 0.9 };
    const broken = { profit: (): number => NaN, covariance: [[1]] };
    expect(thrown(() => monteCarloValueAtRisk(broken, options)).message).toBe(
      'monteCarloValueAtRisk: profit must be a finite number, received NaN on path 0',
    );
    const none = { profit: 5 as never, covariance: [[1]] };
    expect(thrown(() => monteCarloValueAtRisk(none, options)).message).toContain('profit must be a function');
    const one = { positions: [1], covariance: [[1]] };
    expect(thrown(() => monteCarloValueAtRisk(one, { ...options, paths: 1e12 })).message).toBe(
      'monteCarloValueAtRisk: paths must fit into memory, received 1000000000000',
    );
  });

  it('averages all the paths that tie with the quantile', () => {
    // Loses 1 on about four paths in ten, 5 on about one in fifty.
    const profit = (returns: Float64Array): number => (returns[0]! < -2 ? -5 : returns[0]! < -0.2 ? -1 : 0);
    const portfolio = { profit, covariance: [[1]] };
    const losses = monteCarloLosses(portfolio, { paths: 5000, seed: 3 }).filter((loss) => loss >= 1);
    const tail = monteCarloValueAtRisk(portfolio, { paths: 5000, seed: 3, confidence: 0.95 });
    expect(tail.valueAtRisk).toBe(1);
    expect(tail.expectedShortfall).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / losses.length, 12);
  });

  it('is the same in one piece and in several', () => {
    for (const law of [{}, { distribution: 'student-t', degreesOfFreedom: 4 }] as const) {
      const whole = monteCarloLosses({ positions, covariance }, { paths: 5000, seed: 9, ...law });
      const parts = [0, 2048, 4096].flatMap((first) => {
        const paths = Math.min(2048, 5000 - first);
        return [...monteCarloLosses({ positions, covariance }, { paths, seed: 9, first, ...law })];
      });
      expect(parts).toEqual([...whole]);
    }
    expect(
      thrown(() => monteCarloLosses({ positions, covariance }, { paths: 10, seed: 1, first: 10 })).message,
    ).toBe('monteCarloLosses: first must be a multiple of 1024, received 10');
  });

  it('takes assets that move as one, and refuses what cannot be', () => {
    const one = [
      [0.0001, 0.0001],
      [0.0001, 0.0001],
    ];
    const losses = monteCarloLosses({ positions: [1, -1], covariance: one }, { paths: 100, seed: 1 });
    expect(Math.max(...losses.map(Math.abs))).toBeLessThan(1e-15);
    const broken = [
      [1, 2],
      [2, 1],
    ];
    expect(
      thrown(() =>
        monteCarloValueAtRisk(
          { positions: [1, 1], covariance: broken },
          { confidence: 0.99, paths: 10, seed: 1 },
        ),
      ).message,
    ).toContain('positive semidefinite');
  });
});

describe('nearestCorrelation', () => {
  it('is Higham’s example', () => {
    // Higham (2002), section 4: off-diagonals 0.7607 and 0.1573.
    const { data } = nearestCorrelation([
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ]);
    expect(data[1]).toBeCloseTo(0.7607, 4);
    expect(data[2]).toBeCloseTo(0.1573, 4);
  });

  it('refuses a matrix of nothing', () => {
    expect(thrown(() => nearestCorrelation([])).message).toBe(
      'nearestCorrelation: matrix must have at least one row',
    );
  });

  it('leaves a correlation matrix alone and mends any other', () => {
    const entries = fc.array(fc.integer({ min: -16, max: 16 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(entries, (six) => {
        let next = 0;
        const rows = [0, 1, 2, 3].map(() => [1, 1, 1, 1]);
        for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) rows[i]![j] = rows[j]![i] = six[next++]! / 16;
        const mended = nearestCorrelation(rows, { tolerance: 1e-9 });
        const { values } = symmetricEigen(mended.data, 4);
        expect(Math.min(...values)).toBeGreaterThan(-1e-7);
        for (let i = 0; i < 4; i++) expect(mended.data[5 * i]).toBe(1);
        const wasFine = Math.min(...symmetricEigen(Float64Array.from(rows.flat()), 4).values) >= 0;
        if (wasFine)
          expect(Math.max(...rows.flat().map((entry, i) => Math.abs(mended.data[i]! - entry)))).toBeLessThan(
            1e-12,
          );
      }),
      { numRuns: 50 },
    );
  });
});

describe('ledoitWolf', () => {
  it('inverts where the sample cannot: more assets than days', () => {
    const columns = Array.from({ length: 6 }, (_, j) => [0.01 * j, -0.02 + 0.003 * j * j, 0.005 * (j % 3)]);
    const { covariance: shrunk, shrinkage } = ledoitWolf(columns);
    expect(shrinkage).toBeGreaterThan(0);
    expect(Math.min(...symmetricEigen(shrunk.data, 6).values)).toBeGreaterThan(0);
  });

  it('refuses a NaN and uneven columns', () => {
    expect(
      thrown(() =>
        ledoitWolf([
          [1, 2, NaN],
          [1, 2, 3],
        ]),
      ).message,
    ).toContain('columns[0][2] is NaN');
    expect(
      thrown(() =>
        ledoitWolf([
          [1, 2],
          [1, 2, 3],
        ]),
      ).message,
    ).toContain('columns[1] 3');
  });
});
