// A pair watched live, saved in the middle, and resumed after a restart as if nothing had happened.
import { cointegratedPair, PairMonitor } from 'hedgerow';

const { y, x } = cointegratedPair({
  observations: 1500,
  ratio: 0.8,
  intercept: 20,
  halfLife: 15,
  spreadDeviation: 0.6,
  volatilityPerObservation: 0.004,
  seed: 9,
});
const opening = Date.UTC(2024, 0, 2, 9, 30);
const at = (i: number) => ({ time: opening + i * 1000, y: y[i]!, x: x[i]! });

const options = { method: 'ols', window: 60, hedgeWindow: 300, enter: 2, exit: 0.5, stop: 4 } as const;
let monitor = new PairMonitor(options);
const steady = new PairMonitor(options);

let held = 0;
let changes = 0;
for (let i = 0; i < y.length; i++) {
  if (i === 700) {
    const saved = JSON.stringify(monitor.snapshot());
    monitor = PairMonitor.from(JSON.parse(saved));
    console.log(`saved and resumed after ${i} observations (${saved.length} bytes)`);
  }
  const { time, ratio, zScore, position } = monitor.push(at(i));
  steady.push(at(i));
  if (position === held) continue;
  const word = position > 0 ? 'long' : position < 0 ? 'short' : 'flat';
  const clock = new Date(time).toISOString().slice(11, 19);
  if (changes++ < 8)
    console.log(`${clock}  ${word.padEnd(5)}  z ${zScore.toFixed(2).padStart(5)}  ratio ${ratio.toFixed(4)}`);
  held = position;
}
const same = JSON.stringify(monitor.value) === JSON.stringify(steady.value);
console.log(
  `${changes} changes of position; the resumed monitor ${same ? 'agrees' : 'DISAGREES'} bit for bit`,
);
if (!same) process.exitCode = 1;
