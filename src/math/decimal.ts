// Prices and quantities are decimals that somebody printed; doubles are how they are carried. What is sent to an exchange
// is worked out on the decimals, so that 0.1 + 0.2 is three tenths.

/** `digits` / 10 ** `scale`, exactly. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** The shortest decimal that reads back as this double; it is what a person sees. The number is finite. */
function decimalOf(x: number): Decimal {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(
    String(x),
  )!;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** The double nearest to a decimal. */
function numberOf({ digits, scale }: Decimal): number {
  return Number(`${digits}e-${scale}`);
}

/** The digits of a decimal at a finer scale. */
const atScale = ({ digits, scale }: Decimal, finer: number): bigint => digits * 10n ** BigInt(finer - scale);

/** The sum as a person adds up: 0.1 and 0.2 make 0.3. The numbers are finite. */
export function decimalSum(values: readonly number[] | Float64Array): number {
  let whole = 0;
  for (const value of values) whole = Number.isSafeInteger(value) ? whole + value : NaN;
  // Whole numbers are decimals already.
  if (Number.isSafeInteger(whole)) return whole;
  let total: Decimal = { digits: 0n, scale: 0 };
  for (const value of values) {
    const term = decimalOf(value);
    const scale = Math.max(total.scale, term.scale);
    total = { digits: atScale(total, scale) + atScale(term, scale), scale };
  }
  return numberOf(total);
}

/** `count` steps as a person multiplies: three steps of 0.1 make 0.3. `count` is a whole number, `step` finite. */
export function decimalMultiple(count: number, step: number): number {
  const { digits, scale } = decimalOf(step);
  return count === 0 ? 0 : numberOf({ digits: BigInt(count) * digits, scale });
}

/** The product as a person multiplies: 0.29 times 100 is 29. The numbers are finite. */
export function decimalProduct(x: number, y: number): number {
  const [a, b] = [decimalOf(x), decimalOf(y)];
  return a.digits === 0n || b.digits === 0n
    ? 0
    : numberOf({ digits: a.digits * b.digits, scale: a.scale + b.scale });
}

/** Which whole number of steps a quantity is cut to. */
export type Rounding = 'down' | 'nearest' | 'up';

/** How near, in units of its own size, a quantity must be to a whole number of steps to be meant as that number. */
const MEANT = 8 * 2 ** -53;

/** Whether only rounding errors keep a quantity from the one that was meant: 0.1 + 0.2 is meant as 0.3. */
export function isMeant(quantity: number, meant: number): boolean {
  return Math.abs(quantity - meant) <= MEANT * Math.abs(meant);
}

/**
 * How many steps are in a quantity: `'down'` towards zero, `'up'` away from it, `'nearest'` with halves away from it. A
 * quantity that only rounding errors keep from a whole number of steps is that number: 0.7 + 0.1 is eight tenths.
 */
export function stepsIn(quantity: number, step: number, rounding: Rounding): number {
  const size = Math.abs(quantity);
  const near = Math.round(size / step);
  const meant = Math.abs(decimalMultiple(near, step) - size) <= MEANT * size;
  return Math.sign(quantity) * (meant ? near : wholeSteps(size, step, rounding)) || 0;
}

/** The same for a quantity of zero or more, on its exact decimal. */
function wholeSteps(size: number, step: number, rounding: Rounding): number {
  const [a, b] = [decimalOf(size), decimalOf(step)];
  const scale = Math.max(a.scale, b.scale);
  const [numerator, denominator] = [atScale(a, scale), atScale(b, scale)];
  const whole = numerator / denominator;
  const rest = numerator % denominator;
  const up = rounding === 'up' ? rest > 0n : rounding === 'nearest' && 2n * rest >= denominator;
  return Number(up ? whole + 1n : whole);
}
