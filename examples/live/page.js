// The page's own script, as a browser reads it. `?y=ETHUSDT&x=BTCUSDT` names the pair; `?simulated` needs no internet.
import { cointegratedTrades, PairBook, tradeRows } from 'hedgerow';
import { binanceTrades } from 'hedgerow/binance';
import { merge, replay } from 'hedgerow/queue';

const asked = new URLSearchParams(location.search);
const [y, x] = [asked.get('y') ?? 'ETHUSDT', asked.get('x') ?? 'BTCUSDT'];
const show = (id, text) => {
  document.getElementById(id).textContent = text;
};

/** Two simulated tapes as one feed, at fifty times their pace. */
async function* simulated() {
  const shape = { ratio: 1.2, halfLife: 15, spreadDeviation: 0.5, volatilityPerObservation: 0.001 };
  const tapes = cointegratedTrades({
    ...{
      observations: 3000,
      ...shape,
      startTime: 0,
      every: '1s',
      interval: '400ms',
      tickSize: 0.01,
      seed: 5,
    },
  });
  async function* rows(symbol, tape) {
    for (const trade of tradeRows(tape)) yield { type: 'trade', symbol, ...trade };
  }
  yield* replay(merge([rows(y, tapes.y), rows(x, tapes.x)]), { speed: 50 });
}

const book = new PairBook({
  every: '1s',
  pairs: [{ y, x, method: 'ols', window: 60, enter: 2, exit: 0.5 }],
  rules: ['zScore > 2 clear 0.5', 'zScore < -2 clear -0.5'],
});

const scores = [];
/** The last z-scores as a line. */
function draw() {
  const canvas = document.getElementById('chart');
  const pen = canvas.getContext('2d');
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.beginPath();
  scores.slice(-480).forEach((score, i) => {
    pen.lineTo(i * 2, canvas.height / 2 - score * 20);
  });
  pen.stroke();
}

function add({ time, y, x, ratio, spread, zScore, position, alerts }) {
  const row = document.getElementById('rows').insertRow(0);
  const clock = new Date(time).toISOString().slice(11, 19);
  const figures = [y, x, ratio, spread, zScore].map((figure) => Number(figure.toPrecision(6)).toString());
  for (const text of [clock, ...figures, String(position)]) row.insertCell().textContent = text;
  if (row.parentElement.rows.length > 15) row.parentElement.deleteRow(-1);
  if (Number.isFinite(zScore)) scores.push(zScore);
  requestAnimationFrame(draw);
  for (const { rule, value } of alerts) {
    const item = document.createElement('li');
    item.textContent = `${clock}: ${rule}, it is ${value.toFixed(2)}`;
    document.getElementById('alerts').prepend(item);
  }
}

const feed = asked.has('simulated') ? simulated() : binanceTrades({ symbols: [y, x], market: 'spot' });
show('status', asked.has('simulated') ? `simulated ${y} on ${x}` : 'connecting …');
for await (const event of feed) {
  if (event.type === 'status') show('status', `${event.status}: ${event.reason}`);
  else if (event.type === 'gap') show('status', `${event.symbol}: ${event.count} trades are missing`);
  else for (const update of book.push(event)) add(update);
}
