import { checkBoolean, checkChoice, checkFiniteSeries, checkOptions, checkPositive } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import { choleskyInverse } from './cholesky.js';
import { type FreeParameters, LEAST_OMEGA, parametersAt, reduced, STATIONARY, summit } from './garch-fit.js';
import { type GarchVector, garchLikelihood, garchLogLikelihood, meanSquare } from './garch-likelihood.js';
import { type GarchParameters, garchStep } from './garch-model.js';
import { meanAndDeviation } from './sample-moments.js';

/** How a GARCH(1,1) is fitted. */
export interface GarchOptions {
  /** Whether returns have a mean: `'constant'` fits it, `'zero'` takes it for none. Constant unless said. */
  readonly mean?: 'constant' | 'zero';
  /** Whether omega follows from the sample variance instead of being fitted; not unless said. */
  readonly varianceTargeting?: boolean;
  /** The variance and squared surprise before the first return; the mean squared surprise of the sample unless said. */
  readonly backcast?: number;
}

/** A GARCH(1,1) fitted by maximum Gaussian likelihood, per period. */
export interface GarchFit extends GarchParameters {
  /** alpha + beta: how slowly volatility forgets. */
  readonly persistence: number;
  /** omega / (1 − persistence). */
  readonly longRunVariance: number;
  readonly logLikelihood: number;
  /** Standard errors from the second derivatives; NaN for what was not fitted or stands at its bound. */
  readonly errors: GarchParameters;
  /** Standard errors that hold for returns that are not normal, by Bollerslev and Wooldridge. */
  readonly robustErrors: GarchParameters;
  readonly observations: number;
  /** Whether the search ended where the likelihood is flat. */
  readonly converged: boolean;
  /** The volatility that was expected of each return. */
  readonly volatility: Float64Array;
  /** The volatility expected of the next return. */
  readonly nextVolatility: number;
}

/**
 * How volatility comes in waves: a GARCH(1,1) with a constant mean, fitted by maximum Gaussian likelihood with analytic
 * derivatives. The live form for parameters that are known is {@link Garch}.
 *
 * Before the first return, variance and squared surprise are both the mean squared surprise of the sample, as in the benchmark
 * of Fiorentini, Calzolari & Panattoni; `backcast` sets another value. alpha and beta are not negative and sum to less than 1.
 *
 * Sources: Bollerslev (1986); Fiorentini, Calzolari & Panattoni (1996), Journal of Applied Econometrics 11, 399–417;
 * Bollerslev & Wooldridge (1992), Econometric Reviews 11, 143–172.
 *
 * @param returns - at least 10, not all the same; a few hundred make a fit worth having
 * @throws OptionError for an unknown or impossible option
 * @throws DataError where returns are too few, not finite or do not vary
 * @example
 * ```ts
 * const random = new Random(1);
 * const model = new Garch({ mean: 0, omega: 0.05, alpha: 0.1, beta: 0.85 });
 * let volatility = 1;
 * const returns = Array.from({ length: 2000 }, () => {
 *   const r = volatility * random.normal();
 *   volatility = model.push(r);
 *   return r;
 * });
 * const { persistence, nextVolatility } = garch(returns);
 * persistence > 0.9 && persistence < 1; // → true
 * Math.abs(nextVolatility / volatility - 1) < 0.1; // → true
 * ```
 */
export function garch(returns: Series, options: GarchOptions = {}): GarchFit {
  const who = 'garch';
  checkOptions(who, options, ['mean', 'varianceTargeting', 'backcast']);
  const kind = checkChoice(who, 'mean', options.mean ?? 'constant', ['constant', 'zero']);
  const targeting = checkBoolean(who, 'varianceTargeting', options.varianceTargeting ?? false);
  const backcast =
    options.backcast === undefined ? undefined : checkPositive(who, 'backcast', options.backcast);
  const values = toFloat64(checkFiniteSeries(who, 'returns', returns, 10));
  return fitGarch(who, values, { hasMean: kind === 'constant', targeting, backcast });
}

