import type { FeedReason } from '../../core/errors.js';

/** How a feed fares: it delivers, fetches what is missing, hears nothing, or has no connection. */
export type FeedStatus = 'live' | 'filling' | 'stale' | 'reconnecting';

/** A change of status, in its place among the data. */
export interface StatusEvent {
  readonly type: 'status';
  readonly status: FeedStatus;
  /** Whose status it is; null where it is that of the connection, and so of all. */
  readonly symbol: string | null;
  /** By the clock of this machine, in milliseconds since 1970 UTC. */
  readonly time: number;
  readonly reason: string;
}

/** What is missing and will not come, named before the next item that did. */
export interface GapEvent {
  readonly type: 'gap';
  readonly symbol: string;
  /** The first and the last that is missing: trade ids, or opening times of bars. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** By the clock of this machine, in milliseconds since 1970 UTC. */
  readonly time: number;
  /**
   * `missing` where the exchange itself does not have it, else why it could not be asked; `restarted` where its numbers
   * have started over: they begin anew after `to`, which is below `from`, and `count` is 0. What came under new numbers
   * before that showed follows, or a gap of its own.
   */
  readonly reason: FeedReason | 'missing' | 'restarted';
}

/** What a feed has counted since it began. */
export interface FeedCounts {
  /** Frames that came, those that were no message, and items seen before. */
  frames: number;
  garbage: number;
  duplicates: number;
  /** Items handed to the reader, and how many of them came over REST. */
  delivered: number;
  filled: number;
  /** Gaps named, and the items missing in them. */
  gaps: number;
  missing: number;
  /** Items set aside because the reader was behind or too many waited, to be fetched again. */
  shed: number;
  /** Connections opened, lost, and replaced while they still stood, by cause. */
  connections: number;
  lost: number;
  replacedForAge: number;
  replacedForShutdown: number;
  replacedForSilence: number;
  replacedForDeafness: number;
  /** Times nothing came at all after opening, and times it stopped coming. */
  firstDataMissed: number;
  silences: number;
  /** Requests made, answered too late or not at all, and refused by status. */
  requests: number;
  failedRequests: number;
  limited: number;
  banned: number;
  firewall: number;
  region: number;
  /** Order books begun again. */
  resnapshots: number;
  /** Times reading was stopped for the reader to catch up. */
  pauses: number;
  /** The most that waited for the reader, and the most that waited for a missing item of one symbol. */
  mostWaiting: number;
  mostPending: number;
}

export function newCounts(): FeedCounts {
  return {
    ...{ frames: 0, garbage: 0, duplicates: 0, delivered: 0, filled: 0, gaps: 0, missing: 0, shed: 0 },
    ...{ connections: 0, lost: 0, replacedForAge: 0, replacedForShutdown: 0, replacedForSilence: 0 },
    ...{ replacedForDeafness: 0, firstDataMissed: 0, silences: 0, requests: 0, failedRequests: 0 },
    ...{ limited: 0, banned: 0, firewall: 0, region: 0, resnapshots: 0, pauses: 0 },
    ...{ mostWaiting: 0, mostPending: 0 },
  };
}

/** Events in order, for one reader, and what was counted so far. */
export interface Feed<Event> extends AsyncIterable<Event> {
  readonly counts: Readonly<FeedCounts>;
}
