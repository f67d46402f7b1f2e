import {
  checkChoice,
  checkFinite,
  checkInteger,
  checkOptions,
  checkRecord,
  checkSeries,
} from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { differences } from './american-greeks.js';
import {
  type American,
  type AmericanMethod,
  type AmericanTerms,
  type Checked,
  checkAmerican,
  type Dividend,
  twoBoundaries,
} from './american-terms.js';
import { type Approximation, baroneAdesiWhaley } from './barone-adesi-whaley.js';
import { type Branch, binomialBranch, treeValue } from './binomial.js';
import { bjerksundStensland1993, bjerksundStensland2002 } from './bjerksund-stensland.js';
import { certainValue, type ExerciseRegion, exerciseRegion } from './early-exercise.js';
import { exercised, integralValue, soundBoundary } from './integral.js';
import { boundaryAt } from './integral-boundary.js';
import { leisenReimerBranch } from './leisen-reimer.js';
import { lognormalInto } from './lognormal-into.js';
import { checkNonNegative, type SpotTerms } from './option.js';

const METHODS: readonly AmericanMethod[] = [
  'integral',
  'binomial',
  'leisen-reimer',
  'barone-adesi-whaley',
  'bjerksund-stensland',
  'bjerksund-stensland-1993',
];

/**
 * The value of an option that may be exercised at any time, with its Greeks and the spot from which on to exercise.
 *
 * | method | what it is |
 * | --- | --- |
 * | `'integral'` | the true value: the integral equation of the boundary, solved to ten digits and more; smooth Greeks |
 * | `'leisen-reimer'` | a tree centred on the strike; an even number of steps is raised by one |
 * | `'binomial'` | the textbook tree of Cox, Ross & Rubinstein |
 * | `'barone-adesi-whaley'` | the quadratic approximation of 1987 |
 * | `'bjerksund-stensland'` | exercise at a trigger that falls once, 2002: a lower bound |
 * | `'bjerksund-stensland-1993'` | exercise at one flat trigger: a lower bound |
 *
 * A call without yield and a put without interest are never exercised early and are European. Approximations are never
 * below the European option nor below intrinsic value; trees are what they are, and compare with a European tree. Where rate
 * and yield are negative in such a way that two boundaries enclose the spots to exercise at, only the trees answer.
 *
 * Dividends known in money are for the trees: their present value up to expiry is set aside, and the volatility is that of the
 * rest. Greeks of the integral come from the equation itself; of a tree, delta and gamma from its first nodes, the others
 * from differences; of an approximation, from differences.
 *
 * Source: Andersen, Lake & Offengenden (2016), J. Comp. Finance 20(1); Kim (1990); Cox, Ross & Rubinstein (1979); Leisen &
 * Reimer (1996); Barone-Adesi & Whaley (1987); Bjerksund & Stensland (1993, 2002); Hull, chapter 21, for dividends.
 *
 * @throws OptionError for an unknown name or method, terms out of range, a tree with too few steps for its drift, dividends
 * with a method that is no tree, or two boundaries with a method that follows one
 * @example
 * ```ts
 * const put = american({ type: 'put', spot: 100, strike: 100, years: 1, rate: 0.05, volatility: 0.25, dividendYield: 0.05 });
 * put.price.toFixed(9); // → '9.569445299'
 * put.earlyExercisePremium.toFixed(9); // → '0.106952703'
 * put.criticalSpot.toFixed(6); // → '64.792271'
 * // Hull, 9th edition, example 21.1
 * american({ type: 'put', spot: 50, strike: 50, years: 5 / 12, rate: 0.1, volatility: 0.4, method: 'binomial', steps: 5 }).price.toFixed(2); // → '4.49'
 * ```
 */
export function american(terms: AmericanTerms): American {
  const who = 'american';
  const checked = checkAmerican(who, terms, ['method', 'steps', 'dividends']);
  const method = checkChoice(who, 'method', terms.method ?? 'integral', METHODS);
  const isTree = method === 'binomial' || method === 'leisen-reimer';
  if (terms.dividends !== undefined && !isTree) {
    throw new OptionError(
      `${who}: dividends need method 'binomial' or 'leisen-reimer', received '${method}'`,
    );
  }
  if (terms.steps !== undefined && !isTree && method !== 'integral') {
    throw new OptionError(`${who}: method '${method}' has no steps, received ${terms.steps}`);
  }
  const steps = checkInteger(who, 'steps', terms.steps ?? (isTree ? 500 : 32), isTree ? 2 : 4);
  // beyond 48 points the root of the last moments is told from nothing no more, and digits are lost again
  const most = isTree ? 10_000 : 48;
  if (steps > most) throw new OptionError(`${who}: steps must be at most ${most}, received ${steps}`);
  const dividends = checkDividends(who, terms.dividends ?? []);
  const { spot, strike, years, volatility } = checked;
  const deviation = volatility * Math.sqrt(years);
  if (!(deviation > 1e-9 && spot > 0 && strike > 0)) return certain(who, checked, dividends);
  if (isTree) return ofTree(who, checked, method, steps, dividends);

  const region = regionOf(checked);
  if (region === 'never') return european(checked);
  if (region === 'between') throw twoBoundaries(who, checked);
  if (method === 'integral') return deviation > 1e5 ? uncertain(checked) : integralValue(who, checked, steps);
  const formula =
    method === 'barone-adesi-whaley'
      ? baroneAdesiWhaley
      : method === 'bjerksund-stensland'
        ? bjerksundStensland2002
        : bjerksundStensland1993;
  return ofFormula(who, checked, method, formula);
}

