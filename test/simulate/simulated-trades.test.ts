import { cointegratedTrades, DataError, OptionError, ols, resample, simulatedTrades } from 'hedgerow';
import { describe, expect, it } from 'vitest';

const open = Date.UTC(2024, 0, 2, 9);
const tapeOptions = { start: open, every: '1m', interval: '2s', tickSize: 0.01, seed: 1 } as const;
const closes = Float64Array.from({ length: 500 }, (_, i) => 100 + Math.round(300 * Math.sin(i / 20)) / 100);

describe('simulatedTrades', () => {
  const tape = simulatedTrades(closes, tapeOptions);

  it('closes each bar at the price given', () => {
    const bars = resample(tape, { every: '1m' });
    expect(Array.from(bars.close)).toEqual(Array.from(closes));
    expect(bars.time[0]).toBe(open);
    expect(bars.time[499]).toBe(open + 499 * 60_000);
  });

  it('moves between two closes and a tick beyond', () => {
    const bars = resample(tape, { every: '1m' });
    for (let i = 1; i < 500; i++) {
      const [low, high] = [Math.min(closes[i]!, closes[i - 1]!), Math.max(closes[i]!, closes[i - 1]!)];
      expect(bars.low[i]!).toBeGreaterThan(low - 0.016);
      expect(bars.high[i]!).toBeLessThan(high + 0.016);
    }
    expect(Array.from(bars.high).some((high, i) => high > bars.low[i]!)).toBe(true);
  });

  it('prints every price on the grid, as the double of its decimal', () => {
    for (const price of tape.price) expect(Number(price.toFixed(2))).toBe(price);
    const coarse = simulatedTrades(closes, { ...tapeOptions, tickSize: 2.5 });
    for (const price of coarse.price) expect(price % 2.5).toBe(0);
  });

  it('lets trades arrive as a Poisson process, in whole milliseconds and in order', () => {
    const expected = (500 * 60_000) / 2000;
    expect(Math.abs(tape.time.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
    const waits = Array.from(tape.time.slice(1), (time, i) => time - tape.time[i]!);
    expect(waits.every((wait) => Number.isInteger(wait) && wait >= 0)).toBe(true);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    const variance = waits.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / waits.length;
    // The deviation of an exponential wait is its mean; the variance of its variance is 8 means⁴.
    expect(Math.abs(variance / 2000 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(8 / waits.length) + 0.05);
  });

  it('trades the mean quantity on average', () => {
    const large = simulatedTrades(closes, { ...tapeOptions, meanQuantity: 40 });
    const mean = large.quantity.reduce((sum, quantity) => sum + quantity, 0) / large.quantity.length;
    expect(Math.abs(mean - 40)).toBeLessThan((5 * 40) / Math.sqrt(large.quantity.length));
  });

  it('leaves bars without a trade where trades are rare', () => {
    const rare = simulatedTrades(closes, { ...tapeOptions, interval: '1m' });
    // e⁻¹ of the bars see no trade.
    const empty = 500 - resample(rare, { every: '1m' }).close.length;
    expect(Math.abs(empty - 500 / Math.E)).toBeLessThan(5 * Math.sqrt((500 / Math.E) * (1 - 1 / Math.E)));
  });

  it('refuses what it cannot use', () => {
    expect(() => simulatedTrades([], tapeOptions)).toThrow(DataError);
    expect(() => simulatedTrades([1, NaN], tapeOptions)).toThrow('simulatedTrades: prices[1] is NaN');
    const broken = [
      { start: NaN },
      { every: '1 minute' },
      { interval: 0 },
      { tickSize: 0 },
      { meanQuantity: -1 },
      { tick: 1 },
    ];
    for (const change of broken) {
      expect(() => simulatedTrades(closes, { ...tapeOptions, ...(change as object) })).toThrow(OptionError);
    }
  });
});

describe('cointegratedTrades', () => {
  const truth = {
    observations: 3000,
    ratio: 0.75,
    intercept: 12,
    halfLife: 20,
    spreadDeviation: 0.3,
    start: 150,
    volatilityPerObservation: 0.002,
    startTime: open,
    every: '1s',
    interval: '50ms',
    tickSize: 0.01,
  } as const;

  it('makes two tapes whose bars are the pair', () => {
    const { y, x } = cointegratedTrades({ ...truth, seed: 8 });
    const [yBars, xBars] = [y, x].map((tape) => resample(tape, { every: '1s', gaps: 'flat' }));
    expect(yBars!.time).toEqual(xBars!.time);
    const fit = ols({ y: yBars!.close, x: xBars!.close });
    const kept = 2 ** (-1 / 20);
    const stretch = 5 * Math.sqrt((1 + kept) / (1 - kept));
    expect(Math.abs(fit.ratio - 0.75)).toBeLessThan(stretch * fit.ratioError);
    expect(Math.abs(fit.residualDeviation / 0.3 - 1)).toBeLessThan(5 * Math.sqrt((2 * 29) / 3000));
  });

  it('repeats a seed, and its two tapes trade at different moments', () => {
    const small = { ...truth, observations: 20 };
    const tapes = cointegratedTrades({ ...small, seed: 8 });
    expect(cointegratedTrades({ ...small, seed: 8 })).toEqual(tapes);
    expect(cointegratedTrades({ ...small, seed: 9 })).not.toEqual(tapes);
    expect(tapes.y.time).not.toEqual(tapes.x.time);
  });

  it('refuses what it cannot use', () => {
    expect(() => cointegratedTrades({ ...truth, startTime: NaN, seed: 1 })).toThrow(
      'cointegratedTrades: startTime must be a finite number, received NaN',
    );
    expect(() => cointegratedTrades({ ...truth, seed: 1, ...({ ticksize: 1 } as object) })).toThrow(
      'did you mean tickSize?',
    );
  });
});
