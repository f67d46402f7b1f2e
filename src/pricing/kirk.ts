import { normalCdf } from '../math/normal.js';
import { lognormalInto } from './lognormal-into.js';
import type { Legs } from './spread-terms.js';

/**
 * Undiscounted value by Kirk (1995), "Correlation in the energy markets": leg 2 and the strike together are taken as
 * lognormal.
 */
export function kirkPrice({ sign, f1, f2, k, years, v1, v2, correlation }: Legs): number {
  const share = f2 / (f2 + k);
  const v = Math.sqrt(Math.max(v1 * v1 - 2 * correlation * v1 * v2 * share + (v2 * share) ** 2, 0));
  const row = new Float64Array(17);
  lognormalInto(row, sign, f1, f2 + k, years, 0, 0, v, false);
  return row[0]!;
}

/**
 * Undiscounted value by Bjerksund & Stensland (2011), "Closed form spread option valuation", Quant. Finance 14: a feasible
 * rule of exercise, so a lower bound of the true value.
 */
export function bjerksundStenslandSpread({ sign, f1, f2, k, years, v1, v2, correlation }: Legs): number {
  const b = f2 / (f2 + k);
  const variance = Math.max(v1 * v1 - 2 * b * correlation * v1 * v2 + (b * v2) ** 2, 0);
  const s = Math.sqrt(variance * years);
  const intrinsic = Math.max(sign * (f1 - f2 - k), 0);
  if (!(s > 0)) return intrinsic;
  const x = Math.log(f1 / (f2 + k));
  const d1 = (x + 0.5 * variance * years) / s;
  const d2 = (x + (-0.5 * v1 * v1 + correlation * v1 * v2 + 0.5 * (b * v2) ** 2 - b * v2 * v2) * years) / s;
  const d3 = (x + 0.5 * ((b * v2) ** 2 - v1 * v1) * years) / s;
  const value = sign * (f1 * normalCdf(sign * d1) - f2 * normalCdf(sign * d2) - k * normalCdf(sign * d3));
  return Math.max(value, intrinsic);
}
