import { checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { RoundTrip } from './trip-book.js';

/** What a list of trips says. Losses are positive. */
export interface TripStatistics {
  readonly trips: number;
  /** Share of the trips with a net profit. */
  readonly winRate: number;
  /** Net profit of the winners over net loss of the losers; NaN where nobody lost. */
  readonly profitFactor: number;
  readonly averageWin: number;
  readonly averageLoss: number;
  /** Mean net profit of a trip. */
  readonly expectancy: number;
  /** Milliseconds. */
  readonly averageHolding: number;
  readonly gross: number;
  readonly fees: number;
  readonly net: number;
}

/**
 * How often trips win, how much, and how long they are held; NaN where there is nothing to say.
 *
 * @throws DataError where `trips` is no list of trips
 * @example
 * ```ts
 * const fills = [{ time: 0, price: 10, quantity: 2 }, { time: 5, price: 12, quantity: -1 }, { time: 9, price: 9, quantity: -1 }];
 * tripStatistics(roundTrips(fills).trips).profitFactor; // → 2
 * ```
 */
export function tripStatistics(trips: readonly RoundTrip[]): TripStatistics {
  checkTrips('tripStatistics', trips);
  const sum = (of: readonly RoundTrip[], value: (trip: RoundTrip) => number): number =>
    of.reduce((total, trip) => total + value(trip), 0);
  const winners = trips.filter(({ net }) => net > 0);
  const losers = trips.filter(({ net }) => net < 0);
  const won = sum(winners, ({ net }) => net);
  const lost = -sum(losers, ({ net }) => net);
  const net = sum(trips, (trip) => trip.net);
  return {
    trips: trips.length,
    winRate: winners.length / trips.length,
    profitFactor: losers.length > 0 ? won / lost : NaN,
    averageWin: won / winners.length,
    averageLoss: losers.length > 0 ? lost / losers.length : NaN,
    expectancy: net / trips.length,
    averageHolding: sum(trips, ({ holding }) => holding) / trips.length,
    gross: sum(trips, ({ gross }) => gross),
    fees: sum(trips, ({ fees }) => fees),
    net,
  };
}

function checkTrips(who: string, trips: readonly RoundTrip[]): void {
  if (!Array.isArray(trips)) {
    throw new DataError(
      'unreadable',
      `${who}: trips must be an array, received ${trips === null ? 'null' : typeof trips}`,
    );
  }
  trips.forEach((trip: RoundTrip, i) => {
    checkRecord(who, `trips[${i}]`, trip);
    for (const name of ['gross', 'fees', 'net', 'holding'] as const) {
      if (typeof trip[name] === 'number') continue;
      throw new DataError(
        'unreadable',
        `${who}: trips[${i}].${name} must be a number, received ${String(trip[name])}`,
      );
    }
  });
}
