import { checkFinite, checkOptions, checkRecord, checkSeries } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { american } from './american.js';
import type { AmericanTerms, Dividend } from './american-terms.js';
import { bachelier } from './bachelier.js';
import { black76 } from './black-76.js';
import { blackScholes } from './black-scholes.js';
import type { ForwardTerms, SpotTerms } from './option.js';

/** What a position is in: the underlying itself, or an option and the model that prices it. */
export type Instrument =
  | { readonly kind: 'underlying'; readonly spot: number }
  | ({ readonly kind: 'black-scholes' } & SpotTerms)
  | ({ readonly kind: 'black-76' } & ForwardTerms)
  | ({ readonly kind: 'bachelier' } & ForwardTerms)
  | ({ readonly kind: 'american' } & AmericanTerms);

/** So many contracts of something. */
export interface BookPosition {
  /** Signed: bought is positive. */
  readonly quantity: number;
  /** Units of the underlying in a contract, or money per point; 1 unless said. */
  readonly multiplier?: number;
  readonly terms: Instrument;
}

/** Value and Greeks in money: each is quantity · multiplier · that of one unit, per 1.00 of whatever moves. */
export interface BookValue {
  readonly value: number;
  /** Money per 1.00 of the underlying's price. */
  readonly delta: number;
  readonly gamma: number;
  /** Money per 1.00 of volatility. */
  readonly vega: number;
  /** Money per year of waiting. */
  readonly theta: number;
  /** Money per 1.00 of rate. */
  readonly rho: number;
  readonly vanna: number;
  /** Money per 1.00² of volatility; 0 from American options, which do not tell it. */
  readonly volga: number;
  /** Money per 1.00 of dividend yield. */
  readonly dividendRho: number;
  /** delta · price of the underlying: the money in the underlying that the book behaves like. */
  readonly exposure: number;
}

/** A book's totals, and what each position adds to them. */
export interface Book extends BookValue {
  readonly positions: readonly BookValue[];
}

const SUMS = [
  'value',
  'delta',
  'gamma',
  'vega',
  'theta',
  'rho',
  'vanna',
  'volga',
  'dividendRho',
  'exposure',
] as const;

const KINDS = ['underlying', 'black-scholes', 'black-76', 'bachelier', 'american'];

/** Quantity · multiplier, checked, with the terms as the pricer wants them. */
function unitsOf(who: string, position: BookPosition, i: number): number {
  checkRecord(who, `positions[${i}]`, position);
  checkOptions(`${who}: positions[${i}]`, position, ['quantity', 'multiplier', 'terms']);
  const { kind } = checkRecord(who, `positions[${i}].terms`, position.terms);
  if (!KINDS.includes(kind)) {
    throw new OptionError(
      `${who}: positions[${i}].terms.kind must be one of ${KINDS.join(', ')}, received ${String(kind)}`,
    );
  }
  return (
    checkFinite(who, `positions[${i}].quantity`, position.quantity) *
    checkFinite(who, `positions[${i}].multiplier`, position.multiplier ?? 1)
  );
}

/** The price of the underlying that an instrument is on. */
function underlyingOf(terms: Instrument): number {
  return 'forward' in terms ? terms.forward : terms.spot;
}

type UnitValue = Omit<BookValue, 'value' | 'exposure'> & { readonly price: number };

const NOTHING = { gamma: 0, vega: 0, theta: 0, rho: 0, vanna: 0, volga: 0, dividendRho: 0 };

/** One unit's price and Greeks; who asked, and for which position, stands before what its pricer says is wrong. */
function unitValue(who: string, instrument: Instrument, i: number): UnitValue {
  try {
    return priced(instrument);
  } catch (error) {
    if (error instanceof OptionError || error instanceof DataError)
      error.message = `${who}: positions[${i}].terms: ${error.message}`;
    throw error;
  }
}

function priced(instrument: Instrument): UnitValue {
  if (instrument.kind === 'underlying') {
    const { kind, ...terms } = instrument;
    checkOptions(kind, terms, ['spot']);
    return { ...NOTHING, price: checkFinite(kind, 'spot', instrument.spot), delta: 1 };
  }
  const { kind, ...terms } = instrument;
  if (kind === 'black-scholes') return blackScholes(terms as SpotTerms);
  if (kind === 'black-76') return black76(terms as ForwardTerms);
  if (kind === 'bachelier') return bachelier(terms as ForwardTerms);
  return { ...american(terms as AmericanTerms), volga: 0 };
}

