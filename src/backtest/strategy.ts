import type { Series } from '../core/series.js';

/** Units to hold of each instrument, signed. One that is not named, or is no number, stays as it is. */
export type Targets<Name extends string = string> = { readonly [Instrument in Name]?: number };

/** A row as a strategy sees it: its time, the price of every instrument, and every feature, by name. */
export type MarketRow = { readonly time: number } & Readonly<Record<string, number>>;

/** Anything that turns rows into what to hold: the live classes are, with a line around them. */
export interface Strategy<Row = MarketRow, Name extends string = string> {
  /** What to hold, knowing this row and those before it. */
  push(row: Row): Targets<Name>;
}

/** Columns by name. */
export type ColumnsByName = Readonly<Record<string, Series>>;

/** What happened, as columns of one length. */
export interface MarketHistory<Name extends string = string, Feature extends string = never> {
  /** Milliseconds since 1970 UTC. */
  readonly time: Series;
  /** The price of each instrument; NaN where there is none, and then nothing is traded at it. */
  readonly prices: Readonly<Record<Name, Series>>;
  /** Prices at which orders are filled, such as the opens; `prices` unless said. */
  readonly fills?: Partial<Readonly<Record<Name, Series>>>;
  /** What a long position pays in a row for each unit of its value, a short one receives; nothing where it is NaN, or unless said. */
  readonly funding?: Partial<Readonly<Record<Name, Series>>>;
  /** Further numbers that a strategy may see and nobody trades. */
  readonly features?: Readonly<Record<Feature, Series>>;
}

/** The rows that a strategy sees of a history. */
export type RowOf<Name extends string, Feature extends string = never> = {
  readonly time: number;
} & Readonly<Record<Name | Feature, number>>;
