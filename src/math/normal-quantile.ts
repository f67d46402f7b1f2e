/**
 * The x that a standard normal stays below with chance p; about 1e-15 relative from p = 1e-300 to 1 − 1e-16, also
 * near p = ½ where x goes to 0. p outside [0, 1] is NaN.
 *
 * Source: Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37, 477–484.
 *
 * @example
 * ```ts
 * normalQuantile(0.975); // → 1.95996398454005
 * normalQuantile(1e-20); // → -9.26234008979841
 * ```
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * centre(0.180625 - q * q);
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail === 0 ? q * Infinity : NaN;
  const r = Math.sqrt(-Math.log(tail));
  const size = r <= 5 ? shoulder(r - 1.6) : far(r - 5);
  return q < 0 ? -size : size;
}

/** Quantile over p − ½, for |p − ½| ≤ 0.425. */
function centre(r: number): number {
  let top = 2509.0809287301227;
  top = top * r + 33430.57558358813;
  top = top * r + 67265.7709270087;
  top = top * r + 45921.95393154987;
  top = top * r + 13731.69376550946;
  top = top * r + 1971.5909503065513;
  top = top * r + 133.14166789178438;
  top = top * r + 3.3871328727963665;
  let bottom = 5226.495278852854;
  bottom = bottom * r + 28729.085735721943;
  bottom = bottom * r + 39307.89580009271;
  bottom = bottom * r + 21213.794301586597;
  bottom = bottom * r + 5394.196021424751;
  bottom = bottom * r + 687.1870074920579;
  bottom = bottom * r + 42.31333070160091;
  bottom = bottom * r + 1;
  return top / bottom;
}

/** Size of the quantile for a tail above exp(−25), r = √(−ln tail). */
function shoulder(r: number): number {
  let top = 0.0007745450142783414;
  top = top * r + 0.022723844989269184;
  top = top * r + 0.2417807251774506;
  top = top * r + 1.2704582524523684;
  top = top * r + 3.6478483247632045;
  top = top * r + 5.769497221460691;
  top = top * r + 4.630337846156546;
  top = top * r + 1.4234371107496835;
  let bottom = 1.0507500716444169e-9;
  bottom = bottom * r + 0.0005475938084995345;
  bottom = bottom * r + 0.015198666563616457;
  bottom = bottom * r + 0.14810397642748008;
  bottom = bottom * r + 0.6897673349851;
  bottom = bottom * r + 1.6763848301838038;
  bottom = bottom * r + 2.053191626637759;
  bottom = bottom * r + 1;
  return top / bottom;
}

/** Size of the quantile for a tail down to the smallest number. */
function far(r: number): number {
  let top = 2.0103343992922881e-7;
  top = top * r + 2.7115555687434876e-5;
  top = top * r + 0.0012426609473880784;
  top = top * r + 0.026532189526576124;
  top = top * r + 0.29656057182850487;
  top = top * r + 1.7848265399172913;
  top = top * r + 5.463784911164114;
  top = top * r + 6.657904643501103;
  let bottom = 2.0442631033899397e-15;
  bottom = bottom * r + 1.421511758316446e-7;
  bottom = bottom * r + 1.8463183175100548e-5;
  bottom = bottom * r + 0.0007868691311456133;
  bottom = bottom * r + 0.014875361290850615;
  bottom = bottom * r + 0.1369298809227358;
  bottom = bottom * r + 0.599832206555888;
  bottom = bottom * r + 1;
  return top / bottom;
}
