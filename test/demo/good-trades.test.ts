import { gzipSync } from 'node:zlib';
import { align, ols, resample } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { csv, file, runDemo, tapeFiles } from './run-demo.js';

describe('the demo on trades', () => {
  const tapes = tapeFiles();

  it('makes the bars that resample makes, and hedges their closes', async () => {
    const [y, x] = [file('eth.csv', tapes.y), file('btc.csv.gz', gzipSync(tapes.x))];
    const { out, error } = await runDemo(y, x, '--json');
    expect(error).toBe('');
    const found = JSON.parse(out);
    const bars = [tapes.y, tapes.x].map((text) => {
      const rows = text
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').map(Number));
      const trades = rows.map(([, price, quantity, time]) => ({
        time: time!,
        price: price!,
        quantity: quantity!,
      }));
      return { rows: rows.length, columns: resample(trades, { every: '1s', gaps: 'flat' }) };
    });
    for (const [leg, { rows, columns }] of [
      [found.y, bars[0]!],
      [found.x, bars[1]!],
    ] as const) {
      expect(leg.rows).toBe(rows);
      expect(leg.bars.count).toBe(columns.time.length);
      expect(leg.bars.empty).toBe(columns.count.filter((count) => count === 0).length);
      expect(leg.bars.volume).toBeCloseTo(
        columns.volume.reduce((sum, volume) => sum + volume, 0),
        8,
      );
    }
    const [from, to] = [
      Math.max(...bars.map(({ columns }) => columns.time[0]!)),
      Math.min(...bars.map(({ columns }) => columns.time.at(-1)!)),
    ];
    const closes = bars.map(({ columns }) =>
      columns.close.filter((_, i) => columns.time[i]! >= from && columns.time[i]! <= to),
    );
    expect(found.analysed).toBe(closes[0]!.length);
    expect(found.ratio).toBe(ols({ y: closes[0]!, x: closes[1]! }).ratio);
  });

  it('says how many trades, bars and silent bars there were', async () => {
    const [y, x] = [file('eth.csv', tapes.y), file('btc.csv', tapes.x)];
    const { out, code } = await runDemo(y, x, '--every', '500ms', '--stop', '4');
    expect(code).toBe(0);
    expect(out).toMatch(
      /eth: [\d,]+ trades, [56]\d\d 500-millisecond bars of which \d+ without trades, volume/,
    );
    expect(out).toContain('stop at |z| ≥ 4');
  });

  it('tells microseconds from milliseconds', async () => {
    const inMicroseconds = tapes.y.replace(/,(\d{13}),/g, ',$1000,');
    const x = file('btc.csv', tapes.x);
    const [one, other] = [file('ms.csv', tapes.y), file('us.csv', inMicroseconds)];
    const inMs = JSON.parse((await runDemo(one, x, '--json')).out);
    const inUs = JSON.parse((await runDemo(other, x, '--json')).out);
    expect(inUs.ratio).toBe(inMs.ratio);
    expect(inUs.first).toBe(inMs.first);
  });

  it('takes a tape that starts earlier, ends later or rests in the middle', async () => {
    const lines = tapes.x.trim().split('\n');
    const cut = [lines[0], ...lines.slice(200, 400), ...lines.slice(600, 800)].join('\n');
    const found = JSON.parse((await runDemo(file('y.csv', tapes.y), file('cut.csv', cut), '--json')).out);
    expect(found.analysed).toBe(found.x.bars.count);
    expect(found.aligned).toBe(found.analysed);
    expect(found.x.bars.empty).toBeGreaterThan(30);
  });
});

describe('the demo on tapes that fall silent', () => {
  it('carries the last price through, wherever either tape rests', async () => {
    // Seconds of the trades, with silences that overlap, enclose each other and meet.
    const seconds = { y: [0, 1, 2, 50, 51, 90, 200, 201, 230], x: [1, 2, 30, 31, 51, 52, 199, 260] };
    const price = (second: number, leg: number): number => 100 + ((second * (7 + leg)) % 13);
    const tape = (leg: 'y' | 'x'): string =>
      csv(
        'price,qty,time',
        seconds[leg].map((second, i) => [price(second, leg === 'y' ? i : 2), 1, (1.7e9 + second) * 1000]),
      );
    const files = [file('y.csv', tape('y')), file('x.csv', tape('x'))];
    const found = JSON.parse((await runDemo(...files, '--window', '20', '--json')).out);
    const barsOf = (leg: 'y' | 'x') => {
      const rows = tape(leg).trim().split('\n').slice(1);
      const [prices, quantity, time] = [0, 1, 2].map((column) =>
        rows.map((row) => Number(row.split(',')[column])),
      );
      return resample({ time: time!, price: prices!, quantity: quantity! }, { every: '1s', gaps: 'flat' });
    };
    const [y, x] = [barsOf('y'), barsOf('x')];
    const both = align(
      { y: { time: y.time, value: y.close }, x: { time: x.time, value: x.close } },
      { how: 'exact' },
    );
    expect([found.y.bars.count, found.x.bars.count]).toEqual([y.time.length, x.time.length]);
    expect(found.analysed).toBe(230);
    expect(found.ratio).toBe(ols(both).ratio);
  });
});
