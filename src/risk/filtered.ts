import { DataError } from '../core/errors.js';
import { ewmaStep } from './ewma-volatility.js';
import { fitGarch } from './garch.js';

/** Returns in units of the volatility that was expected of each, about their mean; and what is expected next. */
export interface Filtered {
  readonly residuals: Float64Array;
  readonly mean: number;
  readonly nextVolatility: number;
}

/** Source: Barone-Adesi, Giannopoulos & Vosper (1999), Journal of Futures Markets 19, 583–602. */
export function garchFiltered(who: string, returns: Float64Array): Filtered {
  const { mean, volatility, nextVolatility } = fitGarch(who, returns);
  return { residuals: returns.map((r, t) => (r - mean) / volatility[t]!), mean, nextVolatility };
}

/** Source: Hull & White (1998), Journal of Risk 1(1), 5–19. The first return, which starts the variance, is left out. */
export function ewmaFiltered(who: string, returns: Float64Array, decay: number): Filtered {
  const residuals = new Float64Array(returns.length - 1);
  let variance = NaN;
  for (let t = 0; t < returns.length; t++) {
    if (t > 0) {
      if (!(variance > 0)) {
        throw new DataError(
          'degenerate',
          `${who}: returns up to returns[${t - 1}] have no volatility to be measured in`,
        );
      }
      residuals[t - 1] = returns[t]! / Math.sqrt(variance);
    }
    variance = ewmaStep(variance, decay, returns[t]!);
  }
  return { residuals, mean: 0, nextVolatility: Math.sqrt(variance) };
}
