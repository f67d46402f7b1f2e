// What the broker tests look at from inside a recent Node: `scenarios.ts <JSON: [name, brokers, driver]>`. Prints JSON.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { type KafkaMessage, type KafkaPort, readTopic, runStateful, topicWriter } from 'hedgerow/kafka';
import { byPair, fits, legs, ratios, someLegs, uninterrupted } from '../adapters/kafka-support.js';
import { contract } from './contract.js';
import { type DriverName, openDriver } from './drivers.js';
import { createTopics } from './topics.js';
import { endWithStarter, endWorkers, startWorker, type Worker } from './workers.js';

endWithStarter();
const [name, brokers, driver] = JSON.parse(process.argv[2]!) as [string, string, DriverName];
const prefix = `${name}-${Date.now()}`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Says where a scenario stands, to be read where it does not end. */
const step = (what: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${what}\n`);
};

async function everything(port: KafkaPort, topic: string): Promise<KafkaMessage[]> {
  const messages: KafkaMessage[] = [];
  for (const [partition, to] of (await port.endOffsets(topic)).entries()) {
    for await (const batch of port.read({ topic, partition, to })) messages.push(...batch);
  }
  return messages;
}

async function reasonOf(task: () => Promise<unknown>): Promise<string> {
  try {
    await task();
    return 'nothing thrown';
  } catch (error) {
    const { reason, message } = error as { readonly reason?: string; readonly message: string };
    return `${reason}: ${message}`;
  }
}

/** A run of the ratio over the topics of this scenario. */
async function runOver(
  port: KafkaPort,
  events: number,
  mode: 'exactly-once' | 'at-least-once',
): Promise<number> {
  const stop = new AbortController();
  const run = runStateful({
    port,
    input: { ...legs, name: `${prefix}-legs` },
    output: { ...fits, name: `${prefix}-fits` },
    state: `${prefix}-states`,
    group: `${prefix}-group`,
    operator: ratios(20),
    mode,
    deadLetters: `${prefix}-dead`,
    signal: stop.signal,
    flush: { every: 50 },
  });
  while (run.status().events < events) {
    await Promise.race([run.done, new Promise((done) => setTimeout(done, 10))]);
  }
  const { deadLetters } = run.status();
  stop.abort();
  await run.done;
  return deadLetters;
}

const topics = (states: number): Promise<void> =>
  createTopics(brokers, [
    { topic: `${prefix}-legs`, partitions: 4 },
    { topic: `${prefix}-fits`, partitions: 4 },
    { topic: `${prefix}-states`, partitions: states, compact: true },
    { topic: `${prefix}-dead`, partitions: 1 },
  ]);

const scenarios: Readonly<Record<string, () => Promise<unknown>>> = {
  /** What is written comes back as it was. */
  async roundTrip() {
    await topics(4);
    const port = await openDriver(driver, brokers);
    const topic = `${prefix}-legs`;
    const large = new Uint8Array(700_000).fill(7);
    await port.produce([
      { topic, partition: 1, key: 'ä', value: bytes('one'), headers: { why: 'because' }, time: 1234 },
      { topic, partition: 1, key: null, value: null },
      { topic, partition: 2, key: 'large', value: large },
      { topic, partition: 2, key: 'large', value: large },
    ]);
    const [one, none, ...others] = await everything(port, topic);
    assert.equal(one!.key, 'ä');
    assert.equal(new TextDecoder().decode(one!.value!), 'one');
    assert.deepEqual(one!.headers, { why: 'because' });
    assert.equal(one!.time, 1234);
    assert.equal(none!.key, null);
    assert.equal(none!.value, null);
    assert.deepEqual(
      others.map(({ value, offset }) => [value!.length, offset]),
      [
        [700_000, 0],
        [700_000, 1],
      ],
    );
    const ends = await port.endOffsets(topic);
    await port.close();
    return ends;
  },

  /** A transaction shows whole or not at all, and a claim of its id shuts the last holder out. */
  async transactions() {
    await topics(4);
    const [one, two] = [await openDriver(driver, brokers), await openDriver(driver, brokers)];
    const id = `${prefix}-writer`;
    const record = (text: string, topic = `${prefix}-legs`) => ({
      topic,
      partition: 0,
      key: 'k',
      value: bytes(text),
    });
    await one.transaction({ id, records: [record('first'), record('first', `${prefix}-fits`)] });
    await one.transaction({ id, records: [record('second')] });
    await two.transaction({ id, records: [], claim: true });
    const fenced = await reasonOf(() => one.transaction({ id, records: [record('of a zombie')] }));
    await two.transaction({ id, records: [record('third')] });
    const tooLarge = { ...record('x'), value: new Uint8Array(2_000_000) };
    const failed = await reasonOf(() => two.transaction({ id, records: [record('undone'), tooLarge] }));
    await two.transaction({ id, records: [record('fourth')] });
    const seen = (await everything(one, `${prefix}-legs`)).map(({ value }) =>
      new TextDecoder().decode(value!),
    );
    await Promise.all([one.close(), two.close()]);
    return { seen, fenced: fenced.split(':')[0], failed: failed.split(':')[0] };
  },

  /** A member that is stopped beyond its session, and goes on with its transaction as if nothing had been. */
  async zombie() {
    await topics(2);
    const port = await openDriver(driver, brokers);
    const [topic, group, id] = [`${prefix}-states`, `${prefix}-group`, `${prefix}-writer`];
    const stop = new AbortController();
    const [owned, lost] = [new Set<number>(), new Set<number>()];
    const member = port.consume({
      group,
      topics: [topic],
      signal: stop.signal,
      async assigned(committed) {
        for (const { partition } of committed) owned.add(partition);
        return committed;
      },
      async batch() {},
      async revoked() {},
      async lost(partitions) {
        for (const { partition } of partitions) lost.add(partition);
      },
    });
    member.catch(() => {});
    while (owned.size < 2) await Promise.race([member, new Promise((done) => setTimeout(done, 20))]);
    const write = (text: string, offset: number): Promise<string> =>
      reasonOf(() =>
        port.transaction({
          id,
          records: [{ topic: `${prefix}-legs`, partition: 0, key: 'k', value: bytes(text) }],
          offsets: { group, positions: [{ topic, partition: 0, offset }] },
        }),
      );
    const before = await write('before', 1);
    const { pid } = process;
    const child = spawn('sh', ['-c', `kill -STOP ${pid}; sleep 5; kill -CONT ${pid}`]);
    await new Promise((done) => child.once('exit', done));
    const after = (await write('of a zombie', 2)).split(':')[0];
    for (let tries = 0; lost.size < 2 && tries < 200; tries++)
      await new Promise((done) => setTimeout(done, 20));
    stop.abort();
    await member.catch(() => {});
    const seen = (await everything(port, `${prefix}-legs`)).map(({ value }) =>
      new TextDecoder().decode(value!),
    );
    await port.close();
    return { before, after, seen, lost: [...lost].sort() };
  },

  /** Members whose last write fails when they are to give a part of their partitions up: each leaves, and another has all. */
  async badLeavers() {
    await topics(2);
    const [topic, group] = [`${prefix}-states`, `${prefix}-group`];
    const stop = new AbortController();
    const member = (leaves: (() => void) | undefined) => {
      const owned = new Set<number>();
      const port = openDriver(driver, brokers);
      const run = port.then((open) =>
        open.consume({
          group,
          topics: [topic],
          signal: stop.signal,
          async assigned(committed) {
            for (const { partition } of committed) owned.add(partition);
            return committed;
          },
          async batch() {},
          async revoked(partitions) {
            for (const { partition } of partitions) owned.delete(partition);
            if (!leaves || stop.signal.aborted) return;
            leaves();
            throw new Error('the last write failed');
          },
          async lost() {},
        }),
      );
      return { owned, port, said: reasonOf(() => run) };
    };
    const until = async (is: () => boolean): Promise<void> => {
      for (let tries = 0; !is() && tries < 1000; tries++) await new Promise((done) => setTimeout(done, 20));
    };
    let left = 0;
    const stayed: number[] = [];
    for (let round = 0; round < 10; round++) {
      const leaver = member(() => {
        left = Date.now();
      });
      await until(() => leaver.owned.size === 2);
      const heir = member(undefined);
      assert.equal(await leaver.said, 'undefined: the last write failed');
      stayed.push(Date.now() - left);
      await until(() => heir.owned.size === 2);
      assert.equal(heir.owned.size, 2);
      await Promise.all([leaver, heir].map(async ({ port }) => (await port).close()));
    }
    return { rounds: stayed.length, isQuick: Math.max(...stayed) < 10_000 };
  },

  /** A compacted topic is read to its end, past the frames of batches that compaction has emptied. */
  async compacted() {
    await topics(4);
    const topic = `${prefix}-states`;
    const port = await openDriver(driver, brokers);
    const write = (writer: string, keys: number): Promise<void> =>
      port.transaction({
        id: `${prefix}-${writer}`,
        records: Array.from({ length: keys }, (_, i) => ({
          topic,
          partition: 0,
          key: `key-${i}`,
          value: bytes(writer),
        })),
      });
    await write('first', 30);
    await write('second', 30);
    await write('third', 20);
    // A segment is closed by the first record after its second is over; what is in it can then be compacted.
    for (let i = 0; i < 8; i++) {
      await write('last', 1);
      await new Promise((done) => setTimeout(done, 700));
    }
    let messages = await everything(port, topic);
    // The cleaner takes its time where the machine is busy.
    for (let tries = 0; messages.length >= 60 && tries < 60; tries++) {
      await new Promise((done) => setTimeout(done, 700));
      await write('last', 1);
      messages = await everything(port, topic);
    }
    const last = new Map(messages.map(({ key, value }) => [key, new TextDecoder().decode(value!)]));
    const counts: Record<string, number> = {};
    for (const writer of last.values()) counts[writer] = (counts[writer] ?? 0) + 1;
    const isCompacted = messages.length < 60;
    await port.close();
    return { ...counts, isCompacted };
  },

  /** A run goes on after a stop, in another mode, and after messages that mean nothing. */
  async restart() {
    await topics(4);
    const port = await openDriver(driver, brokers);
    const writer = await topicWriter(port, { ...legs, name: `${prefix}-legs` });
    const events = someLegs(2000, 16, 3);
    const modes = port.fencesOffsets
      ? (['exactly-once', 'at-least-once', 'exactly-once'] as const)
      : (['at-least-once', 'at-least-once'] as const);
    let buried = 0;
    for (const [i, mode] of modes.entries()) {
      const part = events.slice((2000 * i) / modes.length, (2000 * (i + 1)) / modes.length);
      await port.produce([{ topic: `${prefix}-legs`, partition: 1, key: 'x', value: bytes('no JSON') }]);
      await writer.write(part);
      buried += await runOver(port, part.length + 1, mode);
    }
    const outputs = (await readTopic(port, { ...fits, name: `${prefix}-fits` })).map(({ value }) => value);
    assert.deepEqual(byPair(outputs), uninterrupted(events, ratios(20)));
    const dead = await everything(port, `${prefix}-dead`);
    await port.close();
    return { outputs: outputs.length, buried, dead: dead.length, modes: modes.length };
  },

  /** Two workers at work for 20 seconds, during which the broker may go and come. */
  async underLoad() {
    await topics(4);
    const port = await openDriver(driver, brokers);
    const [input, output] = [
      { ...legs, name: `${prefix}-legs` },
      { ...fits, name: `${prefix}-fits` },
    ];
    const mode = port.fencesOffsets ? 'exactly-once' : 'at-least-once';
    const workers = [1, 2].map(() => startWorker({ brokers, driver, prefix, mode, window: 20, every: 100 }));
    const writer = await topicWriter(port, input);
    const events = someLegs(4000, 16, 5);
    // A worker that has not begun yet must not be waiting for the broker that is about to stop.
    const hasBegun = ({ said }: Worker): boolean => said.some(({ type }) => type === 'assigned');
    for (let tries = 0; !workers.every(hasBegun) && tries < 600; tries++) {
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.ok(workers.every(hasBegun), 'a worker does not begin');
    step('the workers have begun');
    process.send?.('under way');
    let refused = 0;
    for (let at = 0; at < events.length; at += 20) {
      for (;;) {
        try {
          await writer.write(events.slice(at, at + 20));
          break;
        } catch (error) {
          if ((error as { reason?: string }).reason !== 'unreachable') throw error;
          refused++;
          step(`refused at ${at}: ${(error as Error).message}`);
          await new Promise((done) => setTimeout(done, 200));
        }
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    step('all is written');
    const ends = await port.endOffsets(input.name);
    step(`the input ends at ${ends}`);
    const reached = (partition: number): number =>
      Math.max(...workers.map(({ flushed }) => flushed[String(partition)] ?? 0));
    const deadline = Date.now() + 60_000;
    while (ends.some((end, partition) => reached(partition) < end) && Date.now() < deadline) {
      await new Promise((done) => setTimeout(done, 50));
    }
    step(`the workers are at ${ends.map((_, partition) => reached(partition))}`);
    const notEnded = await endWorkers(workers);
    step('the workers have ended');
    // What the writer tried again is there once, and in order.
    const written = (await readTopic(port, input)).map(({ value }) => value);
    const differ = (one: ReturnType<typeof byPair>, other: ReturnType<typeof byPair>): number =>
      [...other].filter(([pair, list]) => JSON.stringify(one.get(pair)) !== JSON.stringify(list)).length;
    step('the input is read');
    const outputs = await readTopic(port, output);
    step('the outputs are read');
    const sources = new Set<string>();
    const once = outputs.filter(({ message: { headers } }) => {
      const source = headers['hedgerow-source']!;
      return !sources.has(source) && sources.add(source);
    });
    const seen = byPair(once.map(({ value }) => value));
    const wrongPairs = differ(seen, uninterrupted(written, ratios(20)));
    const wrongInputs = differ(byPair(written as never), byPair(events as never));
    const said = workers.flatMap((worker) => worker.said);
    const failures = said.filter(({ type }) => type === 'failed').map(({ message }) => message);
    await port.close();
    step('the port is closed');
    const restarts = said.filter(({ type }) => type === 'restart').length;
    const repeated = outputs.length - once.length;
    return {
      events: written.length,
      wrongInputs,
      wrongPairs,
      repeated,
      failures,
      refused,
      restarts,
      notEnded,
    };
  },

  /** What a port promises of times, aborted transactions, ranges and closing, whichever the driver. */
  async contract() {
    await topics(4);
    const port = await openDriver(driver, brokers);
    return contract(port, brokers, `${prefix}-legs`);
  },

  /** What cannot be says so in one sentence. */
  async errors() {
    await topics(3);
    const port = await openDriver(driver, brokers);
    const nowhere = await openDriver(driver, '127.0.0.1:1');
    const value = new Uint8Array(2_000_000);
    const result = {
      missing: await reasonOf(() => port.endOffsets(`${prefix}-nothing`)),
      partitions: await reasonOf(() => runOver(port, 1, 'at-least-once')),
      unreachable: await reasonOf(() => nowhere.endOffsets('any')),
      tooLarge: await reasonOf(() =>
        port.produce([{ topic: `${prefix}-legs`, partition: 0, key: null, value }]),
      ),
    };
    await Promise.all([port.close(), nowhere.close()]);
    return JSON.parse(JSON.stringify(result).replaceAll(prefix, 'the'));
  },
};

const result = await scenarios[name]!();
// And no more: with its ports closed a process ends by itself.
process.stdout.write(`${JSON.stringify(result)}\n`);
