/** The value of an option and its derivatives, raw: per 1.00 of whatever moves. */
export interface Greeks {
  readonly price: number;
  /** ∂V/∂S: how many of the underlying the option behaves like. */
  readonly delta: number;
  /** ∂²V/∂S². */
  readonly gamma: number;
  /** ∂V/∂σ, per 1.00 of volatility. */
  readonly vega: number;
  /** −∂V/∂T, per year: what a year of waiting would cost at today's pace. */
  readonly theta: number;
  /** ∂V/∂r, per 1.00 of rate. */
  readonly rho: number;
  /** ∂²V/∂S∂σ. */
  readonly vanna: number;
  /** ∂²V/∂σ². */
  readonly volga: number;
  /** −∂²V/∂S∂T: how delta drifts, per year. */
  readonly charm: number;
  /** ∂³V/∂S³. */
  readonly speed: number;
  /** ∂³V/∂S²∂σ. */
  readonly zomma: number;
  /** −∂³V/∂S²∂T. */
  readonly color: number;
  /** −∂²V/∂σ∂T. */
  readonly veta: number;
  /** ∂³V/∂σ³. */
  readonly ultima: number;
  /** ∂V/∂K. */
  readonly dualDelta: number;
  /** ∂²V/∂K²: the discounted density that the market gives to ending at the strike. */
  readonly dualGamma: number;
  /** ∂V/∂q, per 1.00 of dividend yield; 0 for an option on a forward, which knows no yield. */
  readonly dividendRho: number;
}

/** The name of a result: the price or one of the Greeks. */
export type GreekName = keyof Greeks;

/** The names in the order in which a kernel writes them. */
export const GREEK_NAMES: readonly GreekName[] = [
  'price',
  'delta',
  'gamma',
  'vega',
  'theta',
  'rho',
  'vanna',
  'volga',
  'charm',
  'speed',
  'zomma',
  'color',
  'veta',
  'ultima',
  'dualDelta',
  'dualGamma',
  'dividendRho',
];

/** Row `i` of columns in the order of GREEK_NAMES. `+ 0` turns −0, which means nothing here, into 0. */
export function greeksAt(columns: readonly Float64Array[], i: number): Greeks {
  return greeksOf(columns.map((column) => column[i]!));
}

/** What a kernel wrote, by name. `+ 0` turns −0, which means nothing here, into 0. */
export function greeksOf(row: ArrayLike<number>): Greeks {
  return {
    price: row[0]! + 0,
    delta: row[1]! + 0,
    gamma: row[2]! + 0,
    vega: row[3]! + 0,
    theta: row[4]! + 0,
    rho: row[5]! + 0,
    vanna: row[6]! + 0,
    volga: row[7]! + 0,
    charm: row[8]! + 0,
    speed: row[9]! + 0,
    zomma: row[10]! + 0,
    color: row[11]! + 0,
    veta: row[12]! + 0,
    ultima: row[13]! + 0,
    dualDelta: row[14]! + 0,
    dualGamma: row[15]! + 0,
    dividendRho: row[16]! + 0,
  };
}
