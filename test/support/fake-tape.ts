/** A small seeded generator: splitmix32. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A trade of the fake exchange, as it writes it. */
export interface TapeTrade {
  readonly id: number;
  /** Milliseconds. */
  readonly time: number;
  readonly price: string;
  readonly quantity: string;
  readonly maker: boolean;
}

/** The trades of one symbol: what they say follows from their ids, so that anybody can check them. */
export class Tape {
  readonly times: number[] = [];

  constructor(
    readonly symbol: string,
    readonly firstId: number,
  ) {}

  /** The id that comes next. */
  get nextId(): number {
    return this.firstId + this.times.length;
  }

  add(time: number): TapeTrade {
    this.times.push(time);
    return this.trade(this.nextId - 1)!;
  }

  trade(id: number): TapeTrade | undefined {
    const time = this.times[id - this.firstId];
    if (time === undefined) return undefined;
    const bits = Math.imul(id ^ (id >>> 13), 0x5bd1e995) >>> 0;
    return {
      ...{ id, time, maker: (bits & 1) === 1 },
      price: (60_000 + ((bits >>> 8) % 20_000) / 100).toFixed(8),
      quantity: (((bits >>> 4) % 100_000) / 1000 + 0.001).toFixed(8),
    };
  }

  /** The first id at or after a time. */
  at(time: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return this.firstId + low;
  }
}
