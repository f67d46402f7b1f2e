import type { Clock } from 'hedgerow/queue';
import { seeded, Tape, type TapeTrade } from './fake-tape.js';

/** How often things go wrong: chances for each frame, connection or request, rates for each hour of a connection. */
export interface Faults {
  readonly lostFrame: number;
  readonly repeatedFrame: number;
  readonly garbageFrame: number;
  readonly foreignFrame: number;
  readonly refusedConnection: number;
  readonly slowHandshake: number;
  /** Subscriptions acknowledged without data: of a whole connection, or of one symbol. */
  readonly deafConnection: number;
  readonly deafSymbol: number;
  readonly killsAnHour: number;
  readonly stallsAnHour: number;
  readonly shutdownsAnHour: number;
  readonly restError: number;
  readonly restSilence: number;
  readonly restGarbage: number;
  readonly restShuffle: number;
  readonly limited: number;
  readonly banned: number;
  readonly firewall: number;
  readonly region: number;
  /** Trades REST does not have. */
  readonly restHole: number;
}

export const NO_FAULTS: Faults = {
  ...{ lostFrame: 0, repeatedFrame: 0, garbageFrame: 0, foreignFrame: 0, refusedConnection: 0 },
  ...{
    slowHandshake: 0,
    deafConnection: 0,
    deafSymbol: 0,
    killsAnHour: 0,
    stallsAnHour: 0,
    shutdownsAnHour: 0,
  },
  ...{ restError: 0, restSilence: 0, restGarbage: 0, restShuffle: 0, limited: 0, banned: 0, firewall: 0 },
  ...{ region: 0, restHole: 0 },
};

export const ALL_FAULTS: Faults = {
  ...{
    lostFrame: 0.002,
    repeatedFrame: 0.002,
    garbageFrame: 0.001,
    foreignFrame: 0.002,
    refusedConnection: 0.1,
  },
  ...{ slowHandshake: 0.05, deafConnection: 0.08, deafSymbol: 0.05 },
  ...{ killsAnHour: 0.5, stallsAnHour: 0.15, shutdownsAnHour: 0.1 },
  ...{ restError: 0.03, restSilence: 0.01, restGarbage: 0.01, restShuffle: 0.1 },
  ...{ limited: 0.004, banned: 0.0015, firewall: 0.0007, region: 0.0003, restHole: 0.0005 },
};

export interface FakeExchangeOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly market?: 'spot' | 'usdm';
  readonly symbols: readonly string[];
  readonly faults?: Partial<Faults>;
  /** Whether times go out in microseconds. */
  readonly microseconds?: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const OPEN = 1;

/** How the exchange was treated: all of these are to stay 0. */
export interface Violations {
  /** Asked while it had said to wait. */
  impatient: number;
  overWeight: number;
  fastControl: number;
  longControl: number;
  manyConnections: number;
  headers: number;
}

/** A client's end of a connection, shaped like a WebSocket. */
export class FakeSocket {
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  readyState = 0;
  opened = NaN;
  /** Stopped without a word, or acknowledged and never spoken to. */
  mute = false;
  readonly muteSymbols: Set<string> = new Set();
  readonly streams: Set<string> = new Set();
  readonly latency: number;
  readonly controls: number[] = [];
  /** What is to befall it, called off when it closes. */
  readonly fates: (() => void)[] = [];
  paused = false;
  private readonly waiting: unknown[] = [];

  constructor(
    readonly exchange: FakeExchange,
    readonly address: string,
  ) {
    this.latency = 5 + exchange.random() * 40;
    exchange.connect(this);
  }

  send(text: string): void {
    this.exchange.control(this, text);
  }

  close(): void {
    this.readyState = 3;
    for (const callOff of this.fates) callOff();
    this.exchange.sockets.delete(this);
  }

  /** The exchange, or the net, ends it. */
  cut(): void {
    if (this.readyState === 3) return;
    this.close();
    this.onerror?.({});
    this.onclose?.({});
  }

  hear(data: unknown): void {
    if (this.readyState !== OPEN) return;
    if (this.paused) this.waiting.push(data);
    else this.onmessage?.({ data });
  }

  hold(on: boolean): void {
    this.paused = on;
    while (!this.paused && this.waiting.length > 0) this.hear(this.waiting.shift());
  }
}

