import fc from 'fast-check';
import { adf, DataError, type EngleGrangerOptions, engleGranger, mackinnonPValue, ols } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';
import { related } from '../support/related-series.js';
import { refusal } from './refusal.js';

const pair = (seed: number, length = 200): { y: Float64Array; x: Float64Array } => {
  const sources = [['walk', seed] as const, ['near-unit-root', seed + 500] as const];
  const [y, x] = related({
    length,
    sources,
    mix: [
      [1.5, 1],
      [1, 0],
    ],
    shift: [20, 5],
  });
  return { y: y!, x: x! };
};
const several = (count: number, length = 300): Float64Array[] =>
  Array.from({ length: count }, (_, j) => recipe('walk', 40 + j, length));

describe('engleGranger', () => {
  it('is the ADF of the residuals of ols, with the p-value of two series', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const legs = pair(seed);
      const hedge = ols(legs);
      const test = engleGranger(legs);
      const plain = adf(hedge.residuals, { trend: 'none' });
      expectNear(test.ratio, hedge.ratio, 1e-12);
      expectNear(test.intercept, hedge.intercept, 1e-11);
      expectNear(test.statistic, plain.statistic, 1e-10);
      expect(test.lags).toBe(plain.lags);
      expect(test.observations).toBe(plain.observations);
      expect(test.pValue).toBe(mackinnonPValue(test.statistic, { series: 2 }));
    }
  });

  it('gives a relation that its residuals complete', () => {
    const [y, ...xs] = several(4, 100);
    const { ratios, intercept, slope, curvature, residuals } = engleGranger(
      { y: y!, xs },
      { trend: 'quadratic', lags: 1 },
    );
    y!.forEach((price, t) => {
      const explained = ratios.reduce((sum, ratio, j) => sum + ratio * xs[j]![t]!, intercept);
      expect(Math.abs(explained + slope * t + curvature * t * t + residuals[t]! - price)).toBeLessThan(1e-11);
    });
  });

  it('takes one x as a pair or as a list', () => {
    const { y, x } = pair(3);
    expect(engleGranger({ y, xs: [x] })).toEqual(engleGranger({ y, x }));
  });

  it('has no p beyond six series, and critical values up to twelve', () => {
    const [y, ...xs] = several(12);
    const of = (count: number): ReturnType<typeof engleGranger> =>
      engleGranger({ y: y!, xs: xs.slice(0, count - 1) }, { lags: 1 });
    expect(of(6).pValue).toBeGreaterThan(0);
    expect(of(7).pValue).toBeNaN();
    expectNear(
      of(12).criticalValues.fivePercent,
      -6.11279 - 36.2681 / 299 - 32.505 / 299 ** 2 + 314.802 / 299 ** 3,
      1e-12,
    );
  });

  it('has no critical values without a constant', () => {
    expect(engleGranger(pair(2), { trend: 'none' })).toMatchObject({
      intercept: 0,
      criticalValues: { onePercent: NaN, fivePercent: NaN, tenPercent: NaN },
    });
  });

  it('calls an exact copy one, and a near copy by its own statistic', () => {
    const { x } = pair(7);
    for (const ratio of [3, 0.1, -1e-7]) {
      const copy = engleGranger({ y: x.map((price) => ratio * price + 0.7), x });
      expect(copy).toMatchObject({ statistic: -Infinity, pValue: 0, lags: 0, observations: x.length - 1 });
    }
    const noise = recipe('near-unit-root', 8, x.length);
    const near = engleGranger({ y: x.map((price, t) => price + 1e-6 * noise[t]!), x });
    expect(near.statistic).toBeGreaterThan(-10);
    expect(near.pValue).toBeGreaterThan(1e-4);
  });

  it('depends on which leg is explained', () => {
    const { y, x } = pair(4);
    expect(engleGranger({ y, x }).statistic).not.toBe(engleGranger({ y: x, x: y }).statistic);
  });
});

