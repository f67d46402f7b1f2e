import type { Series } from 'hedgerow';
import { exactCorrelation, exactCovariance, exactMean, exactZScore } from '../../test/support/exact.js';
import type { Legs } from '../tapes.js';

export type RollingName = 'mean' | 'variance' | 'standard deviation' | 'z-score' | 'correlation';

const exact: Readonly<Record<RollingName, (x: number[], y: number[]) => number>> = {
  mean: exactMean,
  variance: (x) => exactCovariance(x, x),
  'standard deviation': (x) => Math.sqrt(exactCovariance(x, x)),
  'z-score': exactZScore,
  correlation: (x, y) => exactCorrelation(y, x),
};

/** The greatest error against exact arithmetic, in windows spread over the whole series and all about its quarter. */
export function exactRolling(name: RollingName, window: number, answer: Series, { y, x }: Legs): number {
  const quarter = x.length >> 2;
  const step = Math.max(Math.floor(x.length / 50), 1);
  const ends = Array.from({ length: 50 }, (_, i) => window + i * step).concat(
    Array.from({ length: 10 }, (_, i) => quarter - 1 + i),
    Array.from({ length: 10 }, (_, i) => quarter + window - 5 + i),
  );
  let most = 0;
  for (const end of ends) {
    if (end < window || end > x.length) continue;
    const cut = (leg: Float64Array): number[] => Array.from(leg.subarray(end - window, end));
    const expected = exact[name](cut(x), cut(y));
    const received = answer[end - 1]!;
    if (Object.is(expected, received) || expected === received) continue;
    // A score or a correlation near 0 is as accurate as one of 1.
    const scale = name === 'z-score' || name === 'correlation' ? 1 : 0;
    const error = Math.abs(received - expected) / Math.max(Math.abs(expected), scale);
    most = Math.max(most, Number.isNaN(error) ? Infinity : error);
  }
  return most;
}
