/** Columns of one length in one piece of memory, one after another; a few empty ones may follow. */
export interface Packed {
  readonly data: Float64Array;
  readonly rows: number;
  readonly count: number;
}

/** Columns that are multiplied at a time. */
export const TILE = 3;

/** Rows that are multiplied at a time: few enough for a processor's cache, and for rounding errors to stay small. */
export const BLOCK = 256;

/** Room for `count` columns, and for the empty ones that fill the last tile. */
export function packed(rows: number, count: number): Packed {
  return { data: new Float64Array(rows * Math.ceil(count / TILE) * TILE), rows, count };
}

/**
 * Sums of products of columns with each other: entry (i, j) for i from `first` up to `last` and j ≥ i stands at
 * (i − first) · width + j, where the width is the count rounded up to whole tiles. `first` begins a tile.
 *
 * Each entry is added up in one and the same order, whatever else is computed with it.
 */
export function gram({ data, rows, count }: Packed, first: number, last: number): Float64Array {
  const width = Math.ceil(count / TILE) * TILE;
  const out = new Float64Array(Math.ceil((last - first) / TILE) * TILE * width);
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows);
    for (let i = first; i < last; i += TILE) {
      for (let j = i; j < count; j += TILE) {
        addTile(out, (i - first) * width + j, width, data, i * rows, j * rows, rows, start, end);
      }
    }
  }
  return out;
}

/** Σ a·b over one column with another, in blocks of rows. */
export function product(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let start = 0; start < a.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, a.length);
    let part = 0;
    for (let t = start; t < end; t++) part += a[t]! * b[t]!;
    total += part;
  }
  return total;
}

/** Adds the nine products of three columns with three over some rows: as many sums as the registers hold. */
function addTile(
  out: Float64Array,
  at: number,
  width: number,
  data: Float64Array,
  left: number,
  right: number,
  rows: number,
  start: number,
  end: number,
): void {
  const left1 = left + rows;
  const left2 = left1 + rows;
  const right1 = right + rows;
  const right2 = right1 + rows;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  for (let t = start; t < end; t++) {
    const a0 = data[left + t]!;
    const a1 = data[left1 + t]!;
    const a2 = data[left2 + t]!;
    const b0 = data[right + t]!;
    s00 += a0 * b0;
    s10 += a1 * b0;
    s20 += a2 * b0;
    const b1 = data[right1 + t]!;
    s01 += a0 * b1;
    s11 += a1 * b1;
    s21 += a2 * b1;
    const b2 = data[right2 + t]!;
    s02 += a0 * b2;
    s12 += a1 * b2;
    s22 += a2 * b2;
  }
  out[at] = out[at]! + s00;
  out[at + 1] = out[at + 1]! + s01;
  out[at + 2] = out[at + 2]! + s02;
  const second = at + width;
  out[second] = out[second]! + s10;
  out[second + 1] = out[second + 1]! + s11;
  out[second + 2] = out[second + 2]! + s12;
  const third = second + width;
  out[third] = out[third]! + s20;
  out[third + 1] = out[third + 1]! + s21;
  out[third + 2] = out[third + 2]! + s22;
}
