import { type Json, packAll, unpackAll, unpackInteger, unpackPart } from '../core/snapshot.js';

/** Closes of two symbols waiting for each other; each time both have closed is handed on once. */
export class BarAligner {
  /** Closes that were given up: the other symbol had nothing for so long. */
  dropped = 0;
  private readonly times: [number[], number[]] = [[], []];
  private readonly closes: [number[], number[]] = [[], []];

  constructor(private readonly most: number) {}

  /** Bars of either leg that wait. */
  get waiting(): number {
    return this.times[0].length + this.times[1].length;
  }

  /** A close of leg 0 (y) or 1 (x), in order of time; calls back for each time that both now have. */
  push(
    leg: 0 | 1,
    time: number,
    close: number,
    together: (time: number, y: number, x: number) => void,
  ): void {
    const { times, closes } = this;
    times[leg].push(time);
    closes[leg].push(close);
    let [i, j] = [0, 0];
    while (i < times[0].length && j < times[1].length) {
      const [y, x] = [times[0][i]!, times[1][j]!];
      if (y < x) i++;
      else if (x < y) j++;
      else together(y, closes[0][i++]!, closes[1][j++]!);
    }
    this.forget(0, i);
    this.forget(1, j);
    if (times[leg].length <= this.most) return;
    this.forget(leg, 1);
    this.dropped++;
  }

  private forget(leg: 0 | 1, count: number): void {
    if (count === 0) return;
    this.times[leg].splice(0, count);
    this.closes[leg].splice(0, count);
  }

  save(): Json {
    const { times, closes, dropped } = this;
    return { times: times.map(packAll), closes: closes.map(packAll), dropped };
  }

  load(saved: Json | undefined): void {
    const { times, closes, dropped } = unpackPart(saved);
    for (const leg of [0, 1] as const) {
      this.times[leg].push(...unpackAll((times as Json[])?.[leg]));
      this.closes[leg].push(...unpackAll((closes as Json[])?.[leg], this.times[leg].length));
    }
    this.dropped = unpackInteger(dropped, 0, Number.MAX_SAFE_INTEGER);
  }
}
