// How fast a feed is, part by part, on one core: `npx tsx bench/feed.ts`. Frames are recorded ones where HEDGEROW_DATA
// names a folder that has them, else those of the fake exchange.
import { barColumns, Resampler } from 'hedgerow';
import { type BinanceTrade, binanceTrades, OrderBook, parseFrame, tradeOf } from 'hedgerow/binance';
import { merge, Queue, replay } from 'hedgerow/queue';
import { FakeExchange, FakeSocket } from '../test/support/fake-exchange.js';
import { dataFolder } from '../test/support/market-data.js';
import { recordedFrames } from '../test/support/recordings.js';
import { VirtualClock } from '../test/support/virtual-clock.js';

const report = (what: string, count: number, began: number): void => {
  const seconds = (performance.now() - began) / 1000;
  const rate = Math.round(count / seconds).toLocaleString('en-US');
  console.log(`${what.padEnd(66)} ${rate.padStart(12)} a second`);
};

const clock = new VirtualClock();
const exchange = new FakeExchange({ clock, seed: 1, symbols: ['BTCUSDT'] });
const TRADES = 1_000_000;
const frames: string[] = [];
for (let i = 0; i < TRADES; i++) {
  clock.time += i % 3;
  exchange.trade('BTCUSDT', 1, false);
  const tape = exchange.tapes.get('BTCUSDT')!;
  frames.push(exchange.frame('BTCUSDT', tape.trade(tape.nextId - 1)!));
}

for (let round = 0; round < 2; round++) {
  console.log(round === 0 ? '(warming up)' : '');
  if (dataFolder) {
    const names = ['spot_BTCUSDT', 'spot_ETHUSDT', 'usdm_BTCUSDT', 'usdm_ETHUSDT'];
    const recorded = names.map((name) =>
      recordedFrames(`frames_${name}_20240808.txt.gz`).map(({ frame }) => frame),
    );
    const all = recorded.flat();
    let began = performance.now();
    for (const frame of all) JSON.parse(frame);
    report(`${all.length} recorded frames through JSON.parse alone`, all.length, began);
    began = performance.now();
    for (const frame of all) parseFrame(frame);
    report(`${all.length} recorded frames parsed`, all.length, began);
    began = performance.now();
    for (const one of recorded) {
      const book = new OrderBook();
      for (const frame of one) {
        const message = parseFrame(frame);
        if (message.type === 'depth') book.update(message);
        else if (message.type === 'snapshot') book.reset(message);
      }
    }
    report(`${all.length} recorded frames parsed, books kept`, all.length, began);
  }
  let began = performance.now();
  const trades: BinanceTrade[] = [];
  for (const frame of frames) {
    const message = parseFrame(frame);
    if (message.type === 'trade') trades.push(tradeOf(message));
  }
  report('aggTrade frames parsed', TRADES, began);

  began = performance.now();
  let socket: FakeSocket | undefined;
  const Socket = class extends FakeSocket {
    constructor(address: string) {
      super(exchange, address);
      socket = this;
    }
  };
  const first = exchange.tapes.get('BTCUSDT')!.firstId;
  const feed = binanceTrades({
    ...{ symbols: ['BTCUSDT'], market: 'spot', WebSocket: Socket, clock },
    ...{ from: { BTCUSDT: first - 1 }, fetch: async () => new Promise<never>(() => {}) },
  });
  let seen = 0;
  const reading = (async () => {
    for await (const event of feed) if (event.type === 'trade' && ++seen === TRADES) return;
  })();
  socket!.readyState = 1;
  // What a socket hands over between two turns of the loop.
  for (let i = 0; i < TRADES; i += 1000) {
    for (let j = i; j < i + 1000; j++) socket!.hear(frames[j]);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await reading;
  report('aggTrade frames from the socket to the reader of binanceTrades', TRADES, began);

  began = performance.now();
  const queue = new Queue<BinanceTrade>({ capacity: 2000 });
  const drained = (async () => {
    let sum = 0;
    for await (const { price } of queue) sum += price;
    return sum;
  })();
  for (let i = 0; i < TRADES; i += 1000) {
    for (let j = i; j < i + 1000; j++) queue.push(trades[j]!);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  queue.end();
  await drained;
  report('parsed trades through a queue to for await', TRADES, began);

  began = performance.now();
  let count = 0;
  for await (const _ of replay(trades, { speed: Infinity })) count++;
  report('parsed trades replayed at once', count, began);

  began = performance.now();
  const half = trades.length >> 1;
  count = 0;
  for await (const _ of merge([trades.slice(0, half), trades.slice(half)])) count++;
  report('parsed trades of two feeds merged by time', count, began);

  began = performance.now();
  const resampler = new Resampler({ every: '1s' });
  const bars = [];
  for await (const trade of replay(trades, { speed: Infinity })) bars.push(...resampler.push(trade));
  barColumns(bars);
  report('parsed trades replayed into bars of a second', TRADES, began);
}
