import { IndicatorsSync } from '@ixjb94/indicators';
import * as aq from 'arquero';
import {
  rollingCorrelation,
  rollingMean,
  rollingStandardDeviation,
  rollingVariance,
  type Series,
  zScore,
} from 'hedgerow';
import * as indicatorts from 'indicatorts';
import technicalindicators from 'technicalindicators';
import { SMA } from 'trading-signals';
import type { Answer, Contest, Entrant } from '../contest.js';
import { type Legs, legs, legsWithABadTick } from '../tapes.js';
import { exactRolling, type RollingName } from './rolling-exact.js';

const indicators = new IndicatorsSync();

/** Deviations with divisor n as deviations with divisor n − 1: a convention, not an error. */
const toSample =
  (window: number) =>
  (deviations: Series): Answer => {
    const factor = Math.sqrt(window / (window - 1));
    return [Float64Array.from(deviations, (deviation) => deviation * factor)];
  };

/** A rolling statistic of arquero's, from its expression. */
function arquero(expression: string, window: number): Entrant<Legs> {
  return {
    name: 'arquero',
    prepare: ({ y, x }) => {
      const prices = aq.table({ y, x });
      const statistic = aq.rolling(expression, [1 - window, 0]);
      return () => prices.derive({ statistic }).array('statistic');
    },
  };
}

/** A statistic of one series, from a function of an array of numbers. */
const of = (
  name: string,
  whole: (x: number[]) => Series,
  rest: Partial<Entrant<Legs>> = {},
): Entrant<Legs> => ({
  name,
  prepare: ({ x }) => {
    const values = Array.from(x);
    return () => whole(values);
  },
  ...rest,
});

const ours = (whole: (legs: Legs) => Series): Entrant<Legs> => ({
  name: 'hedgerow',
  prepare: (input) => () => whole(input),
});

function contest(name: RollingName, window: number, entrants: readonly Entrant<Legs>[]): Contest<Legs> {
  return {
    name: `rolling ${name}, window ${window}`,
    unit: 'values',
    size: 1e6,
    input: legs,
    hostile: legsWithABadTick,
    entrants,
    check: ([answer], input) => exactRolling(name, window, answer!, input),
    tolerance: 1e-9,
  };
}

export const rollingWhole: readonly Contest<Legs>[] = [60, 1000].flatMap((window) => {
  const period = window;
  return [
    contest('mean', window, [
      ours(({ x }) => rollingMean(x, { window })),
      of('indicatorts', (x) => indicatorts.sma(x, { period })),
      of('@ixjb94/indicators', (x) => indicators.sma(x, period)),
      of('trading-signals', (x) => new SMA(period).updates(x, false) as number[], {
        read: (means: (number | null)[]) => [Float64Array.from(means, (mean) => mean ?? NaN)],
      }),
      of('technicalindicators', (values) => technicalindicators.SMA.calculate({ period, values })),
      arquero('d => op.mean(d.x)', window),
    ]),
    contest('variance', window, [
      ours(({ x }) => rollingVariance(x, { window })),
      arquero('d => op.variance(d.x)', window),
    ]),
    contest('standard deviation', window, [
      ours(({ x }) => rollingStandardDeviation(x, { window })),
      of('@ixjb94/indicators', (x) => indicators.stddev(x, period), { read: toSample(window) }),
      of('indicatorts', (x) => indicatorts.mstd(x, { period }), { read: toSample(window) }),
      of('technicalindicators', (values) => technicalindicators.SD.calculate({ period, values }), {
        read: toSample(window),
      }),
      arquero('d => op.stdev(d.x)', window),
    ]),
    contest('z-score', window, [
      ours(({ x }) => zScore(x, { window })),
      arquero('d => (d.x - op.mean(d.x)) / op.stdev(d.x)', window),
    ]),
    contest('correlation', window, [
      ours((legs) => rollingCorrelation(legs, { window })),
      arquero('d => op.corr(d.y, d.x)', window),
    ]),
  ];
});
