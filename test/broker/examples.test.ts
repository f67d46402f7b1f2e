import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type KafkaMessage, kafkaBasketTrades, kafkaTrades } from 'hedgerow/kafka';
import { Kafka as Client, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Score, spreadScores } from '../../examples/kafka/spread-score.js';
import { type LoopbackExchange, loopbackExchange } from '../support/loopback-exchange.js';
import { type Kafka, startKafka } from './kafka.js';
import { createTopics } from './topics.js';
import { nodeFor } from './workers.js';

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** An example under way: what it printed, and how it ended. */
interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<number | NodeJS.Signals | null>;
  printed(): string;
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

const started: ChildProcess[] = [];

function example(name: string, settings: Record<string, string>, symbols: readonly string[] = []): Running {
  const script = fileURLToPath(new URL(`../../examples/kafka/${name}.ts`, import.meta.url));
  const child = spawn(
    nodeFor('@platformatic/kafka'),
    ['--import', import.meta.resolve('tsx'), script, ...symbols],
    {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += String(part)));
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    // Only then has all it printed been heard.
    child.once('close', (code, signal) => done(code ?? signal)),
  );
  const end = (signal: NodeJS.Signals): typeof ended => {
    child.kill(signal);
    return ended;
  };
  return { process: child, ended, printed: () => text, end };
}

