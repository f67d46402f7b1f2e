import { OptionError } from '../../core/errors.js';
import type { FeedCounts } from './events.js';
import type { Timers } from './timers.js';
import type { Socket, SocketClass } from './transport.js';

const HANDSHAKE = 10_000;
/** A connection that stood this long was a good one. */
const STOOD = 60_000;
/** At most 5 control messages a second on spot, pings included. */
const PACE = 250;
/** At most 200 names and 4 kB a control message. */
const MOST_NAMES = 200;
const MOST_BYTES = 3800;

/** Why a connection is replaced while it stands. */
export type ReplaceReason = 'Age' | 'Shutdown' | 'Silence' | 'Deafness';

export interface WireOptions {
  readonly address: string;
  readonly names: readonly string[];
  readonly Socket: SocketClass;
  readonly timers: Timers;
  readonly counts: FeedCounts;
  /** How old a connection may grow, and how long its successor may take to say something. */
  readonly lifetime: number;
  readonly firstData: number;
  frame(data: unknown): void;
  /** There is a connection again, or another one; there is none. */
  up(): void;
  down(reason: string): void;
  fail(error: unknown): void;
}

interface Connection {
  readonly socket: Socket;
  readonly started: number;
  opened: number;
  /** Whether data came, as opposed to answers, and when it last did. */
  heard: boolean;
  heardAt: number;
  /** What went wrong, where the transport says. */
  error?: string;
}

/** Names in lists that fit one control message each. */
function batches(names: readonly string[]): string[][] {
  const lists: string[][] = [];
  let bytes = Infinity;
  for (const name of names) {
    const list = lists.at(-1);
    if (!list || list.length === MOST_NAMES || bytes + name.length + 3 > MOST_BYTES) {
      lists.push([name]);
      bytes = name.length + 3;
    } else {
      list.push(name);
      bytes += name.length + 3;
    }
  }
  return lists;
}

/** Keeps one connection up: another after a loss, and the next before the last is let go. */
export class Wire {
  current: Connection | undefined;
  private next: Connection | undefined;
  private attempt = 0;
  private waiting: (() => void) | undefined;
  /** How many successors in a row said nothing while their predecessor spoke. */
  private mute = 0;
  private stopped = false;
  private paused = false;
  /** Who sent the frame being read. */
  private speaking: Connection | undefined;
  /** The control messages that were sent. */
  private lastId = 0;

  constructor(private readonly options: WireOptions) {}

  start(): void {
    if (this.stopped || this.next || this.waiting) return;
    this.open();
  }

  stop(): void {
    this.stopped = true;
    for (const connection of [this.current, this.next]) if (connection) this.close(connection);
    this.current = this.next = undefined;
  }

  /** Opens another connection, and lets this one go when the other has proved itself. */
  replace(reason: ReplaceReason): void {
    if (this.stopped || this.next || this.waiting || !this.current) return;
    this.options.counts[`replacedFor${reason}`]++;
    this.open();
  }

  /** Whether a control message of this id was ours. */
  sent(id: unknown): boolean {
    return typeof id === 'number' && id >= 1 && id <= this.lastId;
  }

  /** Stops reading, where the transport can; it goes on by itself after a reconnect. */
  pause(on: boolean): void {
    this.paused = on;
    for (const connection of [this.current, this.next]) if (connection) this.hold(connection);
  }

  /** Looks at the clock. */
  tick(now: number): void {
    const { current, next, options } = this;
    if (next && Number.isNaN(next.opened) && now - next.started >= HANDSHAKE) {
      this.lose(next, 'the handshake takes too long');
    } else if (next && current && now - next.opened >= options.firstData) {
      if (current.heardAt > next.opened) this.drop(next);
      else this.promote(next);
    }
    if (current && now - current.opened >= STOOD && current.heard) this.attempt = 0;
    if (current && now - current.opened >= options.lifetime) this.replace('Age');
  }

