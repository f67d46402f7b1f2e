/** mean, omega, alpha, beta. */
export type GarchVector = readonly [mean: number, omega: number, alpha: number, beta: number];

/** The Gaussian likelihood of returns under a GARCH(1,1), and how it bends. */
export interface GarchLikelihood {
  readonly logLikelihood: number;
  /** Its gradient. */
  readonly score: Float64Array;
  /** Minus its second derivatives, by rows. */
  readonly hessian: Float64Array;
  /** Minus their expectation given the past: never indefinite. */
  readonly information: Float64Array;
  /** Sums of products of the scores of single returns. */
  readonly outer: Float64Array;
}

const PAIRS: readonly (readonly [i: number, j: number])[] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 1],
  [1, 2],
  [1, 3],
  [2, 2],
  [2, 3],
  [3, 3],
];

/**
 * Log-likelihood with analytic first and second derivatives. Before the first return variance and squared surprise are
 * `backcast`, or else the mean squared surprise of the sample.
 *
 * Source: Fiorentini, Calzolari & Panattoni (1996), "Analytic derivatives and the computation of GARCH estimates", Journal
 * of Applied Econometrics 11, 399–417.
 */
export function garchLikelihood(
  returns: Float64Array,
  [mean, omega, alpha, beta]: GarchVector,
  backcast: number | undefined,
): GarchLikelihood {
  const { length } = returns;
  let squares = 0;
  let sums = 0;
  for (let t = 0; t < length; t++) {
    const e = returns[t]! - mean;
    squares += e * e;
    sums += e;
  }
  // The squared surprise before, and its slope and bend in the mean: as of the variance before.
  let square = backcast ?? squares / length;
  let squareSlope = backcast === undefined ? (-2 * sums) / length : 0;
  let squareBend = backcast === undefined ? 2 : 0;
  let h = square;
  const first = Float64Array.of(squareSlope, 0, 0, 0);
  const second = new Float64Array(PAIRS.length);
  second[0] = squareBend;

  const score = new Float64Array(4);
  const single = new Float64Array(4);
  const sum = {
    hessian: new Float64Array(10),
    information: new Float64Array(10),
    outer: new Float64Array(10),
  };
  let logs = 0;
  let fit = 0;
  for (let t = 0; t < length; t++) {
    // Second derivatives first: they need the first ones of the step before.
    for (let k = 0; k < 10; k++) second[k] = beta * second[k]!;
    second[0] = second[0]! + alpha * squareBend;
    second[2] = second[2]! + squareSlope;
    second[3] = second[3]! + first[0]!;
    second[6] = second[6]! + first[1]!;
    second[8] = second[8]! + first[2]!;
    second[9] = second[9]! + 2 * first[3]!;
    first[0] = beta * first[0]! + alpha * squareSlope;
    first[1] = beta * first[1]! + 1;
    first[2] = beta * first[2]! + square;
    first[3] = beta * first[3]! + h;
    h = omega + alpha * square + beta * h;

    const e = returns[t]! - mean;
    square = e * e;
    squareSlope = -2 * e;
    squareBend = 2;
    const ratio = square / h;
    logs += Math.log(h);
    fit += ratio;
    for (let i = 0; i < 4; i++) single[i] = (first[i]! / h) * 0.5 * (ratio - 1);
    single[0] = single[0]! + e / h;
    for (let k = 0; k < 10; k++) {
      const [i, j] = PAIRS[k]!;
      const both = (first[i]! / h) * (first[j]! / h);
      let bend = both * (ratio - 0.5) - (second[k]! / h) * 0.5 * (ratio - 1);
      let expected = 0.5 * both;
      if (i === 0) {
        bend += (e / h) * (first[j]! / h);
        if (j === 0) {
          bend += (e / h) * (first[0]! / h) + 1 / h;
          expected += 1 / h;
        }
      }
      sum.hessian[k] = sum.hessian[k]! + bend;
      sum.information[k] = sum.information[k]! + expected;
      sum.outer[k] = sum.outer[k]! + single[i]! * single[j]!;
    }
    for (let i = 0; i < 4; i++) score[i] = score[i]! + single[i]!;
  }
  return {
    logLikelihood: -0.5 * (length * Math.log(2 * Math.PI) + logs + fit),
    score,
    hessian: square4(sum.hessian),
    information: square4(sum.information),
    outer: square4(sum.outer),
  };
}

/** The log-likelihood alone. */
export function garchLogLikelihood(
  returns: Float64Array,
  [mean, omega, alpha, beta]: GarchVector,
  backcast: number | undefined,
): number {
  const { length } = returns;
  let square = backcast ?? meanSquare(returns, mean);
  let h = square;
  let logs = 0;
  let fit = 0;
  let product = 1;
  for (let t = 0; t < length; t++) {
    h = omega + alpha * square + beta * h;
    const e = returns[t]! - mean;
    square = e * e;
    fit += square / h;
    // One logarithm for several variances: they multiply safely while the product is of ordinary size.
    product *= h;
    if (!(product > 1e-200 && product < 1e200)) {
      logs += Math.log(product);
      product = 1;
    }
  }
  return -0.5 * (length * Math.log(2 * Math.PI) + logs + Math.log(product) + fit);
}

/** The mean squared distance of returns from a mean. */
export function meanSquare(returns: Float64Array, mean: number): number {
  let squares = 0;
  for (let t = 0; t < returns.length; t++) squares += (returns[t]! - mean) ** 2;
  return squares / returns.length;
}

function square4(upper: Float64Array): Float64Array {
  const full = new Float64Array(16);
  PAIRS.forEach(([i, j], k) => {
    full[4 * i + j] = full[4 * j + i] = upper[k]!;
  });
  return full;
}
