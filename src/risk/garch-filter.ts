import { checkSeries } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import { type Series, toFloat64 } from '../core/series.js';
import { open, pack, type Snapshot, unpack } from '../core/snapshot.js';
import { checkGarch, type GarchFilterOptions, garchStep } from './garch-model.js';

/**
 * The volatility expected of the next return, live, by a GARCH(1,1) whose parameters are known, as those that {@link garch}
 * fits. Ready from the first return. A missing return counts as one of the size that was expected.
 *
 * Source: Bollerslev (1986), Journal of Econometrics 31, 307–327.
 *
 * @example
 * ```ts
 * const volatility = new Garch({ mean: 0, omega: 0.00001, alpha: 0.1, beta: 0.8 });
 * volatility.push(0.01); // → 0.01
 * volatility.push(-0.03); // → 0.013416407865
 * ```
 */
export class Garch implements Estimator<number, number> {
  value: number = NaN;
  private readonly model: Required<GarchFilterOptions>;
  private variance: number;

  /** @throws OptionError where a parameter is missing or cannot be one of a stationary GARCH */
  constructor(options: GarchFilterOptions) {
    this.model = checkGarch('Garch', options);
    this.variance = this.model.initialVariance;
  }

  get ready(): boolean {
    return !Number.isNaN(this.value);
  }

  push(r: number): number {
    this.variance = garchStep(this.variance, r, this.model);
    this.value = Math.sqrt(this.variance);
    return this.value;
  }

  snapshot(): Snapshot {
    const { model, variance, value } = this;
    return { kind: 'Garch', version: 1, state: { ...model, variance: pack(variance), value: pack(value) } };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): Garch {
    const { variance, value, ...model } = open(snapshot, 'Garch', 1);
    const { mean, omega, alpha, beta, initialVariance } = model;
    const options = { mean, omega, alpha, beta, initialVariance: unpack(initialVariance) };
    const revived = new Garch(options as unknown as GarchFilterOptions);
    revived.variance = unpack(variance);
    revived.value = unpack(value);
    return revived;
  }
}

/**
 * The volatility expected of the next return, after each: as long as the returns. See {@link Garch}.
 *
 * @throws OptionError where a parameter is missing or cannot be one of a stationary GARCH
 * @example
 * ```ts
 * garchVolatility([0.01, -0.03], { mean: 0, omega: 0.00001, alpha: 0.1, beta: 0.8 }); // → [0.01, 0.013416407865]
 * ```
 */
export function garchVolatility(returns: Series, options: GarchFilterOptions): Float64Array {
  const model = checkGarch('garchVolatility', options);
  const values = toFloat64(checkSeries('garchVolatility', 'returns', returns));
  const out = new Float64Array(values.length);
  let variance = model.initialVariance;
  for (let i = 0; i < out.length; i++) {
    variance = garchStep(variance, values[i]!, model);
    out[i] = Math.sqrt(variance);
  }
  return out;
}
