import { type Json, pack, unpack, unpackInteger, unpackPart } from '../core/snapshot.js';
import { type Condition, isBeyond } from './condition.js';

/** Where one condition on one value stands: armed, waiting to be held, or fired and waiting to clear. */
export class Trigger {
  private armed = true;
  /** Since when it has been so; NaN where it is not. */
  private since = NaN;
  private last = NaN;
  /** Alerts so far. */
  count = 0;

  constructor(private readonly condition: Condition) {}

  /** Whether this value is an alert. One that is missing changes nothing. */
  push(time: number, value: number): boolean {
    const { side, threshold, clear, held, cooldown, once } = this.condition;
    if (Number.isNaN(value) || (once && this.count > 0)) return false;
    // A clock that was wrong and is put back counts from there.
    if (time < this.last) this.last = time;
    if (time < this.since) this.since = time;
    if (!this.armed) {
      if (isBeyond(side, value, clear)) return false;
      this.armed = true;
    }
    if (!isBeyond(side, value, threshold)) {
      this.since = NaN;
      return false;
    }
    if (Number.isNaN(this.since)) this.since = time;
    const isHeld = time - this.since >= held;
    const isRested = Number.isNaN(this.last) || time - this.last >= cooldown;
    if (!(isHeld && isRested)) return false;
    this.armed = false;
    this.since = NaN;
    this.last = time;
    this.count++;
    return true;
  }

  save(): Json {
    const { armed, since, last, count } = this;
    return { armed, since: pack(since), last: pack(last), count };
  }

  load(saved: Json | undefined): void {
    const { armed, since, last, count } = unpackPart(saved);
    this.armed = armed === true;
    this.since = unpack(since);
    this.last = unpack(last);
    this.count = unpackInteger(count, 0, Number.MAX_SAFE_INTEGER);
  }
}
