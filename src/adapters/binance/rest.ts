import { FeedError, type FeedReason } from '../../core/errors.js';
import type { FeedCounts } from './events.js';
import { parseRefusal } from './parse-rest.js';
import type { Timers } from './timers.js';
import { aborter, type Fetch } from './transport.js';

/** A share of the allowance is left to whatever else asks from this address. */
const SHARE = 0.9;
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
  closedUntil: number;
  why: FeedReason;
}

// One bucket a host for all feeds that ask through one fetch. Nothing is kept for a fetch nobody holds any more.
const hosts: WeakMap<Fetch, Map<string, Host>> = new WeakMap();

function hostOf(fetch: Fetch, address: string): Host {
  const known = hosts.get(fetch) ?? new Map<string, Host>();
  hosts.set(fetch, known);
  const host = known.get(address) ?? { minute: NaN, used: 0, closedUntil: -Infinity, why: 'limited' };
  known.set(address, host);
  return host;
}

/** Requests to one host: within its allowance, again after a failure, never while it has closed its door. */
export class Rest {
  private readonly host: Host;
  private stopped = false;
  private readonly asked: Set<{ abort(): void }> = new Set();

  constructor(
    private readonly address: string,
    private readonly limit: number,
    private readonly fetch: Fetch,
    private readonly timers: Timers,
    private readonly counts: FeedCounts,
  ) {
    this.host = hostOf(fetch, address);
  }

  stop(): void {
    this.stopped = true;
    for (const request of this.asked) request.abort();
  }

  /** The body of an answer that is good and that `parse` can read; gives up when there is none within `patience`. */
  async get<Answer>(
    path: string,
    query: Readonly<Record<string, string | number | undefined>>,
    weight: number,
    patience: number,
    parse: (text: string) => Answer,
  ): Promise<Answer> {
    const { timers, host } = this;
    const words = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    );
    const address = `${this.address}${path}?${words.join('&')}`;
    let deadline = timers.now() + patience;
    for (let attempt = 0; ; attempt++) {
      await this.untilOpen(deadline);
      // Waiting for one's own allowance is no failure of the host.
      for (let wait = this.reserve(weight); wait > 0; wait = this.reserve(weight)) {
        deadline += wait;
        await timers.sleep(wait);
        await this.untilOpen(deadline);
      }
      if (this.stopped) return new Promise<never>(() => {});
      this.counts.requests++;
      let problem: unknown;
      try {
        const { status, headers, body } = await this.ask(address);
        const used = Number(headers('x-mbx-used-weight-1m'));
        if (used > host.used) host.used = used;
        if (status === 200) return parse(body);
        const closed = CLOSED[status];
        if (closed) {
          const wait = Number(headers('retry-after')) * 1000;
          host.closedUntil = Math.max(host.closedUntil, timers.now() + (wait > 0 ? wait : closed[1]));
          host.why = closed[0];
          this.counts[closed[0]]++;
          continue;
        }
        problem = this.refusal(status, body, query['symbol']);
        if (status >= 400 && status < 500 && status !== 408) throw problem;
      } catch (error) {
        if (error instanceof FeedError && error.reason !== 'bad-message') throw error;
        problem = error;
      }
      this.counts.failedRequests++;
      const wait = timers.backoff(attempt, 500, 15_000);
      if (timers.now() + wait > deadline) {
        throw new FeedError('unreachable', `binance: ${this.address} does not answer: ${String(problem)}`);
      }
      await timers.sleep(wait);
    }
  }

  /** Waits while the host has closed its door, unless that is too long. */
  private async untilOpen(deadline: number): Promise<void> {
    const { host, timers } = this;
    while (timers.now() < host.closedUntil) {
      const wait = host.closedUntil - timers.now();
      if (host.closedUntil > deadline) {
        const seconds = Math.ceil(wait / 1000);
        throw new FeedError(host.why, `binance: ${this.address} refuses (${host.why}) for ${seconds} s more`);
      }
      await timers.sleep(wait);
    }
  }

  /** Takes from the allowance of this minute, or says how long until the next. */
  private reserve(weight: number): number {
    const { host } = this;
    const now = this.timers.now();
    const minute = Math.floor(now / MINUTE);
    if (minute !== host.minute) {
      host.minute = minute;
      host.used = 0;
    }
    if (host.used > 0 && host.used + weight > this.limit * SHARE) {
      return (minute + 1) * MINUTE - now + this.timers.backoff(0, 1000, 1000);
    }
    host.used += weight;
    return 0;
  }

  /** One answer, or an error when it takes too long. */
  private ask(
    address: string,
  ): Promise<{ status: number; headers: (name: string) => string | null; body: string }> {
    return new Promise((resolve, reject) => {
      const { fetch, asked } = this;
      const request = aborter();
      asked.add(request);
      const over = (): void => {
        callOff();
        asked.delete(request);
      };
      const callOff = this.timers.after(TIMEOUT, () => {
        over();
        request.abort();
        reject(new Error(`no answer in ${TIMEOUT / 1000} s`));
      });
      fetch(address, { signal: request.signal })
        .then(async (response) => {
          const body = await response.text();
          over();
          resolve({ status: response.status, headers: (name) => response.headers.get(name), body });
        })
        .catch((error: unknown) => {
          over();
          reject(error);
        });
    });
  }

  private refusal(status: number, body: string, symbol: unknown): FeedError {
    const refusal = parseRefusal(body);
    // "Invalid symbol."
    if (refusal?.code === -1121) {
      return new FeedError('unknown-symbol', `binance: ${this.address} knows no symbol ${symbol}`);
    }
    return new FeedError(
      'refused',
      `binance: ${this.address} answers ${status}: ${refusal?.reason ?? body.slice(0, 80)}`,
    );
  }
}
