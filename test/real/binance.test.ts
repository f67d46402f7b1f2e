import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Bar, barColumns, Resampler, resample } from 'hedgerow';
import {
  type BinanceTrade,
  binanceArchive,
  binanceRecording,
  type DepthMessage,
  type Level,
  type Message,
  OrderBook,
  parseFrame,
  parseSnapshot,
  type QuoteMessage,
  type TradeMessage,
  tradeOf,
} from 'hedgerow/binance';
import { merge, replay } from 'hedgerow/queue';
import { describe, expect, it } from 'vitest';
import { dataFolder, readColumns } from '../support/market-data.js';
import { recordedFrames, recordedFrames2021, recordedLines } from '../support/recordings.js';

// Counts are those the README beside the recordings gives.
const recordings = [
  { market: 'spot', symbol: 'BTCUSDT', frames: 99_574, trades: 19_904, quotes: 73_174, depths: 6_495 },
  { market: 'spot', symbol: 'ETHUSDT', frames: 79_744, trades: 14_515, quotes: 58_758, depths: 6_470 },
  { market: 'usdm', symbol: 'BTCUSDT', frames: 93_954, trades: 21_313, quotes: 66_089, depths: 6_551 },
  { market: 'usdm', symbol: 'ETHUSDT', frames: 74_655, trades: 14_076, quotes: 53_992, depths: 6_586 },
] as const;

/** How the frame read, written again from the message alone. */
function written(message: Message, market: 'spot' | 'usdm'): string {
  const [prices, sizes] = market === 'spot' ? [8, 8] : [2, 3];
  const price = (x: number): string => `"${x.toFixed(prices)}"`;
  const size = (x: number): string => `"${x.toFixed(sizes)}"`;
  const side = (levels: readonly Level[]): string =>
    `[${levels.map(([paid, quantity]) => `[${price(paid)},${size(quantity)}]`).join(',')}]`;
  const wrapped = (symbol: string, stream: string, data: string): string =>
    `{"stream":"${symbol.toLowerCase()}@${stream}","data":{${data}}}`;
  const trade = ({ symbol, id, time, eventTime, price: p, quantity, side: s }: TradeMessage): string => {
    const maker = s === 'sell';
    const data =
      market === 'spot'
        ? `"e":"trade","E":${eventTime},"s":"${symbol}","t":${id},"p":${price(p)},"q":${size(quantity)},"T":${time},"m":${maker},"M":true`
        : `"e":"trade","E":${eventTime},"T":${time},"s":"${symbol}","t":${id},"p":${price(p)},"q":${size(quantity)},"X":"MARKET","m":${maker}`;
    return wrapped(symbol, 'trade', data);
  };
  const quote = ({ symbol, id, time, eventTime, ...at }: QuoteMessage): string => {
    const sides = `"b":${price(at.bid)},"B":${size(at.bidQuantity)},"a":${price(at.ask)},"A":${size(at.askQuantity)}`;
    const data =
      market === 'spot'
        ? `"u":${id},"s":"${symbol}",${sides}`
        : `"e":"bookTicker","u":${id},"s":"${symbol}",${sides},"T":${time},"E":${eventTime}`;
    return wrapped(symbol, 'bookTicker', data);
  };
  const depth = ({
    symbol,
    time,
    eventTime,
    firstId,
    lastId,
    previousId,
    bids,
    asks,
  }: DepthMessage): string => {
    const sides = `"b":${side(bids)},"a":${side(asks)}`;
    return market === 'spot'
      ? wrapped(
          symbol,
          'depth@100ms',
          `"e":"depthUpdate","E":${eventTime},"s":"${symbol}","U":${firstId},"u":${lastId},${sides}`,
        )
      : wrapped(
          symbol,
          'depth@0ms',
          `"e":"depthUpdate","E":${eventTime},"T":${time},"s":"${symbol}","U":${firstId},"u":${lastId},"pu":${previousId},${sides}`,
        );
  };
  switch (message.type) {
    case 'trade':
      return trade(message);
    case 'quote':
      return quote(message);
    case 'depth':
      return depth(message);
    case 'snapshot': {
      const { id, time, eventTime, bids, asks } = message;
      const times = market === 'spot' ? '' : `"E":${eventTime},"T":${time},`;
      return `{"lastUpdateId":${id},${times}"bids":${side(bids)},"asks":${side(asks)}}`;
    }
    default:
      return message.type;
  }
}

