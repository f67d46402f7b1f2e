const HALF_LOG_2_PI = 0.9189385332046728;

/**
 * What Stirling's formula leaves out: ln Γ(a) − [(a − ½) ln a − a + ½ ln 2π], for a > 0. It is about 1/(12a), so
 * ratios of huge gamma functions can be taken without subtracting huge logarithms.
 *
 * Source: Abramowitz & Stegun, 6.1.41, after steps of Γ(a + 1) = a Γ(a) to a ≥ 10.
 */
export function stirlingError(a: number): number {
  if (a >= 10) return series(a);
  let shifted = a;
  let product = 1;
  for (; shifted < 10; shifted++) product *= shifted;
  const stirlingShifted = (shifted - 0.5) * Math.log(shifted) - shifted;
  const stirling = (a - 0.5) * Math.log(a) - a;
  return series(shifted) + (stirlingShifted - stirling - Math.log(product));
}

/** ln Γ(a) for a > 0. */
export function logGamma(a: number): number {
  return (a - 0.5) * Math.log(a) - a + HALF_LOG_2_PI + stirlingError(a);
}

function series(a: number): number {
  const y = 1 / (a * a);
  let sum = -691 / 360360;
  sum = sum * y + 1 / 1188;
  sum = sum * y - 1 / 1680;
  sum = sum * y + 1 / 1260;
  sum = sum * y - 1 / 360;
  sum = sum * y + 1 / 12;
  return sum / a;
}
