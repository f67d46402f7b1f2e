const BUCKETS = 2048;

/** Which 32-bit half of a double holds the sign on this machine. */
const HIGH: number = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Below this many keys there is no scale to be taken from a sample of them. */
const FEW = 128;

/** The greatest number of buckets that a key is put into by its size. */
const MOST = 1 << 17;

/**
 * The order of many keys, found again and again in the same memory. Keys are put into as many buckets as there are keys, by
 * a curve as steep as they are dense, q / (|q| + scale) of the distance q to a middle one; neighbours are then exchanged.
 * Where that leaves too much to exchange, a radix sort over the bits of the doubles takes over.
 */
export class Argsort {
  /** The keys in order, good until the next call. */
  readonly sorted: Float64Array;
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;
  private from: Uint32Array;
  private to: Uint32Array;
  private readonly starts: Uint32Array = new Uint32Array(BUCKETS);
  private readonly sizes: Uint32Array;

  constructor(length: number) {
    this.sorted = new Float64Array(length);
    this.low = new Uint32Array(length);
    this.high = new Uint32Array(length);
    this.from = new Uint32Array(length);
    this.to = new Uint32Array(length);
    let buckets = 256;
    while (buckets < length && buckets < MOST) buckets *= 2;
    this.sizes = new Uint32Array(buckets);
  }

  /** The places of the keys from the smallest to the largest, equal ones in order of place; good until the next call. */
  order(keys: Float64Array): Uint32Array {
    if (keys.length < FEW || !this.bySize(keys)) this.byBits(keys);
    return this.from;
  }

  /** False, and only partly done, where the buckets do not tell enough keys apart. */
  private bySize(keys: Float64Array): boolean {
    const { sizes, from, sorted, low: buckets } = this;
    const { middle, scale } = shapeOf(keys);
    const half = sizes.length / 2;
    const last = sizes.length - 1;
    sizes.fill(0);
    for (let i = 0; i < keys.length; i++) {
      const distance = keys[i]! - middle;
      const place = ((distance / (Math.abs(distance) + scale)) * half + half) | 0;
      const bucket = place > last ? last : place;
      buckets[i] = bucket;
      sizes[bucket] = sizes[bucket]! + 1;
    }
    let start = 0;
    for (let bucket = 0; bucket <= last; bucket++) {
      const size = sizes[bucket]!;
      sizes[bucket] = start;
      start += size;
    }
    for (let i = 0; i < keys.length; i++) {
      const bucket = buckets[i]!;
      const at = sizes[bucket]!;
      sizes[bucket] = at + 1;
      from[at] = i;
      sorted[at] = keys[i]!;
    }
    return insert(from, sorted);
  }

  private byBits(keys: Float64Array): void {
    const { low, high } = this;
    const halves = new Uint32Array(keys.buffer, keys.byteOffset, 2 * keys.length);
    for (let i = 0; i < keys.length; i++) {
      // Integers in the order of the doubles: the sign bit turned for what is positive, every bit for what is not.
      const h = halves[2 * i + HIGH]!;
      const turn = h >> 31;
      high[i] = h ^ (turn | 0x80000000);
      low[i] = halves[2 * i + 1 - HIGH]! ^ turn;
    }
    // The upper half settles all but neighbours; where it does not, the lower half has to go first.
    this.begin();
    for (let shift = 0; shift < 32; shift += 11) this.pass(high, shift);
    this.takeSorted(keys);
    if (insert(this.from, this.sorted)) return;
    this.begin();
    for (let shift = 0; shift < 32; shift += 11) this.pass(low, shift);
    for (let shift = 0; shift < 32; shift += 11) this.pass(high, shift);
    this.takeSorted(keys);
  }

  private takeSorted(keys: Float64Array): void {
    const { from, sorted } = this;
    for (let i = 0; i < from.length; i++) sorted[i] = keys[from[i]!]!;
  }

  private begin(): void {
    const { from } = this;
    for (let i = 0; i < from.length; i++) from[i] = i;
  }

  /** Orders by eleven bits, keeping the order there was among equals. */
  private pass(words: Uint32Array, shift: number): void {
    const { from, to, starts } = this;
    starts.fill(0);
    for (let i = 0; i < words.length; i++) {
      const bucket = (words[i]! >>> shift) & (BUCKETS - 1);
      starts[bucket] = starts[bucket]! + 1;
    }
    let place = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const size = starts[bucket]!;
      if (size === words.length) return;
      starts[bucket] = place;
      place += size;
    }
    for (let i = 0; i < from.length; i++) {
      const key = from[i]!;
      const bucket = (words[key]! >>> shift) & (BUCKETS - 1);
      const at = starts[bucket]!;
      starts[bucket] = at + 1;
      to[at] = key;
    }
    this.from = to;
    this.to = from;
  }
}

/** A middle key, and how far from it the others typically are: both from a sample. */
function shapeOf(keys: Float64Array): { readonly middle: number; readonly scale: number } {
  const sample = new Float64Array(63);
  for (let i = 0; i < 63; i++) sample[i] = keys[Math.floor((i * keys.length) / 63)]!;
  sample.sort();
  const middle = sample[31]!;
  for (let i = 0; i < 63; i++) sample[i] = Math.abs(sample[i]! - middle);
  sample.sort();
  return { middle, scale: sample[31]! || sample[62]! || 1 };
}

/** Puts what is nearly in order in order; false, and only partly done, where that takes too long. */
function insert(order: Uint32Array, sorted: Float64Array): boolean {
  let patience = 4 * order.length;
  for (let i = 1; i < order.length; i++) {
    const key = sorted[i]!;
    if (!(sorted[i - 1]! > key)) continue;
    const place = order[i]!;
    let j = i - 1;
    for (; j >= 0 && sorted[j]! > key; j--) {
      sorted[j + 1] = sorted[j]!;
      order[j + 1] = order[j]!;
    }
    sorted[j + 1] = key;
    order[j + 1] = place;
    patience -= i - 1 - j;
    if (patience < 0) return false;
  }
  return true;
}