describe('engleGranger refuses', () => {
  const { y, x } = pair(1, 40);
  const cases: readonly [string, () => unknown][] = [
    [
      'too-short: engleGranger: needs at least 5 observations, received 3',
      () => engleGranger({ y: [1, 2, 4], x: [2, 1, 3] }),
    ],
    [
      'too-short: engleGranger: needs at least 45 observations for 20 lags, received 40',
      () => engleGranger({ y, x }, { lags: 20 }),
    ],
    [
      'uneven: engleGranger: columns must have one length, received y 40, x 3',
      () => engleGranger({ y, x: [1, 2, 3] }),
    ],
    [
      'not-finite: engleGranger: xs[1][2] is NaN',
      () =>
        engleGranger({
          y: [1, 2, 4],
          xs: [
            [1, 3, 2],
            [1, 2, NaN],
          ],
        }),
    ],
    [
      'degenerate: engleGranger: x must vary, received 0.1 throughout',
      () => engleGranger({ y, x: new Array(40).fill(0.1) }),
    ],
    [
      'degenerate: engleGranger: y must vary, received 5 throughout',
      () => engleGranger({ y: new Array(40).fill(5), x }),
    ],
    [
      'degenerate: engleGranger: columns[1] is a combination of the columns before it',
      () => engleGranger({ y, xs: [x, x.map((price) => 2 * price)] }),
    ],
    [
      'unreadable: engleGranger: needs at most 12 series, received 13',
      () => engleGranger({ y, xs: several(12, 40) }),
    ],
    [
      'unreadable: engleGranger: legs must have x or xs, received both',
      () => engleGranger({ y, x, xs: [x] } as unknown as { y: number[]; x: number[] }),
    ],
    [
      'unreadable: engleGranger: xs must be an array of at least one series',
      () => engleGranger({ y, xs: [] }),
    ],
    [
      'unreadable: engleGranger: x must be an array of numbers, received undefined',
      () => engleGranger({ y } as unknown as { y: number[]; x: number[] }),
    ],
  ];

  it.each(cases)('%s', (words, act) => {
    expect(refusal(act)).toBe(words);
  });

  it('options it does not know', () => {
    const of =
      (options: EngleGrangerOptions): (() => unknown) =>
      () =>
        engleGranger({ y, x }, options);
    expect(of({ maxLag: 2 } as object)).toThrow('engleGranger: unknown option maxLag; did you mean maxLags?');
    expect(of({ lags: 2, maxLags: 3 })).toThrow(
      'engleGranger: maxLags bounds a rule, received it with 2 lags',
    );
    expect(of({ trend: 'c' as 'none' })).toThrow('engleGranger: trend must be one of');
  });
});

describe('engleGranger always', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 15,
    maxLength: 60,
  });

  it('ignores scale and level of either leg; p is a probability', () => {
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: -500, max: 500 }),
        (rows, scale, shift) => {
          let level = 0;
          const x = rows.map(([step]) => (level += step));
          const y = rows.map(([, noise], t) => 2 * x[t]! + noise);
          try {
            const plain = engleGranger({ y, x }, { lags: 1 });
            expect(plain.pValue).toBeGreaterThanOrEqual(0);
            expect(plain.pValue).toBeLessThanOrEqual(1);
            const moved = engleGranger(
              { y: y.map((price) => scale * price + shift), x: x.map((price) => shift - 4 * price) },
              { lags: 1 },
            );
            if (plain.statistic === -Infinity) expect(moved.statistic).toBe(-Infinity);
            else
              expect(Math.abs(moved.statistic - plain.statistic)).toBeLessThan(
                1e-8 * Math.max(1, -plain.statistic),
              );
            expect(Math.abs(moved.ratio + (scale / 4) * plain.ratio)).toBeLessThan(
              1e-10 * scale * Math.max(1, Math.abs(plain.ratio)),
            );
          } catch (error) {
            expect(error).toBeInstanceOf(DataError);
            expect((error as DataError).reason).toBe('degenerate');
          }
        },
      ),
    );
  });

  it('leaves its input alone and takes any array', () => {
    const { y, x } = pair(9, 60);
    const copy = { y: Array.from(y), x: Array.from(x) };
    expect(engleGranger(copy)).toEqual(engleGranger({ y, x }));
    expect(copy).toEqual({ y: Array.from(y), x: Array.from(x) });
  });
});
