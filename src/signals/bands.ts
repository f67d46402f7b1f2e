import { checkFinite, checkInteger, checkOptions, checkSeries } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import type { Series } from '../core/series.js';
import { open, pack, type Snapshot, unpack, unpackInteger } from '../core/snapshot.js';

/** Where a mean-reverting position is opened and closed, in units of the score. */
export interface BandsOptions {
  /** Opens against a score this far from zero, or farther. */
  readonly enter: number;
  /** Closes once the score is back this close to zero, or closer; 0 closes when it touches or crosses zero. */
  readonly exit: number;
  /** Gives up when the score runs this far away, and stays out until it has come back within `exit`. */
  readonly stop?: number;
  /** Gives up after so many observations of one position, and stays out until the score has come back within `exit`. */
  readonly timeStop?: number;
}

/** Short (−1), flat (0) or long (+1) one unit of what is scored. */
export type Position = -1 | 0 | 1;

/** The checked options; without a stop it is infinitely far, in score or in time. */
export function checkBands(who: string, options: BandsOptions): Required<BandsOptions> {
  checkOptions(who, options, ['enter', 'exit', 'stop', 'timeStop']);
  const enter = checkFinite(who, 'enter', options.enter);
  const exit = checkFinite(who, 'exit', options.exit);
  const stop = options.stop === undefined ? Infinity : checkFinite(who, 'stop', options.stop);
  if (!(enter > 0)) throw new OptionError(`${who}: enter must be a positive number, received ${enter}`);
  if (!(exit < enter))
    throw new OptionError(`${who}: exit must be below enter of ${enter}, received ${exit}`);
  if (!(stop > enter))
    throw new OptionError(`${who}: stop must be above enter of ${enter}, received ${stop}`);
  const timeStop =
    options.timeStop === undefined ? Infinity : checkInteger(who, 'timeStop', options.timeStop);
  return { enter, exit, stop, timeStop };
}

/**
 * The position a mean-reversion trader holds: short after a high score, long after a low one, flat once it has come
 * back. A score that is missing changes nothing. A negative `exit` lets a position run through zero to the other side.
 *
 * The rule of Gatev, Goetzmann & Rouwenhorst (2006), "Pairs Trading", is `{ enter: 2, exit: 0 }`.
 *
 * @example
 * ```ts
 * const position = new Bands({ enter: 2, exit: 0.5 });
 * position.push(2.1); // → -1
 * position.push(1); // → -1
 * position.push(0.4); // → 0
 * ```
 */
export class Bands implements Estimator<number, Position> {
  value: Position = 0;
  ready: boolean = false;
  private readonly options: Required<BandsOptions>;
  /** The side on which a stop was hit, until the score comes back. */
  private stopped: Position = 0;
  /** Observations that the position has been held for. */
  private held = 0;

  /** @throws OptionError unless exit < enter < stop, with enter above zero */
  constructor(options: BandsOptions) {
    this.options = checkBands('Bands', options);
  }

  push(score: number): Position {
    const { enter, exit, stop, timeStop } = this.options;
    if (this.value !== 0 && this.held < timeStop) this.held++;
    if (!Number.isFinite(score)) return this.value;
    this.ready = true;
    // How far the score is on the side that the position, or the stop, bets against.
    const held = this.value || this.stopped;
    const away = held === 0 ? 0 : -held * score;
    if (held !== 0 && away <= exit) this.value = this.stopped = 0;
    if (this.value !== 0 && (away >= stop || this.held >= timeStop)) {
      this.stopped = this.value;
      this.value = 0;
    }
    const beyond = Math.abs(score) >= enter && Math.abs(score) < stop;
    if (this.value === 0 && this.stopped === 0 && beyond) {
      this.value = score > 0 ? -1 : 1;
      this.held = 0;
    }
    return this.value;
  }

  snapshot(): Snapshot {
    const { enter, exit, stop, timeStop } = this.options;
    const { value, stopped, held, ready } = this;
    const limits = { enter, exit, stop: pack(stop), timeStop: pack(timeStop) };
    const state = { ...limits, value: pack(value), stopped: pack(stopped), held, ready };
    return { kind: 'Bands', version: 1, state };
  }

  /** Goes on exactly from a snapshot. */
  static from(snapshot: Snapshot): Bands {
    const { enter, exit, stop, timeStop, value, stopped, held, ready } = open(snapshot, 'Bands', 1);
    const [limit, longest] = [unpack(stop), unpack(timeStop)];
    const revived = new Bands({
      enter: unpack(enter),
      exit: unpack(exit),
      ...(limit === Infinity ? {} : { stop: limit }),
      ...(longest === Infinity ? {} : { timeStop: longest }),
    });
    revived.held = unpackInteger(held, 0, Number.MAX_SAFE_INTEGER);
    revived.value = unpack(value) as Position;
    revived.stopped = unpack(stopped) as Position;
    revived.ready = ready === true;
    return revived;
  }
}

/**
 * The position held at each score; as long as the scores. See {@link Bands}.
 *
 * @throws OptionError unless exit < enter < stop, with enter above zero
 * @example
 * ```ts
 * bands([NaN, 1, 2.5, 1, -0.1, -2, 0], { enter: 2, exit: 0 }); // → [0, 0, -1, -1, 0, 1, 0]
 * bands([2.5, 2.4, 2.3, 2.2, 0, 3], { enter: 2, exit: 0, timeStop: 2 }); // → [-1, -1, 0, 0, 0, -1]
 * bands([2.5, 4.2, 3, 0.3, 2], { enter: 2, exit: 0.5, stop: 4 }); // → [-1, 0, 0, 0, -1]
 * ```
 */
export function bands(scores: Series, options: BandsOptions): Float64Array {
  checkBands('bands', options);
  const live = new Bands(options);
  const out = new Float64Array(checkSeries('bands', 'scores', scores).length);
  for (let i = 0; i < out.length; i++) out[i] = live.push(scores[i]!);
  return out;
}
