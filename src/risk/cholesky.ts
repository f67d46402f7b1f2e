/** The lower triangle L of a positive definite matrix A = L Lᵀ, both by rows; undefined where A is not one. */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * size + k]! * lower[j * size + k]!;
      if (i > j) lower[i * size + j] = rest / lower[j * size + j]!;
      else if (rest > 0 && rest < Infinity) lower[i * size + i] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return lower;
}

/** The x of L Lᵀ x = b. */
export function choleskySolve(lower: Float64Array, b: ArrayLike<number>): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    let rest = x[i]!;
    for (let k = 0; k < i; k++) rest -= lower[i * size + k]! * x[k]!;
    x[i] = rest / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let rest = x[i]!;
    for (let k = i + 1; k < size; k++) rest -= lower[k * size + i]! * x[k]!;
    x[i] = rest / lower[i * size + i]!;
  }
  return x;
}

/** The inverse of a positive definite matrix, by rows; undefined where it is not one. */
export function choleskyInverse(matrix: Float64Array, size: number): Float64Array | undefined {
  const lower = choleskyFactor(matrix, size);
  if (!lower) return undefined;
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    const column = choleskySolve(lower, unit);
    for (let i = 0; i < size; i++) inverse[i * size + j] = column[i]!;
  }
  return inverse;
}

/** How far below 0, as a share of its diagonal, rounding may bring a pivot that is 0. */
const SLACK = 1e-10;

/**
 * The lower triangle L of a positive semidefinite matrix, by rows: a variable that the ones before it explain gets no
 * randomness of its own. Undefined where no L is one.
 */
export function semidefiniteFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  const slack = SLACK * size;
  for (let j = 0; j < size; j++) {
    const own = matrix[j * size + j]!;
    let pivot = own;
    for (let k = 0; k < j; k++) pivot -= lower[j * size + k]! ** 2;
    if (!(own >= 0) || pivot < -slack * own) return undefined;
    const root = pivot > slack * own ? Math.sqrt(pivot) : 0;
    lower[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let rest = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * size + k]! * lower[j * size + k]!;
      if (root > 0) lower[i * size + j] = rest / root;
      // What is explained already can have nothing left to share with the others.
      else if (Math.abs(rest) > Math.sqrt(slack * own * Math.abs(matrix[i * size + i]!))) return undefined;
    }
  }
  return lower;
}
