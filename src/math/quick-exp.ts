// Math.exp and Math.log without the calls: tables of 256 and 192 steps and short series, right to about one unit in the
// last place of 1. Tang (1989, 1990), "Table-driven implementation of the exponential (logarithm) function".
// Numbers stand where they are used: outside of a function, a compiler would look up and check each one every time.

/** 2^(k/256), then, from place 256, 2ⁿ for n from −1022 to 1023. */
const POWERS: Float64Array = /* @__PURE__ */ powers();

function powers(): Float64Array {
  const table = new Float64Array(256 + 2046);
  for (let k = 0; k < 256; k++) table[k] = 2 ** (k / 256);
  let power = 2 ** -1022;
  for (let n = 256; n < table.length; n++, power *= 2) table[n] = power;
  return table;
}

/** exp(x), to about one unit in the last place. */
export function quickExp(x: number): number {
  if (!(x > -708 && x < 709)) return Math.exp(x);
  // 256/ln 2 steps a unit; adding and subtracting 1.5 · 2⁵² leaves the nearest whole number of them.
  const steps = x * 369.3299304675746 + 6755399441055744 - 6755399441055744;
  // ln 2/256 in two parts, the first of 33 bits, so that its multiples are exact.
  const r = x - steps * 0.0027076061737716373 - steps * 2.9064910585985925e-13;
  const power = POWERS[steps & 255]!;
  const growth = r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24))));
  return (power + power * growth) * POWERS[(steps >> 8) + 1278]!;
}

/** exp(−x²/2), to about two units in the last place: the leading half of x squares exactly. */
export function quickBell(x: number): number {
  const leading = Math.fround(x);
  const head = quickExp(-0.5 * leading * leading);
  const rest = -0.5 * (x - leading) * (x + leading); // below 1e-4 wherever head is not 0
  return head > 0 ? head + head * rest * (1 + rest * (0.5 + rest * (1 / 6 + rest * (1 / 24)))) : 0;
}

/** ln(k/128), for k from 64 to 255. */
const LOGS: Float64Array = /* @__PURE__ */ logarithms();

function logarithms(): Float64Array {
  const table = new Float64Array(256);
  for (let k = 64; k < 256; k++) table[k] = Math.log(k / 128);
  return table;
}

/** ln(x), right to about 2e-16 of 1 or of itself, whichever is larger. */
export function quickLog(x: number): number {
  if (!(x > 1e-3 && x < 1e6)) return Math.log(x);
  // x is within √2 of 2^twos: the leading bit of 1024 √2 x tells which.
  const twos = 21 - Math.clz32(x * 1448.1546878700494);
  const part = x * POWERS[1278 - twos]!;
  const k = (part * 128 + 0.5) | 0;
  const centre = k / 128;
  const z = (part - centre) / centre;
  const series = z * z * (-0.5 + z * (1 / 3 + z * (-0.25 + z * (0.2 + z * (-1 / 6 + z * (1 / 7))))));
  return twos * Math.LN2 + (LOGS[k]! + (z + series));
}
