// Marsaglia & Tsang (2000), "The ziggurat method", with 256 layers and the layer drawn apart from the value, Doornik (2005).
const LAYERS = 256;
/** Where the tail begins, and the area of every layer. */
const TAIL = 3.6541528853610088;
const AREA = 0.004928673233974655;

/** Right ends of the layers from the widest up, and the density there. */
const ends = new Float64Array(LAYERS + 1);
const heights = new Float64Array(LAYERS + 1);
ends[0] = AREA / Math.exp(-0.5 * TAIL * TAIL);
ends[1] = TAIL;
for (let i = 2; i < LAYERS; i++) {
  const x = ends[i - 1]!;
  ends[i] = Math.sqrt(-2 * Math.log(AREA / x + Math.exp(-0.5 * x * x)));
}
/** The ends over 2⁵²: a signed number of 53 bits times this lies in its layer. */
const units = new Float64Array(LAYERS);
for (let i = 0; i <= LAYERS; i++) heights[i] = Math.exp(-0.5 * ends[i]! * ends[i]!);
for (let i = 0; i < LAYERS; i++) units[i] = ends[i]! * 2 ** -52;

/**
 * Normal numbers by the million: sfc32 (Doty-Humphrey, PractRand) under a ziggurat with 53 bits a number. One seed has any
 * number of streams that share nothing, so that work can be cut into blocks and shared out without changing a digit.
 */
export class NormalSource {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** Both are safe integers, the stream not negative. */
  constructor(seed: number, stream: number) {
    this.a = mix(mix((seed | 0) + 0x9e3779b9) ^ Math.floor(seed / 0x100000000));
    this.b = mix(mix((stream | 0) + 0x7f4a7c15) ^ Math.floor(stream / 0x100000000));
    this.c = mix(this.a ^ (this.b + 0x3c6ef372));
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Thirty-two bits. */
  private next(): number {
    const out = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + out) | 0;
    return out;
  }

  /** A number strictly between 0 and 1. */
  uniform(): number {
    return ((this.next() >>> 6) * 0x4000000 + (this.next() >>> 6) + 0.5) / 0x10000000000000;
  }

  /** One draw from the standard normal law. */
  normal(): number {
    for (;;) {
      const high = this.next();
      const layer = high & 255;
      const z = ((high >> 11) * 0x100000000 + (this.next() >>> 0) + 0.5) * units[layer]!;
      if (Math.abs(z) < ends[layer + 1]!) return z;
      const edge = this.beyond(layer, z);
      if (!Number.isNaN(edge)) return edge;
    }
  }

  /** Fills with draws, from one place up to another: the same as so many calls of `normal`. */
  fill(out: Float64Array, from: number, to: number): void {
    let a = this.a | 0;
    let b = this.b | 0;
    let c = this.c | 0;
    let counter = this.counter | 0;
    // Locals are constants to the engine, in bundles too.
    const edges = ends;
    const scale = units;
    for (let i = from; i < to; ) {
      const high = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + high) | 0;
      const low = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + low) | 0;
      const layer = high & 255;
      const z = ((high >> 11) * 0x100000000 + (low >>> 0) + 0.5) * scale[layer]!;
      if (Math.abs(z) < edges[layer + 1]!) {
        out[i++] = z;
        continue;
      }
      this.a = a;
      this.b = b;
      this.c = c;
      this.counter = counter;
      const edge = this.beyond(layer, z);
      a = this.a | 0;
      b = this.b | 0;
      c = this.c | 0;
      counter = this.counter | 0;
      if (!Number.isNaN(edge)) out[i++] = edge;
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.counter = counter;
  }

  /** Whether a value in the ragged edge of its layer stands, or one from the tail; NaN where it falls. */
  private beyond(layer: number, z: number): number {
    if (layer > 0) {
      const height = heights[layer]! + this.uniform() * (heights[layer + 1]! - heights[layer]!);
      return height < Math.exp(-0.5 * z * z) ? z : NaN;
    }
    // Marsaglia (1964).
    for (;;) {
      const x = -Math.log(this.uniform()) / TAIL;
      const y = -Math.log(this.uniform());
      if (2 * y > x * x) return z < 0 ? -TAIL - x : TAIL + x;
    }
  }

  /** One draw from a chi-squared law with more than two degrees of freedom. Marsaglia & Tsang (2000), TOMS 26. */
  chiSquared(df: number): number {
    const d = df / 2 - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = this.normal();
      const v = (1 + c * z) ** 3;
      if (v > 0 && Math.log(this.uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return 2 * d * v;
    }
  }
}

/** The finalizer of MurmurHash3 (Appleby, 2011). */
function mix(word: number): number {
  let bits = word | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
