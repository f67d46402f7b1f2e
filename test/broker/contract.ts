import type { KafkaMessage, KafkaPort, KafkaRecord } from 'hedgerow/kafka';
import { Kafka as Client, logLevel, Partitioners } from 'kafkajs';

const DAY = 86_400_000;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = ({ value }: KafkaMessage): string => new TextDecoder().decode(value!);
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

async function outcome(task: () => Promise<unknown>): Promise<string> {
  try {
    await task();
    return 'nothing thrown';
  } catch (error) {
    const { reason, message } = error as { readonly reason?: string; readonly message: string };
    return `${reason}: ${message}`;
  }
}

/** What a port does, said in a few words, over four partitions of a topic. */
export async function contract(port: KafkaPort, brokers: string, topic: string): Promise<object> {
  const client = new Client({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  const read = async (partition: number, from?: number, to?: number): Promise<KafkaMessage[]> => {
    const messages: KafkaMessage[] = [];
    const end = to ?? (await port.endOffsets(topic))[partition]!;
    const range = { topic, partition, to: end };
    for await (const batch of port.read(from === undefined ? range : { ...range, from }))
      messages.push(...batch);
    return messages;
  };
  const record = (partition: number, text: string, time?: number): KafkaRecord => ({
    topic,
    partition,
    key: null,
    value: bytes(text),
    ...(time === undefined ? {} : { time }),
  });

  // A day each, now and then one without a time.
  const now = Date.now();
  const backlog = Array.from({ length: 41 }, (_, i) =>
    record(0, String(i), i % 10 === 5 ? undefined : now - (40 - i) * DAY),
  );
  const timesOf = (written: readonly KafkaRecord[], seen: readonly KafkaMessage[]): string =>
    seen.length === written.length &&
    written.every(({ time, value }, i) => {
      const { time: got, value: said } = seen[i]!;
      const isThere = time === undefined ? got >= now && got <= Date.now() : got === time;
      return isThere && new TextDecoder().decode(said!) === new TextDecoder().decode(value!);
    })
      ? 'as written'
      : seen.map(({ time }) => time).join();
  await port.produce(backlog);
  const days = timesOf(backlog, await read(0));
  await port.transaction({ id: `${topic}-writer`, records: backlog });
  const transaction = timesOf(backlog, await read(0, 41));

  const appended = `${topic}-appended`;
  await admin.createTopics({
    topics: [
      {
        topic: appended,
        numPartitions: 1,
        replicationFactor: 1,
        configEntries: [{ name: 'message.timestamp.type', value: 'LogAppendTime' }],
      },
    ],
  });
  await port.endOffsets(appended);
  await port.produce([{ ...record(0, 'x', 1000), topic: appended }]);
  let appendTime = 'none';
  for await (const [message] of port.read({ topic: appended, partition: 0, to: 1 })) {
    appendTime = message!.time >= now ? 'the broker’s' : String(message!.time);
  }

  // Calls that are not waited for keep their order.
  await Promise.all([0, 1, 2, 3, 4].map((i) => port.produce([record(3, String(i))])));
  const order = (await read(3)).map(textOf).join();

  // Two producers whose transactions overlap; of one that is aborted the broker lists the later first.
  const createPartitioner = Partitioners.DefaultPartitioner;
  const [a, b] = ['a', 'b'].map((name) =>
    client.producer({
      transactionalId: `${topic}-${name}`,
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner,
    }),
  );
  await Promise.all([a!.connect(), b!.connect()]);
  const begin = async (
    producer: typeof a,
    text: string,
  ): Promise<{ abort(): Promise<void>; commit(): Promise<void> }> => {
    const begun = await producer!.transaction();
    await begun.send({ topic, messages: [{ partition: 1, value: text }] });
    return begun;
  };
  for (let i = 0; i < 2; i++) {
    const first = await begin(a, 'aborted by a');
    const second = await begin(b, 'aborted by b');
    await second.abort();
    await pause(50);
    await first.abort();
    await pause(50);
    await (await begin(i === 0 ? a : b, `kept-${i}`)).commit();
    await pause(50);
  }
  await port.produce([record(1, 'kept-2')]);
  const seen = (await read(1)).map(textOf).join();

  const stop = new AbortController();
  const consumed: string[] = [];
  const reached = async (membership: Promise<void>, isSo: () => boolean): Promise<void> => {
    for (let tries = 0; !isSo() && tries < 1500; tries++) await Promise.race([membership, pause(10)]);
  };
  const join = (group: string, signal: AbortSignal): Promise<void> => {
    const membership = port.consume({
      group,
      topics: [topic],
      signal,
      assigned: async (committed) => committed,
      batch: async ({ partition, messages }) => {
        if (partition === 1) consumed.push(...messages.map(textOf));
      },
      revoked: async () => {},
      lost: async () => {},
    });
    membership.catch(() => {});
    return membership;
  };
  const member = join(`${topic}-readers`, stop.signal);
  await reached(member, () => consumed.includes('kept-2'));
  stop.abort();
  await member;
  const all = consumed.splice(0).join();

  const before = (await port.endOffsets(topic))[2]!;
  const left = await a!.transaction();
  await left.send({ topic, messages: [{ partition: 2, value: 'open' }] });
  await port.produce([record(2, 'behind')]);
  const open = (await port.endOffsets(topic))[2]! - before;
  // What lies behind an open transaction is waited for, too.
  const waiting = Promise.all([read(2), read(2, before + 1)]);
  const early = await Promise.race([waiting, pause(500)]);
  await left.abort();
  const behind = early ? 'too early' : (await waiting).flat().map(textOf).join();

  const reason = async (task: () => Promise<unknown>): Promise<string> =>
    (await outcome(task)).split(':')[0]!;
  const noPartition = [
    await reason(() => port.produce([record(9, 'x')])),
    await reason(() => port.transaction({ id: `${topic}-writer`, records: [record(9, 'x')] })),
    await reason(() => read(9, undefined, 10)),
    await reason(() => read(9, 0, 10)),
  ];
  const noTime = await reason(() => port.produce([record(0, 'x', NaN)]));

  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '20' }] });
  const below = [await read(0, 5, 40), await read(0, undefined, 40)];
  const beyond = [await read(0, 1000, 2000), await read(3, 5, 10), await read(0, 30, 30)];

  const under = join(`${topic}-closed`, new AbortController().signal);
  await reached(under, () => consumed.includes('kept-2'));
  await port.close();
  const closedUnder = await outcome(() => under);
  const closed = await outcome(() => port.endOffsets(topic));
  await Promise.all([a!.disconnect(), b!.disconnect(), admin.disconnect()]);
  return {
    days,
    transaction,
    appendTime,
    order,
    read: seen,
    consumed: all,
    open,
    behind,
    noPartition,
    noTime,
    fromBelow: below.map(({ length }) => length),
    fromBeyond: beyond.map(({ length }) => length),
    closedUnder,
    closed,
  };
}
