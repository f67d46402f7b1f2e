import { IndicatorsSync } from '@ixjb94/indicators';
import { ExponentialMean, exponentialMean, type Series } from 'hedgerow';
import * as indicatorts from 'indicatorts';
import technicalindicators from 'technicalindicators';
import { EMA } from 'trading-signals';
import type { Answer, Contest, Entrant } from '../contest.js';
import { type Legs, legs, legsWithABadTick } from '../tapes.js';

const span = 60;
const options = { span, adjust: false };
const indicators = new IndicatorsSync();

/** The greatest error at some places against the definition: weights that fade to nothing within 4,000 observations. */
function worst(answer: Series, { x }: Legs): number {
  const keep = 1 - 2 / (span + 1);
  let most = 0;
  for (let place = 1; place <= 40; place++) {
    const end = Math.floor((place * (x.length - 1)) / 40);
    const start = Math.max(end - 4000, 0);
    let off = 0;
    let weight = 1 - keep;
    for (let t = end; t >= start; t--) {
      off += (t === 0 ? weight / (1 - keep) : weight) * (x[t]! - x[end]!);
      weight *= keep;
    }
    const expected = x[end]! + off;
    most = Math.max(most, Math.abs(answer[end]! / expected - 1));
  }
  return most;
}

/** What started from a simple mean instead of the first price, after that has faded. */
const settled = (means: Series): Answer => [Array.from(means).slice(-Math.floor(means.length / 2))];

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

const contest = (name: string, entrants: readonly Entrant<Legs>[]): Contest<Legs> => ({
  name: `${name}, span ${span}`,
  unit: 'values',
  size: 1e6,
  input: legs,
  hostile: legsWithABadTick,
  entrants,
  check: ([answer], input) => worst(answer!, input),
  tolerance: 1e-9,
});

export const exponentials: readonly Contest<Legs>[] = [
  contest('exponential mean', [
    { name: 'hedgerow', prepare: (input) => () => exponentialMean(input.x, options) },
    of('trading-signals', (x) => new EMA(span).updates(x, false) as number[], {
      read: (means: (number | null)[]) => [Float64Array.from(means, (mean) => mean ?? NaN)],
    }),
    of('indicatorts', (x) => indicatorts.ema(x, { period: span })),
    of('@ixjb94/indicators', (x) => indicators.ema(x, span), { read: settled }),
    of('technicalindicators', (values) => technicalindicators.EMA.calculate({ period: span, values }), {
      note: 'starts from a simple mean',
      read: settled,
    }),
  ]),
  contest('live exponential mean', [
    {
      name: 'hedgerow',
      prepare: ({ x }) => {
        const out = new Float64Array(x.length);
        return () => {
          const mean = new ExponentialMean(options);
          for (let i = 0; i < x.length; i++) out[i] = mean.push(x[i]!);
          return out;
        };
      },
    },
    {
      name: 'trading-signals',
      prepare: ({ x }) => {
        const out = new Float64Array(x.length);
        return () => {
          const mean = new EMA(span);
          for (let i = 0; i < x.length; i++) out[i] = mean.update(x[i]!, false) ?? NaN;
          return out;
        };
      },
    },
  ]),
];
