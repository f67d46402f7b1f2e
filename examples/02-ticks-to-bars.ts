// From a tape of trades to bars: all at once, live, and sampled by trades or by volume instead of the clock.
import {
  geometricBrownianMotion,
  Resampler,
  resample,
  simulatedTrades,
  tickBars,
  volumeBars,
} from 'hedgerow';

const opening = Date.UTC(2024, 0, 2, 9, 30);
const closes = geometricBrownianMotion({
  start: 100,
  drift: 0,
  volatility: 0.2,
  years: 1 / 252,
  steps: 29,
  seed: 7,
});
const tape = simulatedTrades(closes, {
  start: opening,
  every: '1m',
  interval: '900ms',
  tickSize: 0.01,
  seed: 8,
});

const bars = resample(tape, { every: '5m' });
console.log(`${tape.time.length} trades make ${bars.time.length} bars of five minutes`);
for (let i = 0; i < 3; i++) {
  const [open, high, low, close] = [bars.open, bars.high, bars.low, bars.close].map((c) => c[i]!.toFixed(2));
  const clock = new Date(bars.time[i]!).toISOString().slice(11, 16);
  console.log(`${clock}  o ${open}  h ${high}  l ${low}  c ${close}  v ${bars.volume[i]!.toFixed(1)}`);
}

// Live: a push returns the bars that this trade has closed, usually none.
const live = new Resampler({ every: '5m', gaps: 'flat' });
let closed = 0;
for (let i = 0; i < tape.time.length; i++) {
  closed += live.push({ time: tape.time[i]!, price: tape.price[i]!, quantity: tape.quantity[i]! }).length;
}
console.log(`live: ${closed} closed, ${live.flush().length} still open at the end`);
console.log(`${tickBars(tape, { size: 100 }).time.length} bars of 100 trades`);
console.log(`${volumeBars(tape, { size: 50 }).time.length} bars of 50 units`);