/**
 * The value of a book of options and underlyings, and its Greeks, summed in money. Deltas and gammas are per 1.00 of each
 * position's own underlying: across underlyings add `exposure`, or keep a book for each.
 *
 * @param positions - quantities, signed, of instruments: `terms` are those of the pricer of its `kind`
 * @throws OptionError for an unknown kind or option, a quantity that is not finite, or terms that the pricer refuses
 * @example
 * ```ts
 * const call = { kind: 'black-scholes', type: 'call', spot: 100, strike: 100, years: 0.5, rate: 0.03, volatility: 0.2 } as const;
 * const hedged = book([
 *   { quantity: 10, multiplier: 100, terms: call },
 *   { quantity: -580, terms: { kind: 'underlying', spot: 100 } },
 * ]);
 * hedged.value.toFixed(2); // → '-51628.97'
 * hedged.delta.toFixed(2); // → '-9.84'
 * hedged.positions.length; // → 2
 * ```
 */
export function book(positions: readonly BookPosition[]): Book {
  const who = 'book';
  const each = checkPositions(who, 'positions', positions).map((position, i) => inMoney(who, position, i));
  return { ...(totalOf(each) as unknown as BookValue), positions: each };
}

function checkPositions(who: string, name: string, positions: unknown): readonly BookPosition[] {
  return Array.from(checkSeries(who, name, positions) as unknown as ArrayLike<BookPosition>);
}

function inMoney(who: string, position: BookPosition, i: number): BookValue {
  const units = unitsOf(who, position, i);
  const value = unitValue(who, position.terms, i);
  // `+ 0` turns −0 into 0; no units of an infinite gamma are none
  const money = (one: number): number => (units === 0 ? 0 : units * one + 0);
  return {
    value: money(value.price),
    delta: money(value.delta),
    gamma: money(value.gamma),
    vega: money(value.vega),
    theta: money(value.theta),
    rho: money(value.rho),
    vanna: money(value.vanna),
    volga: money(value.volga),
    dividendRho: money(value.dividendRho),
    exposure: money(value.delta * underlyingOf(position.terms)),
  };
}

function totalOf(each: readonly BookValue[]): Record<(typeof SUMS)[number], number> {
  const total = Object.fromEntries(SUMS.map((name) => [name, 0])) as Record<(typeof SUMS)[number], number>;
  for (const one of each) for (const name of SUMS) total[name] += one[name];
  // Bought and sold at the same kink, infinite Greeks cancel: what is left is the sum of the others.
  for (const name of SUMS) {
    if (!Number.isNaN(total[name])) continue;
    const endless = each.reduce((sum, one) => sum + sideOf(one[name]), 0);
    const rest = each.reduce((sum, one) => sum + (sideOf(one[name]) === 0 ? one[name] : 0), 0);
    total[name] = endless === 0 ? rest : endless * Infinity;
  }
  return total;
}

/** 1 or −1 for what is infinite, else 0. */
function sideOf(value: number): number {
  return value === Infinity ? 1 : value === -Infinity ? -1 : 0;
}

/** A state of the market, as moves from the terms of the positions; what is left out does not move. */
export interface MarketShock {
  /** Move of every underlying as a fraction: 0.1 is 10 % up. */
  readonly move?: number;
  /** Move of every underlying in units of its price, after `move`. */
  readonly shift?: number;
  /** Added to every volatility, in its own units; no volatility falls below 0. */
  readonly volatility?: number;
  /** Added to every rate. */
  readonly rate?: number;
  /** Time that goes by, in years; an option past its expiry is worth its intrinsic value. */
  readonly years?: number;
}

/**
 * The positions as a shock leaves them.
 *
 * @throws OptionError for an unknown or non-finite part of the shock
 * @example
 * ```ts
 * const moved = shocked([{ quantity: 2, terms: { kind: 'underlying', spot: 100 } }], { move: -0.1, shift: 1 });
 * moved[0]?.terms; // → { kind: 'underlying', spot: 91 }
 * ```
 */
