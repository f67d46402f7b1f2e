import { recipe } from './recipes.js';

/** Series with something in common, as test/conformance/make/exact_series.py makes them alike, bit for bit. */
export interface Mix {
  readonly length: number;
  /** Kind and seed of each source. */
  readonly sources: readonly (readonly [kind: string, seed: number])[];
  /** One row a series: the weight of each source. */
  readonly mix: readonly (readonly number[])[];
  /** One a series: what it starts from. */
  readonly shift: readonly number[];
}

/** Each series is shift + weight · source + weight · source + …, from left to right. */
export function related({ length, sources, mix, shift }: Mix): Float64Array[] {
  const series = sources.map(([kind, seed]) => recipe(kind, seed, length));
  return mix.map((weights, j) =>
    Float64Array.from({ length }, (_, t) =>
      weights.reduce((value, weight, i) => value + weight * series[i]![t]!, shift[j]!),
    ),
  );
}
