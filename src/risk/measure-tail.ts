import { DataError } from '../core/errors.js';
import { degreesOfFreedomOf } from './degrees-of-freedom.js';
import { ewmaStep } from './ewma-volatility.js';
import { ewmaFiltered, garchFiltered } from './filtered.js';
import { fitGarch } from './garch.js';
import { historicalTail } from './historical.js';
import { cornishFisherTail, normalTail, scaledTail, studentTTail } from './parametric.js';
import { meanAndDeviation, populationMoments } from './sample-moments.js';
import type { CheckedTailOptions } from './tail-options.js';
import type { TailRisk } from './tail-risk.js';
import { weightedTail } from './weighted-historical.js';

/** A tail, and the mean that it lies about. */
interface Centred extends TailRisk {
  readonly mean: number;
}

/** Value at risk and expected shortfall of checked returns over the horizon. */
export function measureTail(who: string, returns: Float64Array, options: CheckedTailOptions): TailRisk {
  const { horizon, scaling } = options;
  const { valueAtRisk, expectedShortfall, mean } = onePeriod(who, returns, options);
  const root = Math.sqrt(horizon);
  // Losses lie about −mean.
  const about = scaling === 'independent' ? mean : 0;
  const shift = about * (root - horizon);
  return horizon === 1
    ? { valueAtRisk, expectedShortfall }
    : { valueAtRisk: root * valueAtRisk + shift, expectedShortfall: root * expectedShortfall + shift };
}

function onePeriod(who: string, returns: Float64Array, options: CheckedTailOptions): Centred {
  const { p, method, definition, decay } = options;
  switch (method) {
    case 'historical':
      return about(returns, options, historicalTail(who, returns, p, definition));
    case 'weighted-historical':
      return about(returns, options, weightedTail(returns, p, definition, decay));
    case 'normal': {
      const { mean, deviation } = meanAndDeviation(returns);
      return { mean, ...scaledTail(mean, deviation, normalTail(p)) };
    }
    case 'student-t': {
      const { mean, deviation } = meanAndDeviation(returns);
      const df = options.degreesOfFreedom ?? degreesOfFreedomOf(who, returns);
      return { mean, ...scaledTail(mean, deviation, studentTTail(p, df)) };
    }
    case 'cornish-fisher': {
      const { mean, deviation, skewness, kurtosis } = populationMoments(returns);
      if (!(deviation > 0)) {
        throw new DataError('degenerate', `${who}: returns must vary to have a skewness and a kurtosis`);
      }
      const tail = cornishFisherTail(who, p, skewness, kurtosis, options.everywhere);
      return { mean, ...scaledTail(mean, deviation, tail) };
    }
    case 'ewma': {
      let variance = NaN;
      for (let t = 0; t < returns.length; t++) variance = ewmaStep(variance, decay, returns[t]!);
      return { mean: 0, ...scaledTail(0, Math.sqrt(variance), normalTail(p)) };
    }
    case 'garch': {
      const { mean, nextVolatility } = fitGarch(who, returns);
      return { mean, ...scaledTail(mean, nextVolatility, normalTail(p)) };
    }
    case 'filtered': {
      const isGarch = options.filter === 'garch';
      const filtered = isGarch ? garchFiltered(who, returns) : ewmaFiltered(who, returns, decay);
      const { mean, nextVolatility, residuals } = filtered;
      const tail = historicalTail(who, residuals, p, definition);
      const scaled = { quantile: -tail.valueAtRisk, mean: -tail.expectedShortfall };
      return { mean, ...scaledTail(mean, nextVolatility, scaled) };
    }
  }
}

/** The tail of a sample, with the sample's mean where the horizon asks for it. */
function about(returns: Float64Array, { horizon, scaling }: CheckedTailOptions, tail: TailRisk): Centred {
  const isNeeded = horizon > 1 && scaling === 'independent';
  return { mean: isNeeded ? meanAndDeviation(returns).mean : 0, ...tail };
}
