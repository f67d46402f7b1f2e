import fc from 'fast-check';
import { replayScenario, reverseStress, stress, stressGrid } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { thrown } from '../support/pairs.js';

type Two = { readonly equity: number; readonly rates: number };
const linear = ({ equity, rates }: Two): number => 1000 + 100 * equity - 500 * rates;

describe('stress', () => {
  it('lists the worst first and calls with every factor', () => {
    const seen: object[] = [];
    const results = stress(
      (shock: Two) => {
        seen.push(shock);
        return linear(shock);
      },
      { boom: { equity: 0.1 }, crash: { equity: -0.4, rates: -0.01 }, hike: { rates: 0.02 } },
    );
    expect(results.map(({ name }) => name)).toEqual(['crash', 'hike', 'boom']);
    expect(results[2]!.loss).toBeCloseTo(-10, 12);
    expect(seen[0]).toEqual({ equity: 0, rates: 0 });
    expect(seen[1]).toEqual({ equity: 0.1, rates: 0 });
  });

  it('refuses a value that is no function', () => {
    expect(thrown(() => stress({} as never, {})).message).toBe(
      'stress: value must be a function of a shock, received object',
    );
    const grid = { a: [1], b: [1] };
    expect(thrown(() => stressGrid(null as never, grid)).message).toContain('received null');
    const options = { loss: 1, deviations: { a: 1 } };
    expect(thrown(() => reverseStress(undefined as never, options)).message).toContain('must be a function');
  });

  it('refuses a value and a shock that are no numbers', () => {
    expect(thrown(() => stress(() => NaN, { crash: { equity: -1 } })).message).toContain(
      'received NaN under no shock',
    );
    expect(thrown(() => stress(linear, { crash: { equity: NaN } })).message).toBe(
      'stress: crash.equity must be a finite number, received NaN',
    );
  });
});

describe('stressGrid', () => {
  it('has a loss for every pair of moves', () => {
    const grid = stressGrid(linear, { equity: [-0.5, 0, 0.5], rates: [0, 0.01] });
    expect(grid.factors).toEqual(['equity', 'rates']);
    expect(Array.from(grid.losses.data)).toEqual([50, 55, 0, 5, -50, -45]);
    expect(grid.worst).toEqual({ shock: { equity: -0.5, rates: 0.01 }, loss: 55 });
    expect(thrown(() => stressGrid(linear, { equity: [1] })).message).toContain('two factors, received 1');
  });
});

describe('replayScenario', () => {
  it('moves by shares, logarithms or differences', () => {
    const levels = { a: [2, 4, 1] };
    const value = ({ a }: { a: number }): number => 10 * a;
    expect(Array.from(replayScenario(value, levels, { from: 0, to: 2 }).losses)).toEqual([-10, 5]);
    expect(replayScenario(value, levels, { from: 0, to: 1, moves: 'absolute' }).loss).toBe(-20);
    expect(replayScenario(value, levels, { from: 1, to: 2, moves: 'log' }).loss).toBeCloseTo(
      10 * Math.log(4),
      13,
    );
    expect(replayScenario(value, levels, { from: 0, to: 2 }).worst).toEqual({
      place: 2,
      shock: { a: -0.5 },
      loss: 5,
    });
  });

  it('refuses a stretch outside the history', () => {
    const value = (): number => 0;
    expect(thrown(() => replayScenario(value, { a: [1, 2] }, { from: 0, to: 2 })).message).toContain(
      'received 0 and 2',
    );
    expect(thrown(() => replayScenario(value, { a: [1, 0] }, { from: 0, to: 1 })).message).toContain(
      'a[1] must be above 0',
    );
    expect(thrown(() => replayScenario(value, { a: [1, 2], b: [1] }, { from: 0, to: 1 })).message).toContain(
      'one length',
    );
  });
});

