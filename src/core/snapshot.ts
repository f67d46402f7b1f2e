import { DataError } from './errors.js';
import type { Series } from './series.js';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The state of an estimator as plain JSON: whose it is, in which layout, and the state itself. */
export interface Snapshot {
  readonly kind: string;
  readonly version: number;
  readonly state: { readonly [key: string]: Json };
}

/** A number as JSON keeps it exactly: JSON itself writes NaN and infinities as null and -0 as 0. */
export function pack(x: number): number | string {
  return Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? '-0' : String(x);
}

/** The number that {@link pack} wrote. */
export function unpack(packed: Json | undefined): number {
  if (typeof packed === 'number') return packed;
  if (packed === 'NaN' || packed === 'Infinity' || packed === '-Infinity' || packed === '-0')
    return Number(packed);
  throw new DataError('unreadable', `snapshot: ${JSON.stringify(packed)} is not a packed number`);
}

/** Many numbers, each packed. */
export function packAll(series: Series): readonly (number | string)[] {
  return Array.from(series, pack);
}

/** The numbers that {@link packAll} wrote, `length` of them where that is known. */
export function unpackAll(packed: Json | undefined, length?: number): Float64Array {
  if (!Array.isArray(packed))
    throw new DataError('unreadable', 'snapshot: expected an array of packed numbers');
  if (length !== undefined && packed.length !== length) {
    throw new DataError(
      'unreadable',
      `snapshot: expected ${length} packed numbers, received ${packed.length}`,
    );
  }
  return Float64Array.from(packed as readonly Json[], unpack);
}

/** A whole number from `least` to `most` that {@link pack} wrote. */
export function unpackInteger(packed: Json | undefined, least: number, most: number): number {
  if (Number.isInteger(packed) && (packed as number) >= least && (packed as number) <= most)
    return packed as number;
  throw new DataError(
    'unreadable',
    `snapshot: ${JSON.stringify(packed)} is no integer from ${least} to ${most}`,
  );
}

/** A part of a state that has fields of its own. */
export function unpackPart(packed: Json | undefined): { readonly [key: string]: Json } {
  if (typeof packed === 'object' && packed !== null && !Array.isArray(packed)) {
    return packed as { readonly [key: string]: Json };
  }
  throw new DataError('unreadable', 'snapshot: a part of the state is not there');
}

/** The state inside a snapshot, after checking that it is of this kind and layout. */
export function open(snapshot: Snapshot, kind: string, version: number): { readonly [key: string]: Json } {
  const fits = snapshot?.kind === kind && snapshot.version === version;
  if (!fits || typeof snapshot.state !== 'object' || snapshot.state === null) {
    const received = snapshot ? `${snapshot.kind} version ${snapshot.version}` : String(snapshot);
    throw new DataError(
      'unreadable',
      `${kind}.from: needs a snapshot of ${kind} version ${version}, received ${received}`,
    );
  }
  return snapshot.state;
}

/** A plain record with every number in it packed, at any depth. It must hold no text that looks like a packed number. */
export function packDeep(value: unknown): Json {
  if (typeof value === 'number') return pack(value);
  if (Array.isArray(value)) return value.map(packDeep);
  if (typeof value !== 'object' || value === null) return value as Json;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([key, field]) => [key, packDeep(field)]));
}

/** The record that {@link packDeep} wrote. */
export function unpackDeep(packed: Json): unknown {
  if (packed === 'NaN' || packed === 'Infinity' || packed === '-Infinity' || packed === '-0')
    return Number(packed);
  if (Array.isArray(packed)) return packed.map(unpackDeep);
  if (typeof packed !== 'object' || packed === null) return packed;
  return Object.fromEntries(Object.entries(packed).map(([key, field]) => [key, unpackDeep(field)]));
}
