import { type Json, pack, unpack, unpackInteger } from '../core/snapshot.js';

/** The growth of 1 so far, less 1, after a return: small growth keeps its digits. What is lost does not grow any more. */
function grown(growth: number, r: number): number {
  return growth > -1 ? growth + r * (1 + growth) : growth;
}

/**
 * How far equity is below its peak, as a share of it, after a return; 0 at a new peak. A rise to within the doubt of the peak
 * has reached it: 93 from 100 and 100 from 93 again, as returns, end a rounding error apart.
 */
export function fallen(drawdown: number, doubt: number, r: number): number {
  if (!(drawdown < 1)) return drawdown;
  const left = drawdown - r * (1 - drawdown);
  return left > (r > 0 ? doubted(drawdown, doubt, r) : 0) ? left : 0;
}

/**
 * How far rounding may have carried the drawdown after a return: what it may have before, grown with equity, and an ulp of
 * each of the steps from two prices by their return to this drawdown.
 */
export function doubted(drawdown: number, doubt: number, r: number): number {
  return doubt * Math.abs(1 + r) + Number.EPSILON * (1 + 2 * Math.abs(r) * (1 - drawdown));
}

/**
 * Everything a sequence of returns is judged by that needs no memory of the single ones: moments by updates that do not
 * cancel, the equity and how far it is under its peak. Starting equity is 1, and counts as a peak.
 *
 * Source: Welford (1962); Terriberry (2007) for the third and fourth moments.
 */
export class TrackRecord {
  count = 0;
  mean = 0;
  /** Σ (r − mean)², ³ and ⁴. */
  second = 0;
  third = 0;
  fourth = 0;
  /** Growth of 1 over the whole time, less 1. */
  growth = 0;
  /** How far equity is under its peak, as a share of the peak. */
  drawdown = 0;
  /** How far rounding may have carried it. */
  doubt = 0;
  maxDrawdown = 0;
  /** Periods since the peak; the longest such time. */
  underwater = 0;
  longestDrawdown = 0;
  /** Σ drawdown². */
  ulcer = 0;
  wins = 0;
  losses = 0;
  gains = 0;
  pains = 0;
  best: number = -Infinity;
  worst: number = Infinity;
  /** Σ min(r − target, 0)², Σ max(r − threshold, 0) and Σ max(threshold − r, 0). */
  downside = 0;
  above = 0;
  below = 0;

  /** One return more; it is finite. `target` per period is what falls short for Sortino, `threshold` what Omega divides at. */
  add(r: number, target: number, threshold: number): void {
    this.moments(r);
    this.growth = grown(this.growth, r);
    this.fall(r);
    if (this.drawdown === 0) this.underwater = 0;
    else {
      if (this.drawdown > this.maxDrawdown) this.maxDrawdown = this.drawdown;
      if (++this.underwater > this.longestDrawdown) this.longestDrawdown = this.underwater;
    }
    this.ulcer += this.drawdown * this.drawdown;
    if (r > 0) {
      this.wins++;
      this.gains += r;
    } else if (r < 0) {
      this.losses++;
      this.pains -= r;
    }
    if (r > this.best) this.best = r;
    if (r < this.worst) this.worst = r;
    const short = r - target;
    if (short < 0) this.downside += short * short;
    if (r > threshold) this.above += r - threshold;
    else this.below += threshold - r;
  }

  private fall(r: number): void {
    const { drawdown, doubt } = this;
    this.drawdown = fallen(drawdown, doubt, r);
    this.doubt = this.drawdown === 0 ? 0 : doubted(drawdown, doubt, r);
  }

  private moments(r: number): void {
    const before = this.count;
    const n = ++this.count;
    const delta = r - this.mean;
    const share = delta / n;
    const product = delta * share * before;
    this.mean += share;
    this.fourth +=
      product * share * share * (n * n - 3 * n + 3) +
      6 * share * share * this.second -
      4 * share * this.third;
    this.third += product * share * (n - 2) - 3 * share * this.second;
    this.second += product;
  }

  save(): { [key: string]: Json } {
    return Object.fromEntries(Object.entries(this).map(([name, value]) => [name, pack(value as number)]));
  }

  load(state: { readonly [key: string]: Json }): void {
    const fields = this as unknown as Record<string, number>;
    for (const name of Object.keys(this)) fields[name] = unpack(state[name]);
    unpackInteger(state['count']!, 0, Number.MAX_SAFE_INTEGER);
  }
}
