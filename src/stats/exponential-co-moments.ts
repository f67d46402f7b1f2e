import { type Json, pack, unpack, unpackPart } from '../core/snapshot.js';
import type { Exponential } from './exponential.js';
import { GREATEST } from './exponential-moments.js';
import { ExponentialWeights } from './exponential-weights.js';
import { MovingCentre } from './moving-centre.js';
import { correlationOf } from './readings.js';

/**
 * The exponentially weighted spreads and common spread of two legs, by the steps of ExponentialMoments. A pair of which
 * either side is missing is missing.
 */
export class ExponentialCoMoments {
  readonly weights: ExponentialWeights;
  private readonly centreY: MovingCentre = new MovingCentre();
  private readonly centreX: MovingCentre = new MovingCentre();
  private squaresY = 0;
  private squaresX = 0;
  private products = 0;

  constructor(options: Exponential) {
    this.weights = new ExponentialWeights(options);
  }

  push(y: number, x: number): void {
    const { weights, centreY, centreX } = this;
    if (!(Math.abs(y) <= GREATEST && Math.abs(x) <= GREATEST)) {
      weights.skip();
      return;
    }
    weights.step();
    if (weights.count === 1) {
      centreY.start(y);
      centreX.start(x);
      return;
    }
    const { share, rest } = weights;
    const distanceY = centreY.distance(y);
    const distanceX = centreX.distance(x);
    const stepY = share * distanceY;
    const stepX = share * distanceX;
    this.squaresY = rest * (this.squaresY + stepY * distanceY);
    this.squaresX = rest * (this.squaresX + stepX * distanceX);
    this.products = rest * (this.products + stepY * distanceX);
    centreY.move(stepY);
    centreX.move(stepX);
  }

  /** The covariance; NaN until there is one. */
  covariance(): number {
    return this.weights.enough ? this.products * this.weights.correction() : NaN;
  }

  /** The correlation: free of the bias, never beyond ±1, NaN while a side is flat. */
  correlation(): number {
    return this.weights.enough ? correlationOf(this.products, this.squaresY, this.squaresX) : NaN;
  }

  save(): { [key: string]: Json } {
    const { weights, centreY, centreX, squaresY, squaresX, products } = this;
    return {
      weights: weights.save(),
      centreY: centreY.save(),
      centreX: centreX.save(),
      squaresY: pack(squaresY),
      squaresX: pack(squaresX),
      products: pack(products),
    };
  }

  load(state: { readonly [key: string]: Json }): void {
    this.weights.load(unpackPart(state['weights']));
    this.centreY.load(unpackPart(state['centreY']));
    this.centreX.load(unpackPart(state['centreX']));
    this.squaresY = unpack(state['squaresY']);
    this.squaresX = unpack(state['squaresX']);
    this.products = unpack(state['products']);
  }
}
