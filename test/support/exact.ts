// Exact arithmetic on doubles, as big integers over a power of two: the truth that rolling statistics are held against.

/** `integers[i] / 2 ** scale` is exactly `values[i]`. */
function scaled(values: readonly number[]): { integers: bigint[]; scale: number } {
  const view = new DataView(new ArrayBuffer(8));
  const parts = values.map((value) => {
    view.setFloat64(0, value);
    const bits = view.getBigUint64(0);
    const exponent = Number((bits >> 52n) & 2047n);
    const fraction = bits & ((1n << 52n) - 1n);
    const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
    return { integer: bits >> 63n ? -mantissa : mantissa, power: Math.max(exponent, 1) - 1075 };
  });
  const scale = Math.max(0, ...parts.map(({ power }) => -power));
  return { integers: parts.map(({ integer, power }) => integer << BigInt(power + scale)), scale };
}

/** The integer square root. */
function root(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** numerator / denominator to within an ulp. */
function ratio(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -ratio(-numerator, denominator);
  if (numerator === 0n) return 0;
  const shift = BigInt(80 - numerator.toString(2).length + denominator.toString(2).length);
  const quotient = shift >= 0n ? (numerator << shift) / denominator : numerator / (denominator << -shift);
  const extra = BigInt(Math.max(quotient.toString(2).length - 54, 0));
  return scaleBy(Number(quotient >> extra), Number(extra - shift));
}

function scaleBy(x: number, power: number): number {
  return power < -1000 ? x * 2 ** -1000 * 2 ** (power + 1000) : x * 2 ** power;
}

/** 2 ** 200 times the square root of a fraction, as an integer. */
const rootOf = (numerator: bigint, denominator: bigint): bigint => root((numerator << 400n) / denominator);

const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

/** The mean, rounded from the exact one. */
export function exactMean(values: readonly number[]): number {
  const { integers, scale } = scaled(values);
  return ratio(total(integers), BigInt(values.length) << BigInt(scale));
}

/** n Σab − Σa Σb, over 2 ** (scale of a + scale of b). */
function joint(a: readonly bigint[], b: readonly bigint[]): bigint {
  return BigInt(a.length) * total(a.map((value, i) => value * b[i]!)) - total(a) * total(b);
}

/** The sample covariance, rounded from the exact one; the variance where both legs are one. */
export function exactCovariance(y: readonly number[], x: readonly number[]): number {
  const [a, b] = [scaled(y), scaled(x)];
  const n = BigInt(y.length);
  return ratio(joint(a.integers, b.integers), (n * (n - 1n)) << BigInt(a.scale + b.scale));
}

/** Pearson's correlation, to 60 digits before rounding. */
export function exactCorrelation(y: readonly number[], x: readonly number[]): number {
  const [a, b] = [scaled(y).integers, scaled(x).integers];
  const product = joint(a, a) * joint(b, b);
  return product === 0n ? NaN : ratio(joint(a, b) << 200n, rootOf(product, 1n));
}

/** The last value's distance from the mean in sample standard deviations, to 60 digits before rounding. */
export function exactZScore(values: readonly number[]): number {
  const { integers } = scaled(values);
  const n = BigInt(values.length);
  const squares = joint(integers, integers);
  if (squares === 0n) return NaN;
  const distance = n * integers.at(-1)! - total(integers);
  return ratio(distance << 200n, rootOf(squares * n, n - 1n));
}

/** n times the deviations from the mean, as integers, and the sums of their second, third and fourth powers. */
function exactPowers(values: readonly number[]): {
  n: bigint;
  second: bigint;
  third: bigint;
  fourth: bigint;
} {
  const { integers } = scaled(values);
  const n = BigInt(values.length);
  const sum = total(integers);
  const deviations = integers.map((value) => n * value - sum);
  const power = (k: bigint): bigint => total(deviations.map((deviation) => deviation ** k));
  return { n, second: power(2n), third: power(3n), fourth: power(4n) };
}

/** The adjusted Fisher–Pearson skewness G1, to 60 digits before rounding. */
export function exactSkewness(values: readonly number[]): number {
  const { n, second, third } = exactPowers(values);
  if (n < 3n || second === 0n) return NaN;
  const root = rootOf(n * n * (n - 1n) * third * third, (n - 2n) * (n - 2n) * second ** 3n);
  return Math.sign(Number(third > 0n) - Number(third < 0n)) * ratio(root, 1n << 200n);
}

/** The excess kurtosis G2, rounded from the exact one. */
export function exactKurtosis(values: readonly number[]): number {
  const { n, second, fourth } = exactPowers(values);
  if (n < 4n || second === 0n) return NaN;
  const squared = second * second;
  const numerator = (n - 1n) * (n * (n + 1n) * fourth - 3n * (n - 1n) * squared);
  return ratio(numerator, (n - 2n) * (n - 3n) * squared);
}