/** A fake of Binance on any clock, with its rules and its faults, every one of them from a seed. */
export class FakeExchange {
  readonly clock: Clock;
  readonly random: () => number;
  readonly sockets: Set<FakeSocket> = new Set();
  readonly tapes: Map<string, Tape> = new Map();
  readonly holes: Map<string, Set<number>> = new Map();
  readonly violations: Violations = {
    ...{ impatient: 0, overWeight: 0, fastControl: 0, longControl: 0, manyConnections: 0, headers: 0 },
  };
  /** What the exchange did, by name. */
  readonly done: Record<string, number> = {};
  faults: Faults;
  readonly market: 'spot' | 'usdm';
  readonly WebSocket: new (
    address: string,
  ) => FakeSocket;
  /** The same, able to pause. */
  readonly PausingWebSocket: new (
    address: string,
  ) => FakeSocket & { pause(): void; resume(): void };
  readonly symbols: readonly string[];
  private readonly micro: boolean;
  private minute = NaN;
  private used = 0;
  private closedUntil = -Infinity;
  /** When the client was told. */
  private closedAt = NaN;
  private closedStatus = 429;
  private attempts: number[] = [];

  constructor({ clock, seed, market = 'spot', symbols, faults, microseconds = false }: FakeExchangeOptions) {
    this.clock = clock;
    this.random = seeded(seed);
    this.market = market;
    this.symbols = symbols;
    this.micro = microseconds;
    this.faults = { ...NO_FAULTS, ...faults };
    for (const symbol of symbols) {
      this.tapes.set(symbol, new Tape(symbol, 1000 + Math.floor(this.random() * 1e6)));
      this.holes.set(symbol, new Set());
    }
    const exchange = this;
    this.WebSocket = class extends FakeSocket {
      constructor(address: string) {
        super(exchange, address);
      }
    };
    this.PausingWebSocket = class extends FakeSocket {
      constructor(address: string) {
        super(exchange, address);
      }
      pause(): void {
        exchange.count('paused');
        this.hold(true);
      }
      resume(): void {
        this.hold(false);
      }
    };
  }

  count(name: string): void {
    this.done[name] = (this.done[name] ?? 0) + 1;
  }

