/** The Mills ratio of the standard normal, (1 − Φ(x)) / φ(x), for x ≥ 0; it falls from √(π/2) like 1/x. */
export function millsRatio(x: number): number {
  return 2.5066282746310002 * scaledSurvival(x); // √(2π)
}

/**
 * exp(x²/2) · (1 − Φ(x)) for x ≥ 0: what is left of a normal tail once its exponential is taken out. It falls smoothly
 * from ½ like 1/x, so tails made from it keep their relative accuracy.
 *
 * Up to 12: a minimax rational approximation (relative error 7e-17, all coefficients positive, so nothing cancels);
 * its coefficients come from test/conformance/make/mills_ratio.py. Beyond 12: the twelfth convergent of Laplace's
 * continued fraction 1/(x + 1/(x + 2/(x + …))) for the Mills ratio, relative error below 3e-18.
 */
export function scaledSurvival(x: number): number {
  if (x > 12) return distant(x);
  let top = 4.904902726156971e-6;
  top = top * x + 0.0001229632708962858;
  top = top * x + 0.0014794950052435811;
  top = top * x + 0.011039266209230706;
  top = top * x + 0.055605795044746824;
  top = top * x + 0.1935953517850797;
  top = top * x + 0.45723893127019616;
  top = top * x + 0.6782389049878885;
  top = top * x + 0.5;
  let bottom = 1.2294767803432129e-5;
  bottom = bottom * x + 0.00030822321698029527;
  bottom = bottom * x + 0.0037208385259179947;
  bottom = bottom * x + 0.027979567536928405;
  bottom = bottom * x + 0.14306685539688252;
  bottom = bottom * x + 0.5123289541929483;
  bottom = bottom * x + 1.2781862078510293;
  bottom = bottom * x + 2.1334103365589376;
  bottom = bottom * x + 2.1543623707786552;
  bottom = bottom * x + 1;
  return top / bottom;
}

function distant(x: number): number {
  const t = 1 / (x * x);
  const top = 1 + t * (65 + t * (1422 + t * (12558 + t * (41685 + t * 35685))));
  const bottom = 1 + t * (66 + t * (1485 + t * (13860 + t * (51975 + t * (62370 + t * 10395)))));
  return (0.3989422804014327 * top) / bottom / x; // 1/√(2π)
}
