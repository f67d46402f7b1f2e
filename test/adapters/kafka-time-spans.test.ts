import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { committedOf } from '../../src/adapters/kafka/platformatic-fetch.js';
import { timeSpans } from '../../src/adapters/kafka/time-spans.js';

const record = (partition: number, time: number | undefined, i: number) => ({
  topic: 't',
  partition,
  key: String(i),
  value: null,
  ...(time === undefined ? {} : { time }),
});

describe('timeSpans', () => {
  it('have all records, those of a partition in order and within 2³¹ ms of its first', () => {
    const now = 1.7e12;
    const times = fc.option(fc.integer({ min: -1, max: 4e12 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), times), { minLength: 1, maxLength: 60 }), (given) => {
        const records = given.map(([partition, time], i) => record(partition, time, i));
        const made = timeSpans(records, now);
        for (let partition = 0; partition <= 3; partition++) {
          for (const round of made) {
            const part = round.filter((one) => one.partition === partition).map(({ time }) => time ?? now);
            for (const time of part) expect(Math.abs(time - part[0]!)).toBeLessThan(2 ** 31);
          }
          expect(made.flat().filter((one) => one.partition === partition)).toEqual(
            records.filter((one) => one.partition === partition),
          );
        }
        expect(made.every(({ length }) => length > 0)).toBe(true);
      }),
    );
  });

  it('are one where nothing is far apart, and one for each day too far from the last', () => {
    const days = (step: number) => [0, 1, 2, 3].map((i) => record(0, i * step * 86_400_000, i));
    expect(timeSpans(days(8), 0)).toHaveLength(1);
    expect(timeSpans(days(9), 0)).toHaveLength(2);
    expect(timeSpans(days(25), 0)).toHaveLength(4);
    expect(timeSpans([record(0, 0, 0), record(0, undefined, 1)], 2 ** 40)).toHaveLength(2);
  });
});

describe('committedOf', () => {
  it('gives the time of the broker where the topic says that it counts', () => {
    const batch = {
      firstOffset: 0n,
      lastOffsetDelta: 0,
      firstTimestamp: 1000n,
      maxTimestamp: 9000n,
      producerId: -1n,
      records: [{ key: null, value: null, headers: [], timestampDelta: 5n, offsetDelta: 0 }],
    };
    const timeOf = (attributes: number): number | undefined => {
      const records = [{ ...batch, attributes }];
      const fetched = { partitionIndex: 0, highWatermark: 1n, abortedTransactions: null, records };
      return committedOf('t', fetched, 0).messages[0]?.time;
    };
    expect([timeOf(0), timeOf(0x08)]).toEqual([1005, 9000]);
  });
});
