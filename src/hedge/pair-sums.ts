/** A pair's sums of squares and products about its means, or about zero. */
export interface CentredSums {
  readonly yy: number;
  readonly xy: number;
  readonly xx: number;
  /** The means are anchor + mean: kept apart, they are known beyond the digits of a large price. */
  readonly yAnchor: number;
  readonly xAnchor: number;
  readonly yMean: number;
  readonly xMean: number;
}

/** The sums in one pass anchored at the first prices, or two where those lie too far from the rest. */
export function centredSums(y: Float64Array, x: Float64Array, aboutMeans: boolean): CentredSums {
  const first = aboutAnchor(y, x, aboutMeans ? y[0]! : 0, aboutMeans ? x[0]! : 0, aboutMeans);
  // Ten deviations off, the square of that distance takes two digits from the spread of the rest.
  const far =
    y.length * first.yMean * first.yMean > 100 * first.yy ||
    y.length * first.xMean * first.xMean > 100 * first.xx;
  return far
    ? aboutAnchor(y, x, first.yAnchor + first.yMean, first.xAnchor + first.xMean, aboutMeans)
    : first;
}

function aboutAnchor(
  y: Float64Array,
  x: Float64Array,
  yAnchor: number,
  xAnchor: number,
  aboutMeans: boolean,
): CentredSums {
  const sums = new Float64Array(5);
  for (let start = 0; start < y.length; start += BLOCK) {
    addBlock(sums, y, x, yAnchor, xAnchor, start, Math.min(start + BLOCK, y.length));
  }
  const [sy, sx, syy, sxy, sxx] = sums as unknown as [number, number, number, number, number];
  const yMean = aboutMeans ? sy / y.length : 0;
  const xMean = aboutMeans ? sx / y.length : 0;
  return {
    yy: syy - sy * yMean,
    xy: sxy - sx * yMean,
    xx: sxx - sx * xMean,
    yAnchor,
    xAnchor,
    yMean,
    xMean,
  };
}

/** Short blocks keep rounding errors from growing with the length of the series. */
const BLOCK = 4096;

/** Adds one block's distances from the anchor, their squares and products, to `sums`: y, x, yy, xy, xx. */
function addBlock(
  sums: Float64Array,
  y: Float64Array,
  x: Float64Array,
  yAnchor: number,
  xAnchor: number,
  start: number,
  end: number,
): void {
  let sy = 0;
  let sx = 0;
  let syy = 0;
  let sxy = 0;
  let sxx = 0;
  // An odd observation out comes first, so that the loop below ends on a whole pair.
  let i = start;
  if ((end - start) % 2 === 1) {
    sy = y[i]! - yAnchor;
    sx = x[i]! - xAnchor;
    syy = sy * sy;
    sxy = sx * sy;
    sxx = sx * sx;
    i++;
  }
  // Two observations a turn into the same five sums: more sums would no longer fit the registers.
  for (; i < end; i += 2) {
    const y0 = y[i]! - yAnchor;
    const y1 = y[i + 1]! - yAnchor;
    const x0 = x[i]! - xAnchor;
    const x1 = x[i + 1]! - xAnchor;
    sy += y0 + y1;
    sx += x0 + x1;
    syy += y0 * y0 + y1 * y1;
    sxy += x0 * y0 + x1 * y1;
    sxx += x0 * x0 + x1 * x1;
  }
  sums[0] = sums[0]! + sy;
  sums[1] = sums[1]! + sx;
  sums[2] = sums[2]! + syy;
  sums[3] = sums[3]! + sxy;
  sums[4] = sums[4]! + sxx;
}
