/**
 * Moves the element of rank `k` to `values[k]`, smaller or equal ones before it and larger or equal ones after,
 * within `from` to `to` inclusive, and returns it. Expected linear time with few comparisons, linear in the worst case.
 * The values must not hold NaN: with one the answer means nothing, but there is one.
 *
 * Source: Floyd & Rivest (1975), algorithm 489; Blum et al. (1973) guard the worst case.
 */
export function select(values: Float64Array, k: number, from = 0, to: number = values.length - 1): number {
  let left = from;
  let right = to;
  // Each round on fair pivots at least halves what is left; far more rounds than that mean the input is hostile.
  let patience = 2 * Math.log2(right - left + 2) + 8;
  while (right > left) {
    if (patience-- < 0) {
      swap(values, k, medianOfMedians(values, left, right));
    } else if (right - left > 600) {
      // Select within a small sample around k, so that values[k] becomes a pivot of almost the right rank.
      const count = right - left + 1;
      const place = k - left + 1;
      const spread = Math.exp((2 * Math.log(count)) / 3) / 2;
      const margin = Math.sqrt((Math.log(count) * spread * (count - spread)) / count) / 2;
      const shift = place < count / 2 ? -margin : margin;
      select(
        values,
        k,
        Math.max(left, Math.floor(k - (place * spread) / count + shift)),
        Math.min(right, Math.floor(k + ((count - place) * spread) / count + shift)),
      );
    }
    const pivot = values[k]!;
    const least = partition(values, left, right, pivot, false);
    if (k < least) {
      right = least - 1;
    } else {
      const past = partition(values, least, right, pivot, true);
      // Not even the pivot is no more than the pivot: it is NaN.
      if (k < past || past === least) break;
      left = past;
    }
  }
  return values[k]!;
}

/**
 * Moves what is below the pivot (or, with `ties`, no more than it) to the front; returns the place after them.
 * There is no branch to mispredict, which is worth a factor of two on unordered data.
 */
function partition(values: Float64Array, left: number, right: number, pivot: number, ties: boolean): number {
  let place = left;
  if (ties) {
    for (let i = left; i <= right; i++) {
      const value = values[i]!;
      values[i] = values[place]!;
      values[place] = value;
      place += Number(value <= pivot);
    }
  } else {
    for (let i = left; i <= right; i++) {
      const value = values[i]!;
      values[i] = values[place]!;
      values[place] = value;
      place += Number(value < pivot);
    }
  }
  return place;
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i]!;
  values[i] = values[j]!;
  values[j] = kept;
}

/** The place of an element with at least three tenths of the others on either side. */
function medianOfMedians(values: Float64Array, left: number, right: number): number {
  if (right - left < 5) {
    values.subarray(left, right + 1).sort();
    return (left + right) >> 1;
  }
  let medians = left;
  for (let i = left; i <= right; i += 5) {
    const last = Math.min(i + 4, right);
    values.subarray(i, last + 1).sort();
    swap(values, medians++, (i + last) >> 1);
  }
  const middle = (left + medians - 1) >> 1;
  select(values, middle, left, medians - 1);
  return middle;
}
