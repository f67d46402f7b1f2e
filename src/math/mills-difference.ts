import { expSquare } from './exp-square.js';
import { millsRatio } from './mills-ratio.js';
import { millsSlope } from './mills-slope.js';

/** R(h − t) − R(h + t) for h, t ≥ 0, R the Mills ratio; as a series in t where the two are near each other. */
export function millsDifference(h: number, t: number): number {
  if (t < 0.1) {
    const t2 = t * t;
    const h2 = h * h;
    const i1 = millsSlope(h);
    const i3 = (3 + h2) * i1 - 1;
    const i5 = (7 + h2) * i3 - 6 * i1;
    const i7 = (11 + h2) * i5 - 20 * i3;
    const i9 = (15 + h2) * i7 - 42 * i5;
    const i11 = (19 + h2) * i9 - 72 * i7;
    const far = i7 / 5040 + t2 * (i9 / 362880 + (t2 * i11) / 39916800);
    return 2 * t * (i1 + t2 * (i3 / 6 + t2 * (i5 / 120 + t2 * far)));
  }
  if (h >= t) return millsRatio(h - t) - millsRatio(h + t);
  return 2.5066282746310002 * expSquare(0.5, t - h) - millsRatio(t - h) - millsRatio(h + t);
}
