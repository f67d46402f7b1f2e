import fc from 'fast-check';
import { type Alert, cointegratedPair, OptionError, PairMonitor, Watch } from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('Watch', () => {
  it('keeps the keys apart', () => {
    const watch = new Watch([{ metric: 'zScore', above: 2, clear: 1 }]);
    const push = (time: number, key: string, zScore: number): string[] =>
      watch.push({ time, key, metrics: { zScore } }).map(({ id }) => id);
    expect(push(0, 'a', 3)).toEqual(['zScore > 2 clear 1/a/1']);
    expect(push(0, 'b', 3)).toEqual(['zScore > 2 clear 1/b/1']);
    expect(push(1, 'a', 1.5)).toEqual([]);
    expect(push(2, 'a', 3)).toEqual([]);
    expect(push(3, 'a', 0)).toEqual([]);
    expect(push(4, 'a', 3)).toEqual(['zScore > 2 clear 1/a/2']);
  });

  it('holds a rule with a key for that key alone', () => {
    const watch = new Watch(['price < 10 for BTC']);
    expect(watch.push({ time: 0, key: 'ETH', metrics: { price: 1 } })).toEqual([]);
    expect(watch.push({ time: 0, key: 'BTC', metrics: { price: 1 } })).toHaveLength(1);
  });

  it('reads a metric in upper or lower case, and passes over what is no number', () => {
    const watch = new Watch(['zscore > 2']);
    expect(watch.push({ time: 0, key: 'a', metrics: { zScore: '3', adf: null } })).toEqual([]);
    expect(watch.push({ time: 1, key: 'a', metrics: { zScore: 3 } })[0]!.metric).toBe('zscore');
  });

  it('names rules whose metric was never seen', () => {
    const watch = new Watch(['zScore > 2', 'zScorr > 2', 'price > 1 for BTC']);
    watch.push({ time: 0, key: 'ETH', metrics: { zScore: 0, price: 5 } });
    expect(watch.unseen).toEqual(['zScorr > 2', 'price > 1 for BTC']);
  });

  it('says its rules in words', () => {
    const rules = ['zScore > 2 for BTC-ETH clear 1 cooldown 5m', 'spread <= -3 as wide'];
    expect(new Watch(rules).rules).toEqual(rules);
  });

  it('looks after a pair as its monitor reports it', () => {
    const pair = cointegratedPair({ observations: 500, ratio: 1.5, halfLife: 8, seed: 4 });
    const monitor = new PairMonitor({ method: 'ols', window: 40 });
    const watch = new Watch(['zScore > 2 clear 0.5', 'zScore < -2 clear -0.5']);
    const alerts: Alert[] = [];
    for (let i = 0; i < 500; i++) {
      const { time, ...metrics } = monitor.push({ time: i * 1000, y: pair.y[i]!, x: pair.x[i]! });
      alerts.push(...watch.push({ time, key: 'pair', metrics }));
    }
    expect(alerts.length).toBeGreaterThan(3);
    for (const { value, threshold } of alerts) expect(Math.abs(value)).toBeGreaterThan(Math.abs(threshold));
  });

  it('neither repeats nor loses an alert over any restart', () => {
    const row = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.double({ min: -3, max: 3, noNaN: true }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.array(fc.nat(60)), (rows, cuts) => {
        const rules = ['score > 1 clear 0 held 500ms', 'score < -1 for b cooldown 3s', 'score >= 2 once'];
        const straight = new Watch(rules);
        let restarted = new Watch(rules);
        const ids: string[] = [];
        rows.forEach(([key, score], i) => {
          if (cuts.includes(i)) restarted = Watch.from(JSON.parse(JSON.stringify(restarted.snapshot())));
          const observation = { time: i * 400, key, metrics: { score } };
          const alerts = restarted.push(observation);
          expect(alerts).toEqual(straight.push(observation));
          ids.push(...alerts.map(({ id }) => id));
        });
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('gives alerts of different rules and keys different ids, whatever their names', () => {
    const watch = new Watch(['x > 1 as a', 'x > 1 as a/b']);
    const push = (key: string): string[] =>
      watch.push({ time: 0, key, metrics: { x: 2 } }).map(({ id }) => id);
    const ids = [...push('b/c'), ...push('c')];
    expect(new Set(ids).size).toBe(4);
  });

  it('refuses what is no list of rules, and two of one name', () => {
    expect(() => new Watch('zScore > 2' as never)).toThrow(OptionError);
    expect(() => new Watch(['zScore > 2', { metric: 'zScore', above: 2 }])).toThrow(
      "received 'zScore > 2' twice",
    );
    expect(() => new Watch([{ metric: 'zScore', abov: 2 } as never])).toThrow('did you mean above?');
    expect(() => new Watch([null as never])).toThrow('Watch: options must be an object, received null');
  });
});
