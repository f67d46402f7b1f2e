import { checkOptions, checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Detector } from '../core/estimator.js';
import { open, type Snapshot, unpackPart } from '../core/snapshot.js';
import { type ProfitAttribution, type RoundTrip, type TradeFill, TripBook } from './trip-book.js';

/** Prices at which what is held is valued: one price of the only instrument, or one each by name. */
export type Marks = number | { readonly [instrument: string]: number };

/** Fills that have no instrument are all of one, of this name. */
const UNNAMED = '';

type Books = Map<string, TripBook>;

/** The trips that a fill closes in the book of its instrument. */
function filled(books: Books, fill: TradeFill): readonly RoundTrip[] {
  const { instrument = UNNAMED } = fill;
  const book = books.get(instrument) ?? new TripBook();
  books.set(instrument, book);
  return book.fill(fill);
}

/** The account of each instrument by its name. */
function accountsOf(who: string, books: Books, marks: Marks): Map<string, ProfitAttribution> {
  if (typeof marks === 'number' && books.size > 1) {
    throw new OptionError(`${who}: ${books.size} instruments need a mark each by name, received ${marks}`);
  }
  const named = typeof marks === 'number' ? {} : checkRecord(who, 'mark', marks);
  const accounts = new Map<string, ProfitAttribution>();
  for (const [name, book] of books) {
    const said = typeof marks === 'number' ? marks : Object.hasOwn(named, name) ? marks[name] : undefined;
    if (!book.isFlat && (typeof said !== 'number' || (typeof marks !== 'number' && !Number.isFinite(said)))) {
      const what = name === UNNAMED ? 'what is held' : name;
      throw new DataError(
        'not-finite',
        `${who}: ${what} is held and needs a finite mark, received ${String(said)}`,
      );
    }
    accounts.set(name, book.account(said ?? 0));
  }
  return accounts;
}

/** All instruments together. */
function totalOf(accounts: readonly ProfitAttribution[]): ProfitAttribution {
  if (accounts.length === 1) return accounts[0]!;
  const sum = (part: 'realised' | 'unrealised' | 'fees'): number =>
    accounts.reduce((total, account) => total + account[part], 0);
  const [realised, unrealised, fees] = [sum('realised'), sum('unrealised'), sum('fees')];
  const position = accounts.length === 0 ? 0 : NaN;
  return { position, averagePrice: NaN, realised, unrealised, fees, net: realised + unrealised - fees };
}

/**
 * Matches each closing fill with the oldest opening ones of its instrument, live: first in, first out. A fill through zero
 * closes and opens. A fill without quantity, or with a number that is not finite, is passed over.
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
  private readonly books: Books = new Map();

  push(fill: TradeFill): readonly RoundTrip[] {
    const { time, price, quantity, fee = 0 } = fill;
    return quantity && Number.isFinite(time + price + quantity + fee) ? filled(this.books, fill) : [];
  }

  /**
   * The money so far, over all instruments, what is held valued at its mark.
   *
   * @throws OptionError where several instruments are given one mark; DataError where what is held has none
   */
  account(marks: Marks): ProfitAttribution {
    return totalOf([...accountsOf('RoundTrips', this.books, marks).values()]);
  }

  /**
   * The same of each instrument by its name.
   *
   * @throws OptionError and DataError as `account` does
   */
  accounts(marks: Marks): { readonly [instrument: string]: ProfitAttribution } {
    return Object.fromEntries(accountsOf('RoundTrips', this.books, marks));
  }

  snapshot(): Snapshot {
    const books = Array.from(this.books, ([name, book]) => ({ name, book: book.save() }));
    return { kind: 'RoundTrips', version: 1, state: { books } };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): RoundTrips {
    const { books } = open(snapshot, 'RoundTrips', 1);
    const revived = new RoundTrips();
    if (!Array.isArray(books)) {
      throw new DataError('unreadable', 'RoundTrips.from: a part of the state is not there');
    }
    for (const part of books) {
      const { name, book } = unpackPart(part);
      const read = new TripBook();
      read.load(unpackPart(book));
      revived.books.set(String(name), read);
    }
    return revived;
  }
}

