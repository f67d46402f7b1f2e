import fc from 'fast-check';
import {
  benjaminiHochberg,
  cointegratedPair,
  correlation,
  engleGranger,
  halfLife,
  type Panel,
  type ScreenedPair,
  type ScreenPairsOptions,
  screenMatrix,
  screenPairs,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { expectNear } from '../support/conformance.js';
import { prices, ragged } from './panels.js';

type Columns = Readonly<Record<string, ArrayLike<number>>>;

/** What two series have in common: from the later listing to the earlier end. */
function common(panel: Columns, { y, x }: { y: string; x: string }): { y: number[]; x: number[] } {
  const [ofY, ofX] = [Array.from(panel[y]!), Array.from(panel[x]!)];
  const there = ofY.flatMap((price, t) => (Number.isNaN(price) || Number.isNaN(ofX[t]!) ? [] : [t]));
  const [from, end] = [there[0] ?? 0, (there.at(-1) ?? -1) + 1];
  return { y: ofY.slice(from, end), x: ofX.slice(from, end) };
}

const changes = (series: readonly number[]): number[] =>
  series.slice(1).map((price, t) => price - series[t]!);

/** Fails unless the row is what the functions for one pair say. */
function expectOneByOne(panel: Columns, row: ScreenedPair, options: ScreenPairsOptions): void {
  const taken = common(panel, row);
  const legs = options.prices === 'log' ? { y: taken.y.map(Math.log), x: taken.x.map(Math.log) } : taken;
  const { lags = 1 } = options;
  const test = engleGranger(legs, { lags });
  const what = `${row.y} on ${row.x}`;
  expect(row.reason, what).toBe(undefined);
  expect(row.observations, what).toBe(legs.y.length);
  expect(row.lags, what).toBe(test.lags);
  expectNear(row.ratio, test.ratio, 1e-9, what);
  expectNear(row.statistic, test.statistic, 1e-9, what);
  expectNear(row.pValue, test.pValue, 1e-8, what);
  expectNear(row.halfLife, halfLife(test.residuals), 1e-9, what);
  const level = Math.max(...legs.y.map(Math.abs)) + Math.abs(test.ratio) * Math.max(...legs.x.map(Math.abs));
  expect(Math.abs(row.intercept - test.intercept), what).toBeLessThanOrEqual(1e-11 * level);
  expect(Math.abs(row.correlation - correlation(legs)), what).toBeLessThanOrEqual(1e-12);
  const moves = { y: changes(legs.y), x: changes(legs.x) };
  expect(Math.abs(row.changeCorrelation - correlation(moves)), what).toBeLessThanOrEqual(1e-12);
}

describe('screenPairs', () => {
  it('finds the pairs that were made to hold together', () => {
    const screen = screenPairs(prices(20, 800, 1));
    const found = screen.pairs
      .slice(0, 10)
      .map(({ y, x }) => `${y} ${x}`)
      .sort();
    const made = Array.from({ length: 10 }, (_, k) => `p${2 * k} p${2 * k + 1}`).sort();
    expect(found).toEqual(made);
    expect(screen.pairs.length).toBe(190);
    expect([screen.tested, screen.failed]).toEqual([190, 0]);
    expect(screen.selected.slice(0, 10)).toEqual(screen.pairs.slice(0, 10));
    for (const { ratio } of screen.pairs.slice(0, 10)) expect(Math.abs(ratio - 2)).toBeLessThan(0.1);
  });

  it('is one by one: the numbers are those of the functions for one pair', () => {
    const cases: [ScreenPairsOptions, Columns][] = [
      [{}, prices(14, 400, 2)],
      [{ lags: 0 }, prices(7, 260, 3)],
      [{ lags: 3 }, prices(6, 300, 4)],
      [{ lags: 'aic' }, prices(6, 300, 5)],
      [{ lags: 't-stat', prices: 'log' }, prices(5, 300, 6)],
      [{ prices: 'log', order: 'both' }, prices(9, 300, 7)],
      [{}, ragged(12, 400, 8)],
      [{ lags: 'bic' }, ragged(5, 400, 9)],
    ];
    for (const [options, panel] of cases) {
      const { pairs } = screenPairs(panel, options);
      for (const row of pairs) expectOneByOne(panel, row, options);
    }
  });

  it('is one by one where sums would round: near copies, large offsets, tiny and huge units', () => {
    const { y, x } = cointegratedPair({ observations: 300, ratio: 1, halfLife: 5, seed: 3 });
    const base = prices(2, 300, 10);
    const noise = y.map((price, t) => price - x[t]!);
    const panel = {
      ...base,
      y,
      x,
      near: x.map((price, t) => 2 * price + 1e-6 * noise[t]!),
      nearer: x.map((price, t) => 3 * price + 1e-9 * noise[t]!),
      high: x.map((price, t) => 1e9 + price + noise[t]!),
      tiny: y.map((price) => price * 1e-140),
      huge: x.map((price) => price * 1e140),
    };
    for (const row of screenPairs(panel).pairs) {
      const test = engleGranger(common(panel, row), { lags: 1 });
      expectNear(row.ratio, test.ratio, 1e-9, `ratio of ${row.y} on ${row.x}`);
      expectNear(row.statistic, test.statistic, 1e-9, `statistic of ${row.y} on ${row.x}`);
    }
  });

  it('gives the first rows with the very numbers of engleGranger', () => {
    const panel = prices(10, 400, 11);
    for (const row of screenPairs(panel).pairs.slice(0, 20)) {
      const test = engleGranger({ y: panel[row.y]!, x: panel[row.x]! }, { lags: 1 });
      expect([row.ratio, row.intercept, row.statistic, row.pValue]).toEqual([
        test.ratio,
        test.intercept,
        test.statistic,
        test.pValue,
      ]);
    }
  });

  it('ranks by p-value, statistic and name, and adjusts for all pairs', () => {
    const { pairs } = screenPairs({ ...prices(12, 300, 12), flat: new Float64Array(300) }, { order: 'both' });
    expect(pairs.length).toBe(156);
    const tested = pairs.filter(({ reason }) => reason === undefined);
    expect(pairs.slice(tested.length).map(({ y, x }) => `${y} ${x}`)).toEqual(
      pairs
        .slice(tested.length)
        .map(({ y, x }) => `${y} ${x}`)
        .sort(),
    );
    tested.forEach((row, i) => {
      const next = tested[i + 1];
      if (!next) return;
      expect(row.pValue).toBeLessThanOrEqual(next.pValue);
      if (row.pValue === next.pValue) expect(row.statistic).toBeLessThanOrEqual(next.statistic);
      expect(row.adjustedPValue).toBeLessThanOrEqual(next.adjustedPValue);
    });
    const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue));
    expect(tested.map(({ adjustedPValue }) => adjustedPValue)).toEqual(Array.from(adjusted));
  });

  it('takes the order of the panel for y and x, or both', () => {
    const panel = prices(3, 200, 13);
    const names = (screen: { pairs: readonly ScreenedPair[] }): string[] =>
      screen.pairs.map(({ y, x }) => y + x).sort();
    expect(names(screenPairs(panel))).toEqual(['p0p1', 'p0p2', 'p1p2']);
    expect(names(screenPairs(panel, { order: 'both' }))).toEqual([
      'p0p1',
      'p0p2',
      'p1p0',
      'p1p2',
      'p2p0',
      'p2p1',
    ]);
  });

  it('returns only the best when asked, of the same screen', () => {
    const panel = prices(12, 300, 14);
    const all = screenPairs(panel);
    const best = screenPairs(panel, { top: 5 });
    expect(best.pairs).toEqual(all.pairs.slice(0, 5));
    expect([best.tested, best.failed]).toEqual([66, 0]);
    expect(screenPairs(panel, { falseDiscoveryRate: 0 }).selected.length).toBe(
      all.pairs.filter(({ pValue }) => pValue === 0).length,
    );
    expect(screenPairs(panel, { falseDiscoveryRate: 1 }).selected.length).toBe(66);
  });

  it('knows an exact copy, and has no half-life for it', () => {
    const { p0, p1 } = prices(2, 100, 15) as { p0: Float64Array; p1: Float64Array };
    const [first, ...rest] = screenPairs({ p0, p1, copy: p0.map((price) => 2 * price) }).pairs;
    expect(first).toMatchObject({ y: 'p0', x: 'copy', statistic: -Infinity, pValue: 0, ratio: 0.5 });
    expect(first!.halfLife).toBeNaN();
    expect(rest.every(({ statistic }) => Number.isFinite(statistic))).toBe(true);
  });

  it('keeps one bad series from the others, and says what is wrong with its pairs', () => {
    const good = prices(3, 200, 16);
    const gap = good['p0']!.map((price, t) => (t === 70 ? NaN : price));
    const spike = good['p0']!.map((price, t) => (t === 70 ? Infinity : price));
    const young = good['p1']!.map((price, t) => (t < 190 ? NaN : price));
    const panel = {
      ...good,
      flat: new Float64Array(200).fill(0.1),
      gap,
      spike,
      young,
      none: gap.map(() => NaN),
    };
    const screen = screenPairs(panel);
    const reasonOf = (name: string): unknown =>
      [
        ...new Set(screen.pairs.filter(({ y, x }) => y === 'p0' && x === name).map(({ reason }) => reason)),
      ][0];
    expect(['flat', 'gap', 'spike', 'young', 'none'].map(reasonOf)).toEqual([
      'degenerate',
      'not-finite',
      'not-finite',
      'too-short',
      'too-short',
    ]);
    expect([screen.tested, screen.failed]).toEqual([3, 25]);
    for (const row of screen.pairs.slice(0, 3)) expectOneByOne(panel, row, {});
    const bad = screen.pairs.slice(3);
    expect(bad.every(({ pValue, ratio }) => Number.isNaN(pValue) && Number.isNaN(ratio))).toBe(true);
    expect(bad.find(({ y, x }) => y === 'p0' && x === 'young')!.observations).toBe(10);
  });

  it('drops the rows in which a leg is missing when told to', () => {
    const { p0, p1 } = prices(2, 200, 17) as { p0: Float64Array; p1: Float64Array };
    const holes = (series: Float64Array, at: number): Float64Array =>
      series.map((price, t) => (t % 50 === at ? NaN : price));
    const panel = { y: holes(p0, 20), x: holes(p1, 30) };
    expect(screenPairs(panel).pairs[0]!.reason).toBe('not-finite');
    const kept = Array.from(p0.keys()).filter((t) => t % 50 !== 20 && t % 50 !== 30);
    const legs = { y: kept.map((t) => p0[t]!), x: kept.map((t) => p1[t]!) };
    const [row] = screenPairs(panel, { missing: 'drop' }).pairs;
    expect(row!.observations).toBe(192);
    expect(row!.statistic).toBe(engleGranger(legs, { lags: 1 }).statistic);
    const spiked = { ...panel, x: panel.x.map((price, t) => (t === 100 ? -Infinity : price)) };
    expect(screenPairs(spiked, { missing: 'drop' }).pairs[0]!.reason).toBe('not-finite');
  });

  it('has no logarithm of a price that is not positive', () => {
    const { p0, p1 } = prices(2, 100, 18) as { p0: Float64Array; p1: Float64Array };
    for (const bad of [0, -37.63]) {
      const oil = p1.map((price, t) => (t === 50 ? bad : price));
      expect(screenPairs({ p0, oil }, { prices: 'log' }).pairs[0]!.reason).toBe('degenerate');
      expect(screenPairs({ p0, oil }).pairs[0]!.reason).toBe(undefined);
    }
  });

  it('needs 30 observations in common, or as many as the minimum and the lags ask for', () => {
    const of = (rows: number, options: ScreenPairsOptions): unknown =>
      screenPairs(prices(2, rows, 19), options).pairs[0]!.reason;
    expect([of(29, {}), of(30, {})]).toEqual(['too-short', undefined]);
    expect([of(6, { minimum: 3 }), of(7, { minimum: 3 })]).toEqual(['too-short', undefined]);
    expect([of(24, { minimum: 3, lags: 10 }), of(25, { minimum: 3, lags: 10 })]).toEqual([
      'too-short',
      undefined,
    ]);
    expect(of(2, { minimum: 3 })).toBe('too-short');
    expect(of(0, { minimum: 3 })).toBe('too-short');
  });

  it('is the same for a strided matrix with names', () => {
    const panel = prices(4, 100, 20);
    const names = Object.keys(panel);
    const data = Float64Array.from({ length: 400 }, (_, at) => panel[names[at % 4]!]![Math.floor(at / 4)]!);
    const view: Panel = { data, shape: [100, 4], stride: [4, 1], offset: 0, names };
    expect(screenPairs(view)).toEqual(screenPairs(panel));
  });

  it('reads its input only, and is the same every time', () => {
    const panel = ragged(6, 200, 21);
    const before = structuredClone(panel);
    const screen = screenPairs(panel, { prices: 'log' });
    expect(panel).toEqual(before);
    expect(screenPairs(panel, { prices: 'log' })).toEqual(screen);
  });

  it('moves as theory says when a series is shifted and scaled by a power of two', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.integer({ min: -20, max: 20 }), (seed, power) => {
        const { p0, p1 } = prices(2, 120, seed) as { p0: Float64Array; p1: Float64Array };
        const scale = 2 ** power;
        const [plain] = screenPairs({ p0, p1 }).pairs;
        const [scaled] = screenPairs({ p0, p1: p1.map((price) => price * scale) }).pairs;
        expectNear(scaled!.ratio * scale, plain!.ratio, 1e-13, 'ratio');
        expectNear(scaled!.statistic, plain!.statistic, 1e-9, 'statistic');
        expectNear(scaled!.halfLife, plain!.halfLife, 1e-9, 'halfLife');
      }),
      { numRuns: 30 },
    );
  });

  it('tells how far it is, and stops when asked', () => {
    const panel = prices(40, 60, 22);
    const seen: number[] = [];
    screenPairs(panel, {
      onProgress: ({ done, total }) => {
        expect(total).toBe(780);
        seen.push(done);
      },
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(780);
    const controller = new AbortController();
    const told: number[] = [];
    const onProgress = ({ done }: { done: number }): void => {
      told.push(done);
      controller.abort(new Error('enough'));
    };
    expect(() => screenPairs(panel, { signal: controller.signal, onProgress })).toThrow('enough');
    expect(told.length).toBe(1);
    expect(() => screenPairs(panel, { signal: AbortSignal.abort(new Error('never begun')) })).toThrow(
      'never begun',
    );
  });

  it('refuses what is no panel and no option', () => {
    const panel = prices(2, 60, 23);
    const refused =
      (options: unknown): (() => unknown) =>
      () =>
        screenPairs(panel, options as ScreenPairsOptions);
    expect(refused({ lag: 1 })).toThrow('screenPairs: unknown option lag; did you mean lags?');
    expect(refused({ prices: 'logs' })).toThrow("prices must be one of 'raw', 'log', received 'logs'");
    expect(refused({ lags: -1 })).toThrow('lags must be a non-negative integer, received -1');
    expect(refused({ lags: 'hqc' })).toThrow('lags must be one of');
    expect(refused({ lags: 1, maxLags: 3 })).toThrow('maxLags bounds a rule, received it with 1 lags');
    expect(refused({ order: 'best' })).toThrow("order must be one of 'given', 'both'");
    expect(refused({ minimum: 2 })).toThrow('minimum must be an integer of at least 3, received 2');
    expect(refused({ missing: 'skip' })).toThrow("missing must be one of 'refuse', 'drop'");
    expect(refused({ falseDiscoveryRate: 5 })).toThrow('falseDiscoveryRate must be from 0 to 1, received 5');
    expect(refused({ top: 0 })).toThrow('top must be a positive integer, received 0');
    expect(refused({ onProgress: 1 })).toThrow('onProgress must be a function, received number');
    expect(refused({ signal: true })).toThrow('signal must be an AbortSignal, received boolean');
    expect(refused(null)).toThrow('options must be an object');
    expect(() => screenPairs({ a: [1, 2, 3] })).toThrow('screenPairs: needs at least 2 series, received 1');
    expect(() => screenPairs({ a: [1, 2], b: [1] })).toThrow(
      'columns must have one length, received a 2, b 1',
    );
    expect(() => screenPairs([[1], [2]] as never)).toThrow('a panel must be an object of series');
  });
});

describe('screenMatrix', () => {
  it('holds each figure at y and x, and what is even on both sides', () => {
    const screen = screenPairs(prices(4, 100, 24));
    const { data, names } = screenMatrix(screen, 'pValue');
    for (const { y, x, pValue } of screen.pairs) {
      const [i, j] = [names.indexOf(y), names.indexOf(x)];
      expect(data[4 * i + j]).toBe(pValue);
      expect(data[4 * j + i]).toBeNaN();
    }
    const related = screenMatrix(screen, 'correlation').data;
    expect(related[1]).toBe(related[4]);
    expect(() => screenMatrix(screen, 'reason' as never)).toThrow("figure must be one of 'ratio'");
  });
});