describe('reverseStress', () => {
  it('is exact where the portfolio is linear', () => {
    const weights = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(weights, fc.integer({ min: -9, max: 9 }), ([a, b, c], tenths) => {
        if (a === 0 && b === 0 && c === 0) return;
        const rho = tenths / 10;
        const deviations = { x: 0.1, y: 0.2, z: 0.05 };
        const value = ({ x, y, z }: { x: number; y: number; z: number }): number => a! * x + b! * y + c! * z;
        const correlation = [
          [1, rho, 0],
          [rho, 1, 0],
          [0, 0, 1],
        ];
        const [u, v, w] = [a! * 0.1, b! * 0.2, c! * 0.05];
        const sigma = Math.sqrt(u * u + v * v + 2 * rho * u * v + w * w);
        const { distance, loss } = reverseStress(value, { loss: 2 * sigma, deviations, correlation });
        expect(distance).toBeCloseTo(2, 6);
        expect(loss).toBeGreaterThanOrEqual(2 * sigma * (1 - 1e-12));
      }),
      { numRuns: 50 },
    );
  });

  it('finds the nearer side of a straddle', () => {
    // Short gamma: loses 100 x² − 5 x.
    const value = ({ x }: { x: number }): number => -100 * x * x + 5 * x;
    const { shock, distance } = reverseStress(value, { loss: 1, deviations: { x: 0.1 } });
    // 100 x² − 5 x = 1 at x = −0.0780776.
    expect(shock['x']).toBeCloseTo((5 - Math.sqrt(25 + 400)) / 200, 12);
    expect(distance).toBeCloseTo(0.780776, 6);
  });

  it('finds the nearest point of a curved loss', () => {
    // x y < −1 in the plane: nearest at (1, −1), as far as √2.
    const { distance } = reverseStress(({ x, y }: { x: number; y: number }) => x * y, {
      loss: 1,
      deviations: { x: 1, y: 1 },
    });
    expect(distance).toBeCloseTo(Math.SQRT2, 6);
  });

  it('finds a loss that takes several factors together', () => {
    const up = (x: number): number => Math.max(x, 0);
    const value = ({ x, y, z }: { x: number; y: number; z: number }): number => -up(x) * up(-y) * up(z);
    const deviations = { x: 1, y: 1, z: 1 };
    const { distance, shock } = reverseStress(value, { loss: 1, deviations });
    expect(distance).toBeCloseTo(Math.sqrt(3), 6);
    expect(shock['y']).toBeCloseTo(-1, 4);
    // Among others that stand still.
    const others = { a: 1, b: 1, c: 1, d: 1 };
    expect(reverseStress(value, { loss: 1, deviations: { ...others, ...deviations } }).distance).toBeCloseTo(
      Math.sqrt(3),
      6,
    );
    // Against the correlation: each corner of the factors is a ray of its own.
    const rho = 0.9;
    const correlation = [
      [1, rho, rho],
      [rho, 1, rho],
      [rho, rho, 1],
    ];
    const bent = reverseStress(value, { loss: 1, deviations, correlation });
    const { x, y, z } = bent.shock as { x: number; y: number; z: number };
    expect(-value({ x, y, z })).toBeCloseTo(1, 9);
    // No nearer point on a grid about it.
    const size = (a: number, b: number): number => {
      const c = 1 / (a * b);
      // The inverse of the correlation: (I − ρ / (1 + 2 ρ) 1 1ᵀ) / (1 − ρ).
      const sum = a - b + c;
      return Math.sqrt((a * a + b * b + c * c - (rho / (1 + 2 * rho)) * sum * sum) / (1 - rho));
    };
    for (let i = -20; i <= 20; i++) {
      for (let j = -20; j <= 20; j++) {
        expect(size(x * (1 + i / 40), -y * (1 + j / 40))).toBeGreaterThan(bent.distance * (1 - 1e-6));
      }
    }
  });

  it('answers for more factors than have corners to walk to', () => {
    const names = Array.from({ length: 14 }, (_, i) => `f${i}`);
    const deviations = Object.fromEntries(names.map((name) => [name, 0.1]));
    const value = (shock: { readonly [name: string]: number }): number =>
      names.reduce((total, name) => total + (shock[name] ?? 0), 0);
    expect(reverseStress(value, { loss: 1, deviations }).distance).toBeCloseTo(10 / Math.sqrt(14), 6);
  });

  it('says when nothing within reach loses so much', () => {
    const safe = (): number => 0;
    expect(thrown(() => reverseStress(safe, { loss: 1, deviations: { x: 1 } })).message).toBe(
      'reverseStress: no shock found within 20 deviations loses 1',
    );
    const broken = [
      [1, 2],
      [2, 1],
    ];
    const options = { loss: 1, deviations: { x: 1, y: 1 }, correlation: broken };
    expect(thrown(() => reverseStress(({ x }: { x: number; y: number }) => x, options)).message).toContain(
      'positive semidefinite',
    );
  });
});
