import { Random } from 'hedgerow';

/** Prices that wander, held together in twos: `p1` follows `p0`, `p3` follows `p2`, and so on. */
export function prices(count: number, rows: number, seed: number): Record<string, Float64Array> {
  const random = new Random(seed);
  const walk = (start: number): Float64Array => {
    let price = start;
    return Float64Array.from({ length: rows }, () => (price *= Math.exp(0.01 * random.normal())));
  };
  const panel: Record<string, Float64Array> = {};
  for (let j = 0; j < count; j += 2) {
    const leader = walk(50 + j);
    let spread = 0;
    const follower = leader.map((price) => {
      spread = 0.8 * spread + 0.1 * random.normal();
      return 5 + 0.5 * price + spread;
    });
    panel[`p${j}`] = leader;
    if (j + 1 < count) panel[`p${j + 1}`] = follower;
  }
  return panel;
}

/** The same, each series listed and delisted at times of its own. */
export function ragged(count: number, rows: number, seed: number): Record<string, Float64Array> {
  const random = new Random(seed + 1);
  return Object.fromEntries(
    Object.entries(prices(count, rows, seed)).map(([name, series]) => {
      const from = Math.floor(0.4 * rows * random.uniform());
      const end = rows - Math.floor(0.4 * rows * random.uniform());
      return [name, series.map((price, t) => (t < from || t >= end ? NaN : price))];
    }),
  );
}
