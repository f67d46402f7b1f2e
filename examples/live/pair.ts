// A pair in the terminal, a table that refreshes: `npm run live:pair -- ETHUSDT BTCUSDT`, or `npm run live:pair -- --simulated`.
import { parseArgs } from 'node:util';
import { cointegratedTrades, PairBook, type PairUpdate, type SymbolTrade, tradeRows } from 'hedgerow';
import { binanceTrades, only } from 'hedgerow/binance';
import { merge, replay } from 'hedgerow/queue';
import { WebSocket } from 'ws';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { simulated: { type: 'boolean' }, speed: { type: 'string', default: '60' } },
});
const [y = 'ETHUSDT', x = 'BTCUSDT'] = positionals;

/** Two simulated tapes as one feed. */
function simulated(): AsyncIterable<SymbolTrade> {
  const shape = { ratio: 1.2, halfLife: 15, spreadDeviation: 0.5, volatilityPerObservation: 0.001 };
  const clock = { startTime: 0, every: '1s', interval: '400ms', tickSize: 0.01, seed: 5 } as const;
  const tapes = cointegratedTrades({ observations: 600, ...shape, ...clock });
  async function* rows(symbol: string, tape: (typeof tapes)['y']): AsyncGenerator<SymbolTrade> {
    for (const trade of tradeRows(tape)) yield { symbol, ...trade };
  }
  return replay(merge([rows(y, tapes.y), rows(x, tapes.x)]), { speed: Number(values.speed) });
}

const book = new PairBook({
  every: '1s',
  pairs: [{ y, x, method: 'ols', window: 60, enter: 2, exit: 0.5, test: { window: 120, every: 30 } }],
  rules: ['zScore > 2 clear 0.5', 'zScore < -2 clear -0.5'],
});
const last: PairUpdate[] = [];
const rung: string[] = [];

function draw(): void {
  const clock = (time: number): string => new Date(time).toISOString().slice(11, 19);
  const figure = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '–').padStart(11);
  const lines = last.map(
    ({ time, y, x, ratio, zScore, correlation, halfLife, position }) =>
      clock(time) +
      [y, x, ratio, zScore, correlation, halfLife].map(figure).join('') +
      String(position).padStart(10),
  );
  const names = ['y', 'x', 'ratio', 'z-score', 'correlation', 'half-life'].map((name) => name.padStart(11));
  const { trades, pairs } = book.status();
  const state = `${y} on ${x}: ${trades} trades, ${pairs[`${y}-${x}`]!.updates} bars`;
  // On a terminal the table stays where it is.
  if (process.stdout.isTTY) console.log('\u001b[H\u001b[2J');
  console.log([state, `        ${names.join('')}  position`, ...lines, ...rung.slice(-5)].join('\n'));
}

try {
  const source = values.simulated
    ? simulated()
    : only(binanceTrades({ symbols: [y, x], market: 'spot', WebSocket }), 'trade');
  for await (const trade of source) {
    const updates = book.push(trade);
    for (const update of updates) {
      last.push(update);
      if (last.length > 12) last.shift();
      for (const { rule, value } of update.alerts) rung.push(`! ${rule}: it is ${value.toFixed(2)}`);
    }
    if (updates.length > 0 && process.stdout.isTTY) draw();
  }
  draw();
} catch (error) {
  console.error(`live:pair: ${(error as Error).message}`);
  process.exitCode = 1;
}