/** How what is still held is valued. */
export interface RoundTripsOptions {
  /** Price of what is held at the end, by instrument where there are several; that of its last fill unless said. */
  readonly mark?: Marks;
}

/** Fills as trips, and the money. */
export interface RoundTripsResult {
  readonly trips: readonly RoundTrip[];
  /** Over all instruments. */
  readonly account: ProfitAttribution;
  /** Of each instrument by its name; fills without one are not in it. */
  readonly instruments: { readonly [instrument: string]: ProfitAttribution };
}

/**
 * Fills as round trips, first in, first out, and where the money came from: realised and unrealised are all of it. Where
 * fills have an `instrument`, each closes what is held of its own.
 *
 * @throws OptionError where an option is unknown, or several instruments are given one mark; DataError where a fill has
 * no quantity, goes back in time, or holds what is not finite, or what is held is not among the marks
 * @example
 * ```ts
 * const fills = [
 *   { time: 0, price: 100, quantity: 10, fee: 1 },
 *   { time: 1000, price: 104, quantity: -15, fee: 1.5 },
 * ];
 * const { trips, account } = roundTrips(fills, { mark: 103 });
 * trips[0].net; // → 38
 * account; // → { position: -5, averagePrice: 104, realised: 40, unrealised: 5, fees: 2.5, net: 42.5 }
 * const pair = [
 *   { time: 0, instrument: 'KO', price: 60, quantity: 10 },
 *   { time: 0, instrument: 'PEP', price: 170, quantity: -4 },
 *   { time: 1000, instrument: 'KO', price: 61, quantity: -10 },
 * ];
 * roundTrips(pair, { mark: { PEP: 168 } }).account.net; // → 18
 * ```
 */
export function roundTrips(fills: readonly TradeFill[], options: RoundTripsOptions = {}): RoundTripsResult {
  const who = 'roundTrips';
  checkOptions(who, options, ['mark']);
  if (!Array.isArray(fills)) {
    throw new DataError(
      'unreadable',
      `${who}: fills must be an array, received ${fills === null ? 'null' : typeof fills}`,
    );
  }
  const books: Books = new Map();
  const trips: RoundTrip[] = [];
  const last = new Map<string, number>();
  (fills as readonly TradeFill[]).forEach((fill, i) => {
    checkFill(who, fill, i, fills[i - 1]);
    last.set(fill.instrument ?? UNNAMED, fill.price);
    trips.push(...filled(books, fill));
  });
  const mark = options.mark ?? Object.fromEntries(last);
  if (typeof mark === 'number' && !Number.isFinite(mark))
    throw new DataError('not-finite', `${who}: mark must be finite, received ${mark}`);
  const accounts = accountsOf(who, books, mark);
  const total = totalOf([...accounts.values()]);
  accounts.delete(UNNAMED);
  return { trips, account: total, instruments: Object.fromEntries(accounts) };
}

function checkFill(who: string, fill: TradeFill, i: number, before: TradeFill | undefined): void {
  checkRecord(who, `fills[${i}]`, fill);
  for (const [name, value] of Object.entries({ ...fill, fee: fill.fee ?? 0 })) {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new DataError('not-finite', `${who}: fills[${i}].${name} is ${value}`);
    }
  }
  const { time, price, quantity, fee = 0, instrument = 'none' } = fill;
  if (![time, price, quantity, fee].every((value) => typeof value === 'number')) {
    throw new DataError(
      'unreadable',
      `${who}: fills[${i}] needs a time, a price and a quantity, all numbers`,
    );
  }
  if (typeof instrument !== 'string' || instrument === UNNAMED) {
    throw new DataError(
      'unreadable',
      `${who}: fills[${i}].instrument must be a name, received ${instrument === UNNAMED ? 'an empty one' : typeof instrument}`,
    );
  }
  if (quantity === 0) throw new DataError('degenerate', `${who}: fills[${i}].quantity is 0`);
  if (before && time < before.time) {
    throw new DataError('disordered', `${who}: fills[${i}] is earlier than the fill before it`);
  }
}