describe.runIf(dataFolder)('recorded frames of 2024', () => {
  for (const { market, symbol, frames, trades, quotes, depths } of recordings) {
    it(`${market} ${symbol}: every frame is read, and can be written again byte for byte`, () => {
      const counts: Record<string, number> = {};
      let differing = 0;
      const recorded = recordedFrames(`frames_${market}_${symbol}_20240808.txt.gz`);
      for (const { frame } of recorded) {
        const message = parseFrame(frame);
        counts[message.type] = (counts[message.type] ?? 0) + 1;
        if (written(message, market) !== frame) differing++;
      }
      expect(recorded.length).toBe(frames);
      expect(counts).toEqual({ trade: trades, quote: quotes, depth: depths, snapshot: 1 });
      expect(differing).toBe(0);
    });

    it(`${market} ${symbol}: trades are those of the CSV, their ids run on by one`, () => {
      const csv = readColumns(`crypto/trades_${market}_${symbol}_20240808.csv.gz`);
      let row = 0;
      let previous = NaN;
      for (const { frame } of recordedFrames(`frames_${market}_${symbol}_20240808.txt.gz`)) {
        const message = parseFrame(frame);
        if (message.type !== 'trade') continue;
        expect([message.id, message.price, message.quantity, message.time, message.eventTime]).toEqual([
          Number(csv['trade_id']![row]),
          Number(csv['price']![row]),
          Number(csv['qty']![row]),
          Number(csv['time_ms']![row]),
          Number(csv['event_time_ms']![row]),
        ]);
        expect(message.side === 'sell').toBe(/^true$/i.test(csv['is_buyer_maker']![row]!));
        if (row > 0) expect(message.id).toBe(previous + 1);
        previous = message.id;
        row++;
      }
      expect(row).toBe(trades);
    });

    it(`${market} ${symbol}: the book goes on across the snapshot in mid-stream and is never crossed`, () => {
      const book = new OrderBook();
      const outcomes: Record<string, number> = {};
      let crossed = 0;
      let agreeing = 0;
      let compared = 0;
      const tops = new Map<number, QuoteMessage>();
      for (const { frame } of recordedFrames(`frames_${market}_${symbol}_20240808.txt.gz`)) {
        const message = parseFrame(frame);
        if (message.type === 'quote') {
          if (!(message.bid < message.ask)) crossed++;
          tops.set(message.id, message);
          if (tops.size > 5000) tops.delete(tops.keys().next().value!);
        }
        if (message.type !== 'depth' && message.type !== 'snapshot') continue;
        const outcome = message.type === 'depth' ? book.update(message) : book.reset(message);
        const name = `${message.type} ${outcome}`;
        outcomes[name] = (outcomes[name] ?? 0) + 1;
        if (!book.ready) continue;
        if (!(book.bestBid < book.bestAsk)) crossed++;
        // Where a quote came of the very update the book stands at, both say the same.
        const top = tops.get(book.id);
        if (!top) continue;
        compared++;
        const [bid, ask] = [book.bids(1)[0]!, book.asks(1)[0]!];
        const same = bid[0] === top.bid && ask[0] === top.ask && bid[1] === top.bidQuantity;
        if (same && ask[1] === top.askQuantity) agreeing++;
      }
      console.log(`${market} ${symbol}: ${JSON.stringify(outcomes)}, ${agreeing} of ${compared} tops agree`);
      expect(crossed).toBe(0);
      expect(outcomes['depth broken'] ?? 0).toBe(0);
      expect(outcomes['snapshot applied']).toBe(1);
      expect(compared).toBeGreaterThan(0);
      expect(agreeing).toBe(compared);
    });
  }
});

