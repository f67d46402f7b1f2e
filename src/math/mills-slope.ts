/**
 * 1 − x·R(x) for x ≥ 0, where R is the Mills ratio: how fast R falls, to the last bits where the difference itself would
 * lose x² of them. Times the density it is the value of a normal variable's excess over x, E max(Z − x, 0).
 *
 * Up to 12: a minimax rational approximation (relative error 6e-17, all coefficients positive); its coefficients come
 * from test/conformance/make/mills_slope.py. Beyond 12: the twelfth convergent of Laplace's continued fraction for R,
 * subtracted term by term.
 */
export function millsSlope(x: number): number {
  if (x > 12) return distant(x);
  let top = 3.5727156103747225e-6;
  top = top * x + 9.53650124057573e-5;
  top = top * x + 0.0012421367720012655;
  top = top * x + 0.01018814639904199;
  top = top * x + 0.05731826806408216;
  top = top * x + 0.22684763917108489;
  top = top * x + 0.6216922455849423;
  top = top * x + 1.096921686214516;
  top = top * x + 1;
  let bottom = 3.572715551384797e-6;
  bottom = bottom * x + 9.536501867846996e-5;
  bottom = bottom * x + 0.0012528546037488698;
  bottom = bottom * x + 0.010474251404187188;
  bottom = bottom * x + 0.06102301876318556;
  bottom = bottom * x + 0.25684366283985244;
  bottom = bottom * x + 0.7862942868825018;
  bottom = bottom * x + 1.720872226131894;
  bottom = bottom * x + 2.567276029240863;
  bottom = bottom * x + 2.3502358235300034;
  bottom = bottom * x + 1;
  return top / bottom;
}

function distant(x: number): number {
  const t = 1 / (x * x);
  const top = 1 + t * (63 + t * (1302 + t * (10290 + t * (26685 + t * 10395))));
  const bottom = 1 + t * (66 + t * (1485 + t * (13860 + t * (51975 + t * (62370 + t * 10395)))));
  return (t * top) / bottom;
}
