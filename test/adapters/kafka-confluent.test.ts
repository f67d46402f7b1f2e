import { confluentKafka, type KafkaPort, type KafkaPosition } from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { FakeConsumer, FakeProducer, fakeAdmin, fakeModule } from './kafka-confluent-support.js';

const brokers = ['127.0.0.1:9092'];
const open = (): Promise<KafkaPort> => confluentKafka({ brokers, client: fakeModule });
const record = { topic: 'legs', partition: 1, key: 'k', value: new Uint8Array(2) };

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 400; tries++) await new Promise((done) => setTimeout(done, 5));
  expect(isSo()).toBe(true);
}

describe('confluentKafka', () => {
  it('checks its options', async () => {
    await expect(confluentKafka({ brokers: [] })).rejects.toThrow("brokers must be an array of 'host:port'");
    await expect(confluentKafka({ brokers, transactionTimeout: 0 })).rejects.toThrow('transactionTimeout');
    await expect(confluentKafka({ brokers, client: {} })).rejects.toThrow('client must be the module');
    await expect(confluentKafka({ brokers, group: 'x' } as never)).rejects.toThrow('group');
  });

  it('has written when every record has arrived, wherever one does not', async () => {
    const port = await open();
    const before = FakeProducer.all.length;
    let isWritten = false;
    const writing = port.produce([record, { ...record, time: 0 }]).then(() => {
      isWritten = true;
    });
    await until(() => FakeProducer.all[before]?.sent.length === 2);
    const producer = FakeProducer.all[before]!;
    producer.reports(0);
    await new Promise((done) => setTimeout(done, 20));
    expect(isWritten).toBe(false);
    producer.reports(1);
    await writing;
    // A time of zero is the present to librdkafka.
    expect(producer.sent.map(([, , , , time]) => time)).toEqual([undefined, 1]);

    const failing = port.produce([record, record]);
    await until(() => producer.sent.length === 4);
    producer.reports(2, -192);
    producer.reports(3);
    await expect(failing).rejects.toMatchObject({ name: 'KafkaError', reason: 'unreachable' });
    producer.refuses = 10;
    await expect(port.produce([record])).rejects.toMatchObject({ reason: 'too-large' });
    // A producer that has failed for good makes way for a new one.
    producer.refuses = -150;
    await expect(port.produce([record])).rejects.toMatchObject({ reason: 'unreachable' });
    const again = port.produce([record]);
    await until(() => FakeProducer.all[before + 1]?.sent.length === 1);
    FakeProducer.all[before + 1]!.reports(0);
    await again;
    const cut = port.produce([record]);
    const outcome = expect(cut).rejects.toThrow('hedgerow/kafka: the port was closed');
    await until(() => FakeProducer.all[before + 1]!.sent.length === 2);
    await port.close();
    await outcome;
  });

  it('is shut out by a producer that is done for, and begins the next transaction with a new one', async () => {
    const port = await open();
    const before = FakeProducer.all.length;
    await port.transaction({ id: 'a', records: [record] });
    FakeProducer.all[before]!.fails = -150;
    await expect(port.transaction({ id: 'a', records: [record] })).rejects.toMatchObject({
      reason: 'fenced',
    });
    await port.transaction({ id: 'a', records: [record] });
    expect(FakeProducer.all.slice(before).map(({ sent }) => sent.length)).toEqual([2, 1]);
    await port.close();
  });

  it('takes records that did not arrive in time for a broker that is away', async () => {
    const port = await open();
    const before = FakeProducer.all.length;
    await port.transaction({ id: 'a', records: [record] });
    FakeProducer.all[before]!.fails = -149;
    await expect(port.transaction({ id: 'a', records: [record] })).rejects.toMatchObject({
      reason: 'unreachable',
    });
    await port.transaction({ id: 'a', records: [record] });
    await port.close();
  });

  it('answers the group when its subscriber is done, and forgets what was fetched of a partition that goes', async () => {
    const port = await open();
    const stop = new AbortController();
    const said: string[] = [];
    let isFlushed = (): void => {};
    let begin: readonly KafkaPosition[] = [];
    const member = port.consume({
      group: 'g',
      topics: ['legs'],
      signal: stop.signal,
      async assigned(committed) {
        said.push(`assigned ${committed.map(({ partition, offset }) => `${partition}@${offset}`)}`);
        return begin.length > 0 ? begin : committed;
      },
      async batch({ partition, messages, nextOffset, endOffset }) {
        said.push(`${partition}: ${messages.map(({ offset }) => offset)} to ${nextOffset} of ${endOffset}`);
      },
      async revoked(places) {
        said.push(`revoked ${places.map(({ partition }) => partition)}`);
        if (!stop.signal.aborted) {
          await new Promise<void>((done) => {
            isFlushed = done;
          });
        }
      },
      async lost(places) {
        said.push(`lost ${places.map(({ partition }) => partition)}`);
      },
    });
    const consumer = FakeConsumer.last;
    const [one, two] = [
      { topic: 'legs', partition: 0 },
      { topic: 'legs', partition: 1 },
    ];
    // Where nothing is committed the partition begins at its beginning, which is 3 here.
    consumer.wants('taken', [one, two]);
    await until(() => consumer.calls.length === 1);
    consumer.fetches('legs', 1, 3);
    consumer.fetches('legs', 0, 3);
    consumer.fetches('legs', 1, 4);
    await until(() => said.length === 3);
    // Markers are no messages, but are behind us.
    consumer.emit('partition.eof', { ...two, offset: 6 });
    await until(() => said.length === 4);
    expect(said).toEqual(['assigned 0@3,1@3', '1: 3,4 to 5 of 10', '0: 3 to 4 of 10', '1:  to 6 of 10']);

    consumer.wants('given up', [two]);
    await until(() => said.at(-1) === 'revoked 1');
    expect(consumer.calls).toEqual(['take 0@3,1@3']);
    await expect(port.commit({ group: 'g', positions: [{ ...two, offset: 6 }] })).resolves.toBeUndefined();
    isFlushed();
    await until(() => consumer.calls.length === 2);
    await expect(port.commit({ group: 'g', positions: [{ ...two, offset: 6 }] })).rejects.toMatchObject({
      reason: 'fenced',
    });
    begin = [{ ...two, offset: 5 }];
    consumer.wants('taken', [two]);
    await until(() => consumer.calls.length === 3);

    consumer.isLost = true;
    await expect(port.commit({ group: 'g', positions: [{ ...one, offset: 4 }] })).rejects.toMatchObject({
      reason: 'fenced',
    });
    consumer.wants('given up', [one]);
    await until(() => consumer.calls.length === 4);
    stop.abort();
    await member;
    expect(said.slice(5)).toEqual(['assigned 1@3', 'lost 0', 'revoked 1']);
    expect(consumer.calls.slice(1)).toEqual([
      'give up 1',
      'take 1@5',
      'give up 0',
      'give up 1',
      'disconnect',
    ]);
    await port.close();
  });

  it('ends a membership with what its subscriber throws, after the client was answered', async () => {
    const port = await open();
    const member = port.consume({
      group: 'g',
      topics: ['legs'],
      signal: new AbortController().signal,
      assigned: () => Promise.reject(new RangeError('no room')),
      async batch() {},
      async revoked() {},
      async lost() {},
    });
    const consumer = FakeConsumer.last;
    consumer.wants('taken', [{ topic: 'legs', partition: 0 }]);
    await expect(member).rejects.toThrow(RangeError);
    expect(consumer.calls).toEqual(['take 0@undefined', 'give up 0', 'disconnect']);
  });

  it('answers what the group wants of a client that is ending, which takes nothing any more', async () => {
    const port = await open();
    const stop = new AbortController();
    const member = port.consume({
      group: 'g',
      topics: ['legs'],
      signal: stop.signal,
      assigned: async (committed) => committed,
      async batch() {},
      async revoked() {},
      async lost() {},
    });
    const consumer = FakeConsumer.last;
    consumer.lastWish = 'taken';
    consumer.wants('taken', [{ topic: 'legs', partition: 0 }]);
    await until(() => consumer.calls.length === 1);
    stop.abort();
    const begun = Date.now();
    await member;
    expect(consumer.calls).toEqual(['take 0@3', 'give up 0', 'disconnect', 'give up ']);
    // Without an answer it would be waited for twenty seconds.
    expect(Date.now() - begun).toBeLessThan(10_000);
    await port.close();
  });

  it('asks one question after another, and ends when the last is answered', async () => {
    Object.assign(fakeAdmin, { most: 0, ended: [] });
    const port = await open();
    const questions = ['a', 'b', 'c'].map((topic) => port.endOffsets(topic));
    const said = Promise.allSettled(questions);
    await questions[0];
    await port.close();
    expect(fakeAdmin).toMatchObject({ most: 1, ended: ['with 0 under way'] });
    expect((await said).map(({ status }) => status)).toContain('rejected');
  });

  it('has no client left when it is closed, of what was under way or waited for its turn', async () => {
    const port = await open();
    const [producers, consumers] = [FakeProducer.all.length, FakeConsumer.all.length];
    const reading = port.read({ topic: 'legs', partition: 0, from: 3, to: 9 })[Symbol.asyncIterator]();
    const beyond = port.read({ topic: 'legs', partition: 0, to: 9 })[Symbol.asyncIterator]();
    const said = Promise.allSettled([
      port.produce([record]),
      ...['a', 'a', 'b'].map((id) => port.transaction({ id, records: [record] })),
      reading.next(),
      beyond.next(),
    ]);
    await until(() => FakeProducer.all.length > producers);
    await port.close();
    await said;
    expect(FakeProducer.all.slice(producers).filter(({ isEnded }) => !isEnded)).toEqual([]);
    expect(FakeConsumer.all.slice(consumers).filter(({ calls }) => !calls.includes('disconnect'))).toEqual(
      [],
    );
  });
});
