// One worker of a group that watches WTI against Brent; start as many as there is work for:
//   node --import tsx examples/kafka/pair-worker.ts
// It runs two steps side by side: trades by symbol go to trades by basket, and those to z-scores of the spread.
import { RollingOls, type Snapshot, spread, ZScore } from 'hedgerow';
import {
  type BasketTrade,
  basketTrades,
  jsonTopic,
  kafkaBasketTrades,
  kafkaTrades,
  platformaticKafka,
  runStateful,
  type StatefulOperator,
} from 'hedgerow/kafka';

interface Score {
  readonly basket: string;
  readonly time: number;
  readonly ratio: number;
  readonly score: number;
}

const legs = { y: 'Brent', x: 'WTI' };
const window = 120;

/** The hedge ratio over a window and the z-score of its spread, whenever the second leg of a second is there. */
const scores: StatefulOperator<BasketTrade, Score> = {
  id: 'spread-score',
  version: 1,
  configuration: { window, ...legs },
  create: (basket) => pairState(basket, new RollingOls({ window }), new ZScore({ window }), null),
  from: ({ state }, basket) => {
    const { fit, score, y } = state as unknown as { fit: Snapshot; score: Snapshot; y: number | null };
    return pairState(basket, RollingOls.from(fit), ZScore.from(score), y);
  },
};

function pairState(basket: string, fit: RollingOls, score: ZScore, last: number | null) {
  let y = last;
  return {
    push({ symbol, time, price }: BasketTrade): Score[] {
      if (symbol === legs.y) {
        y = price;
        return [];
      }
      if (y === null) return [];
      const hedge = fit.push({ y, x: price });
      const latest = score.push(spread({ y, x: price }, hedge));
      return Number.isNaN(latest) ? [] : [{ basket, time, ratio: hedge.ratio, score: latest }];
    },
    snapshot: (): Snapshot => ({
      kind: 'spread-score',
      version: 1,
      state: { fit: { ...fit.snapshot() }, score: { ...score.snapshot() }, y },
    }),
  };
}

const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',');
const port = await platformaticKafka({ brokers, clientId: 'pair-worker' });
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const common = { port, mode: 'exactly-once', signal: stop.signal, onNotice: console.log } as const;
const steps = [
  runStateful({
    ...common,
    input: kafkaTrades('trades'),
    output: kafkaBasketTrades('basket-trades'),
    state: 'basket-trades-state',
    group: 'basket-trades',
    operator: basketTrades({ 'Brent/WTI': [legs.y, legs.x] }),
  }),
  runStateful({
    ...common,
    input: kafkaBasketTrades('basket-trades'),
    output: jsonTopic<Score>('scores', { key: ({ basket }) => basket }),
    state: 'scores-state',
    group: 'scores',
    operator: scores,
  }),
];
const report = setInterval(() => {
  for (const { lag, keys, outputs, stateBytes } of steps.map((step) => step.status())) {
    console.log(`${outputs} outputs, ${keys} keys in ${stateBytes} bytes, ${lag} behind`);
  }
}, 10_000);
await Promise.all(steps.map(({ done }) => done));
clearInterval(report);
await port.close();
