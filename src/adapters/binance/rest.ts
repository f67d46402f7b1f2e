import { FeedError, type FeedReason } from '../../core/errors.js';
import type { FeedCounts } from './events.js';
import type { MarketRules } from './market.js';
import type { Timers } from './timers.js';
import type { Fetch } from './transport.js';

// Of every runtime: what calls a request off.
declare const AbortController: new () => { readonly signal: never; abort(): void };

/** A share of the allowance is left to whatever else asks from this address, and one to what is missing. */
const SHARE = 0.9;
const IDLE_SHARE = 0.6;
const TIMEOUT = 10_000;
const MINUTE = 60_000;

/** How long a door stays closed that does not say so itself. */
const CLOSED: Readonly<Record<number, readonly [FeedReason & keyof FeedCounts, number]>> = {
  429: ['limited', MINUTE],
  418: ['banned', 2 * MINUTE],
  403: ['firewall', 5 * MINUTE],
  451: ['region', 60 * MINUTE],
};

/** What one host was asked of late: the exchange counts by address, not by feed. */
interface Host {
  minute: number;
  used: number;
  opensAt: number;
  why: FeedReason;
  /** Whether it was closed when it was last knocked at. */
  shut: boolean;
}

// One bucket a host for all feeds that ask through one fetch. Nothing is kept for a fetch nobody holds any more.
const hosts: WeakMap<Fetch, Record<string, Host>> = new WeakMap();

function hostOf(fetch: Fetch, address: string): Host {
  const known = hosts.get(fetch) ?? {};
  hosts.set(fetch, known);
  known[address] ??= { minute: NaN, used: 0, opensAt: -Infinity, why: 'limited', shut: false };
  return known[address];
}

/** Whether the exchange says that this can never work; a mistake of our own cannot either. */
export function isFinal(error: unknown): boolean {
  return !(error instanceof FeedError) || error.reason === 'unknown-symbol' || error.reason === 'refused';
}

export interface RestOptions {
  readonly rules: MarketRules;
  readonly fetch: Fetch;
  /** How long a request is tried again before it fails. */
  readonly patience: number;
}

/** Requests to one host: within its allowance, again after a failure, never while it has closed its door. */
export interface Rest {
  /** An answer that is good and that `parse` can read; others go before it while it is idle. */
  get<Answer>(
    what: keyof MarketRules['weights'],
    symbol: string,
    query: string,
    parse: (text: string) => Answer,
    idle?: () => boolean,
  ): Promise<Answer>;
  stop(): void;
}

export function restOf({ rules, fetch, patience }: RestOptions, timers: Timers, counts: FeedCounts): Rest {
  const { now, sleep, backoff } = timers;
  const address = rules.rest;
  const host = hostOf(fetch, address);
  const requests = new Set<{ abort(): void }>();
  let stopped = false;

  /** One answer: its status, what a header says as a number, and its body. */
  const ask = async (url: string): Promise<readonly [number, (header: string) => number, string]> => {
    const request = new AbortController();
    requests.add(request);
    const answer = async () => {
      const response = await fetch(url, { signal: request.signal });
      const said = (header: string): number => Number(response.headers.get(header));
      return [response.status, said, await response.text()] as const;
    };
    try {
      return await Promise.race([answer(), sleep(TIMEOUT).then(() => Promise.reject('nothing in 10 s'))]);
    } finally {
      requests.delete(request);
      request.abort();
    }
  };

  return {
    async get(what, symbol, query, parse, idle) {
      let deadline = now() + patience;
      for (let attempt = 0; ; ) {
        const closed = host.opensAt - now();
        if (closed > 0) {
          if (host.opensAt > deadline) {
            const seconds = Math.ceil(closed / 1000);
            throw new FeedError(host.why, `binance: ${address} refuses (${host.why}) for ${seconds} s`);
          }
          await sleep(Math.min(closed, 500 + backoff(0, 1000, 1000)));
          continue;
        }
        const waits = idle?.();
        const weight = rules.weights[what];
        const minute = Math.floor(now() / MINUTE);
        if (minute !== host.minute) {
          host.minute = minute;
          host.used = 0;
        }
        if (host.used > 0 && host.used + weight > rules.weightPerMinute * (waits ? IDLE_SHARE : SHARE)) {
          const full = (minute + 1) * MINUTE - now() + backoff(0, 1000, 1000);
          // What was idle may not be for long.
          const wait = waits ? Math.min(full, 1000) : full;
          // Waiting for one's own allowance is no failure of the host.
          deadline += wait;
          await sleep(wait);
          continue;
        }
        host.used += weight;
        if (stopped) return new Promise<never>(() => {});
        // One goes first where the door was closed; the others follow when that was let in.
        const knocks = host.shut;
        if (knocks) host.opensAt = now() + TIMEOUT;
        counts.requests++;
        try {
          const [status, said, body] = await ask(`${address}${rules.path}/${what}?symbol=${symbol}&${query}`);
          const used = said('x-mbx-used-weight-1m');
          if (used > host.used) host.used = used;
          const door = CLOSED[status];
          if (knocks) host.opensAt = now();
          // Who asked while it was open may hear of that after it was closed.
          if (knocks || door) host.shut = !!door;
          if (status === 200) return parse(body);
          if (door) {
            const [why, usual] = door;
            const wait = said('retry-after') * 1000;
            host.opensAt = Math.max(host.opensAt, now() + (wait > 0 ? wait : usual));
            host.why = why;
            counts[why]++;
            continue;
          }
          const words = `answers ${status}: ${body.slice(0, 120)}`;
          // Only the exchange itself gives a code; what stands in between may think better of it.
          if (status < 400 || status >= 500 || status === 408 || !/^\s*{\s*"code"/.test(body)) throw words;
          // "Invalid symbol."
          if (body.includes('-1121')) {
            throw new FeedError('unknown-symbol', `binance: ${address} knows no symbol ${symbol}`);
          }
          throw new FeedError('refused', `binance: ${address} ${words}`);
        } catch (error) {
          if (error instanceof FeedError && error.reason !== 'bad-message') throw error;
          counts.failedRequests++;
          const wait = backoff(attempt++, 500, 15_000);
          if (now() + wait > deadline) {
            if (error instanceof FeedError) throw error;
            throw new FeedError('unreachable', `binance: ${address} does not answer: ${error}`);
          }
          await sleep(wait);
        }
      }
    },
    stop() {
      stopped = true;
      for (const request of requests) request.abort();
    },
  };
}
