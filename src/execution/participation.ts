import { checkBetween, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import type { Series } from '../core/series.js';
import { open, pack, type Snapshot, unpack, unpackInteger } from '../core/snapshot.js';
import { decimalMultiple, stepsIn } from '../math/decimal.js';
import { checkVolumes } from './twap.js';
import { checkLots, type Lots } from './whole-lots.js';

/** An order, and how much of the market it may be. */
export interface ParticipationOptions {
  /** Positive to buy, negative to sell; a whole number of lots. */
  readonly quantity: number;
  /** Share of the volume that others trade: 0.1 follows ten traded with one. */
  readonly rate: number;
  /** The smallest step of a quantity; 1 unless said. */
  readonly lot?: number;
}

function checkParticipation(who: string, options: ParticipationOptions): { rate: number; lots: Lots } {
  checkOptions(who, options, ['quantity', 'rate', 'lot']);
  const rate = checkBetween(who, 'rate', options.rate, 0, 1);
  if (rate === 0) throw new OptionError(`${who}: rate must be above 0, received 0`);
  return { rate, lots: checkLots(who, options.quantity, options.lot ?? 1) };
}

/**
 * The child order that keeps up with the market, live: push what was traded since last time. Together the children are
 * never more than their share of the volume so far, nor than the order. Volume that is no number counts as none.
 *
 * @example
 * ```ts
 * const follow = new Participation({ quantity: 100, rate: 0.1 });
 * follow.push(55); // → 5
 * follow.push(45); // → 5
 * follow.remaining; // → 90
 * ```
 */
export class Participation implements Estimator<number, number> {
  value: number = NaN;
  ready: boolean = false;
  private readonly options: ParticipationOptions;
  private readonly rate: number;
  private readonly lots: Lots;
  private volume = 0;
  /** Lots sent, not signed. */
  private sent = 0;

  /** @throws OptionError where an option is out of range; DataError where the quantity is not a whole number of lots */
  constructor(options: ParticipationOptions) {
    const { rate, lots } = checkParticipation('Participation', options);
    this.rate = rate;
    this.lots = lots;
    this.options = { quantity: options.quantity, rate, lot: lots.lot };
  }

  /** What is still to be sent. */
  get remaining(): number {
    const { count, lot } = this.lots;
    return decimalMultiple(count - Math.sign(count) * this.sent, lot);
  }

  push(volume: number): number {
    const { count, lot } = this.lots;
    if (volume > 0 && volume < Infinity) this.volume += volume;
    const due = this.volume * this.rate;
    const allowed = due / lot >= Math.abs(count) ? Math.abs(count) : stepsIn(due, lot, 'down');
    const child = Math.max(allowed - this.sent, 0);
    this.sent += child;
    this.ready = true;
    this.value = decimalMultiple(Math.sign(count) * child || 0, lot);
    return this.value;
  }

  snapshot(): Snapshot {
    const { quantity, rate, lot = 1 } = this.options;
    const { volume, sent, ready, value } = this;
    const state = { quantity, rate, lot, volume: pack(volume), sent, ready, value: pack(value) };
    return { kind: 'Participation', version: 1, state };
  }

  /** Goes on bit for bit from a snapshot. */
  static from(snapshot: Snapshot): Participation {
    const state = open(snapshot, 'Participation', 1);
    const [quantity, rate, lot] = [unpack(state['quantity']), unpack(state['rate']), unpack(state['lot'])];
    const revived = new Participation({ quantity, rate, lot });
    revived.volume = unpack(state['volume']);
    revived.sent = unpackInteger(state['sent'], 0, Math.abs(revived.lots.count));
    revived.ready = state['ready'] === true;
    revived.value = unpack(state['value']);
    return revived;
  }
}

/**
 * The children that keep up with each volume: as long as the volumes. They sum to less than the order where there was
 * not volume enough. See {@link Participation}.
 *
 * @throws OptionError where an option is out of range; DataError where the quantity is not a whole number of lots, or a
 * volume is below zero or not finite
 * @example
 * ```ts
 * participation([100, 250, 400, 1000], { quantity: -100, rate: 0.2, lot: 10 }); // → [-20, -50, -30, 0]
 * ```
 */
export function participation(volumes: Series, options: ParticipationOptions): Float64Array {
  checkParticipation('participation', options);
  const live = new Participation(options);
  return checkVolumes('participation', 'volumes', volumes).map((volume) => live.push(volume));
}
