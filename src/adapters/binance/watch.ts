import type { FeedError } from '../../core/errors.js';
import { deafnessOf } from './deafness.js';
import { type Numbering, numberingOf } from './numbering.js';
import { parseSnapshot } from './parse-rest.js';
import type { Follower, Session } from './session.js';

/** How long a symbol may be silent before REST is asked. */
const IDLE = 60_000;
/** One symbol a second is half of the allowance on both markets: each has its turn, also where all are silent at first. */
const TURN = 1000;

/** What a follower does that fetches nothing again, but is neither to be deaf nor to be led astray. */
export interface Watch extends Omit<Follower, 'data'>, Numbering {}

/**
 * Looks after the subscription of one symbol: its update ids are to grow, and while its stream says nothing new, REST is
 * asked whether the best prices are still as the stream last told. Ids would not do: they also grow with what is deeper.
 */
export function watchOf<Event>(
  { settings, rest, timers, fail, replace }: Session<Event>,
  symbol: string,
  told: () => string,
): Watch {
  const { symbols, firstData } = settings;
  const first = firstData + TURN * symbols.indexOf(symbol);
  const deafness = deafnessOf(timers, first, Math.max(IDLE, TURN * symbols.length));
  /** What to compare with: what the stream told on this connection, or before it has, what REST first said. */
  let before: (() => string) | undefined;
  let lookedAt = -Infinity;
  let looking = false;

  /** Asks whether the stream withholds something. */
  const look = async (): Promise<void> => {
    lookedAt = timers.now();
    looking = true;
    let news = false;
    try {
      const { bids, asks } = await rest.get('depth', symbol, 'limit=5', parseSnapshot);
      const top = `${[bids[0], asks[0]]}`;
      before ??= () => top;
      news = before() !== top;
    } catch (error) {
      // Whatever else REST says, the stream may go on without it.
      if ((error as FeedError).reason === 'unknown-symbol') fail(error);
    }
    deafness.checked(lookedAt, news);
    looking = false;
  };

  return {
    ...numberingOf(timers, () => {
      deafness.hear();
      before = told;
    }),
    heardAt: deafness.heardAt,
    up() {
      deafness.up();
      before = undefined;
    },
    tick() {
      if (looking) return;
      if (deafness.deaf()) replace('Deafness');
      if (deafness.due(lookedAt)) void look();
    },
    room: () => {},
    // Where no symbol speaks, another connection shows.
    quiet: () => Promise.resolve(false),
  };
}