function checkDividends(who: string, dividends: readonly Dividend[]): readonly Dividend[] {
  const list = Array.from(checkSeries(who, 'dividends', dividends) as unknown as ArrayLike<Dividend>);
  list.forEach((dividend, i) => {
    const name = `dividends[${i}]`;
    checkOptions(`${who}: ${name}`, checkRecord(who, name, dividend), ['years', 'amount']);
    checkNonNegative(who, `${name}.years`, dividend.years);
    checkNonNegative(who, `${name}.amount`, dividend.amount);
  });
  return list;
}

/** An option that is never exercised early. */
function european({ sign, spot, strike, years, rate, dividendYield, volatility }: Checked): American {
  const row = new Float64Array(17);
  lognormalInto(row, sign, spot, strike, years, rate, dividendYield, volatility, true);
  return {
    price: row[0]!,
    delta: row[1]!,
    gamma: row[2]!,
    vega: row[3]!,
    theta: row[4]!,
    rho: row[5]!,
    vanna: row[6]!,
    dividendRho: row[16]!,
    earlyExercisePremium: 0,
    criticalSpot: sign < 0 ? 0 : Infinity,
  };
}

/** An option for which nothing is left to chance: exercised at the best time. */
function certain(who: string, terms: Checked, dividends: readonly Dividend[] = []): American {
  const { sign, strike, years, rate, dividendYield } = terms;
  const paid = dividends.filter((dividend) => dividend.years <= years && dividend.years > 0);
  const spot = lessDividends(who, terms, dividends);
  const { price, when, isPaid } = certainValue(sign, spot, strike, years, rate, dividendYield, paid);
  const held = european({ ...terms, spot, volatility: 0 });
  if (!(price > held.price)) return { ...held, criticalSpot: NaN };
  const worth = (rest: readonly Dividend[]): number =>
    rest.reduce(
      (sum, dividend) => sum + dividend.years * dividend.amount * Math.exp(-rate * dividend.years),
      0,
    );
  const spotFactor = Math.exp(-dividendYield * when);
  const strikeValue = strike * Math.exp(-rate * when);
  const unpaid = paid.filter((dividend) => dividend.years > when || (dividend.years === when && !isPaid));
  const moved = spotFactor * worth(paid) - worth(unpaid);
  return {
    price,
    delta: sign * spotFactor,
    gamma: 0,
    vega: 0,
    theta: when < years ? 0 : sign * (dividendYield * spot * spotFactor - rate * strikeValue),
    rho: sign * (when * strikeValue + moved) + 0,
    vanna: 0,
    dividendRho: -sign * when * spot * spotFactor + 0,
    earlyExercisePremium: price - held.price,
    criticalSpot: NaN,
  };
}

/** The spot without the present value of the dividends up to expiry. */
function lessDividends(who: string, { spot, years, rate }: Checked, dividends: readonly Dividend[]): number {
  const aside = dividends
    .filter((dividend) => dividend.years <= years && dividend.years > 0)
    .reduce((sum, dividend) => sum + dividend.amount * Math.exp(-rate * dividend.years), 0);
  if (aside > 0 && !(spot > aside)) {
    throw new OptionError(`${who}: dividends must be worth less than the spot, received ${aside} of ${spot}`);
  }
  return spot - aside;
}

/** An option on something that falls to nothing at once, but for a chance of riches: the whole of what it can be worth. */
function uncertain(terms: Checked): American {
  const { sign, spot, strike } = terms;
  const worth = exercised(
    { ...terms, ...(sign < 0 ? { spot: 0 } : { strike: 0 }) },
    european(terms).price,
    NaN,
  );
  const price = sign < 0 ? strike : spot;
  return { ...worth, price, delta: sign < 0 ? 0 : 1, criticalSpot: sign < 0 ? 0 : Infinity };
}

