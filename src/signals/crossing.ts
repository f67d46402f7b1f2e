import { checkChoice, checkFinite, checkOptions, checkSeries } from '../core/checks.js';
import type { Detector } from '../core/estimator.js';
import { asNumber, type Series } from '../core/series.js';
import { open, pack, type Snapshot, unpack, unpackInteger } from '../core/snapshot.js';

/** Which crossings count. */
export interface CrossingOptions {
  /** What is crossed; 0 unless said. */
  readonly level?: number;
  /** Both ways unless said. */
  readonly direction?: 'up' | 'down' | 'both';
}

/** A series has gone from one side of the level to the other. */
export interface Cross {
  readonly direction: 'up' | 'down';
  /** The place of the observation that is beyond, from 0. */
  readonly index: number;
  /** That observation. */
  readonly value: number;
}

/**
 * Tells when a series crosses a level. To touch it is not to cross it: the next value off the level decides. A missing
 * value changes nothing. Two averages cross where their difference crosses 0.
 *
 * @example
 * ```ts
 * const crossing = new Crossing({ level: 10 });
 * crossing.push(9); // → []
 * crossing.push(10); // → []
 * crossing.push(11); // → [{ direction: 'up', index: 2, value: 11 }]
 * ```
 */
export class Crossing implements Detector<number, Cross> {
  private readonly level: number;
  private readonly direction: 'up' | 'down' | 'both';
  /** The side of the last value off the level; 0 before there was one. */
  private side = 0;
  private seen = 0;

  /** @throws OptionError where an option is unknown or out of range */
  constructor(options: CrossingOptions = {}) {
    checkOptions('Crossing', options, ['level', 'direction']);
    this.level = checkFinite('Crossing', 'level', options.level ?? 0);
    this.direction = checkChoice('Crossing', 'direction', options.direction ?? 'both', [
      'up',
      'down',
      'both',
    ]);
  }

  push(value: number): readonly Cross[] {
    const index = this.seen++;
    const now = Math.sign(asNumber(value) - this.level);
    if (Number.isNaN(now) || now === 0) return [];
    const before = this.side;
    this.side = now;
    if (before === 0 || now === before) return [];
    const direction = now > 0 ? 'up' : 'down';
    return this.direction === 'both' || this.direction === direction ? [{ direction, index, value }] : [];
  }

  snapshot(): Snapshot {
    const { level, direction, side, seen } = this;
    return { kind: 'Crossing', version: 1, state: { level: pack(level), direction, side: pack(side), seen } };
  }

  /** Goes on exactly from a snapshot. */
  static from(snapshot: Snapshot): Crossing {
    const { level, direction, side, seen } = open(snapshot, 'Crossing', 1);
    const revived = new Crossing({ level: unpack(level), direction: direction as 'both' });
    revived.side = unpack(side);
    revived.seen = unpackInteger(seen, 0, Number.MAX_SAFE_INTEGER);
    return revived;
  }
}

/**
 * All crossings of a series. See {@link Crossing}.
 *
 * @throws OptionError where an option is unknown or out of range
 * @example
 * ```ts
 * crossings([-1, 1, 2, -1, 0, -2, 3], { direction: 'up' }).map(({ index }) => index); // → [1, 6]
 * ```
 */
export function crossings(series: Series, options: CrossingOptions = {}): Cross[] {
  const live = new Crossing(options);
  const found: Cross[] = [];
  checkSeries('crossings', 'series', series);
  for (let i = 0; i < series.length; i++) for (const cross of live.push(series[i]!)) found.push(cross);
  return found;
}