describe.runIf(dataFolder)('recorded frames of 2021', () => {
  // aggTrade, kline, bookTicker, depth, as the README gives them.
  const files = [
    { file: 'frames_usdm_SUSHI_AKRO_KEEP_CTK_20210722', counts: [91, 67, 613, 764], finals: 4 },
    { file: 'frames_coinm_20210722', counts: [51, 33, 2240, 2047], finals: undefined },
    { file: 'frames_spot_NKN_BLZ_LRC_RUNE_20211012', counts: [2, 2, 84, 177], finals: undefined },
    { file: 'frames_us_CRV_COMP_OMG_ZRX_20211012', counts: [11, 5, 128, 336], finals: undefined },
  ];
  for (const { file, counts, finals } of files) {
    it(`${file}: nothing is lost, whatever the order of its fields`, () => {
      const messages = recordedFrames2021(`${file}.txt.gz`).map(({ frame }) => parseFrame(frame));
      const count = (type: Message['type']): number => messages.filter((one) => one.type === type).length;
      expect([count('trade'), count('kline'), count('quote'), count('depth')]).toEqual(counts);
      expect(messages.length).toBe(counts.reduce((sum, one) => sum + one, 0));
      if (finals !== undefined) {
        expect(messages.filter((one) => one.type === 'kline' && one.final).length).toBe(finals);
      }
      const last = new Map<string, number>();
      for (const message of messages) {
        if (message.type !== 'trade') continue;
        const before = last.get(message.symbol);
        if (before !== undefined) expect(message.id, message.symbol).toBe(before + 1);
        last.set(message.symbol, message.id);
      }
    });
  }

  it('snapshots over REST join on to the stream of their symbol', () => {
    const books = new Map<string, OrderBook>();
    const snapshots = recordedLines('depth_snapshots_spot_NKN_BLZ_LRC_RUNE_20211012.txt.gz').map((line) => {
      const [, symbol, received, body] = /symbol=(\w+)&.*? -> ([\d.]+): (.*)$/.exec(line)!;
      return { symbol: symbol!, received: Number(received), body: body! };
    });
    const frames = recordedFrames2021('frames_spot_NKN_BLZ_LRC_RUNE_20211012.txt.gz').map(
      ({ received, frame }) => ({ received: Number(received), frame }),
    );
    const outcomes: string[] = [];
    for (const line of [...snapshots, ...frames].sort((a, b) => a.received - b.received)) {
      if ('body' in line) {
        const book = books.get(line.symbol) ?? new OrderBook();
        books.set(line.symbol, book);
        outcomes.push(book.reset(parseSnapshot(line.body)));
        continue;
      }
      const message = parseFrame(line.frame);
      if (message.type !== 'depth') continue;
      const book = books.get(message.symbol) ?? new OrderBook();
      books.set(message.symbol, book);
      outcomes.push(book.update(message));
      if (book.ready) expect(book.bestBid < book.bestAsk).toBe(true);
    }
    expect(outcomes.filter((one) => one === 'broken')).toEqual([]);
    expect(outcomes.filter((one) => one === 'applied').length).toBeGreaterThan(100);
  });
});

describe.runIf(dataFolder)('messages printed in the documentation', () => {
  it('are all read, those of other streams as other', () => {
    const lines = readFileSync(join(dataFolder!, 'crypto/ws_documented_examples.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const counts: Record<string, number> = {};
    for (const line of lines) {
      const { message } = JSON.parse(line) as { message: { method?: string } };
      // What a client says to the exchange is no message of the exchange.
      if (message.method !== undefined) continue;
      const { type } = parseFrame(JSON.stringify(message));
      counts[type] = (counts[type] ?? 0) + 1;
    }
    expect(counts).toEqual({
      ...{ shutdown: 2, reply: 5, trade: 2, kline: 1, quote: 1, depth: 1, snapshot: 1, refusal: 8, other: 6 },
    });
  });
});

describe.runIf(dataFolder)('recorded trades of an archive', () => {
  it('are read from CSV without a hole', async () => {
    const bytes = readFileSync(join(dataFolder!, 'crypto/aggtrades_spot_XRPETH_20191011.csv.gz'));
    const text = gunzipSync(bytes).toString('utf8');
    let count = 0;
    let previous = NaN;
    for await (const trade of binanceArchive([text], { kind: 'aggTrades', symbol: 'XRPETH' })) {
      if (count > 0) expect(trade.id).toBe(previous + 1);
      previous = trade.id;
      count++;
    }
    // As the README beside it says.
    expect(count).toBe(12_477);
  });
});

describe.runIf(dataFolder)('recorded feeds, merged and replayed', () => {
  it('keep every trade of both symbols, by time, and make the bars of the whole tapes', async () => {
    const trades = async function* (symbol: string): AsyncGenerator<BinanceTrade, void, undefined> {
      const lines = recordedLines(`frames_spot_${symbol}_20240808.txt.gz`).map((line) => `${line}\n`);
      for await (const { message } of binanceRecording(lines)) {
        if (message.type === 'trade') yield tradeOf(message);
      }
    };
    const live = { BTCUSDT: new Resampler({ every: '1s' }), ETHUSDT: new Resampler({ every: '1s' }) };
    const bars: Record<string, Bar[]> = { BTCUSDT: [], ETHUSDT: [] };
    let count = 0;
    let previous = -Infinity;
    for await (const trade of replay(merge([trades('BTCUSDT'), trades('ETHUSDT')]), { speed: Infinity })) {
      expect(trade.time).toBeGreaterThanOrEqual(previous);
      previous = trade.time;
      count++;
      bars[trade.symbol]!.push(...live[trade.symbol as 'BTCUSDT' | 'ETHUSDT'].push(trade));
    }
    expect(count).toBe(19_904 + 14_515);
    for (const symbol of ['BTCUSDT', 'ETHUSDT'] as const) {
      const csv = readColumns(`crypto/trades_spot_${symbol}_20240808.csv.gz`);
      const column = (name: string): Float64Array => Float64Array.from(csv[name]!, Number);
      const whole = resample(
        { time: column('time_ms'), price: column('price'), quantity: column('qty') },
        { every: '1s' },
      );
      expect(barColumns([...bars[symbol]!, ...live[symbol].flush()])).toEqual(whole);
    }
  });
});
