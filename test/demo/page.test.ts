import { describe, expect, it } from 'vitest';
import { csv, days, file, runDemo, tapeFiles } from './run-demo.js';

/** What the page draws. */
const chartIn = (html: string) =>
  JSON.parse(/<script type="application\/json" id="pair">(.*?)<\/script>/s.exec(html)![1]!);

describe('the page of the demo', () => {
  it('asks the network for nothing and keeps the attribution of the chart library', async () => {
    const { html } = await runDemo('--seed', '2');
    const holds = (text: string): boolean => html!.includes(text);
    expect(holds("default-src 'none'")).toBe(true);
    // What stands outside the scripts is all that a browser could fetch for by itself.
    const markup = html!.replace(/<script[^>]*>.*?<\/script>/gs, '<script></script>');
    expect(markup.match(/\ssrc=|<link\b|@import|url\(/gi)).toBeNull();
    expect(holds('TradingView Lightweight Charts™ v5')).toBe(true);
    expect(holds('<a href="https://www.tradingview.com/">')).toBe(true);
  });

  it('holds the columns, the levels and every mark', async () => {
    const tapes = tapeFiles();
    const { html, out } = await runDemo(file('y.csv', tapes.y), file('x.csv', tapes.x), '--stop', '4');
    const data = chartIn(html!);
    const lengths = [data.time, data.y, data.x, data.spread, data.zScore].map((column) => column.length);
    expect(new Set(lengths).size).toBe(1);
    expect(data.zScore[0]).toBeNull();
    expect(data.levels).toEqual({ enter: 2, exit: 0.5, stop: 4 });
    const entries = data.marks.filter(([, kind]: [number, string]) => kind !== 'close').length;
    expect(out).toContain(`${entries} entr`);
    expect(data.time.every((time: number, i: number) => i === 0 || time > data.time[i - 1])).toBe(true);
  });

  it('draws every position it shows from its opening to its close, and says how much it leaves out', async () => {
    // A spread that swings across its bands every few days: more positions, and more points, than a page can bear.
    const rows = days('1600-01-01', 60_000).map((date, i) => {
      const x = 50 + Math.sin(i / 900) + 0.1 * Math.cos(i * i);
      return [date, (2 * x + (i % 10 === 0 ? (i % 20) - 10 || 10 : Math.sin(i))).toFixed(4), x.toFixed(4)];
    });
    const { html, out } = await runDemo(file('pair.csv', csv('Date,y,x', rows)), '--window', '20');
    const { marks, time } = chartIn(html!);
    const kinds = marks.map(([, kind]: [number, string]) => kind);
    expect(kinds).toHaveLength(10_000);
    expect(kinds.every((kind: string, i: number) => (kind === 'close') === (i % 2 === 1))).toBe(true);
    const note = out.split('\n').find((line) => line.includes('the chart draws'))!;
    expect(note).toContain(`${time.length.toLocaleString('en-US')} of 60,000 points`);
    expect(note).toMatch(/5,000 of [5-9],\d{3} entries, each with its exit/);
    expect(html).toContain(note);
  });

  it('does not let a name become markup', async () => {
    const rows = days('2020-01-01', 120).map((date, i) => [date, 50 + Math.sin(i), 20 + Math.cos(i * i)]);
    const { html, code } = await runDemo(file('odd.csv', csv('Date,</script><b>,x', rows)));
    expect(code).toBe(0);
    expect(html!.includes('</script><b>')).toBe(false);
    expect(html!.match(/<\/script>/g)).toHaveLength(3);
  });
});
