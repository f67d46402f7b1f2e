import { DataError, OptionError } from './errors.js';
import type { Series } from './series.js';

// Every guard reads: who: what must hold, received what.

/** How a received value is printed in an error. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Whether so many edits (insert, delete, replace, swap of neighbours) at most make one short word of another. */
function isNear(edits: number, a: string, b: string): boolean {
  if (a === b || edits === 0) return a === b;
  if (a[0] === b[0]) return isNear(edits, a.slice(1), b.slice(1));
  return (
    isNear(edits - 1, a.slice(1), b) ||
    isNear(edits - 1, a, b.slice(1)) ||
    isNear(edits - 1, a.slice(1), b.slice(1)) ||
    (a[0] === b[1] && a[1] === b[0] && isNear(edits - 1, a.slice(2), b.slice(2)))
  );
}

/** The name nearest to a misspelt one, as a hint, or nothing when none is near. */
function hint(received: string, names: readonly string[]): string {
  // A third of a long name may be wrong.
  for (let edits = 0; edits < 9; edits++) {
    const near = names.find(
      (name) =>
        edits <= Math.max(2, name.length / 3) && isNear(edits, received.toLowerCase(), name.toLowerCase()),
    );
    if (near) return `; did you mean ${near}?`;
  }
  return '';
}

/**
 * Refuses option names that are not known: a misspelt option silently ignored is a wrong number. So is null, which is a
 * value that went missing, for something left out.
 */
export function checkOptions(who: string, options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new OptionError(`${who}: options must be an object, received ${shown(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) {
      const known = hint(name, names) || ` (options are ${names.join(', ') || 'none'})`;
      throw new OptionError(`${who}: unknown option ${name}${known}`);
    }
    if ((options as Readonly<Record<string, unknown>>)[name] === null) {
      throw new OptionError(`${who}: ${name} must have a value or be left out, received null`);
    }
  }
}

/** One of a few whole words. */
export function checkChoice<Choice extends string>(
  who: string,
  name: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  if (choices.includes(value as Choice)) return value as Choice;
  const near = typeof value === 'string' ? hint(value, choices) : '';
  const listed = choices.map((choice) => `'${choice}'`).join(', ');
  throw new OptionError(`${who}: ${name} must be one of ${listed}, received ${shown(value)}${near}`);
}

/** A whole number of at least `least`. */
export function checkInteger(who: string, name: string, value: unknown, least = 1): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number;
  const kind = ['a non-negative integer', 'a positive integer'][least] ?? `an integer of at least ${least}`;
  throw new OptionError(`${who}: ${name} must be ${kind}, received ${shown(value)}`);
}

/** The longest window that is kept live, 2²⁶ observations: half a gigabyte a column. */
export const LONGEST_WINDOW = 67_108_864;

/** The length of a live window: a whole number of at least `least`, and no more than there is memory for. */
export function checkWindow(who: string, name: string, value: unknown, least = 1): number {
  const window = checkInteger(who, name, value, least);
  if (window <= LONGEST_WINDOW) return window;
  throw new OptionError(`${who}: ${name} must be at most ${LONGEST_WINDOW}, received ${window}`);
}

/** A finite number above zero. */
export function checkPositive(who: string, name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw new OptionError(`${who}: ${name} must be a positive number, received ${shown(value)}`);
}

/** A finite number. */
export function checkFinite(who: string, name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new OptionError(`${who}: ${name} must be a finite number, received ${shown(value)}`);
}

/** A finite number from `least` to `most`, ends included. */
export function checkBetween(who: string, name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new OptionError(`${who}: ${name} must be from ${least} to ${most}, received ${shown(value)}`);
}

/** True or false. */
export function checkBoolean(who: string, name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new OptionError(`${who}: ${name} must be true or false, received ${shown(value)}`);
}

/** A series of any length. */
export function checkSeries(who: string, name: string, series: unknown): Series {
  const length = (series as Series | null | undefined)?.length;
  if (typeof series === 'object' && series !== null && Number.isSafeInteger(length)) return series as Series;
  throw new DataError('unreadable', `${who}: ${name} must be an array of numbers, received ${shown(series)}`);
}

/** A series of finite numbers, at least `least` of them; a decision may not rest on less. */
export function checkFiniteSeries(who: string, name: string, series: unknown, least = 0): Series {
  const checked = checkSeries(who, name, series);
  if (checked.length < least) {
    throw new DataError(
      'too-short',
      `${who}: needs at least ${least} observations, received ${checked.length}`,
    );
  }
  for (let i = 0; i < checked.length; i++) {
    if (!Number.isFinite(checked[i]))
      throw new DataError('not-finite', `${who}: ${name}[${i}] is ${shown(checked[i])}`);
  }
  return checked;
}

/** Something with fields, as opposed to nothing or a plain value. */
export function checkRecord<Fields extends object>(who: string, name: string, value: Fields): Fields {
  if (typeof value === 'object' && value !== null) return value;
  throw new DataError('unreadable', `${who}: ${name} must be an object, received ${shown(value)}`);
}

/** The common length of several series. */
export function checkSameLength(who: string, columns: { readonly [name: string]: Series }): number {
  const entries = Object.entries(columns);
  for (const [name, series] of entries) checkSeries(who, name, series);
  const length = entries[0]![1].length;
  if (entries.some(([, series]) => series.length !== length)) {
    const lengths = entries.map(([name, series]) => `${name} ${series.length}`).join(', ');
    throw new DataError('uneven', `${who}: columns must have one length, received ${lengths}`);
  }
  return length;
}

/** Two legs of one length. */
export function checkLegs(who: string, pair: { readonly y: Series; readonly x: Series }): number {
  if (typeof pair !== 'object' || pair === null) {
    throw new DataError('unreadable', `${who}: a pair must be { y, x }, received ${shown(pair)}`);
  }
  return checkSameLength(who, { y: pair.y, x: pair.x });
}

/** Two legs of finite numbers and of one length, at least `least` observations. */
export function checkPair(who: string, pair: { readonly y: Series; readonly x: Series }, least = 0): number {
  const length = checkLegs(who, pair);
  checkFiniteSeries(who, 'y', pair.y, least);
  checkFiniteSeries(who, 'x', pair.x, least);
  return length;
}
