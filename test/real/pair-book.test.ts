import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  align,
  monitorPair,
  PairBook,
  type PairUpdate,
  resample,
  type SymbolTrade,
  tradeColumns,
  tradesFromCsv,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../support/market-data.js';

const columns = { time: 'time_ms', quantity: 'qty', id: 'trade_id' };

async function tape(symbol: string): Promise<SymbolTrade[]> {
  const text = gunzipSync(readFileSync(join(dataFolder!, `crypto/trades_spot_${symbol}_20240808.csv.gz`)));
  const trades: SymbolTrade[] = [];
  for await (const trade of tradesFromCsv([text], { columns })) trades.push({ symbol, ...trade });
  return trades;
}

describe.skipIf(!dataFolder)('recorded ticks of bitcoin and ether through a book', () => {
  it('give the bars, ratios and z-scores of the whole-series functions, bit for bit', async () => {
    const [btc, eth] = [await tape('BTCUSDT'), await tape('ETHUSDT')];
    expect([btc.length, eth.length]).toEqual([19_904, 14_515]);
    // As they came: by time, each tape in its own order.
    const feed = [...btc, ...eth].sort((a, b) => a.time - b.time);
    const watched = {
      method: 'ols',
      window: 60,
      hedgeWindow: 120,
      test: { window: 120, every: 60 },
    } as const;
    const rules = ['zScore > 2 clear 0.5', 'zScore < -2 clear -0.5'];
    const pairs = [{ y: 'ETHUSDT', x: 'BTCUSDT', ...watched }];
    const book = new PairBook({ every: '1s', pairs, rules });
    const updates: PairUpdate[] = feed.flatMap((trade) => book.push(trade));
    updates.push(...book.flush());

    const closes = (trades: readonly SymbolTrade[]) => {
      const bars = resample(tradeColumns(trades), { every: '1s', gaps: 'flat' });
      return { time: bars.time, value: bars.close };
    };
    const legs = align({ y: closes(eth), x: closes(btc) }, { how: 'exact' });
    const readings = monitorPair(legs, watched);
    expect(updates.length).toBe(readings.length);
    expect(updates.length).toBeGreaterThan(640);
    updates.forEach(({ pair: _, alerts: __, ...reading }, i) => {
      expect(reading).toEqual(readings[i]);
    });
    expect(updates.filter(({ adf }) => adf !== null).length).toBeGreaterThan(400);
    expect(updates.flatMap(({ alerts }) => alerts).length).toBeGreaterThan(5);
    const { symbols, trades } = book.status();
    expect(trades).toBe(34_419);
    expect(symbols['BTCUSDT']!.late).toBe(0);
  });
});
