import type { Series } from '../core/series.js';
import { type Adf, adf } from './adf.js';
import { type Kpss, kpss } from './kpss.js';

/** What two tests with opposite null hypotheses say together. */
export interface Stationarity {
  /** Comes back to a level, comes back to a line, wanders, or the tests cannot tell. */
  readonly verdict: 'stationary' | 'trend-stationary' | 'unit-root' | 'inconclusive';
  /** The verdict and its evidence in a sentence. */
  readonly words: string;
  /** About what the tests below were made: a line for a trend-stationary series, a level otherwise. */
  readonly trend: 'constant' | 'linear';
  readonly adf: Adf;
  readonly kpss: Kpss;
}

const MEANING = {
  stationary: 'comes back to a level',
  'trend-stationary': 'comes back to a line',
  'unit-root': 'wanders',
  inconclusive: 'the tests cannot tell',
} as const;

/**
 * One verdict for a dashboard, at the 5 % level: {@link adf} asks whether wandering can be excluded, {@link kpss} whether
 * coming back can.
 *
 * `'stationary'` where the first is excluded about a level and the second is not; else `'trend-stationary'` where the same
 * holds about a line; `'unit-root'` where coming back to a level is excluded and wandering is not, about level or line;
 * `'inconclusive'` otherwise: a short or noisy series, a break, or a memory that fades slowly.
 *
 * @param series - finite numbers in order of time, in any unit.
 * @throws DataError when the series is too short, holds a number that is not finite, does not vary, or follows exactly
 * from its trend and past.
 * @example
 * ```ts
 * const spread = Array.from({ length: 60 }, (_, t) => (37 * t ** 3) % 101);
 * stationarity(spread).verdict; // → 'stationary'
 * stationarity(spread.map((value, t) => value + 5 * t)).verdict; // → 'trend-stationary'
 * let position = 0;
 * const walk = spread.map((step) => (position += step - 50));
 * stationarity(walk).words; // → 'unit-root: wanders (ADF p 0.475, KPSS p below 0.01)'
 * ```
 */
export function stationarity(series: Series): Stationarity {
  const level = { adf: adf(series), kpss: kpss(series) };
  if (comesBack(level)) return verdictOf('stationary', 'constant', level);
  const line = { adf: adf(series, { trend: 'linear' }), kpss: kpss(series, { trend: 'linear' }) };
  if (comesBack(line)) return verdictOf('trend-stationary', 'linear', line);
  const wanders = level.adf.pValue >= 0.05 && line.adf.pValue >= 0.05 && level.kpss.pValue < 0.05;
  return verdictOf(wanders ? 'unit-root' : 'inconclusive', 'constant', level);
}

interface Evidence {
  readonly adf: Adf;
  readonly kpss: Kpss;
}

function comesBack({ adf, kpss }: Evidence): boolean {
  return adf.pValue < 0.05 && kpss.pValue >= 0.05;
}

function verdictOf(
  verdict: Stationarity['verdict'],
  trend: Stationarity['trend'],
  { adf, kpss }: Evidence,
): Stationarity {
  const unitRoot = adf.pValue < 0.001 ? 'below 0.001' : adf.pValue.toFixed(3);
  const side = !kpss.clipped ? kpss.pValue.toFixed(3) : kpss.pValue > 0.05 ? 'above 0.10' : 'below 0.01';
  const words = `${verdict}: ${MEANING[verdict]} (ADF p ${unitRoot}, KPSS p ${side})`;
  return { verdict, words, trend, adf, kpss };
}
