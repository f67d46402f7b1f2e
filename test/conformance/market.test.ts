import {
  type AlignOptions,
  align,
  barRows,
  logReturns,
  type ResampleOptions,
  Resampler,
  resample,
  simpleReturns,
  tradeRows,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Columns<Name extends string> = { readonly [Field in Name]: readonly Packed[] };
type Leg = Columns<'time' | 'value'>;

const numbers = (packed: readonly Packed[]): number[] => packed.map(Number);

const bars = answers<
  { trades: Columns<'time' | 'price' | 'quantity'>; every: number; gaps: 'skip' | 'flat'; origin: number },
  Columns<'time' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'count' | 'vwap'>
>('market-bars');

describe(`resample, against ${bars.source}`, () => {
  for (const { name, input, expected, tolerance, tolerances } of bars.rows) {
    const { time, price, quantity } = input.trades;
    const trades = { time: numbers(time), price: numbers(price), quantity: numbers(quantity) };
    const { every, gaps, origin } = input;
    const options: ResampleOptions = { every, gaps, origin };

    it(name, () => {
      const received = resample(trades, options);
      for (const column of Object.keys(expected) as (keyof typeof expected)[]) {
        expect(received[column]).toHaveLength(expected[column].length);
        for (const [i, wanted] of expected[column].entries()) {
          expectNear(received[column][i]!, wanted, tolerances?.[column] ?? tolerance, `${column}[${i}]`);
        }
      }
    });

    it(`${name}, live`, () => {
      const live = new Resampler({ ...options, lateness: '1d' });
      const received = [...[...tradeRows(trades)].flatMap((trade) => live.push(trade)), ...live.flush()];
      expect(received).toEqual(barRows(resample(trades, options)));
    });
  }
});

const pairs = answers<{ y: Leg; x: Leg; options: AlignOptions }, Columns<'time' | 'y' | 'x'>>('market-align');

describe(`align, against ${pairs.source}`, () => {
  for (const { name, input, expected } of pairs.rows) {
    it(name, () => {
      const leg = ({ time, value }: Leg) => ({ time: numbers(time), value: numbers(value) });
      const { time, y, x } = align({ y: leg(input.y), x: leg(input.x) }, input.options);
      expect([...time]).toEqual(numbers(expected.time));
      expect([...y]).toEqual(numbers(expected.y));
      expect([...x]).toEqual(numbers(expected.x));
    });
  }
});

const returns = answers<readonly Packed[], Columns<'simple' | 'log'>>('market-returns');

describe(`returns, against ${returns.source}`, () => {
  for (const { name, input, expected, tolerance } of returns.rows) {
    it(name, () => {
      const simple = simpleReturns(numbers(input));
      const log = logReturns(numbers(input));
      expect([simple.length, log.length]).toEqual([expected.simple.length, expected.log.length]);
      for (const [i, wanted] of expected.simple.entries())
        expectNear(simple[i]!, wanted, tolerance, `simple[${i}]`);
      for (const [i, wanted] of expected.log.entries()) expectNear(log[i]!, wanted, tolerance, `log[${i}]`);
    });
  }
});
