import {
  align,
  cointegratedTrades,
  monitorPair,
  OptionError,
  PairBook,
  type PairBookOptions,
  type PairUpdate,
  resample,
  type SymbolTrade,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

const tapes = cointegratedTrades({
  observations: 400,
  ratio: 1.2,
  halfLife: 15,
  spreadDeviation: 0.5,
  volatilityPerObservation: 0.001,
  startTime: 0,
  every: '1s',
  interval: '700ms',
  tickSize: 0.01,
  seed: 5,
});

/** Both tapes as they would arrive: by time. */
function feed(): SymbolTrade[] {
  const rows: SymbolTrade[] = [];
  for (const [symbol, { time, price, quantity }] of [
    ['BRENT', tapes.y],
    ['WTI', tapes.x],
  ] as const) {
    for (let i = 0; i < time.length; i++)
      rows.push({ symbol, time: time[i]!, price: price[i]!, quantity: quantity[i]! });
  }
  return rows.sort((a, b) => a.time - b.time);
}

const options: PairBookOptions = {
  every: '1s',
  pairs: [
    { y: 'BRENT', x: 'WTI', method: 'ols', window: 30, hedgeWindow: 60, test: { window: 60, every: 20 } },
    { y: 'WTI', x: 'BRENT', name: 'turned', method: 'kalman', window: 20 },
  ],
  rules: ['zScore > 2 clear 0.5', 'adf.pValue < 0.01 for BRENT-WTI once'],
};

describe('PairBook', () => {
  it('shows each pair as the whole-series functions over the tapes do, bit for bit', () => {
    const book = new PairBook(options);
    const updates = feed().flatMap((trade) => book.push(trade));
    const closes = ({ time, price, quantity }: typeof tapes.y) => {
      const bars = resample({ time, price, quantity }, { every: '1s', gaps: 'flat' });
      return { time: bars.time, value: bars.close };
    };
    const legs = align({ y: closes(tapes.y), x: closes(tapes.x) }, { how: 'exact' });
    const { y: _, x: __, name: ___, ...first } = options.pairs[0]!;
    const { y: ____, x: _____, name: ______, ...second } = options.pairs[1]!;
    const straight = monitorPair(legs, first);
    const turned = monitorPair({ time: legs.time, y: legs.x, x: legs.y }, second);
    const of = (pair: string): PairUpdate[] => updates.filter((update) => update.pair === pair);
    expect(of('BRENT-WTI').length).toBeGreaterThan(390);
    for (const [pair, readings] of [
      ['BRENT-WTI', straight],
      ['turned', turned],
    ] as const) {
      of(pair).forEach(({ pair: _name, alerts: _alerts, ...reading }, i) => {
        expect(reading).toEqual(readings[i]);
      });
    }
  });

  it('rings where a rule says so', () => {
    const book = new PairBook(options);
    const alerts = feed().flatMap((trade) => book.push(trade).flatMap((update) => update.alerts));
    const stretched = alerts.filter(({ metric }) => metric === 'zScore');
    expect(stretched.length).toBeGreaterThan(2);
    for (const { value } of stretched) expect(value).toBeGreaterThan(2);
    expect(alerts.filter(({ metric }) => metric === 'adf.pValue').length).toBeLessThanOrEqual(1);
  });

  it('goes on over restarts, and tells how it is doing', () => {
    const straight = new PairBook(options);
    let restarted = new PairBook(options);
    feed().forEach((trade, i) => {
      if (i % 200 === 150) restarted = PairBook.from(JSON.parse(JSON.stringify(restarted.snapshot())));
      expect(restarted.push(trade)).toEqual(straight.push(trade));
    });
    expect(restarted.status()).toEqual(straight.status());
    const { trades, symbols, pairs } = straight.status();
    expect(trades).toBe(feed().length);
    expect(symbols['BRENT']!.bars).toBeGreaterThan(390);
    expect(symbols['BRENT']!.lag).toBeLessThan(3000);
    expect(pairs['turned']!.updates).toBe(pairs['BRENT-WTI']!.updates);
    expect(straight.flush().length).toBeGreaterThan(0);
  });

  it('takes bars made elsewhere', () => {
    const book = new PairBook({ every: '1m', pairs: [{ y: 'a', x: 'b', method: 'ols', window: 5 }] });
    expect(book.pushBar({ symbol: 'a', time: 0, close: 1 })).toEqual([]);
    expect(book.pushBar({ symbol: 'b', time: 0, close: 2 })).toMatchObject([{ time: 0, y: 1, x: 2 }]);
  });

  it('does not wait for a silent symbol without end, and says what it gave up', () => {
    const pairs = [{ y: 'a', x: 'b', method: 'ols', window: 5 }] as const;
    const book = new PairBook({ every: 1000, pairs, mostWaiting: 10 });
    for (let i = 0; i < 100; i++) book.push({ symbol: 'a', time: 1000 * i, price: 5, quantity: 1 });
    expect(book.status().pairs['a-b']).toMatchObject({ waiting: 10, dropped: 89, updates: 0 });
    for (let i = 0; i < 100; i++) book.push({ symbol: 'b', time: 1000 * i, price: 5, quantity: 1 });
    expect(book.status().pairs['a-b']!.updates).toBe(10);
  });

  it('is not led astray by one tick in the wrong unit of time, and follows when the clock really moves', () => {
    const book = new PairBook({ ...options, rules: [] });
    const rows = feed();
    const updates = rows.flatMap((trade, i) => [
      ...(i === 500 ? book.push({ ...trade, time: trade.time * 1000 + 1e15 }) : []),
      ...book.push(trade),
    ]);
    const clean = new PairBook({ ...options, rules: [] });
    expect(updates).toEqual(rows.flatMap((trade) => clean.push(trade)));
    expect(book.status().refused).toBe(1);
    const later = rows.map((trade) => ({ ...trade, time: trade.time + 5 * 86_400_000 }));
    expect(later.flatMap((trade) => book.push(trade)).length).toBeGreaterThan(500);
    expect(book.status().refused).toBe(1);
  });

  it('forgets a first trade in the wrong unit of time, over a restart as well', () => {
    const rows = feed();
    const wild = { ...rows[0]!, time: 1e15 };
    for (const [first, ...tape] of [
      [wild, ...rows],
      // The first of the other symbol is the first to come after it.
      [{ ...wild, symbol: 'WTI' }, ...rows],
    ]) {
      let book = new PairBook(options);
      expect(book.push(first!)).toEqual([]);
      expect(book.status()).toMatchObject({ trades: 1, refused: 0 });
      const clean = new PairBook(options);
      const updates = tape.flatMap((trade, i) => {
        if (i < 3) book = PairBook.from(JSON.parse(JSON.stringify(book.snapshot())));
        return book.push(trade);
      });
      expect(updates).toEqual(tape.flatMap((trade) => clean.push(trade)));
      expect(book.status()).toEqual({ ...clean.status(), trades: tape.length + 1, refused: 1 });
    }
  });

  it('keeps a first trade that is days before the next, or that one stray follows', () => {
    const [first, ...rows] = feed();
    const clean = new PairBook(options);
    const straight = [first!, ...rows].flatMap((trade) => clean.push(trade));
    const astray = new PairBook(options);
    const updates = [first!, { ...first!, time: -1e15 }, ...rows].flatMap((trade) => astray.push(trade));
    expect(updates).toEqual(straight);
    const days = [first!, ...rows.slice(100)].map((trade, i) => ({
      ...trade,
      time: trade.time + (i === 0 ? 0 : 3 * 86_400_000),
    }));
    const one = new PairBook({ ...options, every: '1h', mostAhead: '1d' });
    const two = new PairBook({ ...options, every: '1h', mostAhead: '9d' });
    expect(days.flatMap((trade) => one.push(trade))).toEqual(days.flatMap((trade) => two.push(trade)));
    expect(one.status()).toEqual(two.status());
  });

  it('counts trades of symbols that no pair has, and late ones', () => {
    const book = new PairBook(options);
    book.push({ symbol: 'GAS', time: 0, price: 1, quantity: 1 });
    book.push({ symbol: 'WTI', time: 5000, price: 1, quantity: 1 });
    book.push({ symbol: 'WTI', time: 1000, price: 1, quantity: 1 });
    expect(book.status()).toMatchObject({ trades: 3, unknown: 1, symbols: { WTI: { late: 1 } } });
  });

  it.each([
    [{ ...options, pairs: [] }, 'PairBook: pairs must be an array of at least one'],
    [{ ...options, pairs: [{ y: 'a', x: 'a', method: 'ols', window: 5 }] }, 'two different symbols'],
    [{ ...options, pairs: [options.pairs[0], options.pairs[0]] }, "received 'BRENT-WTI' twice"],
    [{ ...options, every: '1 second' }, 'every must be a duration'],
    [{ ...options, rules: ['zScore >'] }, 'must have a number'],
    [{ ...options, rules: ['zScore > 2 for BRENT/WTI'] }, 'must be for a pair (BRENT-WTI, turned)'],
    [{ ...options, rules: ['zScoer > 2'] }, "received 'zScoer'"],
    [{ ...options, pairs: [{ y: 'a', x: 'b', method: 'ols', widow: 5 }] }, 'did you mean window?'],
  ])('refuses %#', (wrong, message) => {
    expect(() => new PairBook(wrong as never)).toThrow(OptionError);
    expect(() => new PairBook(wrong as never)).toThrow(message);
  });
});