// Only on a broker of our own have the topics of the examples nobody else's trades in them.
describe.runIf(!process.env['KAFKA_BROKERS'])('the examples', { timeout: 90_000, concurrent: true }, () => {
  let kafka: Kafka;
  let market: LoopbackExchange;
  let client: Client;
  let admin: ReturnType<Client['admin']>;
  let addresses: Record<string, string>;
  const symbols = ['BTCUSDT', 'ETHUSDT'];
  beforeAll(async () => {
    kafka = await startKafka();
    market = await loopbackExchange({ seed: 1, symbols });
    addresses = {
      KAFKA_BROKERS: kafka.brokers,
      KAFKA_TOPIC: 'exchange-trades',
      BINANCE_STREAM: `ws://${market.host}`,
      BINANCE_REST: `http://${market.host}`,
    };
    client = new Client({ brokers: [kafka.brokers], logLevel: logLevel.NOTHING });
    admin = client.admin();
    await admin.connect();
    const wide = ['exchange-trades', 'trades', 'basket-trades', 'scores'];
    await createTopics(kafka.brokers, [
      ...wide.map((topic) => ({ topic, partitions: 4 })),
      ...['basket-trades-state', 'scores-state'].map((topic) => ({ topic, partitions: 4, compact: true })),
      ...['trades-dead-letters', 'basket-trades-dead-letters'].map((topic) => ({ topic, partitions: 1 })),
    ]);
  });
  afterAll(async () => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
    await admin?.disconnect();
    await market?.close();
    await kafka?.end();
  });

  /** How many records a topic has, markers of transactions included. */
  async function size(topic: string): Promise<number> {
    return (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
  }

  async function grown(topic: string, by: number): Promise<void> {
    const wanted = (await size(topic)) + by;
    while ((await size(topic)) < wanted) await pause(50);
  }

  /** What committed readers see of a topic, partition after partition; kafkajs, which runs on any Node. */
  async function everything(topic: string): Promise<KafkaMessage[]> {
    const wanted = await size(topic);
    const consumer = client.consumer({ groupId: `look-${topic}`, maxWaitTimeInMs: 100 });
    const seen: KafkaMessage[] = [];
    let reached = 0;
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const ends = new Map<number, number>();
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
      ends.set(partition, Number(lastOffset) + 1);
      reached = [...ends.values()].reduce((sum, end) => sum + end, 0);
    });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        const { offset, timestamp, key, value } = message;
        const place = { topic, partition, offset: Number(offset), time: Number(timestamp) };
        seen.push({ ...place, key: String(key), value, headers: {} });
      },
    });
    while (reached < wanted) await pause(20);
    await consumer.disconnect();
    return seen.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  }

  it('of Binance writes every trade once, whether it is killed or stopped', async () => {
    const trading = setInterval(() => {
      for (const symbol of symbols) market.exchange.trade(symbol, 3);
    }, 10);
    const first = example('binance-producer', addresses, symbols);
    await grown('exchange-trades', 800);
    expect(await first.end('SIGKILL'), first.printed()).toBe('SIGKILL');
    await pause(300);
    const second = example('binance-producer', addresses, symbols);
    await grown('exchange-trades', 800);
    expect(await second.end('SIGTERM'), second.printed()).toBe(0);
    const third = example('binance-producer', addresses, symbols);
    await grown('exchange-trades', 800);
    clearInterval(trading);
    await pause(1500);
    expect(await third.end('SIGINT'), third.printed()).toBe(0);
    expect(third.printed()).toMatch(/^\d+ trades written\n$/);
    const topic = kafkaTrades('exchange-trades');
    const trades = (await everything(topic.name)).map((message) => topic.decode(message));
    for (const symbol of symbols) {
      const tape = market.exchange.tapes.get(symbol)!;
      const ids = trades.filter((trade) => trade.symbol === symbol).map(({ id }) => Number(id));
      const begun = ids[0]!;
      expect(ids).toEqual(Array.from({ length: tape.nextId - begun }, (_, i) => begun + i));
      expect(ids.length).toBeGreaterThan(1200);
    }
    for (const { symbol, id, price } of trades) {
      expect(price).toBe(Number(market.exchange.tapes.get(symbol)!.trade(Number(id))!.price));
    }
  });

  it('of a pair gives every score once, with one of its two workers killed and started again', async () => {
    const settings = { KAFKA_BROKERS: kafka.brokers, EVERY: '20', WINDOW: '20' };
    const producer = example('wti-brent-producer', settings);
    const workers = [example('pair-worker', settings), example('pair-worker', settings)];
    while (!workers.every((worker) => worker.printed().includes('assigned'))) await pause(20);
    await grown('scores', 100);
    await workers[0]!.end('SIGKILL');
    await producer.end('SIGKILL');
    workers[0] = example('pair-worker', settings);
    const again = example('wti-brent-producer', settings);
    await grown('trades', 200);
    await grown('scores', 100);
    expect(await again.end('SIGTERM'), again.printed()).toBe(0);
    // A score a trade of WTI, once the windows are full.
    while ((await size('scores')) < (await size('trades')) / 2 - 45) await pause(50);
    await pause(2500);
    for (const worker of workers) expect(await worker.end('SIGINT'), worker.printed()).toBe(0);

    const [trades, baskets] = [kafkaTrades('trades'), kafkaBasketTrades('basket-trades')];
    const given = (await everything('trades')).map((message) => trades.decode(message));
    const legs = (await everything('basket-trades')).map((message) => baskets.decode(message));
    for (const symbol of ['WTI', 'Brent']) {
      const ids = (of: readonly { symbol: string; id?: unknown }[]): unknown[] =>
        of.filter((one) => one.symbol === symbol).map(({ id }) => id);
      expect(ids(given)).toEqual(ids(given).map((_, i) => i));
      expect(ids(legs)).toEqual(ids(given));
    }
    const state = spreadScores({ y: 'Brent', x: 'WTI', window: 20 }).create('Brent/WTI');
    // As if every second's legs had come one after the other, in one worker that nothing happened to.
    const inOrder = [...legs].sort((a, b) => Number(a.id) - Number(b.id));
    const expected = inOrder.flatMap((leg) => [...state.push(leg)]);
    const scores = (await everything('scores')).map(
      ({ value }) => JSON.parse(new TextDecoder().decode(value!)) as Score,
    );
    expect(scores).toEqual(expected);
    expect(scores.length).toBeGreaterThan(150);
  });

  it('say in one line that the broker or the exchange is not there, or a symbol unknown', async () => {
    const nowhere = { KAFKA_BROKERS: '127.0.0.1:1' };
    const line = async (running: Running, expected: RegExp): Promise<void> => {
      expect(await running.ended).toBe(1);
      expect(running.printed()).toMatch(expected);
    };
    const silent = { ...addresses, BINANCE_STREAM: 'ws://127.0.0.1:1', BINANCE_REST: 'http://127.0.0.1:1' };
    await Promise.all([
      line(example('wti-brent-producer', nowhere), /^wti-brent-producer: .*\n$/),
      line(example('pair-worker', nowhere), /^pair-worker: .*\n$/),
      line(example('binance-producer', nowhere, symbols), /^binance-producer: .*\n$/),
      line(example('binance-producer', silent, symbols), /^binance-producer: nothing came .*\n$/),
      line(example('binance-producer', addresses, ['NOTHING']), /^binance-producer: .*NOTHING.*\n$/),
      line(example('binance-producer', addresses), /^binance-producer: .*symbols must be.*\n$/),
    ]);
  });
});
