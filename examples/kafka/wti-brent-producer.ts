// Simulated prices of WTI and Brent at one a second each, onto Kafka: node --import tsx examples/kafka/wti-brent-producer.ts
// KAFKA_BROKERS names the cluster (127.0.0.1:9092); the topics of pair-worker.ts are to be there.
import { cointegratedPair } from 'hedgerow';
import { kafkaTrades, platformaticKafka, topicWriter } from 'hedgerow/kafka';

const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',');
const port = await platformaticKafka({ brokers, clientId: 'wti-brent-producer' });
const writer = await topicWriter(port, kafkaTrades('trades'));
let isStopped = false;
process.once('SIGINT', () => {
  isStopped = true;
});

const { y, x } = cointegratedPair({
  ratio: 1.05,
  intercept: 2,
  halfLife: 120,
  spreadDeviation: 0.4,
  start: 70,
  volatilityPerObservation: 0.0002,
  observations: 86_400,
  seed: 7,
});
for (let second = 0; second < y.length && !isStopped; second++) {
  const time = Date.now();
  await writer.write([
    { symbol: 'Brent', time, price: y[second]!, quantity: 1 },
    { symbol: 'WTI', time, price: x[second]!, quantity: 1 },
  ]);
  await new Promise((done) => setTimeout(done, 1000));
}
await port.close();
