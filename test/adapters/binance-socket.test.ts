import { type BinanceTradesOptions, binanceTrades } from 'hedgerow/binance';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { loopbackExchange } from '../support/loopback-exchange.js';

describe('binanceTrades over real sockets', () => {
  for (const whenFull of ['refill', 'pause'] as const) {
    it(`loses nothing when connections are cut (${whenFull})`, async () => {
      const loopback = await loopbackExchange({
        ...{ seed: 1, symbols: ['BTCUSDT'], faults: { lostFrame: 0.01, garbageFrame: 0.01 } },
      });
      const { exchange, host } = loopback;
      exchange.trade('BTCUSDT', 1500, false);
      const { firstId } = exchange.tapes.get('BTCUSDT')!;
      const beat = setInterval(() => exchange.trade('BTCUSDT', 20), 10);
      const options: BinanceTradesOptions = {
        ...{ symbols: ['BTCUSDT'], market: 'spot', whenFull, capacity: 400 },
        ...{ from: { BTCUSDT: firstId - 1 }, WebSocket },
        endpoints: { stream: `ws://${host}`, rest: `http://${host}` },
      };
      const feed = binanceTrades(options);
      let next = firstId;
      let cuts = 0;
      for await (const event of feed) {
        if (event.type === 'status') continue;
        expect(event.type).toBe('trade');
        if (event.type !== 'trade') break;
        expect(event.id).toBe(next++);
        if (event.id === firstId + 2000 || event.id === firstId + 3500) {
          cuts++;
          loopback.cut();
        }
        if (event.id === firstId + 5000) break;
      }
      clearInterval(beat);
      expect(cuts).toBe(2);
      // The second cut may meet a connection that is only being made.
      expect(feed.counts.connections).toBeGreaterThanOrEqual(2);
      await loopback.close();
    });
  }

  it('says what is wrong where nobody listens, and ends when told to', async () => {
    const stop = new AbortController();
    const reasons: string[] = [];
    const feed = binanceTrades({
      ...{ symbols: ['BTCUSDT'], market: 'spot', signal: stop.signal },
      WebSocket,
      endpoints: { stream: 'ws://127.0.0.1:9', rest: 'http://127.0.0.1:9' },
      onStatus: ({ status, reason }) => {
        reasons.push(`${status}: ${reason}`);
        stop.abort();
      },
    });
    const events = [];
    for await (const event of feed) events.push(event);
    expect(reasons[0]).toMatch(/^reconnecting: .*ECONNREFUSED/);
    expect(feed.counts.delivered).toBe(0);
  });
});
