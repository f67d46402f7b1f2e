import { type Json, pack, unpack } from '../core/snapshot.js';
import { sumError } from '../math/error-free.js';

/**
 * A mean that moves a share of the way to each observation. Kept as a double and what rounding took off it, for the
 * distances of prices near 1e9 from a plain double have lost the digits that a variance is made of.
 */
export class MovingCentre {
  value: number = NaN;
  private lost = 0;

  /** Starts at the first observation. */
  start(x: number): void {
    this.value = x;
    this.lost = 0;
  }

  /** How far an observation is from the mean as it stands. */
  distance(x: number): number {
    return x - this.value - this.lost;
  }

  /** Moves the mean by a share of a distance. */
  move(step: number): void {
    const lost = this.lost + step;
    const value = this.value + lost;
    this.lost = sumError(this.value, lost, value);
    this.value = value;
  }

  save(): { [key: string]: Json } {
    return { value: pack(this.value), lost: pack(this.lost) };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.value = unpack(state['value']);
    this.lost = unpack(state['lost']);
  }
}
