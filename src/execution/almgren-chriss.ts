import { checkFinite, checkFiniteSeries, checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { ColumnsOf, Series } from '../core/series.js';

/** An order, how the market takes it, and how much risk is disliked. One unit of time and of money throughout. */
export interface AlmgrenChrissOptions {
  /** X: positive to buy, negative to sell. */
  readonly quantity: number;
  /** T: time until it must be done. */
  readonly horizon: number;
  /** N: trades, one each horizon / slices. */
  readonly slices: number;
  /** σ: of the price, in money per √time, not in per cent. */
  readonly volatility: number;
  /** η: money per unit, for each unit traded per time. */
  readonly temporaryImpact: number;
  /** γ: money by which each unit moves the price for good. */
  readonly permanentImpact: number;
  /** ε: money per unit whatever the speed, such as half the spread and fees; 0 unless said. */
  readonly fixedCost?: number;
  /** λ: cost that one unit of variance is worth; 0 is indifferent to risk. */
  readonly riskAversion: number;
}

/** A schedule, and what it is expected to cost. */
export interface AlmgrenChriss {
  /** Still to do at the beginning and after each trade: slices + 1, from the quantity to 0. */
  readonly holdings: Float64Array;
  /** The trades, signed like the quantity and together all of it. */
  readonly trades: Float64Array;
  /** Money expected to be lost against the price at the start. */
  readonly expectedCost: number;
  /** Variance of that cost. */
  readonly variance: number;
  /** Urgency: 1 / κ is the time in which the order falls by a factor e. */
  readonly kappa: number;
}

const NAMES = [
  'quantity',
  'horizon',
  'slices',
  'volatility',
  'temporaryImpact',
  'permanentImpact',
  'fixedCost',
] as const;

/** The checked market; refused where impact is such that splitting the order does not pay. */
function checkMarket(who: string, options: Omit<AlmgrenChrissOptions, 'riskAversion'>): Market {
  const quantity = options.quantity;
  if (!Number.isFinite(quantity)) {
    throw new DataError(
      'not-finite',
      `${who}: quantity must be a finite number, received ${String(quantity)}`,
    );
  }
  const slices = checkInteger(who, 'slices', options.slices);
  const step = checkPositive(who, 'horizon', options.horizon) / slices;
  const volatility = atLeastZero(who, 'volatility', options.volatility);
  const temporary = checkPositive(who, 'temporaryImpact', options.temporaryImpact);
  const permanent = atLeastZero(who, 'permanentImpact', options.permanentImpact);
  const fixed = atLeastZero(who, 'fixedCost', options.fixedCost ?? 0);
  const adjusted = temporary - (permanent * step) / 2;
  if (!(adjusted > 0)) {
    throw new OptionError(
      `${who}: temporaryImpact must be above half of permanentImpact · horizon / slices, received ${temporary} and ${permanent}`,
    );
  }
  return { quantity, slices, step, volatility, permanent, fixed, adjusted };
}

interface Market {
  readonly quantity: number;
  readonly slices: number;
  readonly step: number;
  readonly volatility: number;
  readonly permanent: number;
  readonly fixed: number;
  /** η̃ = η − γτ/2. */
  readonly adjusted: number;
}

function atLeastZero(who: string, name: string, value: number): number {
  if (checkFinite(who, name, value) >= 0) return value;
  throw new OptionError(`${who}: ${name} must not be below zero, received ${value}`);
}

/** Still to do after j of n trades, as a share: sinh((n − j) k) / sinh(n k), by what cannot overflow. */
function share(j: number, n: number, k: number): number {
  if (j === 0) return 1;
  if (k * n < 1e-8) return (n - j) / n;
  return (Math.exp(-j * k) * Math.expm1(-2 * (n - j) * k)) / Math.expm1(-2 * n * k);
}

/** The share that trade j of n does: 2 sinh(k/2) cosh((n − j + ½) k) / sinh(n k). */
function tradedShare(j: number, n: number, k: number): number {
  if (k * n < 1e-8) return 1 / n;
  const back = Math.exp(-2 * (n - j + 0.5) * k);
  return (Math.exp(-(j - 1) * k) * -Math.expm1(-k) * (1 + back)) / -Math.expm1(-2 * n * k);
}

function scheduled(market: Market, riskAversion: number): AlmgrenChriss {
  const { quantity, slices, step, volatility, permanent, fixed, adjusted } = market;
  // cosh(κτ) = 1 + κ̃²τ²/2 with κ̃² = λσ²/η̃, solved without cancellation.
  const tilde = volatility * Math.sqrt(riskAversion / adjusted);
  const k = 2 * Math.asinh((tilde * step) / 2);
  if (!Number.isFinite(k))
    throw new OptionError('almgrenChriss: riskAversion · volatility² is beyond all numbers');
  const holdings = new Float64Array(slices + 1);
  const trades = new Float64Array(slices);
  let [gross, squares, carried] = [0, 0, 0];
  holdings[0] = quantity;
  for (let j = 1; j <= slices; j++) {
    holdings[j] = j === slices ? 0 : quantity * share(j, slices, k);
    const trade = quantity * tradedShare(j, slices, k);
    trades[j - 1] = trade;
    gross += Math.abs(trade);
    squares += trade * trade;
    carried += holdings[j]! * holdings[j]!;
  }
  return {
    holdings,
    trades,
    expectedCost: (permanent * quantity * quantity) / 2 + fixed * gross + (adjusted / step) * squares,
    variance: volatility * volatility * step * carried,
    kappa: k / step,
  };
}

/**
 * The schedule that trades off the cost of haste against the risk of delay: the least expectedCost + riskAversion ·
 * variance. Without risk aversion a straight line; the more there is, the sooner it trades.
 *
 * Source: Almgren & Chriss (2000), "Optimal execution of portfolio transactions", eqs. 16 to 20, in discrete time.
 *
 * @throws OptionError where an option is out of range, or temporary impact is too small beside permanent impact for
 * splitting to pay; DataError where the quantity is not finite
 * @example
 * ```ts
 * // The paper's numbers: a million shares in five days.
 * const { kappa, trades } = almgrenChriss({
 *   quantity: 1e6, horizon: 5, slices: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   fixedCost: 0.0625, riskAversion: 1e-6,
 * });
 * kappa; // → 0.61
 * trades.map(Math.round); // → [458044, 252101, 141957, 85756, 62142]
 * ```
 */
export function almgrenChriss(options: AlmgrenChrissOptions): AlmgrenChriss {
  checkOptions('almgrenChriss', options, [...NAMES, 'riskAversion']);
  const market = checkMarket('almgrenChriss', options);
  return scheduled(market, atLeastZero('almgrenChriss', 'riskAversion', options.riskAversion));
}

/** One schedule of the frontier. */
export interface AlmgrenChrissPoint {
  readonly riskAversion: number;
  readonly expectedCost: number;
  readonly variance: number;
  readonly kappa: number;
}

/** The order and the market, and the tastes to be compared. */
export interface AlmgrenChrissFrontierOptions extends Omit<AlmgrenChrissOptions, 'riskAversion'> {
  readonly riskAversions: Series;
}

/**
 * What each taste for risk pays for, as columns: the efficient frontier of cost and variance.
 *
 * Source: Almgren & Chriss (2000), section 2.
 *
 * @throws OptionError where an option is out of range; DataError where the quantity or a risk aversion is not finite
 * @example
 * ```ts
 * const market = { quantity: 1e6, horizon: 5, slices: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7 };
 * const { expectedCost } = almgrenChrissFrontier({ ...market, riskAversions: [0, 1e-6] });
 * expectedCost[0]; // → 600000.0
 * expectedCost[1] > expectedCost[0]; // → true
 * ```
 */
export function almgrenChrissFrontier(options: AlmgrenChrissFrontierOptions): ColumnsOf<AlmgrenChrissPoint> {
  checkOptions('almgrenChrissFrontier', options, [...NAMES, 'riskAversions']);
  const market = checkMarket('almgrenChrissFrontier', options);
  const tastes = Float64Array.from(
    checkFiniteSeries('almgrenChrissFrontier', 'riskAversions', options.riskAversions),
  );
  const points = Array.from(tastes, (taste) =>
    scheduled(market, atLeastZero('almgrenChrissFrontier', 'riskAversions', taste)),
  );
  return {
    riskAversion: tastes,
    expectedCost: Float64Array.from(points, ({ expectedCost }) => expectedCost),
    variance: Float64Array.from(points, ({ variance }) => variance),
    kappa: Float64Array.from(points, ({ kappa }) => kappa),
  };
}
