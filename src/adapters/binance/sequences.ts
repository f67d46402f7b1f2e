import type { GapEvent } from './events.js';
import type { Settings } from './options.js';
import { type Page, Sequence, type SequenceOptions } from './sequence.js';
import type { Session } from './session.js';

/** How long REST may lag behind the stream before what it lacks is missing. */
const LAG = 30_000;
/** How long a stream may keep to itself what REST has said. */
const GRACE = 5000;
/** How long REST may take to say whether a silent market is quiet, and a frame under way to arrive. */
const ANSWER = 5000;
const UNDER_WAY = 1000;
/** How many symbols are asked for when a whole connection falls silent. */
const MOST_CHECKED = 8;

/** What differs between feeds whose items are numbered. */
export interface SequencesOptions<Item> {
  readonly settings: Settings;
  readonly session: Session<Item | GapEvent>;
  readonly from: (symbol: string) => number | undefined;
  readonly numberOf: (item: Item) => number;
  readonly nameOf: (number: number) => number;
  readonly page: (symbol: string, from: number | undefined) => Promise<Page<Item>>;
  /** How long a symbol may be silent before it is checked, and what a check costs. */
  readonly idle: number;
  readonly weight: number;
}

/** One sequence a symbol, and the watch over all of them. */
export class Sequences<Item> {
  private readonly bySymbol: Map<string, Sequence<Item>> = new Map();
  private readonly idle: number;
  private openedAt = NaN;

  constructor(private readonly options: SequencesOptions<Item>) {
    const { settings, session, numberOf, nameOf, from } = options;
    const { symbols, rules, capacity } = settings;
    // Idle checks may take half of the allowance between them.
    this.idle = Math.max(options.idle, (120_000 * symbols.length * options.weight) / rules.weightPerMinute);
    for (const symbol of symbols) {
      const sequence: SequenceOptions<Item> = {
        ...{ symbol, numberOf, nameOf, from: from(symbol), lag: LAG },
        ...{ timers: session.timers, counts: session.counts },
        page: (start) => options.page(symbol, start),
        deliver: (event) => session.deliver(event),
        hasRoom: () => session.hasRoom(),
        status: (status, whose, reason) => session.status(status, whose, reason),
        fail: (error) => session.fail(error),
        most: Math.min(10_000, Math.max(1000, Math.floor(capacity / symbols.length))),
      };
      this.bySymbol.set(symbol, new Sequence(sequence));
    }
  }

  live(symbol: string, item: Item): void {
    this.bySymbol.get(symbol)?.live(item);
  }

  /** The stream speaks of a symbol, though it has no item: only of one not yet whole, before which all are. */
  heard(symbol: string, number: number): void {
    this.bySymbol.get(symbol)?.heard(number, GRACE);
  }

  has(symbol: string): boolean {
    return this.bySymbol.has(symbol);
  }

  up(): void {
    this.openedAt = this.options.session.timers.now();
    for (const sequence of this.bySymbol.values()) sequence.up();
  }

  room(): void {
    for (const sequence of this.bySymbol.values()) sequence.room();
  }

  tick(now: number): void {
    const { settings, session } = this.options;
    for (const sequence of this.bySymbol.values()) {
      if (sequence.filling) continue;
      if (sequence.doubts > 1) {
        sequence.doubts = 0;
        session.replace('Deafness');
      } else if (sequence.doubts === 1 && now - sequence.checkedAt >= GRACE) void sequence.check();
      // Every subscription must show data, not only the connection; then it may be idle for a while.
      const first =
        sequence.heardAt < this.openedAt && sequence.checkedAt < this.openedAt + settings.firstData;
      const due = first
        ? this.openedAt + settings.firstData
        : Math.max(sequence.heardAt, sequence.checkedAt, this.openedAt) + this.idle;
      if (now >= due && !sequence.filling) void sequence.check();
    }
  }

  /** Whether REST, too, has nothing new: false where it has, or does not say so soon. */
  async quiet(): Promise<boolean> {
    const { timers } = this.options.session;
    const likely = [...this.bySymbol.values()].sort((a, b) => b.heardAt - a.heardAt).slice(0, MOST_CHECKED);
    let late = (): void => {};
    const callOff = timers.after(ANSWER, () => late());
    const answers = Promise.all(likely.map((sequence) => sequence.check()));
    const found = await Promise.race([answers, new Promise<undefined>((go) => (late = () => go(undefined)))]);
    callOff();
    if (!found || found.includes('unknown')) return false;
    if (found.includes('news')) await timers.sleep(UNDER_WAY);
    return found.every((finding) => finding === 'quiet');
  }
}
