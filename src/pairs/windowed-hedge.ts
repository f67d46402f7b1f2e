import { DataError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import type { Pair, SeriesOf } from '../core/series.js';
import { open, pack, packAll, type Snapshot, unpack, unpackAll, unpackInteger } from '../core/snapshot.js';
import type { Hedge } from '../hedge/hedge.js';

const NOTHING: Hedge = Object.freeze({ ratio: NaN, intercept: NaN });

/**
 * A hedge that is fitted anew to the last `window` pairs, every `refresh` of them, and stands in between. NaN until the
 * window is full, and where one of its prices is missing or they determine no line.
 */
export class WindowedHedge implements Estimator<Pair, Hedge> {
  value: Hedge = NOTHING;
  private readonly y: Float64Array;
  private readonly x: Float64Array;
  /** Pairs seen, all told. */
  private seen = 0;

  constructor(
    private readonly fit: (pair: SeriesOf<Pair>) => Hedge,
    window: number,
    private readonly refresh: number,
  ) {
    this.y = new Float64Array(window);
    this.x = new Float64Array(window);
  }

  get ready(): boolean {
    return this.seen >= this.y.length;
  }

  push({ y, x }: Pair): Hedge {
    const place = this.seen % this.y.length;
    this.y[place] = y;
    this.x[place] = x;
    this.seen++;
    if (this.ready && (this.seen - this.y.length) % this.refresh === 0) this.value = this.fitted();
    return this.value;
  }

  private fitted(): Hedge {
    try {
      // The order of pairs says nothing to a line.
      const { ratio, intercept } = this.fit({ y: this.y, x: this.x });
      return { ratio, intercept };
    } catch (error) {
      // A missing price, say, or a halt: a live hedge has no answer then, and goes on.
      if (error instanceof DataError) return NOTHING;
      throw error;
    }
  }

  snapshot(): Snapshot {
    const { y, x, seen, refresh, value } = this;
    const state = {
      y: packAll(y),
      x: packAll(x),
      seen,
      refresh,
      ratio: pack(value.ratio),
      intercept: pack(value.intercept),
    };
    return { kind: 'WindowedHedge', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot, with the fit that made it. */
  static from(snapshot: Snapshot, fit: (pair: SeriesOf<Pair>) => Hedge): WindowedHedge {
    const { y, x, seen, refresh, ratio, intercept } = open(snapshot, 'WindowedHedge', 1);
    const prices = unpackAll(y);
    const most = Number.MAX_SAFE_INTEGER;
    const revived = new WindowedHedge(fit, prices.length, unpackInteger(refresh, 1, most));
    revived.y.set(prices);
    revived.x.set(unpackAll(x, prices.length));
    revived.seen = unpackInteger(seen, 0, most);
    revived.value = { ratio: unpack(ratio), intercept: unpack(intercept) };
    return revived;
  }
}
