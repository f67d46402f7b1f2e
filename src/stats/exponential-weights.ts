import { type Json, pack, unpack, unpackInteger } from '../core/snapshot.js';
import type { Exponential } from './exponential.js';

/**
 * The weights of an exponentially weighted statistic as they grow old: what share of the whole the newest observation
 * has and what share is left to those before it. Weights go on fading while observations are missing.
 */
export class ExponentialWeights {
  /** Observations so far. */
  count: number = 0;
  /** The newest observation's part of all weights. */
  share: number = 1;
  /** The part that is left to the earlier ones. */
  rest: number = 0;
  readonly options: Exponential;

  private readonly keep: number;
  private readonly fresh: number;
  /** What the sum of weights shrinks to before the next observation, as a factor. */
  private fade: number;
  private total = 0;
  /** 2 Σ over pairs of observations of the product of their weights. */
  private cross = 0;
  /** Whether another observation without a gap leaves all of this as it is. */
  private settled = false;

  constructor(options: Exponential) {
    this.options = options;
    this.keep = 1 - options.alpha;
    this.fresh = options.adjust ? 1 : options.alpha;
    this.fade = this.keep;
  }

  /** One observation is missing. */
  skip(): void {
    if (this.count === 0) return;
    this.fade *= this.keep;
    this.settled = false;
  }

  /** One observation is there. */
  step(): void {
    this.count++;
    if (this.settled) return;
    if (this.count === 1) {
      this.total = 1;
      return;
    }
    const { fade, fresh } = this;
    const old = this.total * fade;
    const sum = old + fresh;
    const products = this.cross * fade * fade + 2 * old * fresh;
    this.share = fresh / sum;
    this.rest = old / sum;
    const total = this.options.adjust ? sum : 1;
    const cross = this.options.adjust ? products : products / (sum * sum);
    this.settled = total === this.total && cross === this.cross && fade === this.keep;
    this.total = total;
    this.cross = cross;
    this.fade = this.keep;
  }

  /** Whether there have been enough observations for a reading. */
  get enough(): boolean {
    return this.count >= this.options.minimum;
  }

  /**
   * What a weighted average of squared deviations is multiplied by to be unbiased, (Σw)² / ((Σw)² − Σw²): 1 where the
   * bias is asked for, NaN where there is but one observation that counts.
   */
  correction(): number {
    if (this.options.bias) return 1;
    return this.cross > 0 ? (this.total * this.total) / this.cross : NaN;
  }

  save(): { [key: string]: Json } {
    const { count, share, rest, fade, total, cross } = this;
    return {
      count,
      share: pack(share),
      rest: pack(rest),
      fade: pack(fade),
      total: pack(total),
      cross: pack(cross),
    };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.count = unpackInteger(state['count'], 0, Number.MAX_SAFE_INTEGER);
    this.share = unpack(state['share']);
    this.rest = unpack(state['rest']);
    this.fade = unpack(state['fade']);
    this.total = unpack(state['total']);
    this.cross = unpack(state['cross']);
  }
}