  chance(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  /** Trades of this moment, told to everybody who listens; untold ones are history. */
  trade(symbol: string, count: number, told = true): void {
    const tape = this.tapes.get(symbol)!;
    const trades: TapeTrade[] = [];
    for (let i = 0; i < count; i++) {
      const trade = tape.add(Math.floor(this.clock.now()));
      if (this.chance(this.faults.restHole)) this.holes.get(symbol)!.add(trade.id);
      trades.push(trade);
    }
    if (told)
      this.tell(
        `${symbol.toLowerCase()}@aggTrade`,
        symbol,
        trades.map((trade) => this.frame(symbol, trade)),
      );
  }

  /** A trade nobody made, with a number nobody gave. */
  stray(symbol: string, id: number): void {
    const frame = this.frame(symbol, {
      ...this.tapes.get(symbol)!.trade(this.tapes.get(symbol)!.nextId - 1)!,
      id,
    });
    this.tell(`${symbol.toLowerCase()}@aggTrade`, symbol, [frame]);
  }

  /** Sends frames of one stream to those who asked for it, each with its own faults. */
  tell(stream: string, symbol: string, frames: readonly string[]): void {
    const { faults } = this;
    for (const socket of this.sockets) {
      if (socket.readyState !== OPEN || !socket.streams.has(stream)) continue;
      if (socket.mute || socket.muteSymbols.has(symbol)) continue;
      const sent: unknown[] = [];
      for (const frame of frames) {
        if (this.chance(faults.lostFrame)) {
          this.count('lostFrame');
          continue;
        }
        if (this.chance(faults.garbageFrame)) {
          this.count('garbageFrame');
          sent.push(this.garbage(frame));
          if (this.chance(0.5)) continue;
        }
        if (this.chance(faults.foreignFrame)) {
          this.count('foreignFrame');
          sent.push(
            `{"stream":"x@ticker","data":{"e":"24hrTicker","E":${this.stamp(this.clock.now())},"s":"X"}}`,
          );
        }
        sent.push(frame);
        if (this.chance(faults.repeatedFrame)) {
          this.count('repeatedFrame');
          sent.push(frame);
        }
      }
      if (sent.length > 0) {
        this.clock.after(socket.latency, () => {
          for (const frame of sent) socket.hear(frame);
        });
      }
    }
  }

  connect(socket: FakeSocket): void {
    const { clock, faults } = this;
    const now = clock.now();
    this.attempts = [...this.attempts.filter((at) => now - at < 5 * MINUTE), now];
    if (this.attempts.length > 300) this.violations.manyConnections++;
    this.sockets.add(socket);
    if (this.chance(faults.slowHandshake)) {
      this.count('slowHandshake');
      return;
    }
    const refused = this.chance(faults.refusedConnection);
    clock.after(20 + this.random() * 200, () => {
      if (socket.readyState === 3) return;
      if (refused) {
        this.count('refusedConnection');
        socket.cut();
        return;
      }
      this.open(socket);
    });
  }

  private open(socket: FakeSocket): void {
    const { clock, faults } = this;
    const { pathname, searchParams } = new URL(socket.address);
    socket.readyState = OPEN;
    socket.opened = clock.now();
    this.subscribe(socket, (searchParams.get('streams') ?? '').split('/'));
    // Each route of USD-M has its streams; another acknowledges, and says nothing.
    if (this.market === 'usdm') {
      const route = /^\/(market|public)\/stream$/.exec(pathname)?.[1];
      for (const stream of [...socket.streams]) {
        const belongs = /@(bookTicker|depth)/.test(stream) ? 'public' : 'market';
        if (route !== belongs) socket.streams.delete(stream);
      }
    }
    if (this.chance(faults.deafConnection)) {
      this.count('deafConnection');
      socket.mute = true;
    }
    if (this.chance(faults.deafSymbol)) {
      this.count('deafSymbol');
      socket.muteSymbols.add(this.symbols[Math.floor(this.random() * this.symbols.length)]!);
    }
    this.fate(socket, faults.killsAnHour, 'kill', () => socket.cut());
    this.fate(socket, faults.stallsAnHour, 'stall', () => {
      socket.mute = true;
    });
    this.fate(socket, faults.shutdownsAnHour, 'serverShutdown', () => this.shutDown(socket));
    socket.fates.push(
      clock.after(DAY, () => {
        this.count('dayCut');
        socket.cut();
      }),
    );
    socket.onopen?.({});
  }

  /** Says that it will close, and does half a minute later. */
  shutDown(socket: FakeSocket): void {
    socket.hear(
      `{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":${this.stamp(this.clock.now())}}}`,
    );
    this.clock.after(30_000, () => socket.cut());
  }

  /** Something that befalls a connection at a rate. */
  private fate(socket: FakeSocket, anHour: number, name: string, happen: () => void): void {
    if (anHour <= 0) return;
    const wait = (-Math.log(1 - this.random()) / anHour) * HOUR;
    socket.fates.push(
      this.clock.after(wait, () => {
        this.count(name);
        happen();
      }),
    );
  }

  private subscribe(socket: FakeSocket, names: readonly string[]): void {
    for (const name of names) if (name !== '') socket.streams.add(name);
    if (socket.streams.size > 1024) {
      this.violations.longControl++;
      socket.cut();
    }
  }

  control(socket: FakeSocket, text: string): void {
    const now = this.clock.now();
    socket.controls.push(now);
    const limit = this.market === 'spot' ? 5 : 10;
    if (socket.controls.filter((at) => now - at < 1000).length > limit) {
      this.violations.fastControl++;
      socket.cut();
      return;
    }
    const { method, params, id } = JSON.parse(text) as { method: string; params: string[]; id: number };
    if (text.length >= 4096 || params.length > 200) {
      this.violations.longControl++;
      socket.cut();
      return;
    }
    this.count(method);
    this.subscribe(socket, params);
    this.clock.after(socket.latency, () => socket.hear(`{"result":null,"id":${id}}`));
  }

  /** What the client fetches. */
  readonly fetch = async (
    address: string,
    options: { readonly signal?: unknown; readonly headers?: unknown } = {},
  ): Promise<{ status: number; headers: { get(name: string): string | null }; text(): Promise<string> }> => {
    const { faults, clock } = this;
    if (options.headers !== undefined) this.violations.headers++;
    const url = new URL(address);
    const query = Object.fromEntries(url.searchParams);
    const weight = this.weigh(url.pathname, Number(query['limit'] ?? 500));
    const sentAt = clock.now();
    await this.passes(20 + this.random() * 300);
    if (this.chance(faults.restSilence)) {
      this.count('restSilence');
      return new Promise(() => {});
    }
    const now = clock.now();
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.minute) {
      this.minute = minute;
      this.used = 0;
    }
    this.used += weight;
    if (now < this.closedUntil) {
      if (sentAt > this.closedAt) this.violations.impatient++;
    } else if (this.used > (this.market === 'spot' ? 6000 : 2400)) {
      this.violations.overWeight++;
      this.shut(429, (minute + 1) * MINUTE - now);
    } else if (this.chance(faults.limited)) this.shut(429, 5000 + this.random() * 40_000);
    else if (this.chance(faults.banned)) this.shut(418, 2 * MINUTE + this.random() * 10 * MINUTE);
    else if (this.chance(faults.firewall)) return this.answer(403, '<html>Forbidden</html>');
    else if (this.chance(faults.region)) {
      return this.answer(451, '{"code":0,"msg":"Service unavailable from a restricted location"}');
    }
    if (now < this.closedUntil) {
      const seconds = Math.ceil((this.closedUntil - now) / 1000);
      return this.answer(this.closedStatus, '{"code":-1003,"msg":"Too many requests"}', String(seconds));
    }
    if (this.chance(faults.restError)) {
      if (this.chance(0.5)) throw new TypeError('fetch failed');
      return this.answer(503, 'Service Unavailable');
    }
    if (this.chance(faults.restGarbage)) return this.answer(200, '[{"a":1,"p":"12.');
    const tape = this.tapes.get(query['symbol'] ?? '');
    if (!tape) return this.answer(400, '{"code":-1121,"msg":"Invalid symbol."}');
    const body = this.body(url.pathname.split('/').at(-1)!, tape, query);
    return body === undefined
      ? this.answer(404, '{"code":-1000,"msg":"no such path"}')
      : this.answer(200, JSON.stringify(this.chance(faults.restShuffle) ? this.shuffled(body) : body));
  };

