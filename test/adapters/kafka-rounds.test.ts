import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../src/adapters/kafka/rounds.js';

const record = (partition: number, size: number, i: number) => ({
  topic: 't',
  partition,
  key: String(i),
  value: new Uint8Array(size),
});

describe('rounds', () => {
  it('have all records, those of a partition in order, and none too many bytes', () => {
    const sizes = fc.array(fc.tuple(fc.nat(60), fc.nat(880_000)), { maxLength: 120 });
    fc.assert(
      fc.property(sizes, (given) => {
        const records = given.map(([partition, size], i) => record(partition, size, i));
        const made = rounds(records);
        for (const round of made) {
          const bytes = (of: typeof records): number => of.reduce((sum, { value }) => sum + value.length, 0);
          expect(round.length).toBeGreaterThan(0);
          expect(bytes(round as typeof records)).toBeLessThan(33_000_000);
          for (const { partition } of round) {
            const part = (round as typeof records).filter((one) => one.partition === partition);
            expect(part.length === 1 || bytes(part) < 1_000_000).toBe(true);
          }
        }
        const all = made.flat();
        expect(all.length).toBe(records.length);
        for (let partition = 0; partition <= 60; partition++) {
          const of = (list: readonly { partition: number }[]) =>
            list.filter((one) => one.partition === partition);
          expect(of(all)).toEqual(of(records));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('count what a record has beside its value', () => {
    const records = Array.from({ length: 2000 }, (_, i) => ({
      ...record(0, 2, i),
      headers: { 'hedgerow-reason': 'x'.repeat(500) },
    }));
    const sizes = rounds(records).map((round) =>
      round.reduce((sum, { headers }) => sum + 500 + Object.keys(headers!).join().length, 0),
    );
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(900_000);
  });
});
