import type { Clock } from 'hedgerow/queue';

interface Alarm {
  readonly at: number;
  readonly order: number;
  call: (() => void) | undefined;
}

/** Lets every promise that can settle do so. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes only when it is told to: hours of a feed in seconds of a test. */
export class VirtualClock implements Clock {
  private alarms: Alarm[] = [];
  private order = 0;

  constructor(public time: number = Date.UTC(2026, 10, 1)) {}

  /** How many alarms are set and not called off. */
  get pending(): number {
    return this.alarms.filter(({ call }) => call !== undefined).length;
  }

  now(): number {
    return this.time;
  }

  after(milliseconds: number, call: () => void): () => void {
    const alarm: Alarm = { at: this.time + Math.max(0, milliseconds), order: this.order++, call };
    this.insert(alarm);
    return () => {
      alarm.call = undefined;
    };
  }

  /** Runs on until nothing is left before `until`, or `stop` says so. */
  async run(until: number, stop: () => boolean = () => false): Promise<void> {
    await settle();
    while (!stop()) {
      const next = this.alarms[0];
      if (!next || next.at > until) break;
      this.time = Math.max(this.time, next.at);
      while (this.alarms[0] && this.alarms[0].at <= this.time) this.remove().call?.();
      await settle();
    }
    if (!stop() && until < Infinity) this.time = Math.max(this.time, until);
  }

  /** Runs on for so many milliseconds. */
  pass(milliseconds: number): Promise<void> {
    return this.run(this.time + milliseconds);
  }

  private before(i: number, j: number): boolean {
    const [a, b] = [this.alarms[i]!, this.alarms[j]!];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  private swap(i: number, j: number): void {
    const held = this.alarms[i]!;
    this.alarms[i] = this.alarms[j]!;
    this.alarms[j] = held;
  }

  private insert(alarm: Alarm): void {
    let at = this.alarms.push(alarm) - 1;
    while (at > 0 && this.before(at, (at - 1) >> 1)) {
      this.swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  private remove(): Alarm {
    const first = this.alarms[0]!;
    const last = this.alarms.pop()!;
    if (this.alarms.length === 0) return first;
    this.alarms[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      if (2 * at + 1 < this.alarms.length && this.before(2 * at + 1, least)) least = 2 * at + 1;
      if (2 * at + 2 < this.alarms.length && this.before(2 * at + 2, least)) least = 2 * at + 2;
      if (least === at) return first;
      this.swap(at, least);
      at = least;
    }
  }
}
