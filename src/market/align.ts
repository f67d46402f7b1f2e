import { checkChoice, checkOptions, checkRecord, checkSameLength } from '../core/checks.js';
import { type Duration, durationOrZero } from '../core/duration.js';
import { DataError, OptionError } from '../core/errors.js';
import type { ColumnsOf, Pair, Series } from '../core/series.js';

/** One leg: when it was seen, in milliseconds since 1970 UTC and in order, and what was seen. */
export interface TimedSeries {
  readonly time: Series;
  readonly value: Series;
}

/** Which times make a row. */
export interface AlignOptions {
  /**
   * `'exact'`: a row at each time both legs have. `'previous'`: a row at each time either leg has, from the moment both
   * have spoken, each leg with its last value.
   */
  readonly how: 'exact' | 'previous';
  /** With `'previous'`: no row where either value is older than this. Default: any age will do. */
  readonly tolerance?: Duration;
}

/** Two legs on one clock. */
export interface AlignedPair extends ColumnsOf<Pair> {
  readonly time: Float64Array;
}

/**
 * Two legs that were seen at different times, on one clock, without looking ahead. Where a leg repeats a time its last
 * value there counts. NaN is a value like another: it is carried, not skipped.
 *
 * @throws OptionError when an option is missing, unknown or out of range; a tolerance with `'exact'`.
 * @throws DataError `uneven` columns; a time that is not finite; times that go back (`disordered`), naming the index.
 * @example
 * ```ts
 * const y = { time: [1, 3, 5], value: [10, 11, 12] };
 * const x = { time: [2, 3, 6], value: [20, 21, 22] };
 * align({ y, x }, { how: 'exact' }); // → { time: [3], y: [11], x: [21] }
 * align({ y, x }, { how: 'previous' }); // → { time: [2, 3, 5, 6], y: [10, 11, 12, 12], x: [20, 21, 21, 22] }
 * align({ y, x }, { how: 'previous', tolerance: 1 }); // → { time: [2, 3, 6], y: [10, 11, 12], x: [20, 21, 22] }
 * ```
 */
export function align(
  legs: { readonly y: TimedSeries; readonly x: TimedSeries },
  options: AlignOptions,
): AlignedPair {
  checkOptions('align', options, ['how', 'tolerance']);
  const how = checkChoice('align', 'how', options.how, ['exact', 'previous']);
  if (how === 'exact' && options.tolerance !== undefined) {
    throw new OptionError(`align: tolerance needs how 'previous', received how 'exact'`);
  }
  // Two values of one time and no other make a row of age 0.
  const oldest =
    how === 'exact'
      ? 0
      : options.tolerance === undefined
        ? Infinity
        : durationOrZero('align', 'tolerance', options.tolerance);
  checkRecord('align', 'legs', legs);
  const lengthY = checkLeg('y', legs.y);
  const lengthX = checkLeg('x', legs.x);
  const { y, x } = legs;
  const time = new Float64Array(lengthY + lengthX);
  const valueY = new Float64Array(lengthY + lengthX);
  const valueX = new Float64Array(lengthY + lengthX);
  let rows = 0;
  for (let i = 0, j = 0; i < lengthY || j < lengthX; ) {
    const now = Math.min(i < lengthY ? y.time[i]! : Infinity, j < lengthX ? x.time[j]! : Infinity);
    while (i < lengthY && y.time[i] === now) i++;
    while (j < lengthX && x.time[j] === now) j++;
    if (i === 0 || j === 0) continue;
    if (now - y.time[i - 1]! > oldest || now - x.time[j - 1]! > oldest) continue;
    time[rows] = now;
    valueY[rows] = y.value[i - 1]!;
    valueX[rows] = x.value[j - 1]!;
    rows++;
  }
  return { time: time.slice(0, rows), y: valueY.slice(0, rows), x: valueX.slice(0, rows) };
}

/** The length of a leg whose times are finite and never go back. */
function checkLeg(name: string, leg: TimedSeries): number {
  if (typeof leg !== 'object' || leg === null) {
    throw new DataError('unreadable', `align: ${name} must be { time, value }, received ${leg}`);
  }
  const { time, value } = leg;
  const length = checkSameLength('align', { [`${name}.time`]: time, [`${name}.value`]: value });
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(time[i])) {
      throw new DataError('not-finite', `align: ${name}.time[${i}] is ${time[i]}`);
    }
    if (i > 0 && time[i]! < time[i - 1]!) {
      throw new DataError(
        'disordered',
        `align: times must not go back, ${name}.time[${i}] is ${time[i]} after ${time[i - 1]}`,
      );
    }
  }
  return length;
}
