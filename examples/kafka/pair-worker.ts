// One worker of a group that watches WTI against Brent, in Node 22.22 or later; start as many as there is work for:
//   node --import tsx examples/kafka/pair-worker.ts
// It runs two steps side by side: trades by symbol go to trades by basket, and those to z-scores of the spread, exactly
// once, whichever workers are killed. KAFKA_BROKERS names the cluster (127.0.0.1:9092), WINDOW the prices looked back on
// (120). The topics that have to be there are in docs/guides/kafka.md.
import {
  basketTrades,
  jsonTopic,
  kafkaBasketTrades,
  kafkaTrades,
  platformaticKafka,
  runStateful,
} from 'hedgerow/kafka';
import { type Score, spreadScores } from './spread-score.js';

const { KAFKA_BROKERS = '127.0.0.1:9092', WINDOW = '120' } = process.env;

async function work(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  const port = await platformaticKafka({ brokers: KAFKA_BROKERS.split(','), clientId: 'pair-worker' });
  const onNotice = (notice: object): void => console.log(JSON.stringify(notice));
  const common = { port, mode: 'exactly-once', signal: stop.signal, onNotice } as const;
  const steps = [
    runStateful({
      ...common,
      input: kafkaTrades('trades'),
      output: kafkaBasketTrades('basket-trades'),
      state: 'basket-trades-state',
      group: 'basket-trades',
      operator: basketTrades({ 'Brent/WTI': ['Brent', 'WTI'] }),
    }),
    runStateful({
      ...common,
      input: kafkaBasketTrades('basket-trades'),
      output: jsonTopic<Score>('scores', { key: ({ basket }) => basket }),
      state: 'scores-state',
      group: 'scores',
      operator: spreadScores({ y: 'Brent', x: 'WTI', window: Number(WINDOW) }),
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
}

await work().catch((error: Error) => {
  console.error(`pair-worker: ${error.message}`);
  process.exit(1);
});
