import type { American, Checked } from './american-terms.js';

type Part = 'spot' | 'rate' | 'dividendYield' | 'volatility' | 'years';

/**
 * Differences of any smooth price: central ones of four points, or of five on one side where the price ends on the other, which
 * it says with NaN.
 */
export function differences(
  price: (terms: Checked) => number,
  terms: Checked,
): Pick<American, 'delta' | 'gamma' | 'vega' | 'theta' | 'rho' | 'dividendRho' | 'vanna'> {
  const at = (part: Part, by: number, from: Checked = terms): number =>
    price({ ...from, [part]: from[part] + by });
  const oneSided = (part: Part, step: number, from: Checked): number =>
    (-25 * price(from) +
      48 * at(part, step, from) -
      36 * at(part, 2 * step, from) +
      16 * at(part, 3 * step, from) -
      3 * at(part, 4 * step, from)) /
    (12 * step);
  const slope = (part: Part, step: number, from: Checked = terms): number => {
    const central =
      (8 * (at(part, step, from) - at(part, -step, from)) -
        (at(part, 2 * step, from) - at(part, -2 * step, from))) /
      (12 * step);
    if (Number.isFinite(central)) return central;
    const above = oneSided(part, step, from);
    return Number.isFinite(above) ? above : oneSided(part, -step, from);
  };
  const move = 2e-3 * terms.spot;
  const vol = 2e-3 * terms.volatility;
  const middle = price(terms);
  const near = at('spot', move) + at('spot', -move);
  const far = at('spot', 2 * move) + at('spot', -2 * move);
  const deltaAt = (by: number): number =>
    slope('spot', move, { ...terms, volatility: terms.volatility + by });
  return {
    delta: slope('spot', move),
    gamma: (16 * near - far - 30 * middle) / (12 * move * move),
    vega: slope('volatility', vol),
    theta: -slope('years', 1e-3 * terms.years),
    rho: slope('rate', 1e-4),
    dividendRho: slope('dividendYield', 1e-4),
    vanna: (deltaAt(4 * vol) - deltaAt(-4 * vol)) / (8 * vol),
  };
}
