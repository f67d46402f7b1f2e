import { checkFinite, checkOptions, checkPair, checkPositive } from '../core/checks.js';
import type { Estimator } from '../core/estimator.js';
import type { Pair, SeriesOf } from '../core/series.js';
import { open, pack, packDeep, type Snapshot, unpack, unpackDeep, unpackPart } from '../core/snapshot.js';

/** How returns are turned into figures per year. */
export interface VersusBenchmarkOptions {
  /** 252, 365, 525_600 …; there is no right default. */
  readonly periodsPerYear: number;
  /** Per year, decimal; riskFreeRate / periodsPerYear is taken off each return. 0 unless said. */
  readonly riskFreeRate?: number;
}

/** How returns did beside a benchmark; what cannot be told is NaN. */
export interface VersusBenchmarkReading {
  readonly observations: number;
  /** Mean excess return a year that beta does not explain, not compounded. */
  readonly alpha: number;
  readonly beta: number;
  readonly correlation: number;
  /** Standard deviation (n − 1) of y − x, a year. */
  readonly trackingError: number;
  /** Mean of y − x over its deviation, times √periodsPerYear. */
  readonly informationRatio: number;
  /** Mean compounded return over that of the benchmark, in periods in which the benchmark rose. */
  readonly upCapture: number;
  /** The same where the benchmark fell: below 1 loses less. */
  readonly downCapture: number;
}

function checkVersus(who: string, options: VersusBenchmarkOptions): Required<VersusBenchmarkOptions> {
  checkOptions(who, options, ['periodsPerYear', 'riskFreeRate']);
  return {
    periodsPerYear: checkPositive(who, 'periodsPerYear', options.periodsPerYear),
    riskFreeRate: checkFinite(who, 'riskFreeRate', options.riskFreeRate ?? 0),
  };
}

/** Both returns so far: moments by updates that do not cancel (Welford, 1962), and growth by the benchmark's sign. */
class Comparison {
  count = 0;
  meanY = 0;
  meanX = 0;
  meanActive = 0;
  squaresY = 0;
  squaresX = 0;
  squaresActive = 0;
  products = 0;
  ups = 0;
  upY = 0;
  upX = 0;
  downs = 0;
  downY = 0;
  downX = 0;

  add(y: number, x: number): void {
    const n = ++this.count;
    const [deltaY, deltaX, deltaActive] = [y - this.meanY, x - this.meanX, y - x - this.meanActive];
    this.meanY += deltaY / n;
    this.meanX += deltaX / n;
    this.meanActive += deltaActive / n;
    this.squaresY += deltaY * (y - this.meanY);
    this.squaresX += deltaX * (x - this.meanX);
    this.squaresActive += deltaActive * (y - x - this.meanActive);
    this.products += deltaY * (x - this.meanX);
    if (x > 0) {
      this.ups++;
      this.upY += Math.log1p(y);
      this.upX += Math.log1p(x);
    } else if (x < 0) {
      this.downs++;
      this.downY += Math.log1p(y);
      this.downX += Math.log1p(x);
    }
  }

  read({ periodsPerYear, riskFreeRate }: Required<VersusBenchmarkOptions>): VersusBenchmarkReading {
    const { count: n, ups, downs } = this;
    const rate = riskFreeRate / periodsPerYear;
    const beta = this.squaresX > 0 ? this.products / this.squaresX : NaN;
    const size = Math.sqrt(this.squaresY) * Math.sqrt(this.squaresX);
    const active = n > 1 ? Math.sqrt(this.squaresActive / (n - 1)) : NaN;
    const capture = (y: number, x: number, count: number): number =>
      count > 0 ? Math.expm1(y / count) / Math.expm1(x / count) : NaN;
    return {
      observations: n,
      alpha: (this.meanY - rate - beta * (this.meanX - rate)) * periodsPerYear,
      beta,
      correlation: size > 0 ? Math.max(-1, Math.min(1, this.products / size)) : NaN,
      trackingError: active * Math.sqrt(periodsPerYear),
      informationRatio: active > 0 ? (this.meanActive / active) * Math.sqrt(periodsPerYear) : NaN,
      upCapture: capture(this.upY, this.upX, ups),
      downCapture: capture(this.downY, this.downX, downs),
    };
  }
}

const UNKNOWN: VersusBenchmarkReading = Object.freeze({
  ...new Comparison().read({ periodsPerYear: 1, riskFreeRate: 0 }),
  alpha: NaN,
});

/**
 * How returns so far did beside a benchmark, live: y is the strategy, x the benchmark. A pair with a return that is not finite
 * is passed over.
 *
 * @example
 * ```ts
 * const versus = new VersusBenchmark({ periodsPerYear: 12 });
 * versus.push({ y: 0.03, x: 0.02 });
 * versus.push({ y: -0.01, x: -0.02 }).beta; // → 1.00000000
 * versus.value.alpha; // → 0.12000000
 * ```
 */
export class VersusBenchmark implements Estimator<Pair, VersusBenchmarkReading> {
  value: VersusBenchmarkReading = UNKNOWN;
  ready: boolean = false;
  private readonly options: Required<VersusBenchmarkOptions>;
  private readonly comparison: Comparison = new Comparison();

  /** @throws OptionError where an option is unknown or out of range */
  constructor(options: VersusBenchmarkOptions) {
    this.options = checkVersus('VersusBenchmark', options);
  }

  push({ y, x }: Pair): VersusBenchmarkReading {
    if (!Number.isFinite(y) || !Number.isFinite(x)) return this.value;
    this.comparison.add(y, x);
    this.ready = true;
    this.value = this.comparison.read(this.options);
    return this.value;
  }

  snapshot(): Snapshot {
    const sums = Object.entries(this.comparison).map(([name, value]) => [name, pack(value as number)]);
    const state = { options: packDeep(this.options), sums: Object.fromEntries(sums) };
    return { kind: 'VersusBenchmark', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): VersusBenchmark {
    const { options, sums } = open(snapshot, 'VersusBenchmark', 1);
    const revived = new VersusBenchmark(unpackDeep(unpackPart(options)) as VersusBenchmarkOptions);
    const packed = unpackPart(sums);
    const fields = revived.comparison as unknown as Record<string, number>;
    for (const name of Object.keys(fields)) fields[name] = unpack(packed[name]);
    revived.ready = revived.comparison.count > 0;
    if (revived.ready) revived.value = revived.comparison.read(revived.options);
    return revived;
  }
}

/**
 * How returns did beside a benchmark: y is the strategy, x the benchmark. Alpha and beta are those of least squares on excess
 * returns.
 *
 * Source: Jensen (1968) for alpha; Grinold & Kahn (1999) for the information ratio.
 *
 * @throws OptionError where an option is unknown or out of range; DataError where the legs differ in length, are empty,
 * or hold what is not finite
 * @example
 * ```ts
 * const versus = versusBenchmark({ y: [0.03, -0.01], x: [0.02, -0.02] }, { periodsPerYear: 12 });
 * versus.upCapture; // → 1.500000000
 * versus.downCapture; // → 0.500000000
 * ```
 */
export function versusBenchmark(
  pair: SeriesOf<Pair>,
  options: VersusBenchmarkOptions,
): VersusBenchmarkReading {
  const checked = checkVersus('versusBenchmark', options);
  const length = checkPair('versusBenchmark', pair, 1);
  const comparison = new Comparison();
  for (let i = 0; i < length; i++) comparison.add(pair.y[i]!, pair.x[i]!);
  return comparison.read(checked);
}
