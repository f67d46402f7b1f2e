import { checkOptions, checkRecord } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { bachelierRow } from './bachelier.js';
import { black76Rows } from './black-76.js';
import { GREEK_NAMES, type GreekName } from './greeks.js';
import { lognormalRows, ROWS } from './lognormal.js';
import { termsAt, viewOf } from './lognormal-terms.js';
import { type Column, type Numbers, outColumn, outReasons, type Types, termColumns } from './term-columns.js';

/** Options on something held, as columns; a single number or type stands for every row. */
export interface SpotColumns {
  readonly type: Types;
  readonly spot: Numbers;
  readonly strike: Numbers;
  readonly years: Numbers;
  readonly rate: Numbers;
  readonly volatility: Numbers;
  readonly dividendYield?: Numbers;
}

/** Options on futures, as columns; a single number or type stands for every row. */
export interface ForwardColumns {
  readonly type: Types;
  readonly forward: Numbers;
  readonly strike: Numbers;
  readonly years: Numbers;
  readonly rate: Numbers;
  readonly volatility: Numbers;
}

/** A column for each Greek asked for, and why a row has none. */
export type Chain<Name extends GreekName = GreekName> = { readonly [Greek in Name]: Float64Array } & {
  /** null for a good row; for a bad one, whose numbers are NaN, what is wrong: `volatility is -0.2`. */
  readonly reason: (string | null)[];
};

/** What a chain is asked for. */
export interface ChainOptions<Name extends GreekName = GreekName> {
  /** The columns wanted; all, unless said. Price, delta, gamma, vega, theta and rho are the quick ones. */
  readonly greeks?: readonly Name[];
  /** An earlier result of the same length to write over. */
  readonly out?: Partial<Chain<Name>>;
}

/**
 * Prices a whole chain of European options on a share, an index or a coin, with its Greeks, column by column.
 *
 * Each row is what {@link blackScholes} gives, bit for bit. A row that no option can have is NaN with its `reason` beside it;
 * the others are not lost. Nothing is allocated for a row; with `out` nothing is for the columns either.
 *
 * @throws OptionError for an unknown name or one that is missing
 * @throws DataError where columns differ in length (`uneven`)
 * @example
 * ```ts
 * const chain = blackScholesChain(
 *   { type: ['call', 'put', 'put'], spot: 42, strike: [40, 40, NaN], years: 0.5, rate: 0.1, volatility: 0.2 },
 *   { greeks: ['price', 'delta'] },
 * );
 * chain.price; // → [4.75942239287153, 0.808599372900092, NaN]
 * chain.delta; // → [0.779131290942669, -0.220868709057331, NaN]
 * chain.reason; // → [null, null, 'strike is NaN']
 * ```
 */
export function blackScholesChain<Name extends GreekName = GreekName>(
  terms: SpotColumns,
  options: ChainOptions<Name> = {},
): Chain<Name> {
  const names = ['spot', 'strike', 'years', 'rate', 'volatility', 'dividendYield'];
  const { length, sign, columns } = termColumns('blackScholesChain', terms, names, ['dividendYield']);
  const chain = new ChainWriter('blackScholesChain', options, length, names);
  const [spot, strike, years, rate, volatility, dividendYield] = columns as Six;
  const block = [sign, spot, strike, years, rate, dividendYield, volatility].map((column) =>
    viewOf(column, ROWS),
  );
  for (let from = 0; from < length; from += ROWS) {
    const count = Math.min(ROWS, length - from);
    const terms = termsAt(block, from, count);
    for (let i = 0; i < count; i++) {
      const s = terms.spot[i]!;
      const k = terms.strike[i]!;
      const t = terms.years[i]!;
      const r = terms.rate[i]!;
      const q = terms.dividendYield[i]!;
      const v = terms.volatility[i]!;
      const side = terms.sign[i]!;
      const least = side !== 0 && s >= 0 && k >= 0 && t >= 0 && v >= 0;
      if (!(least && s + k + t + v + r * r + q * q < Infinity))
        chain.refuse(from + i, side, [s, k, t, r, v, q], 0);
    }
    lognormalRows(terms, chain.results(from, count), count, chain.all);
    chain.settle();
  }
  return chain.columns as Chain<Name>;
}

/**
 * Prices a whole chain of options on futures that stay above zero, as {@link blackScholesChain} does; each row is what
 * {@link black76} gives.
 *
 * @throws OptionError for an unknown name or one that is missing
 * @throws DataError where columns differ in length (`uneven`)
 * @example
 * ```ts
 * const chain = black76Chain({ type: 'put', forward: [19, -37.63], strike: 19, years: 0.75, rate: 0.1, volatility: 0.28 });
 * chain.price; // → [1.70105072523627, NaN]
 * chain.reason; // → [null, 'forward is -37.63']
 * ```
 */
export function black76Chain<Name extends GreekName = GreekName>(
  terms: ForwardColumns,
  options: ChainOptions<Name> = {},
): Chain<Name> {
  const names = ['forward', 'strike', 'years', 'rate', 'volatility'];
  const { length, sign, columns } = termColumns('black76Chain', terms, names);
  const chain = new ChainWriter('black76Chain', options, length, names);
  const [forward, strike, years, rate, volatility] = columns as Six;
  const block = [sign, forward, strike, years, rate, rate, volatility].map((column) => viewOf(column, ROWS));
  for (let from = 0; from < length; from += ROWS) {
    const count = Math.min(ROWS, length - from);
    const terms = termsAt(block, from, count);
    for (let i = 0; i < count; i++) {
      const f = terms.spot[i]!;
      const k = terms.strike[i]!;
      const t = terms.years[i]!;
      const r = terms.rate[i]!;
      const v = terms.volatility[i]!;
      const side = terms.sign[i]!;
      const least = side !== 0 && f > 0 && k > 0 && t >= 0 && v >= 0;
      if (!(least && f + k + t + v + r * r < Infinity))
        chain.refuse(from + i, side, [f, k, t, r, v], Number.MIN_VALUE);
    }
    black76Rows(terms, chain.results(from, count), count, chain.all);
    chain.settle();
  }
  return chain.columns as Chain<Name>;
}

