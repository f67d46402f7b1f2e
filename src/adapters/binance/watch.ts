import type { FeedError } from '../../core/errors.js';
import { deafnessOf } from './deafness.js';
import type { Level } from './message.js';
import { parseSnapshot } from './parse-rest.js';
import type { Follower, Session } from './session.js';

/** How long a symbol may be silent before REST is asked. */
const IDLE = 60_000;

/** The best prices of both sides, best first. */
export interface Tops {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** What a follower does that fetches nothing again, but is not to be deaf. */
export interface Watch extends Omit<Follower, 'data'> {
  /** The stream has said something new. */
  hear(): void;
}

/**
 * Looks after the subscription of one symbol: while its stream says nothing, REST is asked whether the best prices, so
 * many a side, are still those that the stream last told of. Ids would not do: they also grow with what is deeper.
 */
export function watchOf<Event>(
  { settings, rest, timers, fail, replace }: Session<Event>,
  symbol: string,
  levels: number,
  tops: () => Tops | undefined,
): Watch {
  const { symbols, rules, firstData } = settings;
  // All symbols together may take half of the allowance: each has its turn, also where all are silent at first.
  const turn = (120_000 * rules.weights.depth) / rules.weightPerMinute;
  const first = firstData + turn * symbols.indexOf(symbol);
  const deafness = deafnessOf(timers, first, Math.max(IDLE, turn * symbols.length));
  /** Whether the stream has spoken on this connection; else what REST first said on it is compared. */
  let spoken = false;
  let before: string | undefined;
  let lookedAt = -Infinity;
  let looking: Promise<boolean> | undefined;

  const words = ({ bids, asks }: Tops): string =>
    JSON.stringify([bids.slice(0, levels), asks.slice(0, levels)]);

  /** Asks whether the stream withholds something: true where REST says that it does not. */
  const look = async (): Promise<boolean> => {
    const began = timers.now();
    lookedAt = began;
    let news = false;
    let quiet = false;
    try {
      const now = words(await rest.get('depth', symbol, 'limit=5', parseSnapshot));
      if (spoken) {
        const told = tops();
        before = told && words(told);
      }
      news = before !== undefined && before !== now;
      quiet = before === now;
      before ??= now;
    } catch (error) {
      // Whatever else REST says, the stream may go on without it.
      if ((error as FeedError).reason === 'unknown-symbol') fail(error);
    }
    deafness.checked(began, news);
    looking = undefined;
    return quiet;
  };
  const lookOnce = (): Promise<boolean> => {
    looking ??= look();
    return looking;
  };

  return {
    hear() {
      deafness.hear();
      spoken = true;
    },
    heardAt: deafness.heardAt,
    quiet: lookOnce,
    up() {
      deafness.up();
      spoken = false;
      before = undefined;
    },
    room() {},
    tick() {
      if (looking) return;
      if (deafness.deaf()) replace('Deafness');
      if (deafness.due(lookedAt)) void lookOnce();
    },
  };
}
