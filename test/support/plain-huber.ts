/** Huber's line as its definition reads, without any of the library's short cuts: slow, and for few prices only. */
export interface PlainHuber {
  readonly ratio: number;
  readonly intercept: number;
  readonly scale: number;
  /** Whether the steps came to rest. */
  readonly rests: boolean;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** A power of two that leaves room for sums of products of these numbers. */
function room(values: readonly number[]): number {
  const most = values.reduce((far, value) => Math.max(far, Math.abs(value)), 0);
  return most > 1e120 ? 2 ** -Math.floor(Math.log2(most) - 400) : 1;
}

/** Weighted least squares from scratch, weights from the line before, until nothing moves or the deviation is nothing. */
export function plainHuber(y: readonly number[], x: readonly number[], rounds = 5000): PlainHuber {
  const [yRoom, xRoom] = [room(y), room(x.map((value) => value * value)) < 1 ? room(x) * 2 ** -400 : 1];
  const yAnchor = median(y);
  const xAnchor = median(x);
  const v = y.map((value) => value * yRoom - yAnchor * yRoom);
  const u = x.map((value) => value * xRoom - xAnchor * xRoom);
  const noise = 1e-15 * (Math.abs(yAnchor) * yRoom + median(v.map(Math.abs)));
  let weights = v.map(() => 1);
  let [slope, level, scale, calm] = [0, 0, 0, 0];
  const fitAnew = (): void => {
    let [w, wu, wv, uu, uv] = [0, 0, 0, 0, 0];
    for (let i = 0; i < v.length; i++) {
      w += weights[i]!;
      wu += weights[i]! * u[i]!;
      wv += weights[i]! * v[i]!;
    }
    for (let i = 0; i < v.length; i++) {
      const lever = u[i]! - wu / w;
      uu += weights[i]! * lever * lever;
      uv += weights[i]! * lever * (v[i]! - wv / w);
    }
    slope = uv / uu;
    level = wv / w - (slope * wu) / w;
  };
  const line = (rests: boolean): PlainHuber => {
    const ratio = (slope / yRoom) * xRoom;
    return { ratio, intercept: level / yRoom + yAnchor - ratio * xAnchor, scale: scale / yRoom, rests };
  };
  fitAnew();
  for (let round = 0; round < rounds; round++) {
    const residuals = v.map((value, i) => value - level - slope * u[i]!);
    scale = median(residuals.map(Math.abs)) / 0.6744897501960817;
    if (!(scale > noise)) {
      scale = 0;
      return line(true);
    }
    weights = residuals.map((residual) => Math.min(1, (1.345 * scale) / Math.abs(residual)));
    const before = { slope, level };
    fitAnew();
    const moved = Math.abs(slope - before.slope) * median(u.map(Math.abs)) + Math.abs(level - before.level);
    calm = moved <= 1e-13 * scale ? calm + 1 : 0;
    if (calm > 3) return line(true);
  }
  return line(false);
}
