import { checkFiniteSeries, checkInteger } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { type Christoffersen, christoffersen } from './christoffersen.js';
import { type CoverageTest, kupiec } from './kupiec.js';
import { measureTail } from './measure-tail.js';
import { quantileLoss } from './quantile-loss.js';
import { checkTail, type TailOptions } from './tail-options.js';
import { type TrafficLight, trafficLight } from './traffic-light.js';

/** How value at risk is estimated, and over what. The horizon is one period: that is what a return can be held against. */
export type VarBacktestOptions = Omit<TailOptions, 'horizon' | 'scaling'> & {
  /** Returns that each forecast is made from, those before the day it is for. */
  readonly window: number;
};

/** Every forecast, how often it was exceeded, and what the tests say of that. */
export interface VarBacktest {
  /** The forecast for each day, from the window before it; as long as the returns, NaN while there is none. */
  readonly valueAtRisk: Float64Array;
  readonly expectedShortfall: Float64Array;
  /** 1 where the loss was greater than the forecast; from the first forecast on. */
  readonly hits: Uint8Array;
  /** Days with a forecast. */
  readonly observations: number;
  readonly exceedances: number;
  /** How many were to be expected. */
  readonly expected: number;
  readonly kupiec: CoverageTest;
  readonly christoffersen: Christoffersen;
  readonly trafficLight: TrafficLight;
  readonly quantileLoss: number;
}

/**
 * Value at risk as it would have been forecast each day from the returns before it, held against what then happened. The
 * day itself is never in its own window.
 *
 * @param returns - per period, in order of time, at least two more than the window
 * @throws OptionError for a missing, unknown or impossible option
 * @throws DataError where returns are too few or not finite, or a window cannot carry the method; the message names the day
 * @example
 * ```ts
 * const random = new Random(3);
 * const returns = Array.from({ length: 1250 }, () => 0.01 * random.normal());
 * const test = varBacktest(returns, { window: 250, confidence: 0.95, method: 'normal' });
 * test.observations; // → 1000
 * test.expected; // → 50
 * test.kupiec.pValue > 0.05; // → true
 * ```
 */
export function varBacktest(returns: Series, options: VarBacktestOptions): VarBacktest {
  const who = 'varBacktest';
  const checked = checkTail(who, options, ['window'], ['confidence', 'method']);
  const window = checkInteger(who, 'window', options.window, 2);
  const values = toFloat64(checkFiniteSeries(who, 'returns', returns, window + 2));
  const { length } = values;
  const valueAtRisk = new Float64Array(length).fill(NaN);
  const expectedShortfall = new Float64Array(length).fill(NaN);
  const hits = new Uint8Array(length - window);
  let exceedances = 0;
  for (let t = window; t < length; t++) {
    const tail = measuredOn(t, () => measureTail(who, values.subarray(t - window, t), checked));
    valueAtRisk[t] = tail.valueAtRisk;
    expectedShortfall[t] = tail.expectedShortfall;
    hits[t - window] = Number(-values[t]! > tail.valueAtRisk);
    exceedances += hits[t - window]!;
  }
  const { confidence } = options;
  const count = { observations: hits.length, exceedances, confidence };
  return {
    valueAtRisk,
    expectedShortfall,
    hits,
    observations: hits.length,
    exceedances,
    expected: hits.length * checked.p,
    kupiec: kupiec(count),
    christoffersen: christoffersen(hits, { confidence }),
    trafficLight: trafficLight(count),
    quantileLoss: quantileLoss(
      { returns: values.subarray(window), valueAtRisk: valueAtRisk.subarray(window) },
      { confidence },
    ),
  };
}

function measuredOn<Tail>(day: number, measure: () => Tail): Tail {
  try {
    return measure();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.reason, `${error.message}, in the window before returns[${day}]`);
  }
}
