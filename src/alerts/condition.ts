import { checkBoolean, checkFinite } from '../core/checks.js';
import { type Duration, durationOrZero } from '../core/duration.js';
import { OptionError } from '../core/errors.js';

/** What must be so, as exactly one limit, and for how long. */
export interface ConditionOptions {
  /** Alerts when the value is greater. */
  readonly above?: number;
  /** Alerts when the value is less. */
  readonly below?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** How far the value must come back before another alert; the limit itself unless said. */
  readonly clear?: number;
  /** How long it must be so before an alert, from the first value that is. */
  readonly held?: Duration;
  /** The least time from one alert to the next. */
  readonly cooldown?: Duration;
  /** Whether the first alert is the last. */
  readonly once?: boolean;
}

export const CONDITION_OPTIONS: readonly string[] = [
  'above',
  'below',
  'atLeast',
  'atMost',
  'clear',
  'held',
  'cooldown',
  'once',
];

/** On which side of a limit it is so. */
export type Side = 'above' | 'below' | 'atLeast' | 'atMost';

/** A checked condition; times in milliseconds. */
export interface Condition {
  readonly side: Side;
  readonly threshold: number;
  readonly clear: number;
  readonly held: number;
  readonly cooldown: number;
  readonly once: boolean;
}

const SIDES: readonly Side[] = ['above', 'below', 'atLeast', 'atMost'];

/** Whether a value is on that side of a limit. */
export function isBeyond(side: Side, value: number, limit: number): boolean {
  if (side === 'above') return value > limit;
  if (side === 'below') return value < limit;
  return side === 'atLeast' ? value >= limit : value <= limit;
}

/** The checked condition; `who` complains. */
export function checkCondition(who: string, options: ConditionOptions): Condition {
  const given = SIDES.filter((side) => options[side] !== undefined);
  const [side] = given;
  if (side === undefined || given.length > 1) {
    const received = given.length === 0 ? 'none' : given.join(' and ');
    throw new OptionError(`${who}: needs one of above, below, atLeast and atMost, received ${received}`);
  }
  const threshold = checkFinite(who, side, options[side]);
  const clear = checkFinite(who, 'clear', options.clear ?? threshold);
  const rises = side === 'above' || side === 'atLeast';
  if (rises ? clear > threshold : clear < threshold) {
    const must = `${rises ? 'at most' : 'at least'} the ${side} of ${threshold}`;
    throw new OptionError(`${who}: clear must be ${must}, received ${clear}`);
  }
  return {
    side,
    threshold,
    clear,
    held: durationOrZero(who, 'held', options.held ?? 0),
    cooldown: durationOrZero(who, 'cooldown', options.cooldown ?? 0),
    once: checkBoolean(who, 'once', options.once ?? false),
  };
}
