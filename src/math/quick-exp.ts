// Math.exp and Math.log without the calls: tables of 256 and 128 steps and short series, right to about one unit in the
// last place of 1. Tang (1989, 1990), "Table-driven implementation of the exponential (logarithm) function".

/** 2^(k/256). */
const POWERS: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 256 }, (_, k) => 2 ** (k / 256));
/** 2ⁿ for n from −1022 to 1023. */
const SCALES: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 2046 }, (_, n) => 2 ** (n - 1022));
const STEPS_PER_UNIT = 369.3299304675746; // 256 / ln 2
const STEP_HEAD = 0.0027076061737716373; // ln 2 / 256 to 33 bits, so that its multiples are exact
const STEP_TAIL = 2.9064910585985925e-13;
/** Adding and subtracting 1.5 · 2⁵² leaves the nearest whole number. */
const ROUNDER = 6755399441055744;

/** exp(x), to about one unit in the last place. */
export function quickExp(x: number): number {
  if (!(x > -708 && x < 709)) return Math.exp(x);
  const steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const r = x - steps * STEP_HEAD - steps * STEP_TAIL;
  const power = POWERS[steps & 255]!;
  const growth = r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24))));
  return (power + power * growth) * SCALES[(steps >> 8) + 1022]!;
}

/** exp(−x²/2), to about two units in the last place: the leading half of x squares exactly. */
export function quickBell(x: number): number {
  const leading = Math.fround(x);
  const head = quickExp(-0.5 * leading * leading);
  if (!(head > 0)) return 0;
  const rest = -0.5 * (x - leading) * (x + leading);
  return head + head * rest * (1 + rest * (0.5 + rest * (1 / 6 + rest * (1 / 24))));
}

/** ln(1 + k/128). */
const LOGS: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 129 }, (_, k) => Math.log1p(k / 128));
const BITS: Float64Array = /* @__PURE__ */ new Float64Array(1);
/** The same eight bytes as two words; which one holds the exponent depends on the machine. */
const WORDS: Int32Array = /* @__PURE__ */ new Int32Array(BITS.buffer);
const HIGH: number =
  /* @__PURE__ */ new Uint8Array(/* @__PURE__ */ Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** ln(x), right to about 2e-16 of 1 or of itself, whichever is larger. */
export function quickLog(x: number): number {
  if (!(x > 1e-300 && x < 1e300)) return Math.log(x);
  BITS[0] = x;
  const high = WORDS[HIGH]!;
  const exponent = (high >> 20) - 1023;
  WORDS[HIGH] = (high & 0xfffff) | 0x3ff00000;
  const m = BITS[0]!;
  const k = ((m - 1) * 128 + 0.5) | 0;
  const centre = 1 + k / 128;
  const z = (m - centre) / centre;
  const series = z * z * (-0.5 + z * (1 / 3 + z * (-0.25 + z * (0.2 + z * (-1 / 6 + z * (1 / 7))))));
  return exponent * Math.LN2 + (LOGS[k]! + (z + series));
}
