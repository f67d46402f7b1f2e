import { millsRatio } from '../math/mills-ratio.js';
import { millsSlope } from '../math/mills-slope.js';
import { quickExp, quickLog } from '../math/quick-exp.js';
import { ROWS } from './lognormal.js';
import type { LognormalTerms } from './lognormal-terms.js';
import { lognormalDeviation, lowGuess } from './lognormal-volatility.js';
import { logMoneyness } from './moneyness.js';
import { improvement } from './normal-volatility.js';

/** What one step leaves for the next, side by side for each row. */
enum At {
  SpotValue,
  StrikeValue,
  StrikeFactor,
  /** √(discounted spot · discounted strike), the unit of what follows. */
  Root,
  /** ln(forward/strike), then its size. */
  Moneyness,
  /** |forward − strike|. */
  Distance,
  /** What the option that is out of the money is worth, and what it lacks of its bound. */
  Time,
  Rest,
  /** σ√years. */
  Deviation,
  /** The price over its slope. */
  Ratio,
  Count,
}

interface Workspace {
  readonly work: Float64Array;
  readonly open: Int32Array;
  readonly wide: Int32Array;
  readonly narrow: Int32Array;
}
let workspace: Workspace | undefined;

function sharedWorkspace(): Workspace {
  workspace ??= {
    work: new Float64Array(At.Count * ROWS),
    open: new Int32Array(ROWS),
    wide: new Int32Array(ROWS),
    narrow: new Int32Array(ROWS),
  };
  return workspace;
}

/**
 * The lognormal volatilities of a few options, at most ROWS, at their `quotes`, or minus the number of the reason why there is
 * none. The volatility of the terms is not read. Step by step over all rows, as {@link lognormalRows} prices them; nearly every
 * row is done after one step from its guess, and the others go on alone.
 */
export function impliedRows(
  volatility: Float64Array,
  terms: LognormalTerms,
  quotes: Float64Array,
  count: number,
): void {
  const { work, open, wide, narrow } = sharedWorkspace();
  discount(work, terms, count);
  place(work, terms, quotes, count);
  const few = reduce(volatility, work, open, terms, quotes, count);
  const many = guess(work, open, wide, narrow, few);
  wideRatios(work, wide, many);
  narrowRatios(work, narrow, few - many);
  improve(volatility, work, open, terms.years, few);
}

/** The same for one option. */
export function impliedLognormal(
  sign: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  price: number,
): number {
  const terms = {
    sign: Float64Array.of(sign),
    spot: Float64Array.of(spot),
    strike: Float64Array.of(strike),
    years: Float64Array.of(years),
    rate: Float64Array.of(rate),
    dividendYield: Float64Array.of(dividendYield),
    volatility: Float64Array.of(NaN),
  };
  impliedRows(terms.volatility, terms, Float64Array.of(price), 1);
  return terms.volatility[0]!;
}

function discount(work: Float64Array, terms: LognormalTerms, count: number): void {
  const { spot, strike, years, rate, dividendYield } = terms;
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    const t = years[i]!;
    const r = rate[i]!;
    const q = dividendYield[i]!;
    const factor = quickExp(-r * t);
    const spotValue = spot[i]! * (q === r ? factor : q === 0 ? 1 : quickExp(-q * t));
    const strikeValue = strike[i]! * factor;
    work[at + At.SpotValue] = spotValue;
    work[at + At.StrikeValue] = strikeValue;
    work[at + At.StrikeFactor] = factor;
    work[at + At.Root] = Math.sqrt(spotValue) * Math.sqrt(strikeValue);
  }
}

function place(work: Float64Array, terms: LognormalTerms, quotes: Float64Array, count: number): void {
  const { spot, strike, years, rate, dividendYield } = terms;
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    const root = work[at + At.Root]!;
    // The deviation is at least √(2π) times the price in these units: below that, rounding of the logarithm may matter.
    const least = (2.5 * quotes[i]!) / root;
    work[at + At.Moneyness] =
      root > 0 ? logMoneyness(spot[i]!, strike[i]!, years[i]!, rate[i]!, dividendYield[i]!, least) : Infinity;
  }
}

