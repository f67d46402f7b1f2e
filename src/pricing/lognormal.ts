import { millsRatio } from '../math/mills-ratio.js';
import { millsSlope } from '../math/mills-slope.js';
import { quickBell, quickExp } from '../math/quick-exp.js';
import { GREEK_NAMES } from './greeks.js';
import { lognormalLimit } from './limits.js';
import { higherGreeks } from './lognormal-greeks.js';
import type { LognormalTerms } from './lognormal-terms.js';
import { logMoneyness } from './moneyness.js';

/** What one step leaves for the next, side by side for each row: one array to check and to point at, not twenty. */
enum At {
  Root,
  Deviation,
  StrikeFactor,
  SpotFactor,
  /** ln(forward/strike). */
  Moneyness,
  /** The discounted spot, then the discounted strike: adding 0 or 1 picks one of the two. */
  Values,
  /** 0, then what an option on the inside is worth besides its time value. */
  Gaps = 7,
  /** |moneyness| in deviations. */
  Distance = 9,
  /** φ(h − t). */
  Density,
  /** S e^(−qT) φ(d1) = K e^(−rT) φ(d2). */
  Mass,
  /** What the option that is out of the money is worth. */
  Time,
  /** N(t − h), then N(h − t). */
  NearChances,
  /** N(−h − t), then N(h + t). */
  FarChances = 15,
  Chance1 = 17,
  Chance2,
  Count,
}

/** Rows at a time: few enough for the nearest caches. */
export const ROWS = 128;

interface Workspace {
  readonly work: Float64Array;
  readonly wide: Int32Array;
  readonly narrow: Int32Array;
}
let workspace: Workspace | undefined;

/** Made on first use. There is one: pricing never waits, so nobody else is in it. */
function sharedWorkspace(): Workspace {
  workspace ??= {
    work: new Float64Array(At.Count * ROWS),
    wide: new Int32Array(ROWS),
    narrow: new Int32Array(ROWS),
  };
  return workspace;
}

/**
 * The price and the Greeks of a few options, at most ROWS, to columns in the order of GREEK_NAMES; beyond the first six only
 * when `all` is set.
 *
 * With h = |ln(F/K)|/s, t = s/2 and s = σ√T, the out-of-the-money option of the two is worth
 * S e^(−qT) φ(d1) · (R(h − t) − R(h + t)), R the Mills ratio: no far tail is ever taken from another, and a price of
 * 1e-200 has its digits. The difference is summed as a series in t where t is small. The other option follows by parity.
 *
 * Each step runs over all rows before the next: short loops that the compiler keeps in registers, in which no row waits for
 * another. What depends on the row is looked up rather than branched on, for no processor can guess it.
 *
 * Source: Jäckel (2015), "Let's Be Rational", section 6, for the form; Haug (2007), chapter 2, for the Greeks.
 */
export function lognormalRows(
  terms: LognormalTerms,
  greeks: readonly Float64Array[],
  count: number,
  all: boolean,
): void {
  const { work, wide, narrow } = sharedWorkspace();
  discount(work, terms, count);
  place(work, terms, count);
  weigh(work, count);
  const many = sort(work, wide, narrow, count);
  wideValues(work, wide, many);
  narrowValues(work, narrow, count - many);
  sixGreeks(work, terms, greeks, count);
  if (all) rest(work, terms, greeks, count);
  replaceLimits(work, terms, greeks, count);
}

/** Discount factors and deviations. */
function discount(work: Float64Array, terms: LognormalTerms, count: number): void {
  const { years, rate, dividendYield, volatility } = terms;
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    const t = years[i]!;
    const r = rate[i]!;
    const q = dividendYield[i]!;
    const root = Math.sqrt(t);
    const factor = quickExp(-r * t);
    work[at + At.Root] = root;
    work[at + At.Deviation] = volatility[i]! * root;
    work[at + At.StrikeFactor] = factor;
    work[at + At.SpotFactor] = q === r ? factor : q === 0 ? 1 : quickExp(-q * t);
  }
}

