// Two recorded tapes replayed as one feed, at once and then at a thousand times the recorded pace, through the pipeline
// that a live feed would go through.
import { type Bar, cointegratedTrades, PairMonitor, Resampler } from 'hedgerow';
import { type BinanceTrade, binanceArchive } from 'hedgerow/binance';
import { merge, replay } from 'hedgerow/queue';

// An archive's file, as the exchange would have written it: id, price, quantity, first and last id, time in
// microseconds, whether the buyer was the maker, whether it was the best match.
const tapes = cointegratedTrades({
  ...{ observations: 900, ratio: 15, halfLife: 20, spreadDeviation: 12, volatilityPerObservation: 0.0005 },
  ...{ startTime: Date.UTC(2026, 0, 5, 14, 30), every: '1s', interval: '300ms', tickSize: 0.01, seed: 18 },
});
const archive = ({ time, price, quantity }: (typeof tapes)['y']): string =>
  Array.from(time, (at, i) =>
    [i, price[i]!.toFixed(8), quantity[i]!.toFixed(8), i, i, Math.round(at * 1000), 'False', 'True'].join(
      ',',
    ),
  ).join('\n');
const files = { BTCUSDT: archive(tapes.y), ETHUSDT: archive(tapes.x) };

/** Both files as one feed, by time. */
const recorded = () =>
  merge(Object.entries(files).map(([symbol, text]) => binanceArchive([text], { kind: 'aggTrades', symbol })));

/** Trades of two symbols into bars of a second, into a monitored pair. `binanceTrades` could stand here. */
async function watch(trades: AsyncIterable<BinanceTrade>): Promise<string[]> {
  const bars: Record<string, Resampler> = {
    BTCUSDT: new Resampler({ every: '1s', gaps: 'flat' }),
    ETHUSDT: new Resampler({ every: '1s', gaps: 'flat' }),
  };
  const closed: Record<string, Bar[]> = { BTCUSDT: [], ETHUSDT: [] };
  const monitor = new PairMonitor({ method: 'ols', window: 60, hedgeWindow: 240, enter: 2, exit: 0.5 });
  const lines: string[] = [];
  let held = 0;
  for await (const trade of trades) {
    closed[trade.symbol]!.push(...bars[trade.symbol]!.push(trade));
    while (closed['BTCUSDT']!.length > 0 && closed['ETHUSDT']!.length > 0) {
      const [y, x] = [closed['BTCUSDT']!.shift()!, closed['ETHUSDT']!.shift()!];
      const { time, zScore, ratio, position } = monitor.push({ time: y.time, y: y.close, x: x.close });
      if (position === held) continue;
      held = position;
      const word = position > 0 ? 'long' : position < 0 ? 'short' : 'flat';
      const clock = new Date(time).toISOString().slice(11, 19);
      lines.push(
        `${clock}  ${word.padEnd(5)}  z ${zScore.toFixed(2).padStart(5)}  ratio ${ratio.toFixed(3)}`,
      );
    }
  }
  return lines;
}

const atOnce = await watch(replay(recorded(), { speed: Infinity }));
console.log(atOnce.slice(0, 8).join('\n'));
console.log(`${atOnce.length} changes of position in a quarter of an hour, replayed at once`);

const began = performance.now();
const paced = await watch(replay(recorded(), { speed: 1000 }));
const seconds = (performance.now() - began) / 1000;
const same = paced.join() === atOnce.join();
console.log(
  `the same ${same ? '' : 'NOT '}at a thousand times the recorded pace, in ${seconds < 5 ? 'about a second' : 'too long'}`,
);
if (!same) process.exitCode = 1;
