import {
  rollingCorrelation,
  rollingCovariance,
  rollingMean,
  rollingStandardDeviation,
  rollingVariance,
  zScore,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../support/conformance.js';
import { exactCorrelation, exactCovariance, exactMean, exactZScore } from '../support/exact.js';
import { hostileTapes } from '../support/laws.js';

const LENGTH = 400;
const finite = (values: readonly number[]): number[] => values.filter(Number.isFinite);

/** The greatest error of a rolling statistic against exact arithmetic on each window, relative to `scale` or to itself. */
function worst(
  readings: Float64Array,
  tapes: readonly (readonly number[])[],
  window: number,
  exact: (...windows: number[][]) => number,
  scaleOf: (expected: number, ...windows: number[][]) => number = (expected) => Math.abs(expected),
): number {
  let most = 0;
  readings.forEach((reading, end) => {
    const windows = tapes.map((tape) => tape.slice(Math.max(end - window + 1, 0), end + 1));
    const known = windows[0]!.map((_, i) => windows.every((values) => Number.isFinite(values[i])));
    const kept = windows.map((values) => values.filter((_, i) => known[i]));
    const expected = kept[0]!.length >= 2 ? exact(...kept) : NaN;
    if (Number.isNaN(expected)) {
      expect(reading, `at ${end}`).toBeNaN();
      return;
    }
    const error = Math.abs(reading - expected) / scaleOf(expected, ...kept);
    most = Math.max(most, expected === reading ? 0 : error);
  });
  return most;
}

// Squares of these leave the range of a double, so variance has no finite answer.
const { huge, denormal, ...ordinary } = hostileTapes;

describe('on hostile tapes', () => {
  for (const [name, make] of Object.entries(ordinary)) {
    for (const window of [2, 5, 20, 60, 100]) {
      it(`${name}, window ${window}: within 5e-14 of exact arithmetic`, () => {
        const y = make(LENGTH, 21);
        const minimum = 2;
        const variances = rollingVariance(y, { window, minimum });
        const one = exactCovariance;
        expect(worst(variances, [y], window, (v) => one(v, v))).toBeLessThanOrEqual(5e-14);
        const deviations = rollingStandardDeviation(y, { window, minimum });
        expect(worst(deviations, [y], window, (v) => Math.sqrt(one(v, v)))).toBeLessThanOrEqual(5e-14);
        expect(variances.every((v) => !(v < 0))).toBe(true);
        const means = rollingMean(y, { window, minimum });
        const largest = (_: number, v: number[]): number => Math.max(...v.map(Math.abs));
        expect(worst(means, [y], window, exactMean, largest)).toBeLessThanOrEqual(5e-16 * Math.sqrt(window));
      });

      it(`${name}, window ${window}: scores, covariance and correlation`, () => {
        const y = make(LENGTH, 21);
        const x = hostileTapes['walk']!(LENGTH, 22);
        // A score or a correlation near 0 has no more relative accuracy than its distance from 0 leaves: to 1 then.
        const toOne = (expected: number): number => Math.max(Math.abs(expected), 1);
        const scores = zScore(y, { window, minimum: 2 });
        scores.forEach((score, end) => {
          const kept = finite(y.slice(Math.max(end - window + 1, 0), end + 1));
          const expected = Number.isFinite(y[end]) && kept.length >= 2 ? exactZScore(kept) : NaN;
          if (Number.isNaN(expected)) {
            expect(score, `at ${end}`).toBeNaN();
            return;
          }
          const error = Math.abs(score - expected) / toOne(expected);
          expect(error, `at ${end}: ${score}, exactly ${expected}`).toBeLessThanOrEqual(5e-14);
        });
        const together = rollingCorrelation({ y, x }, { window, minimum: 2 });
        expect(worst(together, [y, x], window, exactCorrelation, toOne)).toBeLessThanOrEqual(5e-14);
        const bounded = (_: number, a: number[], b: number[]): number =>
          Math.sqrt(exactCovariance(a, a) * exactCovariance(b, b));
        const joint = rollingCovariance({ y, x }, { window, minimum: 2 });
        expect(worst(joint, [y, x], window, exactCovariance, bounded)).toBeLessThanOrEqual(5e-14);
        expect(together.every((r) => !(Math.abs(r) > 1))).toBe(true);
      });
    }
  }

  it('stays defined where squares leave the range of a double', () => {
    for (const make of [huge!, denormal!]) {
      const variances = rollingVariance(make(LENGTH, 5), { window: 10 });
      expect(variances.every((v) => !(v < 0))).toBe(true);
      const recovered = rollingVariance([...make(40, 5), ...hostileTapes['walk']!(40, 6)], {
        window: 10,
      }).slice(60);
      const alone = rollingVariance(hostileTapes['walk']!(40, 6), { window: 10 }).slice(20);
      recovered.forEach((v, i) => {
        expect(relativeError(v, alone[i]!)).toBeLessThanOrEqual(5e-14);
      });
    }
  });
});

describe('an anchor that turns out to be an outlier', () => {
  // The last of the old level stays in every window of the next block, ever farther from their mean.
  const walk = hostileTapes['walk']!(2200, 31);
  const step = walk.map((x, i) => (i < 1000 ? x : 1e6 + 1e-3 * x));

  it('moves: a step at the edge of a block costs no digits', () => {
    const [window, x] = [1000, hostileTapes['walk']!(2200, 32)];
    const variances = rollingVariance(step, { window });
    const joint = rollingCovariance({ y: step, x }, { window });
    for (const end of [1000, 1003, 1300, 1700, 1995, 1998, 1999, 2000, 2150]) {
      const [y, other] = [step, x].map((tape) => tape.slice(end - window + 1, end + 1)) as [
        number[],
        number[],
      ];
      expect(relativeError(variances[end]!, exactCovariance(y, y)), `at ${end}`).toBeLessThanOrEqual(2e-14);
      const scale = Math.sqrt(exactCovariance(y, y) * exactCovariance(other, other));
      expect(Math.abs(joint[end]! - exactCovariance(y, other)) / scale, `at ${end}`).toBeLessThanOrEqual(
        2e-14,
      );
    }
  });
});

describe('missing values', () => {
  it('keep their place in the window and count in nothing', () => {
    const series = [1, NaN, 3, 5];
    expect([...rollingMean(series, { window: 2 })]).toEqual([NaN, NaN, NaN, 4]);
    expect([...rollingMean(series, { window: 2, minimum: 1 })]).toEqual([1, 1, 3, 4]);
    expect([...rollingVariance(series, { window: 3, minimum: 1 })]).toEqual([NaN, NaN, 2, 2]);
  });
});

describe('a flat window', () => {
  it('has a variance of exactly 0 and no score, also after an outlier has left', () => {
    const series = [1e12, ...new Array<number>(30).fill(60000.3)];
    expect([...rollingVariance(series, { window: 5 }).slice(5)]).toEqual(new Array<number>(26).fill(0));
    expect([...zScore(series, { window: 5 }).slice(5)]).toEqual(new Array<number>(26).fill(NaN));
    expect([...rollingMean(series, { window: 5 }).slice(5)]).toEqual(new Array<number>(26).fill(60000.3));
  });
});