/** Where the forward is from the strike, and what the two are worth today. */
function place(work: Float64Array, terms: LognormalTerms, count: number): void {
  const { spot, strike, years, rate, dividendYield } = terms;
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    const r = rate[i]!;
    const q = dividendYield[i]!;
    const price = spot[i]!;
    const k = strike[i]!;
    const s = work[at + At.Deviation]!;
    const x = logMoneyness(price, k, years[i]!, r, q, s);
    const factor = work[at + At.StrikeFactor]!;
    const spotValue = price * work[at + At.SpotFactor]!;
    const strikeValue = k * factor;
    const gap =
      r === q
        ? (price - k) * factor
        : s < 0.02 && Math.abs(x) < 0.1
          ? strikeValue * Math.expm1(x)
          : spotValue - strikeValue;
    work[at + At.Moneyness] = x;
    work[at + At.Values] = spotValue;
    work[at + At.Values + 1] = strikeValue;
    work[at + At.Gaps + 1] = Math.abs(gap);
  }
}

/** Out of the money, the nearer of d1 and d2 to the centre is h − t from it, on the side of the smaller value. */
function weigh(work: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    const x = work[at + At.Moneyness]!;
    const s = work[at + At.Deviation]!;
    const size = Math.abs(x) / s;
    const h = size < 1e6 ? size : 1e6; // beyond 40 nothing is left
    const density = 0.3989422804014327 * quickBell(h - 0.5 * s); // 1/√(2π)
    work[at + At.Distance] = h;
    work[at + At.Density] = density;
    work[at + At.Mass] = work[at + At.Values + Number(x > 0)]! * density;
  }
}

/** Lists the rows of wide and of narrow deviations, without asking of any which it is; returns how many are wide. */
function sort(work: Float64Array, wide: Int32Array, narrow: Int32Array, count: number): number {
  let many = 0;
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    wide[many] = at;
    narrow[i - many] = at;
    many += Number(work[at + At.Deviation]! >= 0.2);
  }
  return many;
}

/** The chances and the value by the Mills ratios themselves. */
function wideValues(work: Float64Array, wide: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const at = wide[k]!;
    const t = 0.5 * work[at + At.Deviation]!;
    const h = work[at + At.Distance]!;
    const mass = work[at + At.Mass]!;
    const farRatio = millsRatio(h + t);
    const nearRatio = millsRatio(Math.abs(h - t));
    const above = Number(work[at + At.Moneyness]! > 0);
    const isOutside = Number(h >= t);
    const isInside = 1 - isOutside;
    const way = isOutside - isInside;
    const tail = work[at + At.Density]! * nearRatio; // N(−|h − t|)
    const farChance = (mass / work[at + At.Values + 1 - above]!) * farRatio;
    work[at + At.NearChances] = isInside + way * tail;
    work[at + At.NearChances + 1] = isOutside - way * tail;
    work[at + At.FarChances] = farChance;
    work[at + At.FarChances + 1] = 1 - farChance;
    work[at + At.Time] = isInside * work[at + At.Values + above]! + mass * (way * nearRatio - farRatio);
  }
}

/** The same by R(h ∓ t) = Σ ±I_k tᵏ/k!, I_k = (−1)ᵏ R⁽ᵏ⁾(h) > 0, I_{k+2} = (2k + 1 + h²) I_k − k (k − 1) I_{k−2}. */
function narrowValues(work: Float64Array, narrow: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const at = narrow[k]!;
    const t = 0.5 * work[at + At.Deviation]!;
    const h = work[at + At.Distance]!;
    const t2 = t * t;
    const h2 = h * h;
    const i0 = millsRatio(h);
    const i1 = millsSlope(h);
    const i2 = i0 - h * i1;
    const i3 = (3 + h2) * i1 - 1;
    const i4 = (5 + h2) * i2 - 2 * i0;
    const i5 = (7 + h2) * i3 - 6 * i1;
    const i6 = (9 + h2) * i4 - 12 * i2;
    const i7 = (11 + h2) * i5 - 20 * i3;
    const i8 = (13 + h2) * i6 - 30 * i4;
    const i9 = (15 + h2) * i7 - 42 * i5;
    const i10 = (17 + h2) * i8 - 56 * i6;
    const i11 = (19 + h2) * i9 - 72 * i7;
    const oddRest = i7 * (1 / 5040) + t2 * (i9 * (1 / 362880) + t2 * i11 * (1 / 39916800));
    const evenRest = i6 * (1 / 720) + t2 * (i8 * (1 / 40320) + t2 * i10 * (1 / 3628800));
    const odd = t * (i1 + t2 * (i3 * (1 / 6) + t2 * (i5 * (1 / 120) + t2 * oddRest)));
    const even = i0 + t2 * (0.5 * i2 + t2 * (i4 * (1 / 24) + t2 * evenRest));
    const mass = work[at + At.Mass]!;
    const above = Number(work[at + At.Moneyness]! > 0);
    const nearChance = work[at + At.Density]! * (even + odd);
    const farChance = (mass / work[at + At.Values + 1 - above]!) * (even - odd);
    work[at + At.NearChances] = nearChance;
    work[at + At.NearChances + 1] = 1 - nearChance;
    work[at + At.FarChances] = farChance;
    work[at + At.FarChances + 1] = 1 - farChance;
    work[at + At.Time] = 2 * mass * odd;
  }
}

