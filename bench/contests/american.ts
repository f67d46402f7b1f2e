import { type American, american, type SpotTerms } from 'hedgerow';
import type { Contest } from '../contest.js';

/** Andersen, Lake & Offengenden (2016), section 6: what the right to exercise early adds to the European put. */
const PUBLISHED = 0.106952702747;
const TERMS = {
  type: 'put',
  spot: 100,
  strike: 100,
  years: 1,
  rate: 0.05,
  volatility: 0.25,
  dividendYield: 0.05,
} as const;

const ways = [
  { name: 'the integral equation, all Greeks', method: 'integral', steps: 32, tolerance: 1e-10 },
  { name: 'the integral equation, 16 points', method: 'integral', steps: 16, tolerance: 1e-9 },
  { name: 'Leisen–Reimer, 501 steps', method: 'leisen-reimer', steps: 501, tolerance: 1e-3 },
  { name: 'Bjerksund–Stensland 2002', method: 'bjerksund-stensland', steps: undefined, tolerance: 0.2 },
] as const;

/** One American put, valued with its Greeks: microseconds and accuracy side by side. */
export const americans: readonly Contest<SpotTerms>[] = ways.map(({ name, method, steps, tolerance }) => ({
  name: `American put by ${name}`,
  unit: 'options',
  size: 1,
  input: () => TERMS,
  entrants: [
    {
      name: 'hedgerow',
      prepare: (terms) => () => american({ ...terms, method, ...(steps ? { steps } : {}) }),
      read: ({ earlyExercisePremium }: American) => [[earlyExercisePremium]],
    },
  ],
  check: ([answer]) => Math.abs(answer![0]! - PUBLISHED) / PUBLISHED,
  tolerance,
  alone: 'no package found on npm prices American options by more than a tree of the price alone.',
}));
