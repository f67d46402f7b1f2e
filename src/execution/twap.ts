import { checkFiniteSeries, checkInteger, checkOptions } from '../core/checks.js';
import { DataError } from '../core/errors.js';
import type { Series } from '../core/series.js';
import { checkLots, splitLots } from './whole-lots.js';

/** An order, and into how many children. */
export interface TwapOptions {
  /** Positive to buy, negative to sell; a whole number of lots. */
  readonly quantity: number;
  readonly slices: number;
  /** The smallest step of a quantity; 1 unless said. */
  readonly lot?: number;
}

/**
 * The order in equal children over time: each a whole number of lots within one of the ideal, together exactly the order.
 *
 * @throws OptionError where an option is out of range; DataError where the quantity is not a whole number of lots
 * @example
 * ```ts
 * twap({ quantity: 10, slices: 4 }); // → [3, 2, 3, 2]
 * twap({ quantity: -0.5, slices: 2, lot: 0.1 }); // → [-0.3, -0.2]
 * ```
 */
export function twap(options: TwapOptions): Float64Array {
  checkOptions('twap', options, ['quantity', 'slices', 'lot']);
  const slices = checkInteger('twap', 'slices', options.slices);
  const lots = checkLots('twap', options.quantity, options.lot ?? 1);
  return splitLots(
    lots,
    Array.from({ length: slices }, (_, i) => (i + 1) / slices),
  );
}

/** An order, and how the volume of the day is expected to fall. */
export interface VwapOptions {
  /** Positive to buy, negative to sell; a whole number of lots. */
  readonly quantity: number;
  /** Expected volume of each slice, in any unit: see `volumeProfile`. */
  readonly profile: Series;
  /** The smallest step of a quantity; 1 unless said. */
  readonly lot?: number;
}

/**
 * The order in children in proportion to the volume expected: each a whole number of lots within one of the ideal,
 * together exactly the order.
 *
 * @throws OptionError where an option is out of range; DataError where the quantity is not a whole number of lots, or the
 * profile has no volume, a negative one, or one that is not finite
 * @example
 * ```ts
 * vwap({ quantity: 1000, profile: [5, 2, 3] }); // → [500, 200, 300]
 * ```
 */
export function vwap(options: VwapOptions): Float64Array {
  checkOptions('vwap', options, ['quantity', 'profile', 'lot']);
  const lots = checkLots('vwap', options.quantity, options.lot ?? 1);
  const given = checkVolumes('vwap', 'profile', options.profile);
  // Volumes in whatever unit: the sum of the largest doubles is none unless they are made smaller.
  const profile = given.some((volume) => volume > 1e290) ? given.map((volume) => volume * 2 ** -64) : given;
  const total = profile.reduce((sum, volume) => sum + volume, 0);
  if (!(total > 0)) throw new DataError('degenerate', 'vwap: profile must hold some volume');
  let done = 0;
  return splitLots(
    lots,
    Array.from(profile, (volume) => {
      done += volume;
      return Math.min(done / total, 1);
    }),
  );
}

/** Volumes: finite and not below zero, at least one of them. */
export function checkVolumes(who: string, name: string, volumes: Series): Float64Array {
  const checked = Float64Array.from(checkFiniteSeries(who, name, volumes, 1));
  const bad = checked.findIndex((volume) => volume < 0);
  if (bad < 0) return checked;
  throw new DataError(
    'degenerate',
    `${who}: ${name} must not be below zero, ${name}[${bad}] is ${checked[bad]}`,
  );
}
