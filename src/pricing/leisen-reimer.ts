import type { Checked } from './american-terms.js';
import type { Branch } from './binomial.js';
import { logMoneyness } from './moneyness.js';

/** The binomial chance whose sum over more than half of n (odd) steps is Φ(z), and its complement: Peizer–Pratt, method 2. */
function inverted(z: number, n: number): readonly [number, number] {
  const share = z / (n + 1 / 3 + 0.1 / (n + 1));
  const power = -share * share * (n + 1 / 6);
  const root = Math.sqrt(-Math.expm1(power));
  const small = (0.5 * Math.exp(power)) / (1 + root);
  const large = 0.5 + 0.5 * root;
  return z >= 0 ? [large, small] : [small, large];
}

/**
 * The steps of Leisen & Reimer (1996), "Binomial models for option valuation – examining and improving convergence", App.
 * Math. Fin. 3: centred on the strike, so that the error falls like 1/steps², without waves. Undefined where volatility is so
 * small, or the strike so far, that a chance is none.
 */
export function leisenReimerBranch(
  { spot, strike, years, rate, dividendYield, volatility }: Checked,
  steps: number,
): Branch | undefined {
  const s = volatility * Math.sqrt(years);
  const x = logMoneyness(spot, strike, years, rate, dividendYield, s);
  const [chance, rest] = inverted(x / s - 0.5 * s, steps);
  const [upper, lower] = inverted(x / s + 0.5 * s, steps);
  const growth = Math.exp(((rate - dividendYield) * years) / steps);
  const up = (growth * upper) / chance;
  const down = (growth * lower) / rest;
  return up > down && up < Infinity && down > 0 ? { up, down, chance, rest } : undefined;
}