/** Gives each row its reason, or lists it and makes its price that of the option out of the money; returns how many are listed. */
function reduce(
  volatility: Float64Array,
  work: Float64Array,
  open: Int32Array,
  terms: LognormalTerms,
  quotes: Float64Array,
  count: number,
): number {
  const { sign, spot, strike, years, rate, dividendYield } = terms;
  let few = 0;
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    const side = sign[i]!;
    const price = quotes[i]!;
    const t = years[i]!;
    const spotValue = work[at + At.SpotValue]!;
    const strikeValue = work[at + At.StrikeValue]!;
    const root = work[at + At.Root]!;
    const x = work[at + At.Moneyness]!;
    const fits = spot[i]! >= 0 && strike[i]! >= 0 && t >= 0 && spotValue + strikeValue < Infinity;
    const isRate = Math.abs(rate[i]!) + Math.abs(dividendYield[i]!) < Infinity;
    if (!(fits && isRate && Math.abs(price) < Infinity && side * side === 1)) {
      volatility[i] = -3; // invalid
      continue;
    }
    const bound = side > 0 ? spotValue : strikeValue;
    const isFlat = rate[i] === dividendYield[i] || t === 0;
    const gap = isFlat
      ? (spot[i]! - strike[i]!) * work[at + At.StrikeFactor]!
      : Math.abs(x) < 0.1 && side * x > 0
        ? strikeValue * Math.expm1(x)
        : spotValue - strikeValue;
    const isInside = side * (isFlat || root === 0 ? gap : x) > 0;
    const time = isInside ? price - Math.abs(gap) : price;
    if (!(time > 0)) {
      // Two units in the last place: what a difference of rounded values may be off by.
      const noise = isInside ? 2 ** -51 * Math.max(spotValue, strikeValue) : 0;
      volatility[i] = time < -noise ? -1 : -0; // below intrinsic, or no time value
    } else if (price >= bound)
      volatility[i] = -2; // above the bound
    else if (t === 0 || time / root === 0)
      volatility[i] = -0; // no time left, or less value than a number can tell
    else {
      const size = Math.abs(x);
      work[at + At.Moneyness] = size;
      work[at + At.Distance] = size < 0.5 ? size * (1 + (size * size) / 24) : Math.abs(gap) / root;
      work[at + At.Time] = time / root;
      work[at + At.Rest] = (bound - price) / root;
      open[few++] = i;
    }
  }
  return few;
}

/** A first deviation, and the rows listed by whether it is wide; returns how many are. */
function guess(
  work: Float64Array,
  open: Int32Array,
  wide: Int32Array,
  narrow: Int32Array,
  few: number,
): number {
  let many = 0;
  for (let k = 0; k < few; k++) {
    const at = open[k]! * At.Count;
    const s = lowGuess(work[at + At.Moneyness]!, work[at + At.Distance]!, work[at + At.Time]!);
    work[at + At.Deviation] = s;
    wide[many] = at;
    narrow[k - many] = at;
    many += Number(s >= 0.2);
  }
  return many;
}

/** R(h − t) − R(h + t), which is the price over its slope, where nothing much is lost in it. */
function wideRatios(work: Float64Array, wide: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const at = wide[k]!;
    const s = work[at + At.Deviation]!;
    const near = work[at + At.Moneyness]! / s - 0.5 * s;
    // R(−y) = √(2π) e^(y²/2) − R(y)
    const ratio = millsRatio(Math.abs(near));
    const left = near >= 0 ? ratio : 2.5066282746310002 * quickExp(0.5 * near * near) - ratio;
    work[at + At.Ratio] = left - millsRatio(near + s);
  }
}

/** The same as a series in t: see {@link millsDifference}. */
function narrowRatios(work: Float64Array, narrow: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const at = narrow[k]!;
    const s = work[at + At.Deviation]!;
    const h = work[at + At.Moneyness]! / s;
    const t2 = 0.25 * s * s;
    const h2 = h * h;
    const i1 = millsSlope(h);
    const i3 = (3 + h2) * i1 - 1;
    const i5 = (7 + h2) * i3 - 6 * i1;
    const i7 = (11 + h2) * i5 - 20 * i3;
    const i9 = (15 + h2) * i7 - 42 * i5;
    const i11 = (19 + h2) * i9 - 72 * i7;
    const far = i7 * (1 / 5040) + t2 * (i9 * (1 / 362880) + t2 * i11 * (1 / 39916800));
    work[at + At.Ratio] = s * (i1 + t2 * (i3 * (1 / 6) + t2 * (i5 * (1 / 120) + t2 * far)));
  }
}

/** One step of the fourth order; what it moves by more than 1e-4, or is near its bound, goes on alone. */
function improve(
  volatility: Float64Array,
  work: Float64Array,
  open: Int32Array,
  years: Float64Array,
  few: number,
): void {
  for (let k = 0; k < few; k++) {
    const i = open[k]!;
    const at = i * At.Count;
    const price = work[at + At.Time]!;
    const s = work[at + At.Deviation]!;
    const d = work[at + At.Ratio]!;
    const x = work[at + At.Moneyness]!;
    const h = x / s;
    const h2 = h * h;
    const miss = quickLog((price * 2.5066282746310002) / d) + 0.5 * h2 + 0.125 * s * s;
    const inverse = 1 / s;
    const second = h2 * inverse - 0.25 * s;
    const third = second * second - 3 * h2 * inverse * inverse - 0.25;
    const change = improvement(miss, d, second, third);
    const isDone = Math.abs(change) < 1e-4 * s && price <= work[at + At.Rest]!;
    const found = isDone
      ? s + change
      : lognormalDeviation(x, work[at + At.Distance]!, price, work[at + At.Rest]!);
    volatility[i] = found / Math.sqrt(years[i]!);
  }
}
