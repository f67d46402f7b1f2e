import { DataError } from '../core/errors.js';
import { select } from '../math/order.js';

/** From this length on the lowest are gathered in one scan below a threshold that a sample suggests. */
const LONG = 50_000;

/**
 * The `count` lowest of a series in no order, the greatest of them last.
 *
 * A long series is sampled in strides; what lies below a little more than the sample's quantile is gathered in one scan,
 * and the selection runs in that. Where the sample misleads, all of it is sorted out instead.
 *
 * @throws DataError where a number is not finite
 */
export function lowest(who: string, series: Float64Array, count: number): Float64Array {
  const gathered = (series.length >= LONG && gather(series, count)) || copied(who, series);
  select(gathered, count - 1);
  return gathered.subarray(0, count);
}

function copied(who: string, series: Float64Array): Float64Array {
  for (let i = 0; i < series.length; i++) {
    const x = series[i]!;
    if (x - x !== 0) throw new DataError('not-finite', `${who}: returns[${i}] is ${x}`);
  }
  return series.slice();
}

/** Everything up to a threshold, at least `count` of it, or nothing where the sample misled or a number is not finite. */
function gather(series: Float64Array, count: number): Float64Array | undefined {
  const { length } = series;
  const size = 8192;
  const stride = Math.floor(length / size);
  const sample = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    sample[i] = series[i * stride + (i % stride)]!;
    if (Number.isNaN(sample[i])) return undefined;
  }
  const share = count / length;
  const margin = 4 * Math.sqrt((share * (1 - share)) / size) + 2 / size;
  const rank = Math.ceil((share + margin) * size);
  if (rank >= size / 2) return undefined;
  const threshold = select(sample, rank);
  const room = Math.ceil((share + 2.5 * margin) * length) + 4;
  const out = new Float64Array(room + 4);
  // A guess that is right nineteen times in twenty is worth a branch.
  const found = share + margin < 0.05 ? scanRare(series, threshold, out) : scanCommon(series, threshold, out);
  return found >= count && found <= room ? out.subarray(0, found) : undefined;
}

/** Gathers what is no more than the threshold, where little is; -1 where the room does not suffice or a number is not finite. */
function scanRare(series: Float64Array, threshold: number, out: Float64Array): number {
  const room = out.length - 4;
  const even = series.length - (series.length % 4);
  let found = 0;
  for (let i = 0; i < even; i += 4) {
    const a = series[i]!;
    const b = series[i + 1]!;
    const c = series[i + 2]!;
    const d = series[i + 3]!;
    // One look at four: a NaN or an infinity fails it too, and is met below.
    if (a > threshold && b > threshold && c > threshold && d > threshold && a + b + c + d < Infinity)
      continue;
    if (found > room || !Number.isFinite(a + b + c + d)) return -1;
    out[found] = a;
    found += Number(a <= threshold);
    out[found] = b;
    found += Number(b <= threshold);
    out[found] = c;
    found += Number(c <= threshold);
    out[found] = d;
    found += Number(d <= threshold);
  }
  return rest(series, even, threshold, out, found);
}

/** The same without a branch, where much is. A write past the end of the room is lost, and the count tells of it. */
function scanCommon(series: Float64Array, threshold: number, out: Float64Array): number {
  const even = series.length - (series.length % 4);
  let found = 0;
  let finite = 0;
  for (let i = 0; i < even; i += 4) {
    const a = series[i]!;
    const b = series[i + 1]!;
    const c = series[i + 2]!;
    const d = series[i + 3]!;
    finite += a - a + (b - b) + (c - c + (d - d));
    out[found] = a;
    found += Number(a <= threshold);
    out[found] = b;
    found += Number(b <= threshold);
    out[found] = c;
    found += Number(c <= threshold);
    out[found] = d;
    found += Number(d <= threshold);
  }
  return finite === 0 ? rest(series, even, threshold, out, found) : -1;
}

function rest(
  series: Float64Array,
  from: number,
  threshold: number,
  out: Float64Array,
  before: number,
): number {
  let found = before;
  for (let i = from; i < series.length; i++) {
    const x = series[i]!;
    if (!Number.isFinite(x)) return -1;
    out[found] = x;
    found += Number(x <= threshold);
  }
  return found;
}
