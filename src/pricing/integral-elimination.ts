/** Turns a small dense matrix into its triangular factors, in place; `rows` keeps which rows changed places. */
export function eliminate(matrix: Float64Array, rows: Int32Array, n: number): void {
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) {
      if (Math.abs(matrix[r * n + c]!) > Math.abs(matrix[pivot * n + c]!)) pivot = r;
    }
    rows[c] = pivot;
    for (let k = 0; pivot !== c && k < n; k++) {
      const kept = matrix[c * n + k]!;
      matrix[c * n + k] = matrix[pivot * n + k]!;
      matrix[pivot * n + k] = kept;
    }
    for (let r = c + 1; r < n; r++) {
      const factor = matrix[r * n + c]! / matrix[c * n + c]!;
      matrix[r * n + c] = factor;
      if (factor === 0) continue;
      for (let k = c + 1; k < n; k++) matrix[r * n + k]! -= factor * matrix[c * n + k]!;
    }
  }
}

/** Solves for one right side with factors made by {@link eliminate}; the solution takes its place. */
export function substitute(matrix: Float64Array, rows: Int32Array, right: Float64Array, n: number): void {
  for (let c = 0; c < n; c++) {
    const kept = right[c]!;
    right[c] = right[rows[c]!]!;
    right[rows[c]!] = kept;
  }
  for (let r = 1; r < n; r++) {
    let value = right[r]!;
    for (let k = 0; k < r; k++) value -= matrix[r * n + k]! * right[k]!;
    right[r] = value;
  }
  for (let r = n - 1; r >= 0; r--) {
    let value = right[r]!;
    for (let k = r + 1; k < n; k++) value -= matrix[r * n + k]! * right[k]!;
    right[r] = value / matrix[r * n + r]!;
  }
}
