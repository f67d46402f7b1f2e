import { checkLegs, checkOptions, checkPositive } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { type ColumnsOf, type Pair, type SeriesOf, toFloat64 } from '../core/series.js';
import {
  type Json,
  open,
  pack,
  packDeep,
  type Snapshot,
  unpack,
  unpackDeep,
  unpackPart,
} from '../core/snapshot.js';
import type { Hedge } from './hedge.js';

/** How fast a regression forgets, in one of three ways. */
export type ExponentialOlsOptions =
  /** The share of the newest pair in the weights, above 0 and below 1. */
  | { readonly alpha: number }
  /** alpha = 2 / (span + 1); the span is above 1. */
  | { readonly span: number }
  /** Pairs after which a pair weighs half. */
  | { readonly halfLife: number };

/** The line through exponentially weighted pairs. */
export interface ExponentialOlsReading extends Hedge {
  /** The weighted share of the variation of y that the line explains. */
  readonly rSquared: number;
}

const NOTHING: ExponentialOlsReading = Object.freeze({ ratio: NaN, intercept: NaN, rSquared: NaN });

/** What a weight keeps from one pair to the next. */
function checkDecay(who: string, options: ExponentialOlsOptions): number {
  checkOptions(who, options, ['alpha', 'span', 'halfLife']);
  const given = Object.entries(options).filter(([, value]) => value !== undefined) as [string, unknown][];
  if (given.length !== 1) {
    const received = given.length === 0 ? 'none' : given.map(([name]) => name).join(' and ');
    throw new OptionError(`${who}: needs one of alpha, span and halfLife, received ${received}`);
  }
  const [name, value] = given[0]!;
  const number = checkPositive(who, name, value);
  if (name === 'halfLife') return 2 ** (-1 / number);
  const alpha = name === 'span' ? 2 / (number + 1) : number;
  if (alpha < 1) return 1 - alpha;
  throw new OptionError(
    `${who}: ${name} must be ${name === 'span' ? 'above' : 'below'} 1, received ${number}`,
  );
}

/** Weighted means, and weighted squares and products about them, in which nothing is ever subtracted. */
class FadingSums {
  weight = 0;
  /** The first prices; means are counted from them, so that a large price keeps its digits. */
  anchorY = 0;
  anchorX = 0;
  meanY = 0;
  meanX = 0;
  squaresY = 0;
  squaresX = 0;
  products = 0;

  constructor(private readonly decay: number) {}

  /** One pair more; where it is missing or too large to be squared, the others fade all the same. */
  push(y: number, x: number): void {
    const { decay } = this;
    const before = this.weight * decay;
    const weight = before + 1;
    if (this.weight === 0 && Number.isFinite(y) && Number.isFinite(x)) {
      this.anchorY = y;
      this.anchorX = x;
    }
    const dy = y - this.anchorY - this.meanY;
    const dx = x - this.anchorX - this.meanX;
    const share = before / weight;
    const squaresY = this.squaresY * decay + share * dy * dy;
    const squaresX = this.squaresX * decay + share * dx * dx;
    if (!Number.isFinite(squaresY + squaresX)) {
      this.weight = before;
      this.squaresY *= decay;
      this.squaresX *= decay;
      this.products *= decay;
      return;
    }
    this.weight = weight;
    this.squaresY = squaresY;
    this.squaresX = squaresX;
    this.products = this.products * decay + share * dx * dy;
    this.meanY += dy / weight;
    this.meanX += dx / weight;
  }

  read(): ExponentialOlsReading {
    const { squaresX, squaresY, products } = this;
    if (!(squaresX > 0)) return NOTHING;
    const ratio = products / squaresX;
    const rSquared = squaresY > 0 ? Math.min((products / squaresY) * ratio, 1) : NaN;
    const level = this.anchorY - ratio * this.anchorX;
    return { ratio, intercept: level + (this.meanY - ratio * this.meanX), rSquared };
  }

  save(): Json {
    return Object.fromEntries(SUMS.map((name) => [name, pack(this[name])]));
  }

  load(saved: Json): void {
    const state = unpackPart(saved);
    for (const name of SUMS) this[name] = unpack(state[name]);
  }
}

const SUMS = ['weight', 'anchorY', 'anchorX', 'meanY', 'meanX', 'squaresY', 'squaresX', 'products'] as const;

/**
 * Least squares in which a pair weighs less with every pair after it, live: constant time and memory a pair. NaN until x
 * has moved. A missing pair ages the others.
 *
 * @example
 * ```ts
 * const hedge = new ExponentialOls({ halfLife: 1 });
 * hedge.push({ y: 3, x: 1 }).ratio; // → NaN
 * hedge.push({ y: 5, x: 2 }).ratio; // → 2
 * hedge.push({ y: 8, x: 3 }).ratio; // → 2.6153846154
 * ```
 */
export class ExponentialOls implements Estimator<Pair, ExponentialOlsReading> {
  value: ExponentialOlsReading = NOTHING;
  ready: boolean = false;
  private readonly options: ExponentialOlsOptions;
  private readonly sums: FadingSums;

  /** @throws OptionError where not one of the options is given, or it is out of range */
  constructor(options: ExponentialOlsOptions) {
    this.sums = new FadingSums(checkDecay('ExponentialOls', options));
    this.options = { ...options };
  }

  push({ y, x }: Pair): ExponentialOlsReading {
    this.sums.push(y, x);
    return this.read();
  }

  private read(): ExponentialOlsReading {
    this.value = this.sums.read();
    this.ready ||= this.sums.squaresX > 0;
    return this.value;
  }

  snapshot(): Snapshot {
    const { options, ready, sums } = this;
    const state = { options: packDeep(options), ready, sums: sums.save() };
    return { kind: 'ExponentialOls', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): ExponentialOls {
    const { options, ready, sums } = open(snapshot, 'ExponentialOls', 1);
    const revived = new ExponentialOls(unpackDeep(unpackPart(options)) as ExponentialOlsOptions);
    revived.ready = ready === true;
    revived.sums.load(sums!);
    revived.read();
    return revived;
  }
}

/**
 * What {@link ExponentialOls} would have shown at each time: columns as long as the input.
 *
 * @throws OptionError where not one of the options is given, or it is out of range
 * @throws DataError where the legs differ in length
 * @example
 * ```ts
 * const { ratio } = exponentialOls({ y: [3, 5, 8], x: [1, 2, 3] }, { alpha: 0.5 });
 * ratio; // → [NaN, 2, 2.6153846154]
 * ```
 */
export function exponentialOls(
  pair: SeriesOf<Pair>,
  options: ExponentialOlsOptions,
): ColumnsOf<ExponentialOlsReading> {
  const sums = new FadingSums(checkDecay('exponentialOls', options));
  const length = checkLegs('exponentialOls', pair);
  const ys = toFloat64(pair.y);
  const xs = toFloat64(pair.x);
  const column = (): Float64Array => new Float64Array(length);
  const columns = { ratio: column(), intercept: column(), rSquared: column() };
  for (let i = 0; i < length; i++) {
    sums.push(ys[i]!, xs[i]!);
    const { ratio, intercept, rSquared } = sums.read();
    columns.ratio[i] = ratio;
    columns.intercept[i] = intercept;
    columns.rSquared[i] = rSquared;
  }
  return columns;
}
