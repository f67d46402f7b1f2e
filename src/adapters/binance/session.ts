import { FeedError } from '../../core/errors.js';
import { Queue, readOnce, type WhenFull } from '../queue/queue.js';
import { type Feed, type FeedCounts, type FeedStatus, newCounts, type StatusEvent } from './events.js';
import { asJson } from './fields.js';
import type { Message } from './message.js';
import type { Settings } from './options.js';
import { type Readers, readMessage } from './parse-frame.js';
import { Rest } from './rest.js';
import { Timers } from './timers.js';
import { type ReplaceReason, Wire } from './wire.js';

/** What one kind of feed makes of a connection. */
export interface Handler {
  /** A message of the stream; whether it was data of this feed. */
  data(message: Message): boolean;
  /** There is a connection again, or another one. */
  up(): void;
  /** A second has passed. */
  tick(now: number): void;
  /** The reader has room again. */
  room(): void;
  /** Nothing came for long: whether the market may be quiet, so that the connection can stay. */
  quiet(): Promise<boolean>;
}

export interface SessionOptions<Event> {
  readonly settings: Settings;
  readonly route: 'market' | 'public';
  /** The stream of a symbol, such as `btcusdt@aggTrade`. */
  readonly names: readonly string[];
  /** What its frames are read by. */
  readonly readers: Readers;
  readonly whenFull: WhenFull;
  readonly keyOf?: (event: Event | StatusEvent) => string;
  /** Stops reading from the socket while the reader has no room. */
  readonly pauses?: boolean;
  readonly handler: (session: Session<Event>) => Handler;
}

const SECOND = 1000;

/** One feed from first read to last: a queue to the reader, a wire to the exchange, REST beside it, and a clock. */
export class Session<Event> {
  readonly counts: FeedCounts;
  readonly timers: Timers;
  readonly rest: Rest;
  readonly queue: Queue<Event | StatusEvent>;
  private readonly wire: Wire;
  private readonly handler: Handler;
  private readonly settings: Settings;
  private readonly pauses: boolean;
  private readonly readers: Readers;
  private paused = false;
  private stopped = false;
  /** When data last came, when its absence was last looked into, and how often in a row silence was found to be quiet. */
  private heardAt = NaN;
  private listenedAt = -Infinity;
  private quietChecks = 0;
  /** How many connections in a row were replaced for their silence. */
  private silentConnections = 0;
  private checking = false;
  private current: FeedStatus | undefined;
  private held: StatusEvent | undefined;
  private readonly onAbort: () => void;

  constructor(options: SessionOptions<Event>, counts: FeedCounts) {
    const { settings, route, names, whenFull, keyOf, pauses = false } = options;
    const { rules, fetch, clock, random, lifetime, firstData, Socket } = settings;
    this.settings = settings;
    this.counts = counts;
    this.pauses = pauses;
    this.readers = options.readers;
    this.timers = new Timers(clock, random);
    this.rest = new Rest(rules.rest, rules.weightPerMinute, fetch, this.timers, counts);
    this.queue = new Queue({
      ...{ capacity: settings.capacity, whenFull, ...(keyOf && { keyOf }) },
      onRoom: () => this.room(),
      onLeave: () => this.stop(),
    });
    this.wire = new Wire({
      ...{ address: Wire.address(rules.stream[route], names), names, Socket, timers: this.timers },
      ...{ counts, lifetime, firstData },
      frame: (data) => this.frame(data),
      up: () => this.up(),
      down: (reason) => this.status('reconnecting', null, reason),
      fail: (error) => this.fail(error),
    });
    this.handler = options.handler(this);
    this.onAbort = () => {
      this.queue.stop();
      this.stop();
    };
    this.start();
  }

  /** Hands an event to the reader; false where there is no room. */
  deliver(event: Event): boolean {
    const { queue, counts } = this;
    const taken = queue.push(event);
    if (queue.size > counts.mostWaiting) counts.mostWaiting = queue.size;
    if (this.pauses && !this.paused && queue.room * 4 < this.settings.capacity) {
      this.paused = true;
      counts.pauses++;
      this.wire.pause(true);
    }
    return taken;
  }

