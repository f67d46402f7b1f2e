/**
 * The Mills ratio of the standard normal, (1 − Φ(x)) / φ(x), for x ≥ 0: what is left of a tail once its
 * exponential is taken out. It falls smoothly from √(π/2) like 1/x, so tails keep their relative accuracy.
 *
 * Up to 12: a minimax rational approximation (relative error 7e-17, all coefficients positive, so nothing cancels);
 * its coefficients come from test/conformance/make/mills_ratio.py. Beyond 12: the twelfth convergent of Laplace's
 * continued fraction 1/(x + 1/(x + 2/(x + …))), relative error below 3e-18.
 */
export function millsRatio(x: number): number {
  if (x > 12) return distantMillsRatio(x);
  let top = 1.229476785769974e-5;
  top = top * x + 0.0003082232115697412;
  top = top * x + 0.003708544012318901;
  top = top * x + 0.02767133681123627;
  top = top * x + 0.13938305809249876;
  top = top * x + 0.4852715826216159;
  top = top * x + 1.1461280333839343;
  top = top * x + 1.70009281619741;
  top = top * x + 1.2533141373155003;
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

function distantMillsRatio(x: number): number {
  const t = 1 / (x * x);
  const top = 1 + t * (65 + t * (1422 + t * (12558 + t * (41685 + t * 35685))));
  const bottom = 1 + t * (66 + t * (1485 + t * (13860 + t * (51975 + t * (62370 + t * 10395)))));
  return top / bottom / x;
}
