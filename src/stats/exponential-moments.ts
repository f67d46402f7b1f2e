import { type Json, pack, unpack, unpackPart } from '../core/snapshot.js';
import type { Exponential } from './exponential.js';
import { ExponentialWeights } from './exponential-weights.js';
import { MovingCentre } from './moving-centre.js';

/** Beyond this a square leaves the range of a double: such an observation counts as missing, or it would stay for ever. */
export const GREATEST = 1e150;

/**
 * The exponentially weighted spread of a series: West's recursion with the weights of {@link ExponentialWeights}. Nothing
 * is subtracted, so it is never negative and exactly 0 on a flat tape.
 *
 * Source: West (1979), "Updating mean and variance estimates: an improved method".
 */
export class ExponentialMoments {
  readonly weights: ExponentialWeights;
  private readonly centre: MovingCentre = new MovingCentre();
  /** The weighted average of squared deviations from the weighted mean. */
  private squares = 0;

  constructor(options: Exponential) {
    this.weights = new ExponentialWeights(options);
  }

  push(x: number): void {
    const { weights, centre } = this;
    if (!(Math.abs(x) <= GREATEST)) {
      weights.skip();
      return;
    }
    weights.step();
    if (weights.count === 1) {
      centre.start(x);
      return;
    }
    const distance = centre.distance(x);
    const step = weights.share * distance;
    this.squares = weights.rest * (this.squares + step * distance);
    centre.move(step);
  }

  /** The variance; NaN until there is one. */
  variance(): number {
    return this.weights.enough ? this.squares * this.weights.correction() : NaN;
  }

  save(): { [key: string]: Json } {
    return { weights: this.weights.save(), centre: this.centre.save(), squares: pack(this.squares) };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.weights.load(unpackPart(state['weights']));
    this.centre.load(unpackPart(state['centre']));
    this.squares = unpack(state['squares']);
  }
}
