import { type BinanceTradesOptions, binanceTrades, type FeedCounts } from 'hedgerow/binance';
import { ALL_FAULTS, FakeExchange, type Faults, type Violations } from './fake-exchange.js';
import { VirtualClock } from './virtual-clock.js';

export interface SoakOptions {
  readonly seed: number;
  readonly trades: number;
  readonly symbols?: readonly string[];
  readonly market?: 'spot' | 'usdm';
  readonly pausing?: boolean;
  /** Virtual time the trades are spread over. */
  readonly hours: number;
  readonly history?: number;
  readonly faults?: Partial<Faults>;
  readonly options?: Partial<BinanceTradesOptions>;
}

export interface SoakReport {
  readonly seed: number;
  /** What the exchange traded, what the reader got, and what was named missing. */
  readonly traded: number;
  readonly received: number;
  readonly missing: number;
  /** What contradicts the promise: out of order, twice, different from the tape, absent without a name. */
  readonly wrong: readonly string[];
  readonly gaps: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly counts: Readonly<FeedCounts>;
  readonly done: Readonly<Record<string, number>>;
  readonly violations: Violations;
  readonly socketsLeft: number;
}

/** One feed against one fake exchange with every fault, from first trade to the last one delivered. */
export async function soak(given: SoakOptions): Promise<SoakReport> {
  const { seed, trades, hours, history = 2500, pausing = false } = given;
  const symbols = given.symbols ?? ['BTCUSDT', 'ETHUSDT'];
  const market = given.market ?? (seed % 2 === 0 ? 'spot' : 'usdm');
  const clock = new VirtualClock();
  // Where connections are cut all the time none grows old: some seeds have calmer ones, and one in ten an owner who
  // lets the exchange do the cutting.
  const calm = {
    killsAnHour: 0.01,
    stallsAnHour: 0.01,
    shutdownsAnHour: 0.01,
    deafConnection: 0.02,
    deafSymbol: 0,
    ...{ lostFrame: 0, restError: 0, restSilence: 0 },
  };
  const shut = { banned: 0, region: 0, firewall: 0, limited: 0 };
  const faults = { ...ALL_FAULTS, ...(seed % 5 === 0 && { ...calm, ...shut }), ...given.faults };
  const lifetime = seed % 10 === 0 ? '30h' : '1430m';
  const exchange = new FakeExchange({ clock, seed, market, symbols, faults, microseconds: seed % 3 === 0 });
  const { random } = exchange;
  for (const symbol of symbols) exchange.trade(symbol, history, false);
  clock.time += 60_000;

  const expected = new Map(symbols.map((symbol) => [symbol, exchange.tapes.get(symbol)!.firstId]));
  const [wrong, gaps, statuses]: [string[], Record<string, number>, Record<string, number>] = [[], {}, {}];
  const bump = (table: Record<string, number>, name: string): void => {
    table[name] = (table[name] ?? 0) + 1;
  };
  const blame = (text: string): void => {
    if (wrong.length < 20) wrong.push(text);
  };
  const stop = new AbortController();
  const feed = binanceTrades({
    ...{ symbols, market, signal: stop.signal, clock, random, lifetime, capacity: 1000 },
    ...{ WebSocket: pausing ? exchange.PausingWebSocket : exchange.WebSocket, fetch: exchange.fetch },
    ...(pausing && { whenFull: 'pause' }),
    from: Object.fromEntries([...expected].map(([symbol, first]) => [symbol, first - 1])),
    ...given.options,
  });
  let [received, missing, busyUntil] = [0, 0, 0];
  const reading = (async () => {
    for await (const event of feed) {
      if (event.type === 'status') {
        bump(statuses, event.status);
        continue;
      }
      const next = expected.get(event.symbol)!;
      if (event.type === 'gap') {
        bump(gaps, event.reason);
        missing += event.count;
        if (event.from !== next || event.to - event.from + 1 !== event.count || event.count < 1) {
          blame(`${event.symbol}: a gap from ${event.from} to ${event.to}, where ${next} was next`);
        }
        if (event.reason === 'missing') {
          const holes = exchange.holes.get(event.symbol)!;
          for (let id = event.from; id <= event.to; id++) {
            if (!holes.has(id)) blame(`${event.symbol} ${id}: REST has it, and it is called missing`);
          }
        }
        expected.set(event.symbol, event.to + 1);
        continue;
      }
      received++;
      const { symbol, id, time, price, quantity, side } = event;
      if (id !== next) blame(`${symbol}: ${id} where ${next} was next`);
      const said = exchange.tapes.get(symbol)!.trade(id);
      const same = time === said?.time && price === Number(said.price) && quantity === Number(said.quantity);
      if (!same || (side === 'sell') !== said.maker) blame(`${symbol} ${id}: differs from the tape`);
      expected.set(symbol, id + 1);
      // Now and then the reader does something else for minutes.
      if (random() < 0.00005) busyUntil = clock.now() + random() * 1_800_000;
      if (clock.now() < busyUntil) await new Promise<void>((go) => clock.after(busyUntil - clock.now(), go));
    }
  })();

  // Bursts of trades at one millisecond, with silences between, as real tapes have.
  let left = trades;
  const meanPause = ((hours * 3_600_000) / trades) * 4;
  const burst = (): void => {
    const symbol = symbols[Math.floor(random() * symbols.length)]!;
    const count = Math.min(left, 1 + Math.floor(random() * 7));
    exchange.trade(symbol, count);
    left -= count;
    const silence = random() < 0.0003 ? 1_200_000 * random() : 0;
    if (left > 0) clock.after(Math.floor(-Math.log(1 - random()) * meanPause * 0.95 + silence), burst);
  };
  clock.after(0, burst);
  await clock.run(Infinity, () => left === 0);
  // Calm weather, in which everything must arrive.
  exchange.faults = {
    ...faults,
    killsAnHour: 0,
    stallsAnHour: 0,
    deafConnection: 0,
    deafSymbol: 0,
    region: 0,
  };
  const caughtUp = (): boolean =>
    symbols.every((symbol) => expected.get(symbol) === exchange.tapes.get(symbol)!.nextId);
  for (let minute = 0; minute < 240 && !caughtUp(); minute++) {
    await clock.run(clock.now() + 60_000, caughtUp);
    if (minute >= 5 && minute % 5 === 0) for (const symbol of symbols) exchange.trade(symbol, 1);
  }
  const traded = symbols.reduce((sum, symbol) => sum + exchange.tapes.get(symbol)!.times.length, 0);
  if (!caughtUp()) blame(`never caught up: ${[...expected].join(' ')}`);
  if (received + missing !== traded)
    blame(`${received} received, ${missing} named missing, ${traded} traded`);
  stop.abort();
  await reading;
  return {
    ...{ seed, traded, received, missing, wrong, gaps, statuses },
    ...{ counts: { ...feed.counts }, done: exchange.done, violations: exchange.violations },
    socketsLeft: exchange.sockets.size,
  };
}
