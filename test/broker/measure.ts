// The figures of the guide: `measure.ts <JSON: [what, brokers, driver, …]>`. Prints a line of JSON.
import { type KafkaRecord, kafkaBars, runStateful } from 'hedgerow/kafka';
import { fits, legs, ratios, someLegs } from '../adapters/kafka-support.js';
import { type DriverName, openDriver } from './drivers.js';
import { createTopics } from './topics.js';
import { endWithStarter, endWorkers, startWorker } from './workers.js';

endWithStarter();
const [what, brokers, driver, size = 0] = JSON.parse(process.argv[2]!) as [
  string,
  string,
  DriverName,
  number?,
];
const prefix = `measure-${Date.now()}`;
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const PARTITIONS = 8;

const made = (): Promise<void> =>
  createTopics(brokers, [
    { topic: `${prefix}-legs`, partitions: PARTITIONS },
    { topic: `${prefix}-fits`, partitions: PARTITIONS },
    { topic: `${prefix}-states`, partitions: PARTITIONS, compact: true },
    { topic: `${prefix}-dead`, partitions: 1 },
  ]);

/** Writes values in batches of 2,000 and reads them back. */
async function throughput(values: readonly Uint8Array[]): Promise<{ written: number; read: number }> {
  const topic = `${prefix}-legs`;
  const port = await openDriver(driver, brokers);
  const records = values.map(
    (value, i): KafkaRecord => ({ topic, partition: i % PARTITIONS, key: `key-${i % 64}`, value }),
  );
  await port.produce(records.slice(0, 2000));
  let start = performance.now();
  for (let i = 0; i < records.length; i += 2000) await port.produce(records.slice(i, i + 2000));
  const written = values.length / ((performance.now() - start) / 1000);
  const ends = await port.endOffsets(topic);
  let count = 0;
  start = performance.now();
  await Promise.all(
    ends.map(async (to, partition) => {
      for await (const messages of port.read({ topic, partition, to })) count += messages.length;
    }),
  );
  const read = count / ((performance.now() - start) / 1000);
  await port.close();
  return { written: Math.round(written), read: Math.round(read) };
}

const bars = kafkaBars('bars', { encoding: 'binary' });
const measures: Readonly<Record<string, () => Promise<unknown>>> = {
  async hundredBytes() {
    await made();
    return throughput(Array.from({ length: 100_000 }, () => new Uint8Array(100).fill(65)));
  },

  async bars() {
    await made();
    const bar = {
      symbol: 'BTCUSDT',
      open: 1,
      high: 2,
      low: 0.5,
      close: 1.5,
      volume: 3,
      count: 4,
      vwap: 1.25,
    };
    return throughput(Array.from({ length: 100_000 }, (_, time) => bars.encode({ ...bar, time })));
  },

  /** How fast the outputs of a backlog come with so many workers. */
  async scaling() {
    await made();
    const port = await openDriver(driver, brokers);
    const topic = `${prefix}-legs`;
    const events = someLegs(200_000, 64, 1);
    const records = events.map((event): KafkaRecord => {
      const partition = Number(event.pair.slice(5)) % PARTITIONS;
      return { topic, partition, key: event.pair, value: legs.encode(event) };
    });
    for (let i = 0; i < records.length; i += 5000) await port.produce(records.slice(i, i + 5000));
    const mode = port.fencesOffsets ? 'exactly-once' : 'at-least-once';
    const workers = Array.from({ length: size }, () =>
      startWorker({ brokers, driver, prefix, mode, window: 20, every: 1000 }),
    );
    const ends = await port.endOffsets(topic);
    const done = (): boolean =>
      ends.every((end, i) => workers.some(({ flushed }) => (flushed[String(i)] ?? 0) >= end));
    while (!done()) {
      const failed = workers.flatMap((worker) => worker.said).find(({ type }) => type === 'failed');
      if (failed) throw new Error(failed.message);
      await pause(20);
    }
    const said = workers.flatMap((worker) => worker.said);
    const first = Math.min(...said.filter(({ type }) => type === 'assigned').map(({ at }) => at));
    const last = Math.max(...said.filter(({ flushed }) => flushed).map(({ at }) => at));
    await endWorkers(workers);
    await port.close();
    return { workers: size, mode, outputsPerSecond: Math.round(events.length / ((last - first) / 1000)) };
  },

  /** Bytes of state a pair, and how long 1,000 pairs with windows of 500 take to come back. */
  async restore() {
    await made();
    const port = await openDriver(driver, brokers);
    const [input, output] = [
      { ...legs, name: `${prefix}-legs` },
      { ...fits, name: `${prefix}-fits` },
    ];
    const events = someLegs(1000, 100_000, 3).map((event, i) => ({ ...event, pair: `pair-${i}` }));
    // Full windows: each pair's events are 520 of the same legs, in one message after another.
    const records = events.flatMap((event, i) =>
      Array.from({ length: 520 }, (_, j): KafkaRecord => {
        const value = legs.encode({ ...event, y: event.y + Math.sin(j), x: event.x + Math.cos(j * j) });
        return { topic: input.name, partition: i % PARTITIONS, key: event.pair, value };
      }),
    );
    for (let i = 0; i < records.length; i += 20_000) await port.produce(records.slice(i, i + 20_000));
    const start = (signal: AbortSignal) =>
      runStateful({
        port,
        input,
        output,
        state: `${prefix}-states`,
        group: `${prefix}-group`,
        operator: ratios(500),
        mode: port.fencesOffsets ? 'exactly-once' : 'at-least-once',
        deadLetters: `${prefix}-dead`,
        signal,
        flush: { every: 1000, count: 20_000 },
      });
    const first = new AbortController();
    const began = performance.now();
    const run = start(first.signal);
    while (run.status().events < records.length) await Promise.race([run.done, pause(10)]);
    const seconds = (performance.now() - began) / 1000;
    const { stateBytes, keys } = run.status();
    first.abort();
    await run.done;
    const second = new AbortController();
    const again = performance.now();
    const resumed = start(second.signal);
    while (resumed.status().keys < 1000) await Promise.race([resumed.done, pause(1)]);
    const restored = performance.now() - again;
    second.abort();
    await resumed.done;
    await port.close();
    return {
      pairs: keys,
      bytesAPair: Math.round(stateBytes / keys),
      restoreMilliseconds: Math.round(restored),
      eventsPerSecond: Math.round(records.length / seconds),
    };
  },
};

const result = await measures[what]!();
process.stdout.write(`${JSON.stringify({ what, driver, ...(result as object) })}\n`, () => process.exit(0));
