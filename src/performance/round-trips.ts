import { checkOptions, checkRecord } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Detector } from '../core/estimator.js';
import { open, packDeep, type Snapshot, unpackDeep } from '../core/snapshot.js';
import { decimalSum } from '../math/decimal.js';

/** What was bought (positive) or sold (negative), when and at what price. */
export interface TradeFill {
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  /** Money paid for the fill, in all; 0 unless said, negative for a rebate. */
  readonly fee?: number;
}

/** A part of a position from its opening to its closing. */
export interface RoundTrip {
  /** Positive for a long trip. */
  readonly quantity: number;
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Money made before fees: quantity · (exit − entry). */
  readonly gross: number;
  /** The trip's share of the fees of both its fills. */
  readonly fees: number;
  /** gross − fees. */
  readonly net: number;
  /** Milliseconds from entry to exit. */
  readonly holding: number;
}

/** Where the money came from. */
export interface ProfitAttribution {
  /** Held now. */
  readonly position: number;
  /** Mean entry price of what is held; NaN when flat. */
  readonly averagePrice: number;
  /** Gross profit of all trips. */
  readonly realised: number;
  /** Profit of what is held at the mark; 0 when flat. */
  readonly unrealised: number;
  /** All fees paid so far. */
  readonly fees: number;
  /** realised + unrealised − fees. */
  readonly net: number;
}

/** What is left of a fill that opened. */
interface Lot {
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  readonly feePerUnit: number;
}

/**
 * Matches each closing fill with the oldest opening ones, live: first in, first out. A fill through zero closes and opens. A
 * fill without quantity, or with a number that is not finite, is passed over.
 *
 * @example
 * ```ts
 * const trips = new RoundTrips();
 * trips.push({ time: 0, price: 100, quantity: 2 }).length; // → 0
 * trips.push({ time: 60_000, price: 103, quantity: -1 })[0].gross; // → 3
 * trips.account(105).unrealised; // → 5
 * ```
 */
export class RoundTrips implements Detector<TradeFill, RoundTrip> {
  private lots: Lot[] = [];
  private realised = 0;
  private fees = 0;

  push(fill: TradeFill): readonly RoundTrip[] {
    const { time, price, quantity, fee = 0 } = fill;
    if (!quantity || !Number.isFinite(time + price + quantity + fee)) return [];
    this.fees += fee;
    const feePerUnit = fee / Math.abs(quantity);
    const trips: RoundTrip[] = [];
    let left = quantity;
    while (left !== 0 && this.lots.length > 0 && this.lots[0]!.quantity > 0 !== left > 0) {
      const lot = this.lots[0]!;
      const closed = Math.sign(lot.quantity) * Math.min(Math.abs(lot.quantity), Math.abs(left));
      const gross = closed * (price - lot.price);
      const fees = Math.abs(closed) * (lot.feePerUnit + feePerUnit);
      trips.push({
        quantity: closed,
        entryTime: lot.time,
        exitTime: time,
        entryPrice: lot.price,
        exitPrice: price,
        gross,
        fees,
        net: gross - fees,
        holding: time - lot.time,
      });
      this.realised += gross;
      left = decimalSum([left, closed]);
      const rest = decimalSum([lot.quantity, -closed]);
      if (rest === 0) this.lots.shift();
      else this.lots[0] = { ...lot, quantity: rest };
    }
    if (left !== 0) this.lots.push({ time, price, quantity: left, feePerUnit });
    return trips;
  }

  /** The money so far, what is held valued at `mark`. */
  account(mark: number): ProfitAttribution {
    const position = decimalSum(this.lots.map(({ quantity }) => quantity));
    const unrealised = this.lots.reduce((total, lot) => total + lot.quantity * (mark - lot.price), 0);
    const cost = this.lots.reduce((total, lot) => total + lot.quantity * lot.price, 0);
    const { realised, fees } = this;
    const net = realised + unrealised - fees;
    return { position, averagePrice: cost / position, realised, unrealised, fees, net };
  }

