import {
  checkChoice,
  checkFiniteSeries,
  checkInteger,
  checkOptions,
  checkRecord,
  checkSameLength,
} from '../core/checks.js';
import { type Duration, duration, durationOrZero } from '../core/duration.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { quantileInPlace } from '../math/quantile.js';
import { checkVolumes } from './twap.js';

/** When volume was traded, and how much: the columns of bars will do. */
export interface VolumeHistory {
  /** Milliseconds since 1970 UTC. */
  readonly time: Series;
  readonly volume: Series;
}

/** How a day of volume is cut. */
export interface VolumeProfileOptions {
  /** Slices a session. */
  readonly slices: number;
  /** How often a session repeats: `'1d'`. */
  readonly period: Duration;
  /** From the beginning of a period (midnight UTC of a day) to the opening; 0 unless said. */
  readonly opens?: Duration;
  /** To the close; the whole period unless said. Volume outside the session counts in nothing. */
  readonly closes?: Duration;
  /** How sessions are put together: `'mean'` (default) of their shares, or `'median'`, which a wild day does not move. */
  readonly average?: 'mean' | 'median';
}

/**
 * The share of a session's volume that falls in each slice, learned from history: the mean or median over sessions of each
 * one's shares, scaled to sum to 1. A busy day weighs no more than a quiet one.
 *
 * @throws OptionError where an option is out of range; DataError where columns differ in length, volumes are below zero or
 * not finite, or no session has any
 * @example
 * ```ts
 * const time = [0, 6, 12, 18, 24, 36].map((hour) => hour * 3_600_000);
 * const volume = [1, 2, 3, 4, 30, 10];
 * volumeProfile({ time, volume }, { slices: 2, period: '1d' }); // → [0.525, 0.475]
 * ```
 */
export function volumeProfile(history: VolumeHistory, options: VolumeProfileOptions): Float64Array {
  const who = 'volumeProfile';
  checkOptions(who, options, ['slices', 'period', 'opens', 'closes', 'average']);
  const slices = checkInteger(who, 'slices', options.slices);
  const period = duration(who, 'period', options.period);
  const opens = durationOrZero(who, 'opens', options.opens ?? 0);
  const closes = duration(who, 'closes', options.closes ?? period);
  const average = checkChoice(who, 'average', options.average ?? 'mean', ['mean', 'median'] as const);
  if (!(opens < closes && closes <= period)) {
    throw new OptionError(`${who}: a session must open before it closes, within its period`);
  }
  checkRecord(who, 'history', history);
  checkSameLength(who, { time: history.time, volume: history.volume });
  const time = checkFiniteSeries(who, 'time', history.time, 1);
  const volume = checkVolumes(who, 'volume', history.volume);

  const sessions = new Map<number, Float64Array>();
  for (let i = 0; i < volume.length; i++) {
    const session = Math.floor(time[i]! / period);
    const since = time[i]! - session * period;
    if (since < opens || since >= closes) continue;
    const slice = Math.min(Math.floor(((since - opens) / (closes - opens)) * slices), slices - 1);
    const shares = sessions.get(session) ?? new Float64Array(slices);
    sessions.set(session, shares);
    shares[slice]! += volume[i]!;
  }
  const days = [...sessions.values()]
    .map((shares) => ({ shares, total: shares.reduce((sum, share) => sum + share, 0) }))
    .filter(({ total }) => total > 0)
    .map(({ shares, total }) => shares.map((share) => share / total));
  const profile = new Float64Array(slices);
  for (let slice = 0; slice < slices; slice++) {
    const seen = Float64Array.from(days, (day) => day[slice]!);
    profile[slice] =
      average === 'median'
        ? quantileInPlace(seen, 0.5)
        : seen.reduce((sum, share) => sum + share, 0) / seen.length;
  }
  const total = profile.reduce((sum, share) => sum + share, 0);
  if (!(total > 0)) throw new DataError('degenerate', `${who}: no session has any volume`);
  return profile.map((share) => share / total);
}
