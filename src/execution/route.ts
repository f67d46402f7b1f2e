import { checkFinite, checkOptions, checkPositive, checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { decimalMultiple, stepsIn } from '../math/decimal.js';
import { checkLots } from './whole-lots.js';

/** What somebody is willing to trade at a price; not signed. */
export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
}

/** A place to trade. */
export interface Venue {
  readonly name: string;
  /** The side of its book that the order takes: offers for a buy, bids for a sell. In any order. */
  readonly levels: readonly BookLevel[];
  /** Fee as a share of the money traded: 0.001 is a tenth of a per cent; negative for a rebate. 0 unless said. */
  readonly fee?: number;
  /** Milliseconds until an order gets there; 0 unless said. */
  readonly latency?: number;
}

/** An order, and where it could go. */
export interface RouteOptions {
  /** Positive to buy, negative to sell; a whole number of lots. */
  readonly quantity: number;
  readonly venues: readonly Venue[];
  /** The smallest step of a quantity; 1 unless said. */
  readonly lot?: number;
  /** Money per unit that the price is expected to run away in a millisecond; 0 unless said. */
  readonly driftPerMillisecond?: number;
  /** The worst price to take, before fees; none unless said. */
  readonly limit?: number;
}

/** The part of the order that one venue gets. */
export interface RoutedChild {
  readonly venue: string;
  /** Signed like the order. */
  readonly quantity: number;
  /** The worst price taken there: the limit to send with it. */
  readonly price: number;
  /** Money expected to be paid (a sale: received, negative) with fees and what latency costs. */
  readonly cost: number;
}

/** Where the order goes. */
export interface Route {
  /** One a venue that gets something, in the order of `venues`. */
  readonly children: readonly RoutedChild[];
  readonly filled: number;
  /** What no venue has depth for; filled + unfilled is the order. */
  readonly unfilled: number;
  /** Money expected to be paid in all. */
  readonly cost: number;
  /** Cost per unit; NaN where nothing is filled. */
  readonly averageCost: number;
}

/** A level as the order meets it. */
interface Offer {
  readonly venue: number;
  readonly price: number;
  readonly lots: number;
  /** Paid for a unit with everything: negative for a sale. */
  readonly unitCost: number;
}

/**
 * Splits an order over venues at the least expected cost: price, fees and what the price is expected to run away on the way. Takes
 * the cheapest lots wherever they are, never more than a level has, and says what is left over. A level is good for whole
 * lots only.
 *
 * Each lot has a cost of its own, so that taking the cheapest first is the optimum of the linear programme.
 *
 * @throws OptionError where an option is out of range or a venue has an unknown name; DataError where the quantity is not a
 * whole number of lots, or a level has a price or a quantity that is no positive number
 * @example
 * ```ts
 * const venues = [
 *   { name: 'near', levels: [{ price: 100, quantity: 5 }, { price: 101, quantity: 50 }], fee: 0.001 },
 *   { name: 'far', levels: [{ price: 100.05, quantity: 8 }] },
 * ];
 * route({ quantity: 10, venues }).children.map(({ venue, quantity }) => ({ venue, quantity })); // → [{ venue: 'near', quantity: 2 }, { venue: 'far', quantity: 8 }]
 * ```
 */
export function route(options: RouteOptions): Route {
  checkOptions('route', options, ['quantity', 'venues', 'lot', 'driftPerMillisecond', 'limit']);
  const { count, lot } = checkLots('route', options.quantity, options.lot ?? 1);
  const side = Math.sign(count);
  const drift = checkFinite('route', 'driftPerMillisecond', options.driftPerMillisecond ?? 0);
  if (drift < 0)
    throw new OptionError(`route: driftPerMillisecond must not be below zero, received ${drift}`);
  const limit = options.limit === undefined ? undefined : checkPositive('route', 'limit', options.limit);
  if (!Array.isArray(options.venues)) throw new OptionError('route: venues must be an array');
  const venues = options.venues as readonly Venue[];

  const offers = venues.flatMap((venue, place) => offersOf(venue, place, side, lot, drift));
  const within = offers.filter(({ price }) => limit === undefined || side * price <= side * limit);
  // The same cost: the venue named first.
  within.sort((a, b) => a.unitCost - b.unitCost || a.venue - b.venue);
  let left = Math.abs(count);
  const taken: Offer[] = [];
  for (const offer of within) {
    const lots = Math.min(left, offer.lots);
    if (lots > 0) taken.push({ ...offer, lots });
    left -= lots;
  }
  const children = venues.flatMap((venue, place) => childOf(venue, place, taken, side, lot));
  const filled = decimalMultiple(side * (Math.abs(count) - left) || 0, lot);
  const cost = children.reduce((total, child) => total + child.cost, 0);
  return {
    children,
    filled,
    unfilled: decimalMultiple(side * left || 0, lot),
    cost,
    averageCost: cost / filled,
  };
}

function offersOf(venue: Venue, place: number, side: number, lot: number, drift: number): Offer[] {
  checkRecord('route', `venues[${place}]`, venue);
  checkOptions('route', venue, ['name', 'levels', 'fee', 'latency']);
  if (typeof venue.name !== 'string') {
    throw new OptionError(`route: venues[${place}].name must be a text, received ${String(venue.name)}`);
  }
  const fee = checkFinite('route', `venues[${place}].fee`, venue.fee ?? 0);
  const latency = checkFinite('route', `venues[${place}].latency`, venue.latency ?? 0);
  if (latency < 0)
    throw new OptionError(`route: venues[${place}].latency must not be below zero, received ${latency}`);
  if (!Array.isArray(venue.levels)) throw new OptionError(`route: venues[${place}].levels must be an array`);
  return (venue.levels as readonly BookLevel[]).map((offered, level) => {
    const { price, quantity } = checkRecord('route', `venues[${place}].levels[${level}]`, offered);
    const areNumbers = typeof price === 'number' && typeof quantity === 'number';
    if (!(areNumbers && price > 0 && price < Infinity && quantity >= 0 && quantity < Infinity)) {
      throw new DataError(
        'degenerate',
        `route: levels must have a positive price and quantity, venues[${place}].levels[${level}] has ${shown(price)} and ${shown(quantity)}`,
      );
    }
    return {
      venue: place,
      price,
      lots: Math.abs(stepsIn(quantity, lot, 'down')),
      unitCost: side * price + fee * price + latency * drift,
    };
  });
}

const shown = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value));

function childOf(
  venue: Venue,
  place: number,
  taken: readonly Offer[],
  side: number,
  lot: number,
): RoutedChild[] {
  const own = taken.filter((offer) => offer.venue === place);
  if (own.length === 0) return [];
  const lots = own.reduce((total, offer) => total + offer.lots, 0);
  const prices = own.map(({ price }) => price);
  return [
    {
      venue: venue.name,
      quantity: decimalMultiple(side * lots, lot),
      price: side > 0 ? Math.max(...prices) : Math.min(...prices),
      cost: own.reduce((total, offer) => total + decimalMultiple(offer.lots, lot) * offer.unitCost, 0),
    },
  ];
}
