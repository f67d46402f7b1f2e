import { shown } from './checks.js';
import { OptionError } from './errors.js';

/** A length of time: `'500ms'`, `'1s'`, `'5m'`, `'4h'`, `'1d'`, or milliseconds. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * A duration in milliseconds, finite and above zero; `who` and `name` are for the complaint.
 *
 * @throws OptionError where it is none
 * @example
 * ```ts
 * duration('resample', 'every', '5m'); // → 300000
 * ```
 */
export function duration(who: string, name: string, value: Duration): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|[smhd])$/.exec(String(value)) ?? [];
  const milliseconds = typeof value === 'number' ? value : Number(count) * MILLISECONDS[unit!]!;
  if (milliseconds > 0 && milliseconds < Infinity) return milliseconds;
  throw new OptionError(
    `${who}: ${name} must be a duration such as '5m', or positive milliseconds, received ${shown(value)}`,
  );
}

/** A duration that may also be nothing: 0, or `'0s'`. */
export function durationOrZero(who: string, name: string, value: Duration): number {
  return value === 0 || /^0+(?:\.0+)?(?:ms|s|m|h|d)$/.test(String(value)) ? 0 : duration(who, name, value);
}
