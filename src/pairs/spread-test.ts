import { checkInteger, checkOptions, checkWindow } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import {
  type Json,
  packAll,
  packDeep,
  unpackAll,
  unpackDeep,
  unpackInteger,
  unpackPart,
} from '../core/snapshot.js';
import { type Adf, type AdfOptions, adf } from '../stationarity/adf.js';
import { halfLife } from '../stationarity/half-life.js';

/** When a live spread is tested, and how: `trend`, `lags` and `maxLags` are those of the ADF test. */
export interface SpreadTestOptions extends AdfOptions {
  /** Spreads tested together. */
  readonly window: number;
  /** Observations from one test to the next. */
  readonly every: number;
}

/** What the last test said; null and NaN until there was one, or where the spreads could not be tested. */
export interface SpreadVerdict {
  readonly adf: Adf | null;
  readonly halfLife: number;
}

/** The last spreads, tested every so often. A spread that is not finite waits outside. */
export class SpreadTest {
  private readonly options: AdfOptions;
  private readonly every: number;
  private readonly spreads: Float64Array;
  /** Spreads seen, all told. */
  private seen = 0;
  private verdict: SpreadVerdict = { adf: null, halfLife: NaN };

  constructor(who: string, test: SpreadTestOptions) {
    checkOptions(`${who} test`, test, ['window', 'every', 'trend', 'lags', 'maxLags']);
    const { window, every, ...options } = test;
    this.spreads = new Float64Array(checkWindow(who, 'test.window', window, 20));
    this.every = checkInteger(who, 'test.every', every);
    this.options = options;
    // A trial on made numbers: options that the test would refuse are refused now, not in the middle of a stream.
    try {
      adf(
        this.spreads.map((_, i) => Math.sin(i * i)),
        options,
      );
    } catch (error) {
      throw new OptionError(
        `${who}: test cannot be made of a window of ${window}: ${(error as Error).message}`,
      );
    }
  }

  push(spread: number): SpreadVerdict {
    if (!Number.isFinite(spread)) return this.verdict;
    const { spreads, seen } = this;
    spreads[seen % spreads.length] = spread;
    this.seen++;
    const due = this.seen >= spreads.length && (this.seen - spreads.length) % this.every === 0;
    if (due) this.verdict = this.judge();
    return this.verdict;
  }

  private judge(): SpreadVerdict {
    const { spreads, seen } = this;
    const oldest = seen % spreads.length;
    const inOrder = new Float64Array(spreads.length);
    inOrder.set(spreads.subarray(oldest));
    inOrder.set(spreads.subarray(0, oldest), spreads.length - oldest);
    try {
      return { adf: adf(inOrder, this.options), halfLife: halfLife(inOrder) };
    } catch (error) {
      // A flat spread, say: a live monitor has no verdict then, and goes on.
      if (error instanceof DataError) return { adf: null, halfLife: NaN };
      throw error;
    }
  }

  save(): Json {
    return { spreads: packAll(this.spreads), seen: this.seen, verdict: packDeep(this.verdict) };
  }

  load(state: Json): void {
    const { spreads, seen, verdict } = unpackPart(state);
    this.spreads.set(unpackAll(spreads, this.spreads.length));
    this.seen = unpackInteger(seen, 0, Number.MAX_SAFE_INTEGER);
    this.verdict = unpackDeep(verdict!) as SpreadVerdict;
  }
}
