import { KafkaError, type KafkaRecord, MemoryPort } from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { meansBroker, meansIn, messagesIn, put, runThrough, startMeans } from './kafka-means.js';

const produce = (broker: Parameters<typeof put>[0], record: Partial<KafkaRecord>): Promise<void> =>
  new MemoryPort(broker).produce([{ topic: 'prices', partition: 0, key: 'k', value: null, ...record }]);

describe('a dead letter', () => {
  it('keeps the headers that the message had', async () => {
    const broker = meansBroker();
    await produce(broker, { headers: { trace: '123', 'hedgerow-source': 'ticks/7/9/0' } });
    await runThrough(broker);
    const [letter] = await messagesIn(broker, 'prices-dead-letters');
    expect(letter!.headers).toEqual({
      trace: '123',
      'hedgerow-reason': 'the message is empty',
      'hedgerow-source': 'prices/0/0',
    });
  });

  for (const mode of ['exactly-once', 'at-least-once'] as const) {
    it(`without its value is better than none, where the broker takes no more, ${mode}`, async () => {
      const broker = meansBroker();
      const large = new Uint8Array(1_048_570).fill(120);
      await put(broker, { symbol: 'A', price: 1 });
      await produce(broker, { value: large });
      await produce(broker, { value: large.subarray(0, 1_000_000), headers: { large: 'x'.repeat(48_560) } });
      await produce(broker, { value: large.subarray(0, 10) });
      await put(broker, { symbol: 'A', price: 3 });
      const { run } = await runThrough(broker, { mode });
      expect(run.status()).toMatchObject({ deadLetters: 3, outputs: 2, restarts: 0 });
      expect((await meansIn(broker))[1]).toBe(2);
      const letters = await messagesIn(broker, 'prices-dead-letters');
      expect(letters.map(({ key, value }) => [key, value?.length])).toEqual([
        ['k', undefined],
        ['k', undefined],
        ['k', 10],
      ]);
      expect(letters[0]!.headers).toMatchObject({
        'hedgerow-reason': expect.stringContaining('JSON'),
        'hedgerow-source': 'prices/0/1',
        'hedgerow-left-out': '1048570 bytes',
      });
    });
  }

  it('is as it was, where the broker takes it', async () => {
    const broker = meansBroker();
    await produce(broker, { value: new Uint8Array(1_000_000) });
    await runThrough(broker);
    expect((await messagesIn(broker, 'prices-dead-letters'))[0]!.value).toHaveLength(1_000_000);
  });
});

describe('an error of another copy of the package', () => {
  it('is known by its name', async () => {
    class KafkaErrorOfCommonJs extends Error {
      override readonly name = 'KafkaError';
      readonly reason = 'unreachable';
    }
    expect(new KafkaErrorOfCommonJs()).not.toBeInstanceOf(KafkaError);
    const broker = meansBroker();
    await put(broker, { symbol: 'A', price: 1 });
    const port = new MemoryPort(broker);
    const transaction = port.transaction.bind(port);
    let refusals = 1;
    port.transaction = async (one): Promise<void> => {
      if (refusals-- > 0) throw new KafkaErrorOfCommonJs('gone');
      await transaction(one);
    };
    const { run, stop } = startMeans(broker, { port });
    while (run.status().outputs < 1)
      await Promise.race([run.done, new Promise((done) => setTimeout(done, 2))]);
    await stop();
    expect(run.status().restarts).toBe(1);
  });
});
