import { centre } from '../stats/covariance-matrix.js';
import { product } from '../stats/gram.js';

/** What a test of a pair needs to know of one leg: all of it about the leg's mean. */
export interface Leg {
  readonly mean: number;
  /** Sums of squares: of the levels, of their changes, and of their changes over two steps. */
  readonly level: number;
  readonly step: number;
  readonly stride: number;
  readonly first: number;
  readonly second: number;
  readonly beforeLast: number;
  readonly last: number;
}

/** The columns whose products with those of another leg complete the picture. */
export interface LegColumns {
  /** The prices about their mean. */
  readonly levels: Float64Array;
  /** Their changes, one fewer. */
  readonly steps: Float64Array;
  /** Their changes over two steps, two fewer. */
  readonly strides: Float64Array;
}

/** Fills the columns with those of a series of at least three prices, and sums them up. */
export function readLeg(prices: Float64Array, { levels, steps, strides }: LegColumns): Leg {
  const rows = prices.length;
  levels.set(prices);
  const mean = centre(levels);
  for (let t = 0; t < rows - 1; t++) steps[t] = prices[t + 1]! - prices[t]!;
  for (let t = 0; t < rows - 2; t++) strides[t] = prices[t + 2]! - prices[t]!;
  return {
    mean,
    level: product(levels, levels),
    step: product(steps, steps),
    stride: product(strides, strides),
    first: levels[0]!,
    second: levels[1]!,
    beforeLast: levels[rows - 2]!,
    last: levels[rows - 1]!,
  };
}

export function legColumns(rows: number): LegColumns {
  return {
    levels: new Float64Array(rows),
    steps: new Float64Array(rows - 1),
    strides: new Float64Array(rows - 2),
  };
}
