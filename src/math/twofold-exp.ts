import { productError, sumError } from './error-free.js';

/** ln 2 in two parts; the first has 33 bits, so that small multiples of it are exact. */
const LN_2_HEAD = 0.6931471803691238;
const LN_2_TAIL = 1.9082149292705877e-10;

/**
 * exp(y + yTail) as a sum of two doubles, about 30 digits, for |y| ≤ 700.
 *
 * y is brought below 0.022 by multiples of ln 2 and four halvings, e^y − 1 summed by its series, and squared back.
 */
export function twofoldExp(y: number, yTail: number): [head: number, tail: number] {
  const twos = Math.round(y / Math.LN2);
  const rest = y - twos * LN_2_HEAD;
  const small = twos * LN_2_TAIL;
  const head = rest - small;
  const tail = sumError(rest, -small, head) - productError(twos, LN_2_TAIL, small) + yTail;
  const r = head / 16;
  const rTail = tail / 16;

  let sum = 1; // 1 + r/2 (1 + r/3 (1 + …))
  let sumTail = 0;
  for (let n = 13; n >= 2; n--) {
    const product = r * sum;
    const productTail = productError(r, sum, product) + r * sumTail + rTail * sum;
    const quotient = product / n;
    const back = quotient * n;
    const quotientTail = (product - back - productError(quotient, n, back) + productTail) / n;
    const next = 1 + quotient;
    const nextTail = sumError(1, quotient, next) + quotientTail;
    sum = next + nextTail;
    sumTail = nextTail - (sum - next);
  }
  let power = r * sum; // e^r − 1
  let powerTail = productError(r, sum, power) + r * sumTail + rTail * sum;
  for (let halving = 0; halving < 4; halving++) {
    const square = power * power;
    const squareTail = productError(power, power, square) + 2 * power * powerTail;
    const next = 2 * power + square;
    powerTail = sumError(2 * power, square, next) + squareTail + 2 * powerTail;
    power = next;
  }
  const whole = 1 + power;
  const wholeTail = sumError(1, power, whole) + powerTail;
  const scale = 2 ** twos;
  return [whole * scale, wholeTail * scale];
}
