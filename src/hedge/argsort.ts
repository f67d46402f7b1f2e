const BUCKETS = 2048;

/** Which 32-bit half of a double holds the sign on this machine. */
const HIGH: number = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The order of many keys, found again and again in the same memory: a radix sort over the bits of the doubles. */
export class Argsort {
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;
  private from: Uint32Array;
  private to: Uint32Array;
  private readonly starts: Uint32Array = new Uint32Array(BUCKETS);

  constructor(length: number) {
    this.low = new Uint32Array(length);
    this.high = new Uint32Array(length);
    this.from = new Uint32Array(length);
    this.to = new Uint32Array(length);
  }

  /** The places of the keys from the smallest to the largest, equal ones in order of place; good until the next call. */
  order(keys: Float64Array): Uint32Array {
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
    if (insert(this.from, keys)) return this.from;
    this.begin();
    for (let shift = 0; shift < 32; shift += 11) this.pass(low, shift);
    for (let shift = 0; shift < 32; shift += 11) this.pass(high, shift);
    return this.from;
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

/** Puts what is nearly in order in order; false, and only partly done, where that takes too long. */
function insert(order: Uint32Array, keys: Float64Array): boolean {
  let patience = 4 * order.length;
  for (let i = 1; i < order.length; i++) {
    const place = order[i]!;
    const key = keys[place]!;
    let j = i - 1;
    for (; j >= 0 && keys[order[j]!]! > key; j--) order[j + 1] = order[j]!;
    order[j + 1] = place;
    patience -= i - 1 - j;
    if (patience < 0) return false;
  }
  return true;
}
