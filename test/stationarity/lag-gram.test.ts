import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LagColumns, lagColumn, lagGram, widenLagGram } from '../../src/stationarity/lag-gram.js';
import type { Gram } from '../../src/stationarity/projections.js';

/** Every sum of products written out. */
function writtenOut(columns: LagColumns, lags: number): number[] {
  const size = lags + 2 + columns.trends.length;
  const all = Array.from({ length: size }, (_, i) => lagColumn(columns, lags, i));
  return all.flatMap((a) => all.map((b) => a.reduce((sum, x, t) => sum + x * b[t]!, 0)));
}

const entries = (gram: Gram): number[] => Array.from(gram.entries, (x) => x + 0);

describe('lagGram', () => {
  const cases = fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 30 }), fc.nat(3)).chain(([lags, more, terms]) =>
    fc.record({
      lags: fc.constant(lags),
      terms: fc.constant(terms),
      level: fc.array(fc.integer({ min: -99, max: 99 }), {
        minLength: 2 * lags + 1 + more,
        maxLength: 2 * lags + 1 + more,
      }),
    }),
  );
  const columnsOf = (level: readonly number[], terms: number): LagColumns => ({
    level: Float64Array.from(level),
    differences: Float64Array.from(level.slice(1), (x, t) => x - level[t]!),
    trends: Array.from({ length: terms }, (_, power) =>
      Float64Array.from(level.slice(1), (_x, t) => t ** power),
    ),
  });

  it('is exact on whole numbers', () => {
    fc.assert(
      fc.property(cases, ({ lags, terms, level }) => {
        const columns = columnsOf(level, terms);
        expect(entries(lagGram(columns, lags))).toEqual(writtenOut(columns, lags).map((x) => x + 0));
      }),
    );
  });

  it('widens to what fewer lags give', () => {
    fc.assert(
      fc.property(cases, ({ lags, terms, level }) => {
        const columns = columnsOf(level, terms);
        for (let fewer = 0; fewer <= lags; fewer++) {
          expect(entries(widenLagGram(lagGram(columns, lags), columns, lags, fewer))).toEqual(
            entries(lagGram(columns, fewer)),
          );
        }
      }),
    );
  });

  it('keeps no trace of an outlier in lags that do not see it', () => {
    const level = Array.from({ length: 40 }, (_, t) => (t * 7) % 11);
    const sums = lagGram(columnsOf([...level, 1e15], 1), 3);
    const calm = lagGram(columnsOf([...level, 0], 1), 3);
    for (let i = 1; i <= 3; i++) {
      for (let j = 1; j <= 3; j++) {
        expect(sums.entries[i * sums.size + j]).toBe(calm.entries[i * calm.size + j]);
      }
    }
  });
});
