import fc from 'fast-check';
import {
  DataError,
  type Hedge,
  huber,
  kalmanFit,
  OptionError,
  ols,
  type Pair,
  Random,
  type SeriesOf,
  siegel,
  theilSen,
  totalLeastSquares,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { close, relatedLegs, thrown, turned } from '../support/pairs.js';

type Estimate = (pair: SeriesOf<Pair>) => Hedge;

/** Those in which y is explained and x explains. */
const regressions: Readonly<Record<string, Estimate>> = { ols, huber, theilSen, siegel };
/** Every estimator of one line from a whole history. */
const all = Object.entries({ ...regressions, totalLeastSquares });

describe('every hedge of a whole history', () => {
  it.each(all)('%s goes through two points', (_, estimate) => {
    const { ratio, intercept } = estimate({ y: [10, 13], x: [2, 4] });
    expect(ratio).toBeCloseTo(1.5, 13);
    expect(intercept).toBeCloseTo(7, 12);
  });

  it.each(all)('%s gives 2 for y = 2x + 1 with x near 1e9', (_, estimate) => {
    const x = Float64Array.from({ length: 101 }, (_, i) => 1e9 + ((i * 7919) % 1009) / 16);
    const { ratio, intercept } = estimate({ y: x.map((value) => 2 * value + 1), x });
    expect(ratio).toBe(2);
    expect(intercept).toBe(1);
  });

  it.each(all)('%s does not care in which order the observations come', (_, estimate) => {
    fc.assert(
      fc.property(relatedLegs(), (legs) => {
        expect(close(estimate(legs).ratio, estimate(turned(legs)).ratio, 1e-9)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(regressions))('%s follows a leg that is scaled or shifted', (_, estimate) => {
    const shifts = fc.integer({ min: -64, max: 64 });
    fc.assert(
      fc.property(relatedLegs(), fc.constantFrom(2, 0.5, -4, 1024), shifts, ({ y, x }, scale, shift) => {
        const { ratio, intercept } = estimate({ y, x });
        const size = Math.abs(intercept) + 1000;
        const yScaled = estimate({ y: y.map((value) => scale * value + shift), x });
        expect(close(yScaled.ratio, scale * ratio, 1e-9)).toBe(true);
        expect(close(yScaled.intercept, scale * intercept + shift, 1e-9, size * Math.abs(scale))).toBe(true);
        const xScaled = estimate({ y, x: x.map((value) => scale * value + shift) });
        expect(close(xScaled.ratio, ratio / scale, 1e-9)).toBe(true);
        // A line added to y is a line added to the answer.
        const tilted = estimate({ y: y.map((value, i) => value + 2 * x[i]!), x });
        expect(close(tilted.ratio, ratio + 2, 1e-9)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('of total least squares follows both legs scaled alike, and turns with them', () => {
    fc.assert(
      fc.property(relatedLegs(), fc.constantFrom(2, 0.25, 1024), ({ y, x }, scale) => {
        const { ratio } = totalLeastSquares({ y, x });
        const scaled = totalLeastSquares({ y: y.map((v) => v * scale), x: x.map((v) => v * scale) });
        expect(close(scaled.ratio, ratio, 1e-12)).toBe(true);
        expect(close(totalLeastSquares({ y: x, x: y }).ratio, 1 / ratio, 1e-10)).toBe(true);
        const deming = totalLeastSquares({ y, x }, { errorRatio: 4 }).ratio;
        const exchanged = totalLeastSquares({ y: x, x: y }, { errorRatio: 0.25 }).ratio;
        expect(close(exchanged, 1 / deming, 1e-10)).toBe(true);
      }),
    );
  });

  it('of Huber lies between least squares and Theil–Sen on clean data, to half a standard error', () => {
    // Exactly between in half of all samples only: the three answers differ by chance there, and by no more than this.
    for (let seed = 0; seed < 200; seed++) {
      const random = new Random(seed);
      const x = Float64Array.from({ length: 200 }, () => 100 + 10 * random.normal());
      const pair = { y: x.map((price) => 1.5 * price + 3 + random.normal()), x };
      const [line, sen] = [ols(pair), theilSen(pair)];
      const reach = 0.5 * line.ratioError;
      expect(huber(pair).ratio).toBeGreaterThan(Math.min(line.ratio, sen.ratio) - reach);
      expect(huber(pair).ratio).toBeLessThan(Math.max(line.ratio, sen.ratio) + reach);
    }
  });

  it.each(all)('%s leaves its arguments alone', (_, estimate) => {
    const pair = { y: Float64Array.of(5, 1, 4, 2, 9), x: Float64Array.of(3, 1, 2, 5, 4) };
    estimate(pair);
    expect(pair).toEqual({ y: Float64Array.of(5, 1, 4, 2, 9), x: Float64Array.of(3, 1, 2, 5, 4) });
  });

  it.each([...all, ['kalmanFit', kalmanFit as unknown as Estimate] as const])(
    '%s says what is wrong with the legs',
    (name, estimate) => {
      const uneven = thrown(() => estimate({ y: [1, 2, 3], x: [1, 2] }));
      expect(uneven).toBeInstanceOf(DataError);
      expect(uneven.message).toBe(`${name}: columns must have one length, received y 3, x 2`);
      const still = thrown(() => estimate({ y: [1, 2, 3, 4, 5, 7], x: new Array(6).fill(0.1) }));
      expect(still).toMatchObject({ name: 'DataError', reason: 'degenerate' });
      expect(still.message).toContain(`${name}: x must move`);
      expect(thrown(() => estimate({ y: [1], x: [1] }))).toMatchObject({ reason: 'too-short' });
      expect(thrown(() => estimate(null as never))).toMatchObject({ reason: 'unreadable' });
    },
  );

  it.each(all)('%s names the price that is none', (name, estimate) => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const inX = thrown(() => estimate({ y: [1, 2, 3, 4], x: [1, 2, bad, 4] }));
      expect(inX).toMatchObject({ reason: 'not-finite', message: `${name}: x[2] is ${bad}` });
      const inY = thrown(() => estimate({ y: [1, bad, 3, 4], x: [1, 2, 3, 4] }));
      expect(inY.message).toBe(`${name}: y[1] is ${bad}`);
    }
  });

  it.each(all)('%s bears the ends of the double range', (_, estimate) => {
    const noise = [0.3, -0.2, 0.1, 0.25, -0.3, 0.05, 0, -0.15];
    const plain = estimate({ y: noise.map((e, i) => 2 * i + e), x: noise.map((_, i) => i) });
    for (const size of [2 ** -1000, 2 ** 990]) {
      const y = noise.map((e, i) => (2 * i + e) * size);
      expect(close(estimate({ y, x: noise.map((_, i) => i * size) }).ratio, plain.ratio, 1e-12)).toBe(true);
    }
  });
});

describe('options are checked at the door', () => {
  const pair = { y: [1, 2, 4], x: [1, 2, 3] };
  it.each([
    ['huber: tuning must be a positive number, received 0', () => huber(pair, { tuning: 0 })],
    ['huber: tuning must be a positive number, received NaN', () => huber(pair, { tuning: NaN })],
    ['huber: unknown option tunning; did you mean tuning?', () => huber(pair, { tunning: 1 } as never)],
    ['huber: intercept must be true or false, received 1', () => huber(pair, { intercept: 1 as never })],
    ['theilSen: confidence must lie between 0 and 1, received 1', () => theilSen(pair, { confidence: 1 })],
    ['theilSen: confidence must be from 0 to 1, received 95', () => theilSen(pair, { confidence: 95 })],
    ['theilSen: intercept must be one of', () => theilSen(pair, { intercept: 'seperate' as never })],
    ['siegel: intercept must be one of', () => siegel(pair, { intercept: 'joint' as never })],
    [
      'totalLeastSquares: errorRatio must be a positive number, received Infinity',
      () => totalLeastSquares(pair, { errorRatio: Infinity }),
    ],
    ['ols: neweyWest must be a non-negative integer, received -1', () => ols(pair, { neweyWest: -1 })],
    ['ols: confidence must lie between 0 and 1, received 0', () => ols(pair, { confidence: 0 })],
  ])('%s', (message, run) => {
    const error = thrown(run);
    expect(error).toBeInstanceOf(OptionError);
    expect(error.message.startsWith(message)).toBe(true);
  });
});
