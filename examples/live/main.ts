// Trades of Binance as they come: `npm run live -- BTCUSDT ETHUSDT`, or `npm run live -- --usdm --seconds 60 BTCUSDT`.
// Needs a way to the internet; nothing else here does.
import { parseArgs } from 'node:util';
import { binanceTrades, type FeedStatus } from 'hedgerow/binance';
import { WebSocket } from 'ws';

/** How long the exchange may take to say anything at all. */
const PATIENCE = 15_000;

/** One clear line, and an exit code. */
function giveUp(reason: string): never {
  console.error(`live: ${reason}`);
  process.exit(1);
}

/** What was asked for on the command line. */
function asked(): { symbols: string[]; market: 'spot' | 'usdm'; seconds: number } {
  try {
    const { values, positionals: symbols } = parseArgs({
      allowPositionals: true,
      options: { usdm: { type: 'boolean' }, seconds: { type: 'string', default: '30' } },
    });
    const seconds = Number(values.seconds);
    if (!(seconds > 0)) throw new Error(`--seconds must be a positive number, received ${values.seconds}`);
    return { symbols, market: values.usdm ? 'usdm' : 'spot', seconds };
  } catch (error) {
    return giveUp((error as Error).message);
  }
}

const { symbols, market, seconds } = asked();
const stop = new AbortController();
let status: FeedStatus | 'connecting' = 'connecting';
let reason = 'no answer';
const counted = new Map<string, { trades: number; id: number; price: number; lag: number }>();
let gaps = 0;

try {
  const feed = binanceTrades({
    symbols,
    market,
    signal: stop.signal,
    // Node 22 has its own.
    WebSocket,
    onStatus: (change) => {
      if (change.symbol === null) status = change.status;
      reason = change.reason;
    },
  });
  const table = (): void => {
    const cells = [...counted].map(
      ([symbol, { trades, price, lag }]) =>
        `${symbol} ${price} (${trades} trades, ${lag.toFixed(0)} ms behind)`,
    );
    console.log(`${new Date().toISOString().slice(11, 19)}  ${status.padEnd(12)} ${cells.join('  ')}`);
  };
  const started = Date.now();
  const timer = setInterval(() => {
    const waited = Date.now() - started;
    if (counted.size > 0) table();
    else if (waited >= PATIENCE) giveUp(`nothing came from Binance in ${PATIENCE / 1000} s: ${reason}`);
    if (waited >= seconds * 1000 && counted.size > 0) stop.abort();
  }, 1000);
  for await (const event of feed) {
    if (event.type === 'gap') gaps += event.count;
    if (event.type !== 'trade') continue;
    const { symbol, id, time, price } = event;
    const before = counted.get(symbol);
    if (before && id <= before.id) giveUp(`${symbol} ${id} came after ${before.id}`);
    counted.set(symbol, { trades: (before?.trades ?? 0) + 1, id, price, lag: Date.now() - time });
  }
  clearInterval(timer);
  const { delivered, filled, connections } = feed.counts;
  console.log(
    `${delivered} trades, ${filled} of them fetched, ${gaps} missing, over ${connections} connections`,
  );
} catch (error) {
  giveUp((error as Error).message);
}
