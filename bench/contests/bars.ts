import * as aq from 'arquero';
import { batchTicksToCandle } from 'candlestick-convert';
import { type BarColumns, barColumns, Resampler, resample, type TradeColumns, tradeRows } from 'hedgerow';
import type { Answer, Contest, Entrant } from '../contest.js';
import { trades } from '../tapes.js';

interface Candle {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

const columns = (bars: BarColumns): Answer => FIELDS.map((field) => bars[field]);
const candles = (rows: readonly Candle[]): Answer =>
  FIELDS.map((field) => rows.map((candle) => candle[field]));

/** Bars built in the plainest way: a list of trades for each bar. */
function plainBars({ time, price, quantity }: TradeColumns, every: number): Answer {
  const members = new Map<number, number[]>();
  time.forEach((now, i) => {
    const start = Math.floor(now / every) * every;
    const list = members.get(start);
    if (list) list.push(i);
    else members.set(start, [i]);
  });
  const rows = [...members].map(([start, list]) => {
    const prices = list.map((i) => price[i]!);
    const volume = list.reduce((sum, i) => sum + quantity[i]!, 0);
    return [start, prices[0]!, Math.max(...prices), Math.min(...prices), prices.at(-1)!, volume];
  });
  return FIELDS.map((_, c) => rows.map((row) => row[c]!));
}

/** 0 where every number is the same. */
const equal = (answer: Answer, right: Answer): number =>
  right.every(
    (column, c) =>
      column.length === answer[c]!.length && Array.from(column).every((x, i) => x === answer[c]![i]),
  )
    ? 0
    : Infinity;

function contest(
  name: string,
  every: number,
  entrants: readonly Entrant<TradeColumns>[],
): Contest<TradeColumns> {
  return {
    name,
    unit: 'trades',
    size: 1e7,
    input: trades,
    entrants,
    check: (answer, tape) => equal(answer, plainBars(tape, every)),
    tolerance: 1e-9,
  };
}

/** arquero reads no first and last value of a group without collecting it. */
const arquero = (every: number): Entrant<TradeColumns> => ({
  name: 'arquero',
  note: 'no open, no close',
  prepare: ({ time, price, quantity }) => {
    const table = aq.table({ time, price, quantity });
    const bar = `d => op.floor(d.time / ${every}) * ${every}`;
    const sums = {
      high: 'd => op.max(d.price)',
      low: 'd => op.min(d.price)',
      volume: 'd => op.sum(d.quantity)',
    };
    return () => {
      const bars = table.groupby({ bar }).rollup(sums);
      return ['bar', 'high', 'low', 'volume'].map((column) => bars.array(column));
    };
  },
  read: ([time, high, low, volume]: number[][]) => [time, undefined, high, low, undefined, volume] as Answer,
});

const candlestickConvert = (seconds: number): Entrant<TradeColumns> => ({
  name: 'candlestick-convert',
  note: 'opens at the last close',
  prepare: (tape) => {
    const rows = [...tradeRows(tape)];
    return () => batchTicksToCandle(rows, seconds, true);
  },
  read: candles,
});

export const bars: readonly Contest<TradeColumns>[] = [1, 60].flatMap((seconds) => {
  const every = 1000 * seconds;
  const name = seconds === 1 ? '1 s' : '1 m';
  return [
    contest(`bars of ${name}, columns`, every, [
      { name: 'hedgerow', prepare: (tape) => () => resample(tape, { every }), read: columns },
      candlestickConvert(seconds),
      arquero(every),
    ]),
    contest(`bars of ${name}, trade by trade`, every, [
      {
        name: 'hedgerow',
        prepare:
          ({ time, price, quantity }) =>
          () => {
            const live = new Resampler({ every });
            const closed = [];
            for (let i = 0; i < time.length; i++) {
              for (const bar of live.push({ time: time[i]!, price: price[i]!, quantity: quantity[i]! }))
                closed.push(bar);
            }
            closed.push(...live.flush());
            return barColumns(closed);
          },
        read: columns,
      },
      candlestickConvert(seconds),
    ]),
  ];
});
