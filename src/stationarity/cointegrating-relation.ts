import { checkFiniteSeries, checkRecord, checkSameLength } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Pair, type Series, type SeriesOf, toFloat64 } from '../core/series.js';
import { linearFit } from '../math/linear-fit.js';
import { orthogonaliseFew } from '../math/orthogonal.js';
import { inUnit } from './detrended.js';
import { type Trend, trendTerms } from './trend.js';
import { largest, unitOf } from './unit.js';

/** One series explained by several. */
export interface Basket {
  readonly y: Series;
  readonly xs: readonly Series[];
}

/** What may hold prices together: y = intercept + Σ ratios · xs + slope · t + curvature · t² + residual. */
export interface CointegratingRelation {
  /** The ratio of `x`, or of the first of the `xs`. */
  readonly ratio: number;
  readonly ratios: Float64Array;
  /** 0 without a constant. */
  readonly intercept: number;
  /** Per observation, the first being at t = 0; 0 but for a linear or quadratic trend. */
  readonly slope: number;
  /** 0 but for a quadratic trend. */
  readonly curvature: number;
  readonly residuals: Float64Array;
}

/** Pair or basket as one list, y first; all finite, of one length, and varying. */
export function readLegs(who: string, legs: SeriesOf<Pair> | Basket): [Float64Array, ...Float64Array[]] {
  checkRecord(who, 'legs', legs);
  const many = 'xs' in legs;
  if (many && 'x' in legs) throw new DataError('unreadable', `${who}: legs must have x or xs, received both`);
  if (many && (!Array.isArray(legs.xs) || legs.xs.length === 0))
    throw new DataError('unreadable', `${who}: xs must be an array of at least one series`);
  const others: readonly (readonly [string, Series])[] = many
    ? legs.xs.map((x, j) => [`xs[${j}]`, x])
    : [['x', legs.x]];
  checkSameLength(who, Object.fromEntries([['y', legs.y], ...others]));
  const read = (name: string, leg: Series): Float64Array => {
    const values = toFloat64(checkFiniteSeries(who, name, leg, 3));
    if (values.some((value) => value !== values[0])) return values;
    throw new DataError('degenerate', `${who}: ${name} must vary, received ${values[0]} throughout`);
  };
  return [read('y', legs.y), ...others.map(([name, leg]) => read(name, leg))];
}

/** The least-squares relation of the first leg to the others, and whether rounding is all that it leaves. */
export function relationOf(
  who: string,
  legs: readonly [Float64Array, ...Float64Array[]],
  trend: Trend,
): { relation: CointegratingRelation; exact: boolean } {
  const [y, ...xs] = legs.map(inUnit) as [Float64Array, ...Float64Array[]];
  const [unit, ...units] = legs.map((leg) => unitOf(largest(leg))) as [number, ...number[]];
  const powers = Array.from({ length: Math.max(0, trendTerms(trend) - 1) }, (_, p) =>
    y.map((_, t) => t ** (p + 1)),
  );
  const fit = linearFit(who, [...xs, ...powers], y, trend !== 'none', orthogonaliseFew);
  const found = Array.from(fit.coefficients);
  const intercept = trend === 'none' ? 0 : found.shift()! * unit;
  const inUnits = found.splice(0, xs.length);
  const [slope = 0, curvature = 0] = found;
  const ratios = Float64Array.from(inUnits, (ratio, j) => ratio * (unit / units[j]!));
  const beyond = ratios.findIndex((ratio) => !Number.isFinite(ratio));
  if (beyond >= 0)
    throw new DataError('degenerate', `${who}: ratios[${beyond}] is beyond the range of a double`);

  // A price that another gives is rounded when it is multiplied, and again when a constant is added.
  const size = xs.reduce((total, x, j) => total + Math.abs(inUnits[j]!) * largest(x), largest(y));
  return {
    relation: {
      ratio: ratios[0]!,
      ratios,
      intercept,
      slope: slope * unit,
      curvature: curvature * unit,
      residuals: unit === 1 ? fit.residuals : fit.residuals.map((residual) => residual * unit),
    },
    exact: largest(fit.residuals) <= 2 * Number.EPSILON * size,
  };
}
