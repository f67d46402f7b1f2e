import type { FeedCounts } from './events.js';
import type { Settings } from './options.js';
import type { Timers } from './timers.js';
import type { Socket } from './transport.js';

const HANDSHAKE = 10_000;
/** A connection that stood this long was a good one. */
const STOOD = 60_000;
/** At most 5 control messages a second on spot, pings included. */
const PACE = 250;
/** A control message has at most 200 names and 4 kB, and a name at most 55 letters with its quotes and comma. */
const NAMES = 64;

/** Why a connection is replaced while it stands. */
export type ReplaceReason = 'Age' | 'Shutdown' | 'Silence' | 'Deafness';

/** Who looks after what a connection says. */
export interface WireOwner {
  readonly settings: Settings;
  readonly timers: Timers;
  readonly counts: FeedCounts;
  /** Reads a frame: data; a server about to close the connection; or anything else, which is no sign of life. */
  frame(data: unknown): 'data' | 'leave' | undefined;
  /** There is a connection again, or another one. */
  up(): void;
  status(status: 'stale' | 'reconnecting', symbol: null, reason: string): void;
  fail(error: unknown): void;
  /** Nothing came for long: whether the market may be quiet, so that the connection can stay. */
  quiet(): Promise<boolean>;
}

interface Connection {
  readonly socket: Socket;
  readonly started: number;
  opened: boolean;
  /** Whether its server has said that it will close it. */
  leaves: boolean;
  /** When data last came, or else when the connection last came on. */
  since: number;
}

/** One connection kept up: another after a loss, and the next before the last is let go. */
export interface Wire {
  open(): void;
  /** Opens another connection, and lets this one go when the other has proved itself. */
  replace(reason: ReplaceReason): void;
  /** Stops reading, and goes on. */
  pause(on: boolean): void;
  /** Whether a control message of this id was ours. */
  sent(id: unknown): boolean;
  /** Looks at the clock. */
  tick(now: number): void;
  stop(): void;
}

export function wireOf(owner: WireOwner, stream: string, names: readonly string[]): Wire {
  const { counts, timers, settings } = owner;
  const { Socket, firstData, silence, lifetime } = settings;
  // The address asks for the first names; those that do not fit are asked for once it is open.
  const address = `${stream}/stream?streams=${names.slice(0, NAMES).join('/')}`;
  let current: Connection | undefined;
  let next: Connection | undefined;
  let waiting = false;
  let attempt = 0;
  /** Whether the current connection brought data; when its silence was looked into, and how often in a row any was. */
  let spoke = false;
  let lookedAt = 0;
  let looks = 0;
  let paused = false;
  /** How many control messages were sent. */
  let sent = 0;

  const close = (connection: Connection | undefined): void => {
    if (!connection) return;
    const { socket } = connection;
    socket.onopen = socket.onmessage = socket.onclose = null;
    try {
      if (socket.terminate) socket.terminate();
      else socket.close();
    } catch {
      // What cannot be closed is closed.
    }
  };

  /** This connection is the one; the one before it goes. */
  const promote = (connection: Connection): void => {
    close(current);
    current = connection;
    next = undefined;
    spoke = false;
    lookedAt = 0;
    owner.up();
  };

  const openLater = (): void => {
    waiting = true;
    timers.after(timers.backoff(attempt++, 1000, 30_000), () => {
      waiting = false;
      open();
    });
  };

  const stood = ({ started }: Connection): boolean => timers.now() - started >= STOOD;

  const lose = (connection: Connection, reason: string): void => {
    counts.lost++;
    close(connection);
    if (connection === next) next = undefined;
    else {
      if (stood(connection)) attempt = 0;
      current = undefined;
      if (next?.opened) {
        promote(next);
        return;
      }
    }
    if (!current) owner.status('reconnecting', null, reason);
    if (!next && !waiting) openLater();
  };

  const open = (): void => {
    let socket: Socket;
    try {
      socket = new Socket(address);
    } catch (error) {
      // An address that cannot be opened now cannot be opened later.
      owner.fail(error);
      return;
    }
    counts.connections++;
    const started = timers.now();
    const connection: Connection = {
      socket,
      started,
      since: started,
      opened: false,
      leaves: false,
    };
    next = connection;
    let reason = 'the connection closed';
    socket.onopen = () => {
      connection.opened = true;
      connection.since = timers.now();
      if (paused) socket.pause!();
      for (let i = NAMES; i < names.length; i += NAMES) {
        const params = names.slice(i, i + NAMES);
        timers.after((PACE * i) / NAMES, () => {
          // One that is closed has no listener.
          if (socket.onmessage) socket.send(JSON.stringify({ method: 'SUBSCRIBE', params, id: ++sent }));
        });
      }
      if (!current) promote(connection);
    };
    socket.onclose = () => lose(connection, reason);
    // An error is followed by a close, and only `ws` says what it is; without a listener it would end a Node program.
    socket.onerror = ({ message }: { message?: unknown }) => {
      if (typeof message === 'string') reason = message;
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      const said = owner.frame(data);
      if (said === 'leave') connection.leaves = true;
      if (said !== 'data') return;
      connection.since = timers.now();
      if (connection === next) promote(connection);
      spoke = true;
      looks = 0;
    };
  };

  const replace = (reason: ReplaceReason): void => {
    if (next || waiting || !current) return;
    counts[`replacedFor${reason}`]++;
    // Connections that are replaced soon after they were opened are not opened without pause.
    if (stood(current)) {
      attempt = 0;
      open();
    } else openLater();
  };

  /** Whether the connection has been silent for too long. An answer to a subscription is no sign of life. */
  const listen = (connection: Connection, now: number): void => {
    const { since } = connection;
    // What was found quiet before is asked less often.
    const limit = (spoke ? silence : firstData) * 2 ** Math.min(looks, 5);
    if (now - Math.max(since, lookedAt) < limit) return;
    if (lookedAt < since) counts[spoke ? 'silences' : 'firstDataMissed']++;
    looks++;
    lookedAt = now;
    owner.status('stale', null, 'nothing comes');
    void owner.quiet().then((quiet) => {
      // Another connection, or this one, may have spoken meanwhile.
      if (!quiet && connection === current && connection.since < now) replace('Silence');
    });
  };

  return {
    open,
    replace,
    pause(on) {
      paused = on;
      for (const connection of [current, next]) {
        if (!connection?.opened) continue;
        connection.since = timers.now();
        connection.socket[on ? 'pause' : 'resume']!();
      }
    },
    sent: (id) => typeof id === 'number' && id > 0 && id <= sent,
    tick(now) {
      if (next && now - next.since >= (next.opened ? firstData : HANDSHAKE)) {
        if (!next.opened) lose(next, 'no handshake');
        // A successor says nothing: where this one speaks it stays, and another is tried.
        else if (current && current.since > next.since) {
          close(next);
          next = undefined;
          openLater();
        } else promote(next);
      }
      if (current && now - current.started >= lifetime) replace('Age');
      if (current?.leaves) replace('Shutdown');
      if (current && !paused) listen(current, now);
    },
    stop() {
      close(current);
      close(next);
      current = next = undefined;
    },
  };
}
