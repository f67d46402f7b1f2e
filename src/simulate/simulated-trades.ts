import { checkFinite, checkFiniteSeries, checkOptions, checkPositive } from '../core/checks.js';
import { type Duration, duration } from '../core/duration.js';
import type { Series } from '../core/series.js';
import { Random } from '../math/random.js';
import { priceGrid } from './price-grid.js';

/** Trades as columns, in order of time. */
export interface TradeTape {
  /** Whole milliseconds since 1970 UTC; busy moments share one. */
  readonly time: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
}

/** How closing prices are turned into a tape. */
export interface SimulatedTradesOptions {
  /** When the first bar opens, in milliseconds since 1970 UTC. */
  readonly start: number;
  /** Length of the bar that each given price closes. */
  readonly every: Duration;
  /** Mean wait from one trade to the next. */
  readonly interval: Duration;
  /** The step of the price grid. */
  readonly tickSize: number;
  /** Mean size of a trade. */
  readonly meanQuantity?: number;
  readonly seed: number;
}

/** The names of the options, for whoever adds to them. */
export const simulatedTradesOptions: readonly (keyof SimulatedTradesOptions)[] = [
  'start',
  'every',
  'interval',
  'tickSize',
  'meanQuantity',
  'seed',
];

/**
 * The trades that could have made a series of closing prices: they arrive at random (exponential waits), print on a
 * price grid, bounce by a tick, and the last trade of each bar prints its closing price. A bar may go without a trade.
 *
 * @param prices one close per bar of length `every`, the first bar opening at `start`
 * @returns columns of one length, as many trades as happen to arrive
 * @throws DataError when there is no price, or one is not finite
 * @throws OptionError when an option is missing, misspelt or out of range
 * @example
 * ```ts
 * const closes = [100, 100.25, 100.5];
 * const tape = simulatedTrades(closes, { start: 0, every: '1m', interval: '1s', tickSize: 0.25, seed: 1 });
 * resample(tape, { every: '1m' }).close; // → [100, 100.25, 100.5]
 * ```
 */
export function simulatedTrades(prices: Series, options: SimulatedTradesOptions): TradeTape {
  const who = 'simulatedTrades';
  checkOptions(who, options, simulatedTradesOptions);
  checkFiniteSeries(who, 'prices', prices, 1);
  const start = checkFinite(who, 'start', options.start);
  const every = duration(who, 'every', options.every);
  const interval = duration(who, 'interval', options.interval);
  const tickSize = checkPositive(who, 'tickSize', options.tickSize);
  const meanQuantity = checkPositive(who, 'meanQuantity', options.meanQuantity ?? 1);
  const onGrid = priceGrid(tickSize);
  const random = new Random(options.seed);
  const wait = (mean: number): number => -mean * Math.log(random.uniform());

  const time: number[] = [];
  const price: number[] = [];
  const quantity: number[] = [];
  const end = prices.length * every;
  for (let now = wait(interval); now < end; ) {
    const next = now + wait(interval);
    const bar = Math.floor(now / every);
    const close = prices[bar]!;
    const before = prices[Math.max(bar - 1, 0)]!;
    const isLast = Math.floor(next / every) > bar;
    const bounce = random.integer(3) - 1;
    const onTheWay = before + (close - before) * (now / every - bar) + bounce * tickSize;
    time.push(start + Math.floor(now));
    price.push(onGrid(isLast ? close : onTheWay));
    quantity.push(wait(meanQuantity));
    now = next;
  }
  return {
    time: Float64Array.from(time),
    price: Float64Array.from(price),
    quantity: Float64Array.from(quantity),
  };
}
