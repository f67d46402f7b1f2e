import incrmmean from '@stdlib/stats-incr-mmean';
import incrmpcorr from '@stdlib/stats-incr-mpcorr';
import incrmstdev from '@stdlib/stats-incr-mstdev';
import incrmvariance from '@stdlib/stats-incr-mvariance';
import { RollingCorrelation, RollingMean, RollingStandardDeviation, RollingVariance, ZScore } from 'hedgerow';
import technicalindicators from 'technicalindicators';
import { SMA } from 'trading-signals';
import type { Contest, Entrant } from '../contest.js';
import { type Legs, legs, legsWithABadTick } from '../tapes.js';
import { exactRolling, type RollingName } from './rolling-exact.js';

// Each entrant has a loop of its own, as a user's program would: one shared by all would slow them all.

function contest(name: RollingName, window: number, entrants: readonly Entrant<Legs>[]): Contest<Legs> {
  return {
    name: `live ${name}, window ${window}`,
    unit: 'values',
    size: 1e6,
    input: legs,
    hostile: legsWithABadTick,
    entrants,
    check: ([answer], input) => exactRolling(name, window, answer!, input),
    tolerance: 1e-9,
  };
}

const entrant = (name: string, run: (legs: Legs, out: Float64Array) => void): Entrant<Legs> => ({
  name,
  prepare: (input) => {
    const out = new Float64Array(input.x.length);
    return () => {
      run(input, out);
      return out;
    };
  },
});

export const rollingLive: readonly Contest<Legs>[] = [60, 1000].flatMap((window) => [
  contest('mean', window, [
    entrant('hedgerow', ({ x }, out) => {
      const mean = new RollingMean({ window });
      for (let i = 0; i < x.length; i++) out[i] = mean.push(x[i]!);
    }),
    entrant('@stdlib/stats-incr-mmean', ({ x }, out) => {
      const mean = incrmmean(window);
      for (let i = 0; i < x.length; i++) out[i] = mean(x[i]!)!;
    }),
    entrant('technicalindicators', ({ x }, out) => {
      const mean = new technicalindicators.SMA({ period: window, values: [] });
      for (let i = 0; i < x.length; i++) out[i] = mean.nextValue(x[i]!)!;
    }),
    entrant('trading-signals', ({ x }, out) => {
      const mean = new SMA(window);
      for (let i = 0; i < x.length; i++) out[i] = mean.update(x[i]!, false)!;
    }),
  ]),
  contest('variance', window, [
    entrant('hedgerow', ({ x }, out) => {
      const variance = new RollingVariance({ window });
      for (let i = 0; i < x.length; i++) out[i] = variance.push(x[i]!);
    }),
    entrant('@stdlib/stats-incr-mvariance', ({ x }, out) => {
      const variance = incrmvariance(window);
      for (let i = 0; i < x.length; i++) out[i] = variance(x[i]!)!;
    }),
  ]),
  contest('standard deviation', window, [
    entrant('hedgerow', ({ x }, out) => {
      const deviation = new RollingStandardDeviation({ window });
      for (let i = 0; i < x.length; i++) out[i] = deviation.push(x[i]!);
    }),
    entrant('@stdlib/stats-incr-mstdev', ({ x }, out) => {
      const deviation = incrmstdev(window);
      for (let i = 0; i < x.length; i++) out[i] = deviation(x[i]!)!;
    }),
  ]),
  contest('z-score', window, [
    entrant('hedgerow', ({ x }, out) => {
      const score = new ZScore({ window });
      for (let i = 0; i < x.length; i++) out[i] = score.push(x[i]!);
    }),
    entrant('@stdlib/stats-incr-mstdev', ({ x }, out) => {
      const mean = incrmmean(window);
      const deviation = incrmstdev(window);
      for (let i = 0; i < x.length; i++) out[i] = (x[i]! - mean(x[i]!)!) / deviation(x[i]!)!;
    }),
  ]),
  contest('correlation', window, [
    entrant('hedgerow', ({ y, x }, out) => {
      const together = new RollingCorrelation({ window });
      for (let i = 0; i < x.length; i++) out[i] = together.push({ y: y[i]!, x: x[i]! });
    }),
    entrant('@stdlib/stats-incr-mpcorr', ({ y, x }, out) => {
      const together = incrmpcorr(window);
      for (let i = 0; i < x.length; i++) out[i] = together(y[i]!, x[i]!)!;
    }),
  ]),
]);
