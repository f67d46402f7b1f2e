import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdingsOf } from '../../examples/demo/analysis.js';
import { History } from '../../examples/demo/history.js';
import { parseNumber } from '../../examples/demo/numbers.js';
import { Progress } from '../../examples/demo/progress.js';
import { quoted } from '../../examples/demo/quoted.js';
import { evenly, thin } from '../../examples/demo/thin.js';
import { epochMilliseconds, parseDate, showTime } from '../../examples/demo/timestamps.js';
import { barName, lasting, probability, significant } from '../../examples/demo/words.js';

describe('History', () => {
  it('keeps the newest, oldest first, whatever the capacity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 9000 }), (capacity, count) => {
        const history = new History(capacity);
        for (let i = 0; i < count; i++) history.push(i, 2 * i, 3 * i);
        const newest = Array.from({ length: count }, (_, i) => i).slice(-capacity);
        const { time, y, x } = history.columns();
        expect(Array.from(time)).toEqual(newest);
        expect(Array.from(y)).toEqual(newest.map((i) => 2 * i));
        expect(Array.from(x)).toEqual(newest.map((i) => 3 * i));
        expect(history.total).toBe(count);
      }),
      { numRuns: 60 },
    );
  });
});

describe('thin', () => {
  it('keeps both ends, the extremes of every series and the points that must stay, in order', () => {
    const series = fc.array(fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.constant(NaN)), {
      minLength: 300,
      maxLength: 3000,
      size: 'max',
    });
    fc.assert(
      fc.property(series, fc.array(fc.nat(299), { maxLength: 20 }), (values, keep) => {
        const points = thin([values, values.map((value) => -value)], keep, 200);
        expect(points.length).toBeLessThanOrEqual(Math.max(200, 2));
        expect(points).toEqual([...new Set(points)].sort((a, b) => a - b));
        for (const index of [0, values.length - 1, ...keep]) expect(points).toContain(index);
        const known = values.filter((value) => !Number.isNaN(value));
        const drawn = points.map((index) => values[index]!);
        if (known.length > 0) {
          expect(drawn).toContain(known.reduce((a, b) => Math.max(a, b)));
          expect(drawn).toContain(known.reduce((a, b) => Math.min(a, b)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a short series whole', () => {
    expect(thin([[3, 1, 2]], [], 20)).toEqual([0, 1, 2]);
  });
});

describe('evenly', () => {
  it('takes the first, the last and no more than are asked for, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 2, max: 500 }), (length, most) => {
        const items = Array.from({ length }, (_, i) => i);
        const taken = evenly(items, most);
        expect(taken).toHaveLength(Math.min(length, most));
        expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
        expect([taken[0], taken.at(-1)]).toEqual([0, length - 1]);
      }),
    );
  });
});

describe('holdingsOf', () => {
  it('tells every position from opening to close; turning round closes one and opens the next', () => {
    expect(holdingsOf([0, 1, 1, 0, -1, 1])).toEqual([
      { side: 'long', opened: 1, closed: 3 },
      { side: 'short', opened: 4, closed: 5 },
      { side: 'long', opened: 5, closed: undefined },
    ]);
    expect([holdingsOf([]), holdingsOf([0, 0])]).toEqual([[], []]);
  });
});

describe('quoted', () => {
  it('fits any text into a line of 80 characters that print', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(quoted(text).length).toBeLessThanOrEqual(80);
        expect(quoted(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
    expect(quoted('Schlußkurs €')).toBe('Schlußkurs €');
    expect(quoted('a\tb\u0000')).toBe('a\\u{9}b\\u{0}');
    expect(quoted('x'.repeat(81))).toBe(`${'x'.repeat(79)}…`);
  });
});

describe('times', () => {
  it('reads dates as people and exchanges write them', () => {
    const day = Date.UTC(2024, 7, 8);
    const clock = day + ((23 * 60 + 54) * 60 + 15) * 1000;
    for (const text of ['2024-08-08', '20240808']) expect(parseDate(text)).toBe(day);
    for (const text of ['2024-08-08 23:54:15', '2024-08-08T23:54:15Z', '2024-08-09 00:54:15+01:00']) {
      expect(parseDate(text)).toBe(clock);
    }
    expect(parseDate('2024-08-08 23:54:15.611')).toBe(clock + 611);
    expect(parseDate('2024-08-08 23:54')).toBe(clock - 15_000);
  });

  it('finds no date in what is none', () => {
    for (const text of [
      '',
      '2024',
      '2024-13-01',
      '2024-00-10',
      '2023-02-29',
      '2024-01-01 25:00',
      '01/02/2024',
      'x',
    ]) {
      expect(parseDate(text)).toBeNaN();
    }
  });

  it('tells milliseconds, microseconds and nanoseconds by their size', () => {
    expect(epochMilliseconds(1723161255611)).toBe(1723161255611);
    expect(epochMilliseconds(1723161255611_250)).toBe(1723161255611.25);
    expect(Math.floor(epochMilliseconds(1.723161255611e18))).toBe(1723161255611);
    for (const count of [-1, NaN, Infinity, 1e23]) expect(epochMilliseconds(count)).toBeNaN();
  });

  it('shows the time of day where there is one', () => {
    expect(showTime(Date.UTC(2020, 3, 20))).toBe('2020-04-20');
    expect(showTime(Date.UTC(2020, 3, 20, 9, 30))).toBe('2020-04-20 09:30:00 UTC');
    expect(showTime(Date.UTC(2020, 3, 20, 9, 30, 1, 50))).toBe('2020-04-20 09:30:01.050 UTC');
  });
});

describe('numbers and words', () => {
  it('reads decimal numbers and nothing else', () => {
    expect(['1', '-2.5', ' 3 ', '+4', '.5', '6.', '7e-3'].map(parseNumber)).toEqual([
      1, -2.5, 3, 4, 0.5, 6, 0.007,
    ]);
    for (const cell of ['', ' ', 'NaN', 'Infinity', '0x10', '1,5', '1e999', '1.2.3', 'null', '-']) {
      expect(parseNumber(cell)).toBeNaN();
    }
  });

  it('writes numbers as a reader expects them', () => {
    expect(
      [1.10739816367, -3.63964642832, 0.0273290561949, 61700.5, 0, NaN, -1.2e-9].map((x) => significant(x)),
    ).toEqual(['1.1074', '−3.63965', '0.0273291', '61,700.5', '0', 'NaN', '−1.20e−9']);
    expect([0.144475, 0.0019492, 1.2e-5, 0].map(probability)).toEqual([
      '0.144',
      '0.0019',
      '1.2e−5',
      '< 1e−300',
    ]);
    expect([1, 90_000, 46_630, 1.7e9, 1.25e12].map(lasting)).toEqual([
      '1 millisecond',
      '90 seconds',
      '46.6 seconds',
      '19.7 days',
      '39.6 years',
    ]);
    expect([1000, 60_000, 300_000, 500, 86_400_000].map(barName)).toEqual([
      'second',
      'minute',
      '5-minute bar',
      '500-millisecond bar',
      'day',
    ]);
  });
});

describe('Progress', () => {
  const source = { bytesRead: 5_000_000, size: 20_000_000 } as never;

  it('renews one line on a terminal, and wipes it', () => {
    let [now, text] = [0, ''];
    const progress = new Progress(
      (more) => (text += more),
      true,
      () => now,
    );
    progress.add(10, [source]);
    expect(text).toBe('');
    now = 250;
    progress.add(1000, [source]);
    progress.clear();
    expect(text).toBe('\r\u001b[Kread 5 MB of 20 MB (25 %), 1,010 rows\r\u001b[K');
  });

  it('writes a line every few seconds elsewhere', () => {
    let [now, text] = [0, ''];
    const progress = new Progress(
      (more) => (text += more),
      false,
      () => now,
    );
    for (now = 0; now <= 12_000; now += 1000) progress.add(1, [source]);
    progress.clear();
    expect(text.split('\n')).toHaveLength(3);
  });
});
