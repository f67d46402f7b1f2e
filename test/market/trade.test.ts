import fc from 'fast-check';
import { barColumns, barRows, DataError, resample, type Trade, tradeColumns, tradeRows } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { tape } from './tapes.js';

describe('tradeColumns and tradeRows', () => {
  it('are each other undone', () => {
    fc.assert(
      fc.property(tape, (trades) => {
        expect([...tradeRows(tradeColumns(trades))]).toEqual(trades);
      }),
    );
  });

  it('read any iterable, and make NaN of a missing field', () => {
    const { time, quantity } = tradeColumns(new Set([{ time: 1, price: 2 } as Trade]));
    expect([time[0], quantity[0]]).toEqual([1, NaN]);
  });

  it('refuse columns of different lengths', () => {
    expect(() => [...tradeRows({ time: [1], price: [], quantity: [1] })]).toThrow(DataError);
  });
});

describe('barColumns and barRows', () => {
  it('are each other undone', () => {
    fc.assert(
      fc.property(tape, (trades) => {
        const bars = resample(trades, { every: 100 });
        expect(barColumns(barRows(bars))).toEqual(bars);
      }),
    );
  });

  it('refuse columns of different lengths', () => {
    expect(() => barRows({ ...barColumns([]), close: [1] })).toThrow('columns must have one length');
  });
});