/** The same, of returns and options that were checked. */
export function fitGarch(
  who: string,
  returns: Float64Array,
  {
    hasMean = true,
    targeting = false,
    backcast,
  }: { hasMean?: boolean; targeting?: boolean; backcast?: number | undefined } = {},
): GarchFit {
  const sample = meanAndDeviation(returns);
  const unit = hasMean ? sample.deviation : Math.sqrt(meanSquare(returns, 0));
  if (!(unit > 0 && unit < Infinity && sample.deviation > 0)) {
    throw new DataError('degenerate', `${who}: returns must vary to have a volatility`);
  }
  // The search runs on returns of deviation 1.
  const scaled = returns.map((r) => r / unit);
  const before = backcast === undefined ? undefined : backcast / unit / unit;
  const centre = hasMean ? sample.mean / unit : 0;
  const variance = meanSquare(scaled, centre);
  const space = spaceOf(hasMean, targeting, centre, variance);
  const start = startOf(scaled, space, variance, centre, before);
  const { parameters, converged } = summit(scaled, space, start, before);

  const [mean, omega, alpha, beta] = parameters;
  const scale: GarchVector = [unit, unit * unit, 1, 1];
  const fitted = named(parameters.map((value, i) => value * scale[i]!));
  const surface = garchLikelihood(scaled, parameters, before);
  const { errors, robustErrors } = errorsOf(surface, space, parameters, scale);
  const volatility = new Float64Array(returns.length);
  const square = before ?? meanSquare(scaled, mean);
  let h = omega + alpha * square + beta * square;
  for (let t = 0; t < scaled.length; t++) {
    volatility[t] = unit * Math.sqrt(h);
    h = garchStep(h, scaled[t]!, { mean, omega, alpha, beta });
  }
  return {
    ...fitted,
    persistence: alpha + beta,
    longRunVariance: fitted.omega / (1 - alpha - beta),
    logLikelihood: surface.logLikelihood - returns.length * Math.log(unit),
    errors,
    robustErrors,
    observations: returns.length,
    converged,
    volatility,
    nextVolatility: unit * Math.sqrt(h),
  };
}

function named([mean, omega, alpha, beta]: readonly number[]): GarchParameters {
  return { mean: mean!, omega: omega!, alpha: alpha!, beta: beta! };
}

/** What is free: with a target, omega = variance (1 − alpha − beta) about the sample mean. */
function spaceOf(hasMean: boolean, targeting: boolean, mean: number, variance: number): FreeParameters {
  if (targeting) {
    const directions: GarchVector[] = [
      [0, -variance, 1, 0],
      [0, -variance, 0, 1],
    ];
    return { base: [mean, variance, 0, 0], directions, least: [0, 0] };
  }
  const unit = (at: number): GarchVector =>
    [0, 1, 2, 3].map((i) => Number(i === at)) as unknown as GarchVector;
  const free = hasMean ? [0, 1, 2, 3] : [1, 2, 3];
  const least = [-Infinity, LEAST_OMEGA, 0, 0];
  return { base: [0, 0, 0, 0], directions: free.map(unit), least: free.map((i) => least[i]!) };
}

/** The best of a grid of persistences and reactions at the sample variance. */
function startOf(
  returns: Float64Array,
  space: FreeParameters,
  variance: number,
  mean: number,
  backcast: number | undefined,
): readonly number[] {
  let best: readonly number[] = [];
  let most = -Infinity;
  for (const persistence of [0.5, 0.7, 0.9, 0.95, 0.99]) {
    for (const alpha of [0.02, 0.05, 0.1, 0.2]) {
      const all = [mean, variance * (1 - persistence), alpha, persistence - alpha];
      const free = all.slice(4 - space.directions.length);
      const found = garchLogLikelihood(returns, parametersAt(space, free), backcast);
      if (found > most) [best, most] = [free, found];
    }
  }
  return best;
}

function errorsOf(
  { hessian, outer }: { readonly hessian: Float64Array; readonly outer: Float64Array },
  { directions, least }: FreeParameters,
  parameters: GarchVector,
  scale: GarchVector,
): { readonly errors: GarchParameters; readonly robustErrors: GarchParameters } {
  const size = directions.length;
  const errors = [NaN, NaN, NaN, NaN];
  const robust = [NaN, NaN, NaN, NaN];
  const first = 4 - size;
  const inverse = choleskyInverse(reduced(hessian, directions), size);
  const isEdge = parameters[2] + parameters[3] >= STATIONARY - 1e-12;
  const atBound = isEdge || least.some((bound, k) => parameters[first + k]! <= bound);
  if (inverse && !atBound) {
    const middle = reduced(outer, directions);
    for (let k = 0; k < size; k++) {
      errors[first + k] = Math.sqrt(inverse[k * size + k]!) * scale[first + k]!;
      let sandwich = 0;
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          sandwich += inverse[k * size + i]! * middle[i * size + j]! * inverse[j * size + k]!;
      robust[first + k] = Math.sqrt(sandwich) * scale[first + k]!;
    }
  }
  return { errors: named(errors), robustErrors: named(robust) };
}