  private open(): void {
    const { Socket, address, timers, counts } = this.options;
    let socket: Socket;
    try {
      socket = new Socket(address);
    } catch (error) {
      // An address that cannot be opened now cannot be opened later.
      this.options.fail(error);
      return;
    }
    counts.connections++;
    const connection: Connection = { socket, started: timers.now(), opened: NaN, heard: false, heardAt: NaN };
    this.next = connection;
    socket.onopen = () => this.opened(connection);
    socket.onclose = () => this.lose(connection, connection.error ?? 'the connection closed');
    // An error is followed by a close, and only `ws` says what it is; without a listener it would end a Node program.
    socket.onerror = ({ message }: { message?: unknown }) => {
      if (typeof message === 'string') connection.error = message;
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      this.speaking = connection;
      this.options.frame(data);
    };
  }

  /** The frame just handed on was data: whoever sent it lives. */
  heard(): void {
    const { speaking } = this;
    if (!speaking) return;
    speaking.heardAt = this.options.timers.now();
    if (speaking.heard) return;
    speaking.heard = true;
    if (speaking === this.next) this.promote(speaking);
  }

  private opened(connection: Connection): void {
    if (this.stopped) return;
    connection.opened = this.options.timers.now();
    this.hold(connection);
    const [, ...rest] = batches(this.options.names);
    rest.forEach((params, i) => {
      this.options.timers.after(PACE * (i + 1), () => {
        if (connection === this.current || connection === this.next) {
          connection.socket.send(JSON.stringify({ method: 'SUBSCRIBE', params, id: ++this.lastId }));
        }
      });
    });
    if (!this.current) this.promote(connection);
  }

  /** This connection is the one; the one before it goes. */
  private promote(connection: Connection): void {
    const before = this.current;
    this.next = undefined;
    this.mute = 0;
    this.current = connection;
    if (before) this.close(before);
    this.options.up();
  }

  private lose(connection: Connection, reason: string): void {
    if (this.stopped || (connection !== this.current && connection !== this.next)) return;
    this.options.counts.lost++;
    this.close(connection);
    if (connection === this.next) {
      this.next = undefined;
      if (!this.current) this.options.down(reason);
    } else {
      this.current = undefined;
      const { next } = this;
      if (next && !Number.isNaN(next.opened)) {
        this.promote(next);
        return;
      }
      this.options.down(reason);
    }
    if (!this.next && !this.waiting) this.openAfter(this.attempt++);
  }

  /** A successor says nothing while this one speaks: this one stays, and another is tried. */
  private drop(next: Connection): void {
    this.close(next);
    this.next = undefined;
    this.openAfter(this.mute++);
  }

  private openAfter(attempt: number): void {
    const { timers } = this.options;
    this.waiting = timers.after(timers.backoff(attempt, 1000, 30_000), () => {
      this.waiting = undefined;
      this.open();
    });
  }

  private close({ socket }: Connection): void {
    socket.onopen = socket.onmessage = socket.onclose = null;
    try {
      if (socket.terminate) socket.terminate();
      else socket.close();
    } catch {
      // What cannot be closed is closed.
    }
  }

  private hold({ socket, opened }: Connection): void {
    if (Number.isNaN(opened)) return;
    if (this.paused) socket.pause?.();
    else socket.resume?.();
  }

  /** The address that asks for the first names; those that do not fit are asked for once it is open. */
  static address(stream: string, names: readonly string[]): string {
    return `${stream}/stream?streams=${(batches(names)[0] ?? []).join('/')}`;
  }

  /** Refuses to pause what cannot. */
  static checkPause(who: string, Socket: SocketClass): void {
    if (typeof (Socket.prototype as Socket | undefined)?.pause === 'function') return;
    throw new OptionError(
      `${who}: whenFull 'pause' needs a WebSocket that can pause, such as that of the ws package; 'refill' needs none`,
    );
  }
}
