/** The newest aligned prices of a pair, at most `capacity` of them; older ones make room. */
export class History {
  /** How many were ever added. */
  total = 0;
  private times = new Float64Array(1024);
  private ys = new Float64Array(1024);
  private xs = new Float64Array(1024);

  constructor(private readonly capacity: number) {}

  push(time: number, y: number, x: number): void {
    if (this.total === this.times.length && this.total < this.capacity) this.grow();
    const slot = this.total % this.times.length;
    this.times[slot] = time;
    this.ys[slot] = y;
    this.xs[slot] = x;
    this.total++;
  }

  /** What is kept, oldest first. */
  columns(): { readonly time: Float64Array; readonly y: Float64Array; readonly x: Float64Array } {
    return { time: this.unrolled(this.times), y: this.unrolled(this.ys), x: this.unrolled(this.xs) };
  }

  private unrolled(ring: Float64Array): Float64Array {
    const kept = Math.min(this.total, this.capacity, ring.length);
    const oldest = this.total - kept;
    return Float64Array.from({ length: kept }, (_, i) => ring[(oldest + i) % ring.length]!);
  }

  private grow(): void {
    const size = Math.min(this.times.length * 2, this.capacity);
    for (const column of ['times', 'ys', 'xs'] as const) {
      const larger = new Float64Array(size);
      larger.set(this[column]);
      this[column] = larger;
    }
  }
}
