import { normalCdf } from '../math/normal.js';
import { gaussLegendre } from './integral-rule.js';

/**
 * The chance that two standard normals of a correlation, at most 0.95 either way, are both at most their limits:
 * Φ(x) Φ(y) + ∫ exp(−(x² + y² − 2xy sin θ)/(2 cos² θ)) dθ / 2π from 0 to the angle whose sine is the correlation.
 * Source: Drezner & Wesolowsky (1990), "On the computation of the bivariate normal integral", J. Stat. Comp. Sim. 35.
 */
export function bivariateNormalCdf(x: number, y: number, correlation: number): number {
  const { points, weights } = gaussLegendre(40);
  const angle = Math.asin(correlation);
  let total = 0;
  for (let i = 0; i < points.length; i++) {
    const sine = Math.sin(angle * points[i]!);
    total += weights[i]! * Math.exp((x * y * sine - 0.5 * (x * x + y * y)) / (1 - sine * sine));
  }
  return normalCdf(x) * normalCdf(y) + (angle * total) / (2 * Math.PI);
}