export function shocked(positions: readonly BookPosition[], shock: MarketShock): readonly BookPosition[] {
  return shockedBy('shocked', positions, shock);
}

function shockedBy(who: string, given: readonly BookPosition[], shock: MarketShock): readonly BookPosition[] {
  const positions = checkPositions(who, 'positions', given);
  checkOptions(who, checkRecord(who, 'shock', shock), ['move', 'shift', 'volatility', 'rate', 'years']);
  const move = checkFinite(who, 'move', shock.move ?? 0);
  const shift = checkFinite(who, 'shift', shock.shift ?? 0);
  const volatility = checkFinite(who, 'volatility', shock.volatility ?? 0);
  const rate = checkFinite(who, 'rate', shock.rate ?? 0);
  const years = checkFinite(who, 'years', shock.years ?? 0);
  const moved = (price: number): number => price + price * move + shift;
  return positions.map((position, i) => {
    unitsOf(who, position, i);
    const { terms } = position;
    if (terms.kind === 'underlying') return { ...position, terms: { ...terms, spot: moved(terms.spot) } };
    const market = {
      volatility: Math.max(terms.volatility + volatility, 0),
      rate: terms.rate + rate,
      years: Math.max(terms.years - years, 0),
    };
    if (terms.kind === 'american' && terms.dividends !== undefined) {
      const name = `positions[${i}].terms.dividends`;
      const given = checkSeries(who, name, terms.dividends) as unknown as ArrayLike<Dividend>;
      const dividends = Array.from(given)
        .map((dividend) => ({ ...dividend, years: checkRecord(who, name, dividend).years - years }))
        .filter((dividend) => !(dividend.years <= 0));
      return { ...position, terms: { ...terms, ...market, spot: moved(terms.spot), dividends } };
    }
    return 'forward' in terms
      ? { ...position, terms: { ...terms, ...market, forward: moved(terms.forward) } }
      : { ...position, terms: { ...terms, ...market, spot: moved(terms.spot) } };
  });
}

/**
 * What a book would be worth after a shock: a plain function of the shock, for stress tests and scenarios, all positions
 * priced anew.
 *
 * @example
 * ```ts
 * const put = { kind: 'black-scholes', type: 'put', spot: 100, strike: 95, years: 0.25, rate: 0.03, volatility: 0.25 } as const;
 * const positions = [{ quantity: 5, multiplier: 100, terms: put }];
 * bookValue(positions).toFixed(2); // → '1255.66'
 * bookValue(positions, { move: -0.1, volatility: 0.1 }).toFixed(2); // → '4397.75'
 * ```
 */
export function bookValue(positions: readonly BookPosition[], shock: MarketShock = {}): number {
  let total = 0;
  const who = 'bookValue';
  for (const [i, position] of shockedBy(who, positions, shock).entries()) {
    total += unitsOf(who, position, i) * unitValue(who, position.terms, i).price;
  }
  return total;
}

/** A change of value, by cause, in money. */
export interface BookChange {
  /** Value after less value before. */
  readonly total: number;
  /** delta · dS. */
  readonly delta: number;
  /** ½ gamma · dS². */
  readonly gamma: number;
  /** vega · dσ. */
  readonly vega: number;
  /** theta · time gone by. */
  readonly theta: number;
  /** rho · dr. */
  readonly rho: number;
  /** dividendRho · dq. */
  readonly dividendRho: number;
  /** vanna · dS dσ. */
  readonly vanna: number;
  /** ½ volga · dσ². */
  readonly volga: number;
  /** The sum of the terms. */
  readonly explained: number;
  /** What no term accounts for: total − explained. */
  readonly unexplained: number;
}

/**
 * Why a book's value changed from one state of the market to another: the Taylor terms of the Greeks before, and the rest that
 * they leave unexplained. Both lists hold the same contracts, in the same order, each with its market data of the time.
 *
 * @throws DataError when the two lists do not hold the same contracts (`uneven`)
 * @example
 * ```ts
 * const before = [{ quantity: 10, multiplier: 100, terms: { kind: 'black-scholes', type: 'call', spot: 100, strike: 100, years: 0.5, rate: 0.03, volatility: 0.2 } }] as const;
 * const after = shocked(before, { shift: 1, volatility: 0.01, years: 1 / 365 });
 * const change = explainBook(before, after);
 * change.total.toFixed(2); // → '840.16'
 * change.delta.toFixed(2); // → '570.16'
 * change.unexplained.toFixed(2); // → '-1.57'
 * ```
 */
