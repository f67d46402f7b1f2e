import type { Legs, Spread } from './spread-terms.js';

/** The Greeks of a formula by central differences of four points, of two where two things move. */
export function spreadDifferences(legs: Legs, undiscounted: (legs: Legs) => number): Spread {
  const { years, rate, correlation } = legs;
  const factor = Math.exp(-rate * years);
  const at = (moves: Partial<Legs>): number => undiscounted({ ...legs, ...moves });
  const middle = at({});
  const slope = (part: 'f1' | 'f2' | 'v1' | 'v2' | 'years', share: number): number => {
    const step = share * legs[part];
    if (part === 'f2' && step === 0) {
      // a leg at nothing can only rise
      const rise = share * legs.f1;
      const by = (times: number): number => at({ f2: times * rise });
      return (-25 * middle + 48 * by(1) - 36 * by(2) + 16 * by(3) - 3 * by(4)) / (12 * rise);
    }
    if (!(step > 0)) return 0;
    const by = (times: number): number => at({ [part]: legs[part] + times * step });
    return (8 * (by(1) - by(-1)) - (by(2) - by(-2))) / (12 * step);
  };
  const bend = (part: 'f1' | 'f2'): number => {
    const step = 2e-3 * legs[part];
    if (!(step > 0)) return 0;
    const by = (times: number): number => at({ [part]: legs[part] + times * step });
    return (16 * (by(1) + by(-1)) - (by(2) + by(-2)) - 30 * middle) / (12 * step * step);
  };
  const twist = (share: number): number => {
    const [a, b] = [share * legs.f1, share * legs.f2];
    if (!(a > 0 && b > 0)) return 0;
    const by = (i: number, j: number): number => at({ f1: legs.f1 + i * a, f2: legs.f2 + j * b });
    return (by(1, 1) - by(1, -1) - by(-1, 1) + by(-1, -1)) / (4 * a * b);
  };
  // A correlation at its end is only moved inwards.
  const lean = Math.min(1e-3, Math.max(1 - Math.abs(correlation), 0) / 2);
  const byLean = (times: number): number => at({ correlation: correlation + times * lean });
  const inward = correlation > 0 ? -1e-4 : 1e-4;
  const correlationVega =
    lean > 0
      ? (8 * (byLean(1) - byLean(-1)) - (byLean(2) - byLean(-2))) / (12 * lean)
      : (4 * at({ correlation: correlation + inward }) -
          at({ correlation: correlation + 2 * inward }) -
          3 * middle) /
        (2 * inward);
  const price = factor * middle;
  return {
    price,
    delta1: factor * slope('f1', 1e-3),
    delta2: factor * slope('f2', 1e-3),
    gamma1: factor * bend('f1'),
    gamma2: factor * bend('f2'),
    crossGamma: (factor * (4 * twist(1e-3) - twist(2e-3))) / 3,
    vega1: factor * slope('v1', 1e-3),
    vega2: factor * slope('v2', 1e-3),
    correlationVega: factor * correlationVega,
    theta: rate * price - factor * slope('years', 1e-3) + 0,
    rho: -years * price + 0,
  };
}