  hasRoom(): boolean {
    return this.queue.room * 2 >= this.settings.capacity;
  }

  status(status: FeedStatus, symbol: string | null, reason: string): void {
    if (symbol === null) {
      if (this.current === status) return;
      this.current = status;
    }
    const event: StatusEvent = { type: 'status', status, symbol, time: this.timers.now(), reason };
    try {
      this.settings.onStatus?.(event);
    } catch (error) {
      // The caller's own mistake, which the reader gets in its loop.
      this.fail(error);
      return;
    }
    // Among the latest of each symbol a status has a place of its own; else the last one waits for room.
    if (!this.queue.push(event)) this.held = event;
  }

  /** Ends the feed with an error. */
  fail(error: unknown): void {
    this.queue.fail(error);
    this.stop();
  }

  replace(reason: ReplaceReason): void {
    this.wire.replace(reason);
  }

  private start(): void {
    const { signal } = this.settings;
    if (signal?.aborted) {
      this.queue.stop();
      return;
    }
    signal?.addEventListener('abort', this.onAbort);
    this.wire.start();
    this.beat();
  }

  private stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.settings.signal?.removeEventListener('abort', this.onAbort);
    this.wire.stop();
    this.rest.stop();
    this.timers.stop();
  }

  private beat(): void {
    this.timers.after(SECOND, () => {
      // First of all, so that nothing below can stop the watch.
      this.beat();
      const now = this.timers.now();
      this.wire.tick(now);
      this.listen(now);
      this.handler.tick(now);
    });
  }

  private frame(data: unknown): void {
    if (this.stopped) return;
    this.counts.frames++;
    let message: Message;
    try {
      message = readMessage(asJson(data), this.readers);
    } catch {
      // Whatever it was to say, the next item, or REST, will show that it is missing.
      this.counts.garbage++;
      return;
    }
    if (message.type === 'shutdown') this.wire.replace('Shutdown');
    else if (message.type === 'refusal' && this.wire.sent(message.id)) {
      this.fail(new FeedError('refused', `${this.settings.who}: the exchange refuses: ${message.reason}`));
    } else if (this.handler.data(message)) {
      this.heardAt = this.timers.now();
      this.quietChecks = this.silentConnections = 0;
      if (this.current !== 'live') this.status('live', null, 'data arrives');
      this.wire.heard();
    }
  }

  private up(): void {
    this.heardAt = this.wire.current?.heard ? this.timers.now() : NaN;
    this.quietChecks = 0;
    this.handler.up();
  }

  private room(): void {
    if (this.paused) {
      this.paused = false;
      this.wire.pause(false);
      this.heardAt = this.timers.now();
    }
    if (this.held && this.queue.push(this.held)) this.held = undefined;
    this.handler.room();
  }

  /** Whether the connection has been silent for too long. An answer to a subscription is no sign of life. */
  private listen(now: number): void {
    const { current } = this.wire;
    if (!current || this.paused || this.checking) return;
    const never = Number.isNaN(this.heardAt);
    const limit = never ? this.settings.firstData : this.settings.silence;
    const since = Math.max(never ? current.opened : this.heardAt, this.listenedAt);
    // What was found quiet before is asked less often.
    if (now - since < limit * 2 ** Math.min(this.quietChecks + this.silentConnections, 5)) return;
    if (this.quietChecks === 0) this.counts[never ? 'firstDataMissed' : 'silences']++;
    this.quietChecks++;
    this.status('stale', null, never ? 'nothing came since the connection opened' : 'nothing comes any more');
    this.checking = true;
    this.listenedAt = now;
    void this.handler.quiet().then((quiet) => {
      this.checking = false;
      // Another connection, or this one, may have spoken meanwhile.
      if (quiet || this.heardAt >= now || current !== this.wire.current) return;
      this.silentConnections++;
      this.wire.replace('Silence');
    });
  }
}

/** A feed that begins when it is first read. */
export function feedOf<Event>(options: SessionOptions<Event>): Feed<Event | StatusEvent> {
  const counts = newCounts();
  const feed = readOnce(options.settings.who, () => new Session(options, counts).queue);
  return Object.assign(feed, { counts });
}