function ofTree(
  who: string,
  terms: Checked,
  method: 'binomial' | 'leisen-reimer',
  given: number,
  dividends: readonly Dividend[],
): American {
  const steps = method === 'binomial' || given % 2 === 1 ? given : given + 1;
  const aside = terms.spot - lessDividends(who, terms, dividends);
  const branchOf = (of: Checked): Branch | undefined =>
    method === 'binomial'
      ? binomialBranch(who, of, steps)
      : leisenReimerBranch({ ...of, spot: of.spot - aside }, steps);
  const branch = branchOf(terms);
  if (!branch) return certain(who, terms, dividends);
  const value = treeValue(who, terms, branch, steps, dividends);
  const { price, delta, gamma } = value;
  const { spot, years, rate, dividendYield, volatility } = terms;
  const priceOf = (of: Checked): number => {
    const moved = branchOf(of);
    return moved ? treeValue(who, of, moved, steps, dividends).price : price;
  };
  const slope = (part: 'rate' | 'dividendYield' | 'volatility', step: number): number =>
    (priceOf({ ...terms, [part]: terms[part] + step }) - priceOf({ ...terms, [part]: terms[part] - step })) /
    (2 * step);
  const tilt = 1e-3 * volatility;
  const tilted = [tilt, -tilt].map((by) => {
    const of = { ...terms, volatility: volatility + by };
    const moved = branchOf(of);
    return moved ? treeValue(who, of, moved, steps, dividends) : value;
  });
  const flow = (rate - dividendYield) * (spot - aside);
  const theta =
    method === 'binomial'
      ? value.theta
      : rate * price - flow * delta - 0.5 * (volatility * (spot - aside)) ** 2 * gamma - rate * aside * delta;
  const held = european({ ...terms, spot: spot - aside }).price;
  return {
    price,
    delta,
    gamma,
    vega: (tilted[0]!.price - tilted[1]!.price) / (2 * tilt),
    theta: years > 0 ? theta : 0,
    rho: slope('rate', 1e-4),
    vanna: (tilted[0]!.delta - tilted[1]!.delta) / (2 * tilt),
    dividendRho: slope('dividendYield', 1e-4),
    earlyExercisePremium: price - held,
    criticalSpot: NaN,
  };
}

function ofFormula(
  who: string,
  terms: Checked,
  method: AmericanMethod,
  formula: (terms: Checked) => Approximation,
): American {
  const { price, criticalSpot } = formula(terms);
  if (!Number.isFinite(criticalSpot)) {
    throw new OptionError(
      `${who}: method '${method}' needs a larger volatility for its powers, received ${terms.volatility}`,
    );
  }
  const { sign, spot, strike } = terms;
  const held = european(terms);
  const cash = sign * (spot - strike);
  // an approximation may fall below what it approximates: where it does, the option is what is worth more
  if (!(price > Math.max(held.price, cash))) {
    return cash > held.price ? exercised(terms, held.price, criticalSpot) : { ...held, criticalSpot };
  }
  const greeks = differences((of) => {
    const region = regionOf(of);
    return region === 'below' ? Math.max(formula(of).price, of.sign * (of.spot - of.strike)) : NaN;
  }, terms);
  return { price, ...greeks, earlyExercisePremium: price - held.price, criticalSpot };
}

function regionOf({ sign, rate, dividendYield }: Checked): ExerciseRegion {
  return sign < 0 ? exerciseRegion(rate, dividendYield) : exerciseRegion(dividendYield, rate);
}

/** An American option before anybody asks at which spot, or when. */
export type BoundaryTerms = Omit<SpotTerms, 'spot' | 'years'>;

/**
 * The spot from which on an American option is best exercised, for each of so many years left: at or below it for a put, at
 * or above it for a call. 0 for a put and Infinity for a call that are never exercised early.
 *
 * @param terms - the option without spot and years
 * @param years - times to expiry, in any order
 * @throws OptionError as {@link american} does; DataError when a time is negative or not finite
 * @example
 * ```ts
 * const put = { type: 'put', strike: 100, rate: 0.05, volatility: 0.25, dividendYield: 0.05 } as const;
 * Array.from(exerciseBoundary(put, [0, 0.25, 1]), (spot) => spot.toFixed(3)); // → ['100.000', '75.772', '64.792']
 * ```
 */
export function exerciseBoundary(terms: BoundaryTerms, years: Series): Float64Array {
  const who = 'exerciseBoundary';
  const checked = checkAmerican(who, { ...terms, spot: 1, years: 1 }, []);
  const { sign, strike, rate, dividendYield } = checked;
  const volatility = checkFinite(who, 'volatility', terms.volatility);
  const times = Float64Array.from(checkSeries(who, 'years', years));
  const bad = times.findIndex((time) => !(time >= 0 && time < Infinity));
  if (bad >= 0) throw new DataError('not-finite', `${who}: years[${bad}] is ${times[bad]}`);
  const [own, other] = sign < 0 ? [rate, dividendYield] : [dividendYield, rate];
  const region = exerciseRegion(own, other);
  if (region === 'between') throw twoBoundaries(who, checked);
  if (region === 'never' || strike === 0) return times.map(() => (sign < 0 ? 0 : Infinity));
  if (!(volatility > 0))
    throw new OptionError(`${who}: volatility must be a positive number, received ${volatility}`);
  const longest = times.reduce((most, time) => Math.max(most, time), 0) || 1;
  const market = { years: longest, rate: own, dividendYield: other, volatility };
  const boundary = soundBoundary(market, 48);
  if (!boundary) {
    throw new OptionError(
      `${who}: the boundary was not found, received rate ${rate}, volatility ${volatility}`,
    );
  }
  return times.map((time) => {
    const share = boundaryAt(boundary, time);
    return sign < 0 ? strike * share : strike / share;
  });
}
