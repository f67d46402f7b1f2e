// Trades of Binance onto Kafka, keyed by symbol, each of them once, in Node 22.22 or later:
//   node --import tsx examples/kafka/binance-producer.ts BTCUSDT ETHUSDT
// Started again it goes on after the last trade of each symbol that the topic has; the first time it begins now. One of
// these a symbol. KAFKA_BROKERS and KAFKA_TOPIC say where to, BINANCE_STREAM and BINANCE_REST where from.
import { binanceTrades, type FeedStatus } from 'hedgerow/binance';
import { type KafkaTrade, kafkaTrades, platformaticKafka, topicWriter } from 'hedgerow/kafka';
import { lastIds } from './last-ids.js';

/** How long the exchange may take to say anything, how often trades are written, and how many may wait. */
const [PATIENCE, EVERY, MOST] = [9000, 100, 5000];

const {
  KAFKA_BROKERS = '127.0.0.1:9092',
  KAFKA_TOPIC = 'trades',
  BINANCE_STREAM = 'wss://data-stream.binance.vision',
  BINANCE_REST = 'https://data-api.binance.vision',
} = process.env;
const giveUp = (error: Error): never => {
  console.error(`binance-producer: ${error.message}`);
  process.exit(1);
};

async function produce(symbols: string[]): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  const topic = kafkaTrades(KAFKA_TOPIC);
  const port = await platformaticKafka({ brokers: KAFKA_BROKERS.split(','), clientId: 'binance-producer' });
  const writer = await topicWriter(port, topic);
  const from = await lastIds(port, topic, symbols);
  let status: FeedStatus | 'connecting' = 'connecting';
  const feed = binanceTrades({
    ...{ symbols, market: 'spot', from, signal: stop.signal },
    endpoints: { stream: BINANCE_STREAM, rest: BINANCE_REST },
    onStatus: ({ symbol, status: now }) => {
      if (symbol === null) status = now;
    },
  });

  let waiting: KafkaTrade[] = [];
  let written = 0;
  let writing = Promise.resolve();
  // One batch after another, so that each symbol's trades stay in order.
  const write = (): Promise<void> => {
    writing = writing.then(async () => {
      const batch = waiting;
      waiting = [];
      if (batch.length > 0) await writer.write(batch);
      written += batch.length;
    });
    return writing;
  };
  const timers = [
    setInterval(() => write().catch(giveUp), EVERY),
    setInterval(() => console.log(`${status}: ${written} trades written`), 10_000),
    setTimeout(() => {
      if (status !== 'live') giveUp(new Error(`nothing came from the exchange in ${PATIENCE / 1000} s`));
    }, PATIENCE),
  ];
  for await (const event of feed) {
    if (event.type === 'gap') console.error(`${event.symbol}: ${event.count} missing: ${event.reason}`);
    if (event.type !== 'trade') continue;
    // While the broker is slow the feed waits, and fetches later what it then lets go.
    if (waiting.push(event) >= MOST) await write();
  }
  timers.forEach(clearInterval);
  await write();
  await port.close();
  console.log(`${written} trades written`);
}

await produce(process.argv.slice(2)).catch(giveUp);
