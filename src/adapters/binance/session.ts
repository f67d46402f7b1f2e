import { FeedError } from '../../core/errors.js';
import { handOver, inOrder, type Waiting } from '../queue/hand-over.js';
import { type Feed, type FeedCounts, type FeedStatus, newCounts, type StatusEvent } from './events.js';
import { asJson, type Fields } from './fields.js';
import type { Settings } from './options.js';
import { readAnswer, unwrapped } from './parse-frame.js';
import { type Rest, restOf } from './rest.js';
import { type Timers, timersOf } from './timers.js';
import { type ReplaceReason, wireOf } from './wire.js';

/** What one kind of feed makes of one symbol. */
export interface Follower {
  /** A message of the symbol, by the event it names; whether it was data of this feed. Throws where it is none at all. */
  data(event: string, fields: Fields): boolean;
  /** When the stream was last heard. */
  heardAt(): number;
  /** There is a connection again, or another one. */
  up(): void;
  /** A second has passed. */
  tick(): void;
  /** The reader has room again. */
  room(): void;
  /** Whether REST, too, has nothing new. */
  quiet(): Promise<boolean>;
}

/** What a follower may ask of its feed. */
export interface Session<Event> {
  readonly settings: Settings;
  readonly counts: FeedCounts;
  readonly timers: Timers;
  readonly rest: Rest;
  /** Hands an event to the reader; false where there is no room. */
  deliver(event: Event): boolean;
  status(status: FeedStatus, symbol: string | null, reason: string): void;
  /** Ends the feed with an error. */
  fail(error: unknown): void;
  replace(reason: ReplaceReason): void;
}

export interface FeedKind<Event> {
  readonly route: 'market' | 'public';
  /** The stream of each symbol, such as `aggTrade`. */
  readonly stream: string;
  /** What waits for the reader; where not given, everything in order. */
  readonly waiting?: Waiting<Event | StatusEvent>;
  /** Stops reading from the socket while the reader has no room. */
  readonly pauses?: boolean;
  follow(session: Session<Event>, symbol: string): Follower;
}

const SECOND = 1000;
/** How long REST may take to say whether a silent market is quiet, and how many symbols are asked for. */
const ANSWER = 5000;
const MOST_CHECKED = 8;

/** One feed from first read to last: a queue to the reader, a wire to the exchange, REST beside it, and a clock. */
function open<Event>(
  settings: Settings,
  { route, stream, waiting = inOrder(settings.capacity), pauses, follow }: FeedKind<Event>,
  counts: FeedCounts,
): AsyncIterator<Event | StatusEvent, undefined, undefined> {
  const { capacity, rules, signal, symbols, who } = settings;
  const timers = timersOf(settings.clock, settings.random);
  const rest = restOf(settings, timers, counts);
  let current: FeedStatus | undefined;
  /** The last status of each symbol, and of the connection, that there was no room for. */
  const held: Map<string | null, StatusEvent> = new Map();
  /** Less than a quarter of the room is left, and since then less than half has been. */
  let low = false;

  const stop = (): void => {
    signal?.removeEventListener('abort', leave);
    wire.stop();
    rest.stop();
    timers.stop();
  };

  const queue = handOver(
    waiting,
    () => {
      if (!low || waiting.size() * 2 > capacity) return;
      low = false;
      if (pauses) wire.pause(false);
      for (const [symbol, event] of held) {
        low = !queue.push(event);
        if (low) break;
        held.delete(symbol);
      }
      for (const follower of followers.values()) follower.room();
    },
    stop,
  );
  const leave = (): void => void queue.return();

  const fail = (error: unknown): void => {
    queue.fail(error);
    stop();
  };

  const status = (said: FeedStatus, symbol: string | null, reason: string): void => {
    if (symbol === null) {
      if (current === said) return;
      current = said;
    }
    const event: StatusEvent = { type: 'status', status: said, symbol, time: timers.now(), reason };
    try {
      settings.onStatus?.(event);
    } catch (error) {
      // The caller's own mistake, which the reader gets in its loop.
      fail(error);
      return;
    }
    // One that is newer than what is held must not come before it.
    if (held.size === 0 && queue.push(event)) return;
    held.delete(symbol);
    held.set(symbol, event);
    low = true;
  };

  const session: Session<Event> = {
    ...{ settings, counts, timers, rest, status, fail },
    deliver(event) {
      const taken = queue.push(event);
      const size = waiting.size();
      counts.mostWaiting = Math.max(counts.mostWaiting, size);
      if (!low && size * 4 > capacity * 3) {
        low = true;
        if (pauses) {
          counts.pauses++;
          wire.pause(true);
        }
      }
      return taken;
    },
    replace: (reason) => wire.replace(reason),
  };

  const wire = wireOf(
    {
      ...session,
      frame(text) {
        counts.frames++;
        try {
          const [event, fields] = unwrapped(asJson(text));
          if (followers.get(fields['s'] as string)?.data(event, fields)) {
            status('live', null, 'data arrives');
            return 'data';
          }
          if (event === 'serverShutdown') return 'leave';
          if (event === '') {
            const answer = readAnswer(fields);
            if (answer.type === 'refusal' && wire.sent(answer.id)) {
              fail(new FeedError('refused', `${who}: refused: ${answer.reason}`));
            }
          }
        } catch {
          // Whatever it was to say, the next item, or REST, will show that it is missing.
          counts.garbage++;
        }
        return undefined;
      },
      up() {
        for (const follower of followers.values()) follower.up();
      },
      quiet() {
        const likely = [...followers.values()]
          .sort((a, b) => b.heardAt() - a.heardAt())
          .slice(0, MOST_CHECKED);
        return Promise.race([
          Promise.all(likely.map((follower) => follower.quiet())),
          timers.sleep(ANSWER).then(() => [false]),
        ]).then((answers) => !answers.includes(false));
      },
    },
    rules.stream[route],
    symbols.map((symbol) => `${symbol.toLowerCase()}@${stream}`),
  );
  const followers = new Map(symbols.map((symbol) => [symbol, follow(session, symbol)]));

  const beat = (): void =>
    timers.after(SECOND, () => {
      // First of all, so that nothing below can stop the watch.
      beat();
      wire.tick(timers.now());
      for (const follower of followers.values()) follower.tick();
    });

  if (signal?.aborted) leave();
  else {
    signal?.addEventListener('abort', leave);
    wire.open();
    beat();
  }
  return queue;
}

/** A feed that begins when it is first read, and says so when it is read again. */
export function feedOf<Event>(settings: Settings, kind: FeedKind<Event>): Feed<Event | StatusEvent> {
  const counts = newCounts();
  let started = false;
  return {
    counts,
    [Symbol.asyncIterator]() {
      if (started) throw new FeedError('in-use', `${settings.who}: a feed can be read once`);
      started = true;
      return open(settings, kind, counts);
    },
  };
}