/** Price, delta, gamma, vega, theta and rho. `+ 0` turns −0, which means nothing here, into 0. */
function sixGreeks(
  work: Float64Array,
  terms: LognormalTerms,
  greeks: readonly Float64Array[],
  count: number,
): void {
  const { sign, spot, years, rate, dividendYield, volatility } = terms;
  const price = greeks[0]!;
  const delta = greeks[1]!;
  const gamma = greeks[2]!;
  const vega = greeks[3]!;
  const theta = greeks[4]!;
  const rho = greeks[5]!;
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    const side = sign[i]!;
    const above = Number(work[at + At.Moneyness]! > 0);
    const below = 1 - above;
    const isCall = Number(side > 0);
    const inside = isCall * above + (1 - isCall) * below;
    // One of N(±d1) and N(±d2) is the near chance and the other the far, or what is left of them.
    const near = work[at + At.NearChances + inside]!;
    const far = work[at + At.FarChances + inside]!;
    const chance1 = side * (above * far + below * near);
    const chance2 = side * (above * near + below * far);
    const spotPart = work[at + At.Values]! * chance1;
    const strikePart = work[at + At.Values + 1]! * chance2;
    const mass = work[at + At.Mass]!;
    const root = work[at + At.Root]!;
    const perSpot = mass / spot[i]!;
    const carry = dividendYield[i]! * spotPart - rate[i]! * strikePart;
    work[at + At.Chance1] = chance1;
    work[at + At.Chance2] = chance2;
    price[i] = work[at + At.Time]! + work[at + At.Gaps + inside]!;
    delta[i] = work[at + At.SpotFactor]! * chance1 + 0;
    gamma[i] = perSpot > 0 ? perSpot / (spot[i]! * work[at + At.Deviation]!) : 0;
    vega[i] = mass * root;
    theta[i] = carry - (0.5 * mass * volatility[i]!) / root + 0;
    rho[i] = years[i]! * strikePart + 0;
  }
}

/** The Greeks beyond. */
function rest(
  work: Float64Array,
  terms: LognormalTerms,
  greeks: readonly Float64Array[],
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const at = i * At.Count;
    greeks[14]![i] = -work[at + At.StrikeFactor]! * work[at + At.Chance2]! + 0;
    greeks[16]![i] = -terms.years[i]! * work[at + At.Values]! * work[at + At.Chance1]! + 0;
    higherGreeks(
      greeks,
      terms,
      i,
      work[at + At.Moneyness]!,
      work[at + At.Deviation]!,
      work[at + At.Distance]!,
      work[at + At.Mass]!,
    );
  }
}

/** A deviation of 1e-100 up to expiry is of no consequence, and its square is still a number. */
function replaceLimits(
  work: Float64Array,
  terms: LognormalTerms,
  greeks: readonly Float64Array[],
  count: number,
): void {
  const { spot, strike } = terms;
  for (let i = 0; i < count; i++) {
    const s = work[i * At.Count + At.Deviation]!;
    if (!(s > 1e-100 && spot[i]! > 0 && strike[i]! > 0)) lognormalLimit(greeks, terms, i);
  }
}

/** One row of a chain: the same steps, the same bits. The results are columns of one number. */
export function lognormalRow(
  sign: number,
  spot: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  volatility: number,
): Float64Array[] {
  const terms = {
    sign: Float64Array.of(sign),
    spot: Float64Array.of(spot),
    strike: Float64Array.of(strike),
    years: Float64Array.of(years),
    rate: Float64Array.of(rate),
    dividendYield: Float64Array.of(dividendYield),
    volatility: Float64Array.of(volatility),
  };
  const greeks = GREEK_NAMES.map(() => new Float64Array(1));
  lognormalRows(terms, greeks, 1, true);
  return greeks;
}
