/** What a return distribution loses beyond a confidence, per unit held: losses positive, a sure gain negative. */
export interface TailRisk {
  /** The loss that is exceeded with the chance that the confidence leaves. */
  readonly valueAtRisk: number;
  /** The mean loss where it is. */
  readonly expectedShortfall: number;
}

/** How the tail beyond a quantile is averaged. */
export type TailDefinition = 'tail-mean' | 'acerbi';
