import { binanceHistory } from 'hedgerow/binance';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../support/virtual-clock.js';

const MINUTE = 60_000;
const [FIRST, START] = [100, 1_000_000];

/** What a history says of 30 trades, one a second, or of bars of a minute, where some rows cannot be read. */
async function read(kind: 'trades' | 'bars', bad: readonly number[], end: number, now = 1e9) {
  const clock = new VirtualClock(now);
  const wanted = { symbol: 'BTCUSDT', market: 'spot', clock, random: () => 0.5, end } as const;
  const trades = Array.from({ length: 30 }, (_, i) => ({ a: FIRST + i, T: START + i * 1000 }));
  const fetch = async (address: string) => {
    const query = new URL(address).searchParams;
    const asked = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);
    const rows =
      kind === 'trades'
        ? trades
            .filter(({ a, T }) => a >= asked('fromId', 0) && T >= asked('startTime', 0))
            .filter(({ T }) => T <= asked('endTime', Infinity))
            .map((row) => ({ ...row, p: bad.includes(row.a) ? '' : '1', q: '1', m: true }))
        : Array.from({ length: 5 }, (_, i) => i * MINUTE)
            .filter((time) => time >= asked('startTime', 0) && time <= Math.min(asked('endTime', 0), now))
            .map((time) => [time, '1', '1', '1', bad.includes(time) ? '' : '1', '1', 0, '1', 1]);
    const text = async () => JSON.stringify(rows);
    return { status: 200, headers: { get: () => null }, text };
  };
  const history =
    kind === 'trades'
      ? binanceHistory({ ...wanted, fetch, kind, start: START })
      : binanceHistory({ ...wanted, fetch, kind, every: '1m', start: 0 });
  const seen: string[] = [];
  for await (const event of history) {
    if (event.type === 'gap') seen.push(`${event.from}-${event.to} ${event.count} ${event.reason}`);
    else seen.push(String(event.type === 'trade' ? event.id : event.time));
  }
  return seen;
}

describe('binanceHistory names a row that cannot be read', () => {
  it('at the beginning and at the end of a stretch, and of all there is', async () => {
    const end = START + 5000;
    expect(await read('trades', [], end)).toEqual(['100', '101', '102', '103', '104']);
    expect(await read('trades', [100, 101], end)).toEqual(['100-101 2 bad-message', '102', '103', '104']);
    expect(await read('trades', [104], end)).toEqual(['100', '101', '102', '103', '104-104 1 bad-message']);
    expect((await read('trades', [128, 129], 1e9)).slice(-2)).toEqual(['127', '128-129 2 bad-message']);
  });

  it('but not the bar that is still open', async () => {
    const now = 2.5 * MINUTE;
    expect(await read('bars', [2 * MINUTE], 5 * MINUTE, now)).toEqual(['0', '60000']);
    expect(
      await read(
        'bars',
        [0, 1, 2].map((i) => i * MINUTE),
        5 * MINUTE,
        now,
      ),
    ).toEqual(['0-60000 2 bad-message']);
  });
});
