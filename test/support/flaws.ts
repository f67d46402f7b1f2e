import { recipe } from './recipes.js';

/** A recipe with something wrong on its tape, as test/conformance/make/rolling_flaws.py has it. */
export interface FlawedRecipe {
  readonly kind: string;
  readonly seed: number;
  readonly length: number;
  readonly flaw: 'none' | 'missing' | 'spike' | 'halt';
}

/** The doubles of a flawed recipe. */
export function flawed({ kind, seed, length, flaw }: FlawedRecipe): Float64Array {
  const series = recipe(kind, seed, length);
  for (let t = 0; t < length; t++) {
    if (flaw === 'missing' && (t % 11 === 3 || (t >= 40 && t < 47))) series[t] = NaN;
    if (flaw === 'spike' && t % 37 === 19) series[t] = 1e12;
    if (flaw === 'halt' && t > 60) series[t] = series[60]!;
  }
  return series;
}