  snapshot(): Snapshot {
    const { lots, realised, fees } = this;
    return {
      kind: 'RoundTrips',
      version: 1,
      state: { lots: packDeep(lots), realised: packDeep(realised), fees: packDeep(fees) },
    };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RoundTrips {
    const state = open(snapshot, 'RoundTrips', 1);
    const revived = new RoundTrips();
    const [lots, realised, fees] = ['lots', 'realised', 'fees'].map((part) =>
      unpackDeep(state[part] ?? null),
    );
    if (!Array.isArray(lots) || typeof realised !== 'number' || typeof fees !== 'number') {
      throw new DataError('unreadable', 'RoundTrips.from: a part of the state is not there');
    }
    revived.lots = lots as Lot[];
    revived.realised = realised;
    revived.fees = fees;
    return revived;
  }
}

/** How what is still held is valued. */
export interface RoundTripsOptions {
  /** Price of what is held at the end; its last fill's unless said. */
  readonly mark?: number;
}

/**
 * Fills as round trips, first in, first out, and where the money came from: realised and unrealised are all of it.
 *
 * @throws OptionError where an option is unknown; DataError where a fill has no quantity, goes back in time, or holds
 * what is not finite
 * @example
 * ```ts
 * const fills = [
 *   { time: 0, price: 100, quantity: 10, fee: 1 },
 *   { time: 1000, price: 104, quantity: -15, fee: 1.5 },
 * ];
 * const { trips, account } = roundTrips(fills, { mark: 103 });
 * trips[0].net; // → 38
 * account; // → { position: -5, averagePrice: 104, realised: 40, unrealised: 5, fees: 2.5, net: 42.5 }
 * ```
 */
export function roundTrips(
  fills: readonly TradeFill[],
  options: RoundTripsOptions = {},
): { readonly trips: readonly RoundTrip[]; readonly account: ProfitAttribution } {
  checkOptions('roundTrips', options, ['mark']);
  checkRecord('roundTrips', 'fills', fills);
  const live = new RoundTrips();
  const trips: RoundTrip[] = [];
  fills.forEach((fill, i) => {
    checkFill(fill, i, fills[i - 1]);
    trips.push(...live.push(fill));
  });
  const mark = options.mark ?? fills.at(-1)?.price ?? 0;
  if (!Number.isFinite(mark))
    throw new DataError('not-finite', `roundTrips: mark must be finite, received ${mark}`);
  return { trips, account: live.account(mark) };
}

function checkFill(fill: TradeFill, i: number, before: TradeFill | undefined): void {
  checkRecord('roundTrips', `fills[${i}]`, fill);
  for (const [name, value] of Object.entries({ ...fill, fee: fill.fee ?? 0 })) {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new DataError('not-finite', `roundTrips: fills[${i}].${name} is ${value}`);
    }
  }
  const { time, price, quantity } = fill;
  if (![time, price, quantity].every((value) => typeof value === 'number')) {
    throw new DataError('unreadable', `roundTrips: fills[${i}] needs a time, a price and a quantity`);
  }
  if (quantity === 0) throw new DataError('degenerate', `roundTrips: fills[${i}].quantity is 0`);
  if (before && time < before.time) {
    throw new DataError('disordered', `roundTrips: fills[${i}] is earlier than the fill before it`);
  }
}

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
 * @throws DataError where `trips` is no list
 * @example
 * ```ts
 * const fills = [{ time: 0, price: 10, quantity: 2 }, { time: 5, price: 12, quantity: -1 }, { time: 9, price: 9, quantity: -1 }];
 * tripStatistics(roundTrips(fills).trips).profitFactor; // → 2
 * ```
 */
export function tripStatistics(trips: readonly RoundTrip[]): TripStatistics {
  checkRecord('tripStatistics', 'trips', trips);
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
