import { checkFiniteSeries, checkSeries } from '../core/checks.js';
import type { Detector, Estimator } from '../core/estimator.js';
import type { Series } from '../core/series.js';
import { open, pack, type Snapshot, unpack, unpackInteger, unpackPart } from '../core/snapshot.js';
import { doubted, fallen, TrackRecord } from './track-record.js';

/**
 * How far equity is below its highest so far, as a share of it, live: 0 at a peak, 0.2 a fifth below. The starting equity is
 * a peak. Equity that is back at a peak but for rounding is at it. A return that is not finite changes nothing.
 *
 * @example
 * ```ts
 * const fall = new Drawdown();
 * fall.push(0.25); // → 0
 * fall.push(-0.2); // → 0.2000000000
 * ```
 */
export class Drawdown implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  /** How far rounding may have carried the value. */
  private doubt = 0;

  push(r: number): number {
    if (!Number.isFinite(r)) return this.value;
    this.ready = true;
    const before = this.value || 0;
    this.value = fallen(before, this.doubt, r);
    this.doubt = this.value === 0 ? 0 : doubted(before, this.doubt, r);
    return this.value;
  }

  snapshot(): Snapshot {
    const { value, doubt, ready } = this;
    return { kind: 'Drawdown', version: 1, state: { value: pack(value), doubt: pack(doubt), ready } };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): Drawdown {
    const { value, doubt, ready } = open(snapshot, 'Drawdown', 1);
    const revived = new Drawdown();
    revived.value = unpack(value);
    revived.doubt = unpack(doubt);
    revived.ready = ready === true;
    return revived;
  }
}

/**
 * How far equity is below its highest so far after each return, as a share of it: as long as the returns. A return that is
 * not finite changes nothing.
 *
 * @throws DataError where `returns` is no series
 * @example
 * ```ts
 * drawdown([-0.5, 0.5, 1]); // → [0.5, 0.25, 0]
 * ```
 */
export function drawdown(returns: Series): Float64Array {
  const live = new Drawdown();
  const out = new Float64Array(checkSeries('drawdown', 'returns', returns).length);
  for (let i = 0; i < out.length; i++) out[i] = live.push(returns[i]!);
  return out;
}

/**
 * The deepest fall of equity from a peak, as a share of it; the starting equity is a peak, so that a first loss counts.
 *
 * @throws DataError without returns, or where one is not finite
 * @example
 * ```ts
 * maxDrawdown([-0.5, 0.5, 1]); // → 0.5
 * ```
 */
export function maxDrawdown(returns: Series): number {
  checkFiniteSeries('maxDrawdown', 'returns', returns, 1);
  const record = new TrackRecord();
  for (let i = 0; i < returns.length; i++) record.add(returns[i]!, 0, 0);
  return record.maxDrawdown;
}

/** One time under water, in places of the returns. */
export interface DrawdownSpell {
  /** The first return below the peak. */
  readonly start: number;
  /** The return that took equity lowest. */
  readonly trough: number;
  /** The return that brought equity back to the peak; NaN while it has not. */
  readonly end: number;
  /** The fall at the trough, as a share of the peak. */
  readonly depth: number;
  /** Periods below the peak. */
  readonly length: number;
  /** Periods from the trough to the end; NaN while there is none. */
  readonly recovery: number;
}

/**
 * Says each drawdown as it ends, live; the one under way is `open`. A return that is not finite has its place and changes
 * nothing.
 *
 * @example
 * ```ts
 * const spells = new Drawdowns();
 * spells.push(-0.5).length; // → 0
 * spells.push(1); // → [{ start: 0, trough: 0, end: 1, depth: 0.5, length: 1, recovery: 1 }]
 * ```
 */
export class Drawdowns implements Detector<number, DrawdownSpell> {
  private place = 0;
  private fall: Drawdown = new Drawdown();
  private start = -1;
  private trough = -1;
  private depth = 0;

  push(r: number): readonly DrawdownSpell[] {
    const place = this.place++;
    const depth = this.fall.push(r);
    if (depth > 0) {
      if (this.start < 0) this.start = place;
      if (depth > this.depth) {
        this.depth = depth;
        this.trough = place;
      }
      return [];
    }
    if (this.start < 0) return [];
    const spell = { ...this.spell(), end: place, length: place - this.start, recovery: place - this.trough };
    this.start = this.trough = -1;
    this.depth = 0;
    return [spell];
  }

  /** The drawdown under way, if there is one. */
  get open(): DrawdownSpell | undefined {
    return this.start < 0 ? undefined : this.spell();
  }

  private spell(): DrawdownSpell {
    const { start, trough, depth, place } = this;
    return { start, trough, end: NaN, depth, length: place - start, recovery: NaN };
  }

  snapshot(): Snapshot {
    const { place, start, trough, depth, fall } = this;
    const state = { place, start, trough, depth: pack(depth), fall: fall.snapshot().state };
    return { kind: 'Drawdowns', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): Drawdowns {
    const { place, start, trough, depth, fall } = open(snapshot, 'Drawdowns', 1);
    const revived = new Drawdowns();
    revived.place = unpackInteger(place, 0, Number.MAX_SAFE_INTEGER);
    revived.start = unpackInteger(start, -1, Number.MAX_SAFE_INTEGER);
    revived.trough = unpackInteger(trough, -1, Number.MAX_SAFE_INTEGER);
    revived.depth = unpack(depth);
    revived.fall = Drawdown.from({ kind: 'Drawdown', version: 1, state: unpackPart(fall) });
    return revived;
  }
}

/**
 * Every drawdown in order of time, the one under way last: how deep, how long, and how long back up.
 *
 * @throws DataError where `returns` is no series, or one is not finite
 * @example
 * ```ts
 * drawdowns([0.1, -0.5, 1, -0.25]).map(({ depth, recovery }) => ({ depth, recovery })); // → [{ depth: 0.5, recovery: 1 }, { depth: 0.25, recovery: NaN }]
 * ```
 */
export function drawdowns(returns: Series): readonly DrawdownSpell[] {
  checkFiniteSeries('drawdowns', 'returns', returns);
  const live = new Drawdowns();
  const out: DrawdownSpell[] = [];
  for (let i = 0; i < returns.length; i++) out.push(...live.push(returns[i]!));
  if (live.open) out.push(live.open);
  return out;
}