/**
 * Prices a whole chain of options on futures of any sign, as {@link blackScholesChain} does; each row is what
 * {@link bachelier} gives.
 *
 * @throws OptionError for an unknown name or one that is missing
 * @throws DataError where columns differ in length (`uneven`)
 * @example
 * ```ts
 * const chain = bachelierChain({ type: 'put', forward: -37.63, strike: [-40, 10], years: 0.1, rate: 0, volatility: 30 });
 * chain.price; // → [2.71718989433308, 47.6300004539496]
 * ```
 */
export function bachelierChain<Name extends GreekName = GreekName>(
  terms: ForwardColumns,
  options: ChainOptions<Name> = {},
): Chain<Name> {
  const names = ['forward', 'strike', 'years', 'rate', 'volatility'];
  const { length, sign, columns } = termColumns('bachelierChain', terms, names);
  const chain = new ChainWriter('bachelierChain', options, length, names);
  const [forward, strike, years, rate, volatility] = columns as Six;
  const row = new Float64Array(GREEK_NAMES.length);
  const targets = chain.results(0, length);
  for (let i = 0; i < length; i++) {
    const side = sign.data[i * sign.step]!;
    const f = forward.data[i * forward.step]!;
    const k = strike.data[i * strike.step]!;
    const t = years.data[i * years.step]!;
    const r = rate.data[i * rate.step]!;
    const v = volatility.data[i * volatility.step]!;
    if (side !== 0 && t >= 0 && v >= 0 && t + v + f * f + k * k + r * r < Infinity) {
      bachelierRow(row, side, f, k, t, r, v);
      for (const place of chain.places) targets[place]![i] = row[place]! + 0;
    } else chain.refuse(i, side, [f, k, t, r, v], -Infinity);
  }
  chain.settle();
  return chain.columns as Chain<Name>;
}

type Six = readonly [Column, Column, Column, Column, Column, Column];

/** Names that may be below zero in every model. */
const SIGNED = ['rate', 'dividendYield'];

/** The columns of a chain as they fill up. */
class ChainWriter<Name extends GreekName> {
  /** Whether more than the first six Greeks are wanted. */
  readonly all: boolean;
  readonly columns: Partial<Chain>;
  /** The wanted Greeks, by their places in GREEK_NAMES. */
  readonly places: readonly number[];
  private readonly targets: Float64Array[];
  /** A column for each Greek: what is not wanted is written over and over. */
  private readonly greeks: Float64Array[];
  private readonly reason: (string | null)[];
  private refused: number[] = [];

  constructor(
    who: string,
    options: ChainOptions<Name>,
    length: number,
    private readonly names: readonly string[],
  ) {
    checkOptions(who, options, ['greeks', 'out']);
    const { out } = options;
    const asked: unknown = options.greeks;
    if (asked !== undefined && !Array.isArray(asked))
      throw new OptionError(`${who}: greeks must be an array of names, received ${String(asked)}`);
    const greeks = options.greeks ?? (GREEK_NAMES as readonly Name[]);
    if (out !== undefined) checkRecord(who, 'out', out);
    const given = (out ?? {}) as Partial<Chain>;
    this.places = greeks.map((name) => {
      const place = GREEK_NAMES.indexOf(name);
      if (place < 0)
        throw new OptionError(`${who}: greeks must be of ${GREEK_NAMES.join(', ')}, received ${name}`);
      return place;
    });
    this.all = this.places.some((place) => place > 5);
    this.targets = greeks.map((name) => outColumn(who, name, given[name], length));
    this.greeks = GREEK_NAMES.map(() => new Float64Array(ROWS));
    this.reason = outReasons(given.reason, length);
    this.columns = {
      ...Object.fromEntries(greeks.map((name, k) => [name, this.targets[k]!])),
      reason: this.reason,
    };
  }

  /** The columns that a kernel writes a few rows to, in the order of GREEK_NAMES. */
  results(from: number, count: number): readonly Float64Array[] {
    const { greeks, places, targets } = this;
    for (let k = 0; k < places.length; k++) greeks[places[k]!] = targets[k]!.subarray(from, from + count);
    return greeks;
  }

  /** Marks a row that cannot be priced with the first value that is wrong. */
  refuse(i: number, side: number, values: readonly number[], least: number): void {
    const { names } = this;
    const wrong = names.findIndex((name, k) => {
      const floor = SIGNED.includes(name) ? -Infinity : k < 2 ? least : 0;
      return !(values[k]! >= floor && Math.abs(values[k]!) < Infinity);
    });
    const what = side === 0 ? "type is neither 'call' nor 'put'" : `${names[wrong]} is ${values[wrong]}`;
    this.reason[i] = wrong < 0 && side !== 0 ? 'the numbers are too large' : what;
    this.refused.push(i);
  }

  /** Puts NaN where a kernel has priced what cannot be. */
  settle(): void {
    if (this.refused.length === 0) return;
    for (const target of this.targets) for (const i of this.refused) target[i] = NaN;
    this.refused = [];
  }
}