  /** What REST says of a symbol; tests put more paths here. */
  readonly paths: Record<string, (tape: Tape, query: Record<string, string>) => unknown> = {
    aggTrades: (tape, query) => {
      const limit = Number(query['limit'] ?? 500);
      const end = query['endTime'] === undefined ? Infinity : Number(query['endTime']);
      const last = tape.nextId - 1;
      let id = last - limit + 1;
      if (query['fromId'] !== undefined) id = Number(query['fromId']);
      else if (query['startTime'] !== undefined) id = tape.at(Number(query['startTime']));
      const rows: unknown[] = [];
      for (id = Math.max(id, tape.firstId); id <= last && rows.length < limit; id++) {
        if (this.holes.get(tape.symbol)!.has(id)) continue;
        const { time, price, quantity, maker } = tape.trade(id)!;
        if (time > end) break;
        const row = { a: id, p: price, q: quantity, f: 2 * id, l: 2 * id + 1, T: this.stamp(time), m: maker };
        rows.push(this.market === 'spot' ? { ...row, M: true } : { ...row, nq: quantity });
      }
      return rows;
    },
  };

  private body(path: string, tape: Tape, query: Record<string, string>): unknown {
    return this.paths[path]?.(tape, query);
  }

  private weigh(path: string, limit: number): number {
    const spot = this.market === 'spot';
    if (path.endsWith('/aggTrades')) return spot ? 4 : 20;
    if (path.endsWith('/klines')) return spot ? 2 : limit >= 500 ? 5 : 2;
    return spot ? (limit > 500 ? 50 : 25) : 20;
  }

  private shut(status: number, milliseconds: number): void {
    this.count(String(status));
    this.closedStatus = status;
    this.closedAt = this.clock.now();
    this.closedUntil = this.clock.now() + milliseconds;
  }

  private answer(status: number, body: string, retryAfter: string | null = null) {
    if (status !== 200) this.count(`answer ${status}`);
    const headers: Readonly<Record<string, string | null>> = {
      'x-mbx-used-weight-1m': String(this.used),
      'retry-after': retryAfter,
    };
    return {
      status,
      headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
      text: () => Promise.resolve(body),
    };
  }

  private shuffled(body: unknown): unknown {
    if (!Array.isArray(body)) return body;
    this.count('restShuffle');
    const rows = [...body];
    for (let i = rows.length - 1; i > 0; i--) {
      const j = Math.floor(this.random() * (i + 1));
      [rows[i], rows[j]] = [rows[j], rows[i]];
    }
    return rows;
  }

  private passes(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.clock.after(milliseconds, resolve));
  }

  /** A time as this exchange writes it. */
  stamp(time: number): number {
    return Math.floor(this.micro ? time * 1000 : time);
  }

  /** A trade as its stream says it. */
  frame(symbol: string, { id, time, price, quantity, maker }: TapeTrade): string {
    const [stream, T] = [`${symbol.toLowerCase()}@aggTrade`, this.stamp(time)];
    const shared = `"p":"${price}","q":"${quantity}","f":${2 * id},"l":${2 * id + 1},"T":${T},"m":${maker}`;
    // Futures put the id before the symbol, add a quantity and have no best match.
    const data =
      this.market === 'spot'
        ? `"e":"aggTrade","E":${T},"s":"${symbol}","a":${id},${shared},"M":true`
        : `"e":"aggTrade","E":${T},"a":${id},"s":"${symbol}",${shared},"nq":"${quantity}"`;
    return `{"stream":"${stream}","data":{${data}}}`;
  }

  private garbage(frame: string): unknown {
    const kinds: readonly unknown[] = [
      ...[
        frame.slice(0, Math.floor(frame.length * this.random())),
        '',
        '<html>502</html>',
        'null',
        '[]',
        '{}',
      ],
      ...[new ArrayBuffer(8), frame.replace(/"p":"[^"]*"/, '"p":"NaN"'), frame.replace(/"a":\d+/, '"a":"x"')],
    ];
    return kinds[Math.floor(this.random() * kinds.length)];
  }
}