export function explainBook(before: readonly BookPosition[], after: readonly BookPosition[]): BookChange {
  const who = 'explainBook';
  checkPositions(who, 'before', before);
  checkPositions(who, 'after', after);
  if (before.length !== after.length) {
    throw new DataError(
      'uneven',
      `${who}: both books must have the same positions, received ${before.length} and ${after.length}`,
    );
  }
  const change = { delta: 0, gamma: 0, vega: 0, theta: 0, rho: 0, dividendRho: 0, vanna: 0, volga: 0 };
  let total = 0;
  before.forEach((position, i) => {
    const now = after[i]!;
    const greeks = inMoney(who, position, i);
    const then = inMoney(who, now, i);
    if (!isSame(position, now)) {
      throw new DataError('uneven', `${who}: positions[${i}] is another contract after than before`);
    }
    total += then.value - greeks.value;
    const dS = underlyingOf(now.terms) - underlyingOf(position.terms);
    const of = (terms: Instrument, name: 'volatility' | 'rate' | 'years' | 'dividendYield'): number =>
      (terms as unknown as Record<string, number | undefined>)[name] ?? 0;
    const move = (name: 'volatility' | 'rate' | 'years' | 'dividendYield'): number =>
      of(now.terms, name) - of(position.terms, name);
    const dV = move('volatility');
    // At a kink a Greek is infinite, and tells nothing of a move that is not: it is left unexplained.
    const term = (greek: number, by: number): number => (by === 0 || sideOf(greek) !== 0 ? 0 : greek * by);
    change.delta += term(greeks.delta, dS);
    change.gamma += term(greeks.gamma, 0.5 * dS * dS);
    change.vega += term(greeks.vega, dV);
    change.theta += term(greeks.theta, -move('years'));
    change.rho += term(greeks.rho, move('rate'));
    change.dividendRho += term(greeks.dividendRho, move('dividendYield'));
    change.vanna += term(greeks.vanna, dS * dV);
    change.volga += term(greeks.volga, 0.5 * dV * dV);
  });
  const explained = Object.values(change).reduce((sum, part) => sum + part, 0);
  return { total, ...change, explained, unexplained: total - explained };
}

/** The parts of an option that time and the market leave alone. */
const CONTRACT = ['kind', 'type', 'strike', 'method', 'steps'] as const;

/** Whether the same is held: all that the market does not move is the same, dividends too, and expiry is no further off. */
function isSame(a: BookPosition, b: BookPosition): boolean {
  const { terms: old } = a;
  const { terms: now } = b;
  const part = (terms: Instrument, name: string): unknown =>
    (terms as unknown as Readonly<Record<string, unknown>>)[name];
  if (a.quantity !== b.quantity || (a.multiplier ?? 1) !== (b.multiplier ?? 1)) return false;
  if (CONTRACT.some((name) => part(old, name) !== part(now, name))) return false;
  if (old.kind === 'underlying' || now.kind === 'underlying') return true;
  if (now.years > old.years) return false;
  return old.kind !== 'american' || now.kind !== 'american' || haveSameDividends(old, now);
}

/** Dividends come nearer as time goes by, and those that were paid are gone; dates are told apart by a third of a day. */
function haveSameDividends(old: AmericanTerms, now: AmericanTerms): boolean {
  const soon = 1e-3;
  const ahead = (of: AmericanTerms, gone: number): readonly Dividend[] =>
    Array.from(of.dividends ?? [], ({ years, amount }) => ({ years: years - gone, amount })).filter(
      ({ years }) => years > soon,
    );
  const [before, after] = [ahead(old, old.years - now.years), ahead(now, 0)];
  return (
    before.length === after.length &&
    before.every(
      ({ years, amount }, i) => Math.abs(years - after[i]!.years) < soon && amount === after[i]!.amount,
    )
  );
}
