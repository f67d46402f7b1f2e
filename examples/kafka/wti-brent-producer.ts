// Simulated prices of WTI and Brent at one a second each, onto Kafka, in Node 22.22 or later:
//   node --import tsx examples/kafka/wti-brent-producer.ts
// The price of a second is the same in every run and carries the second as its id: started again it goes on after the last
// one that the topic has. KAFKA_BROKERS names the cluster (127.0.0.1:9092), EVERY the milliseconds between prices (1000);
// the topics of pair-worker.ts are to be there.
import { cointegratedPair } from 'hedgerow';
import { kafkaTrades, platformaticKafka, topicWriter } from 'hedgerow/kafka';
import { lastIds } from './last-ids.js';

const { KAFKA_BROKERS = '127.0.0.1:9092', EVERY = '1000' } = process.env;

async function produce(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  const topic = kafkaTrades('trades');
  const port = await platformaticKafka({ brokers: KAFKA_BROKERS.split(','), clientId: 'wti-brent-producer' });
  const writer = await topicWriter(port, topic);
  const last = await lastIds(port, topic, ['Brent', 'WTI']);
  const prices = cointegratedPair({
    ratio: 1.05,
    intercept: 2,
    halfLife: 120,
    spreadDeviation: 0.4,
    start: 70,
    volatilityPerObservation: 0.0002,
    observations: 86_400,
    seed: 7,
  });
  const first = Math.min(last['Brent'] ?? -1, last['WTI'] ?? -1) + 1;
  const start = Date.now();
  for (let id = first; id < prices.y.length && !stop.signal.aborted; id++) {
    const time = Date.now();
    const both = [
      { symbol: 'Brent', time, price: prices.y[id]!, quantity: 1, id },
      { symbol: 'WTI', time, price: prices.x[id]!, quantity: 1, id },
    ];
    await writer.write(both.filter(({ symbol }) => id > (last[symbol] ?? -1)));
    // From the start, so that the time writing takes does not add up.
    const wait = start + (id - first + 1) * Number(EVERY) - Date.now();
    await new Promise((done) => setTimeout(done, Math.max(0, wait)));
  }
  await port.close();
}

await produce().catch((error: Error) => {
  console.error(`wti-brent-producer: ${error.message}`);
  process.exit(1);
});
