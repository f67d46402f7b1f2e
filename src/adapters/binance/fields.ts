import { FeedError } from '../../core/errors.js';
import type { Level } from './message.js';

/** A JSON object as it came. */
export type Fields = { readonly [name: string]: unknown };

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** Milliseconds have 13 digits until the year 2286; microseconds have 16. */
const LEAST_MICROSECONDS = 1e14;

/** A bad message: what of it must be what, with as much of it as fits on a line. */
export function badMessage(what: string, must: string, received: unknown): FeedError {
  const text = (typeof received === 'string' ? received : JSON.stringify(received)) ?? String(received);
  return new FeedError('bad-message', `binance: ${what} must be ${must}, received ${text.slice(0, 120)}`);
}

/** An object, as opposed to an array, nothing or a plain value. */
export function asFields(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw badMessage('a message', 'an object', value);
}

/** A JSON text as a value. */
export function asJson(text: unknown): unknown {
  if (typeof text !== 'string') throw badMessage('a frame', 'text', typeof text);
  try {
    return JSON.parse(text);
  } catch {
    throw badMessage('a frame', 'JSON', text);
  }
}

/** A price or size, which the exchange writes as a decimal string. */
export function decimal(name: string, value: unknown): number {
  if (typeof value === 'string' && DECIMAL.test(value)) return Number(value);
  throw badMessage(name, 'a decimal string', value);
}

/** A whole number, such as an id. */
export function whole(name: string, value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw badMessage(name, 'an integer', value);
}

/** A moment in milliseconds or microseconds, as milliseconds. */
export function moment(name: string, value: unknown): number {
  const time = whole(name, value);
  if (time >= 0) return time < LEAST_MICROSECONDS ? time : time / 1000;
  throw badMessage(name, 'a time', value);
}

/** A moment that some markets do not say. */
export function momentOrNaN(name: string, value: unknown): number {
  return value === undefined ? NaN : moment(name, value);
}

/** A name, such as a symbol. */
export function word(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw badMessage(name, 'a name', value);
}

/** Yes or no. */
export function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw badMessage(name, 'true or false', value);
}

/** A list of rows. */
export function rows(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badMessage(name, 'an array', value);
}

/** One side of an order book. */
export function levels(name: string, value: unknown): Level[] {
  return rows(name, value).map((level) => {
    const pair = rows(name, level);
    return [decimal(name, pair[0]), decimal(name, pair[1])];
  });
}
