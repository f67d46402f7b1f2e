import { checkOptions, checkRecord, checkSeries } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import { type Series, toFloat64 } from '../core/series.js';
import type { OptionType } from './option.js';

/** One number for every row, or a column of them. */
export type Numbers = number | Series;

/** One type for every row, or a column of them. */
export type Types = OptionType | ArrayLike<OptionType>;

/** A column that kernels read: `data[i * step]`, where a step of 0 is the same number for every row. */
export interface Column {
  readonly data: Float64Array;
  readonly step: 0 | 1;
}

/** The columns of a chain, all of one length; a call is 1, a put −1, anything else 0. */
export interface TermColumns {
  readonly length: number;
  readonly sign: Column;
  readonly columns: readonly Column[];
}

function column(who: string, name: string, value: unknown): Column {
  if (typeof value === 'number') return { data: Float64Array.of(value), step: 0 };
  if (value === undefined)
    throw new OptionError(`${who}: ${name} must be a number or a series, received undefined`);
  const series = checkSeries(who, name, value);
  return { data: toFloat64(series), step: 1 };
}

const signOf = (type: unknown): number => Number(type === 'call') - Number(type === 'put');

function signsOf(types: ArrayLike<unknown>): Float64Array {
  const signs = new Float64Array(types.length);
  for (let i = 0; i < signs.length; i++) signs[i] = signOf(types[i]);
  return signs;
}

/**
 * Reads terms given as numbers and columns, in the order of `names`; `optional` ones are 0 where left out,
 * `unread` ones may be there too.
 */
export function termColumns(
  who: string,
  terms: { readonly type: Types },
  names: readonly string[],
  optional: readonly string[] = [],
  unread: readonly string[] = [],
): TermColumns {
  checkOptions(who, checkRecord(who, 'terms', terms), ['type', ...names, ...unread]);
  const given = terms as unknown as Readonly<Record<string, unknown>>;
  const { type } = terms as { readonly type: unknown };
  if (type !== 'call' && type !== 'put' && (typeof type !== 'object' || type === null))
    throw new OptionError(`${who}: type must be 'call', 'put' or a column of them, received ${String(type)}`);
  const sign: Column =
    typeof type === 'string'
      ? { data: Float64Array.of(signOf(type)), step: 0 }
      : { data: signsOf(type as ArrayLike<unknown>), step: 1 };
  const columns = names.map((name) =>
    column(who, name, given[name] ?? (optional.includes(name) ? 0 : given[name])),
  );
  const all = [sign, ...columns];
  const long = all.filter(({ step }) => step === 1);
  const length = long[0]?.data.length ?? 1;
  if (long.some(({ data }) => data.length !== length)) {
    const lengths = ['type', ...names].flatMap((name, i) =>
      all[i]!.step === 1 ? [`${name} ${all[i]!.data.length}`] : [],
    );
    throw new DataError('uneven', `${who}: columns must have one length, received ${lengths.join(', ')}`);
  }
  return { length, sign, columns };
}

/** A column to write to: the one given, if it has the length, or a new one. */
export function outColumn(who: string, name: string, given: unknown, length: number): Float64Array {
  if (given === undefined) return new Float64Array(length);
  if (given instanceof Float64Array && given.length === length) return given;
  throw new OptionError(`${who}: out.${name} must be a Float64Array of length ${length}`);
}

/** The reasons to write to, all none. */
export function outReasons<Reason extends string>(
  given: (Reason | null)[] | undefined,
  length: number,
): (Reason | null)[] {
  const reasons = given ?? new Array<Reason | null>(length);
  reasons.length = length;
  return reasons.fill(null);
}
