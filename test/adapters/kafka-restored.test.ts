import { MemoryPort, type StatefulStatus } from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { meanOf, meansBroker, meansIn, messagesIn, put, runThrough, startMeans } from './kafka-means.js';

describe('a key that is no text', () => {
  it('is a dead letter, for no state could be kept under it', async () => {
    const broker = meansBroker();
    const good = (price: number) => ({ symbol: '5', price });
    const bad = [
      { price: 1 },
      { symbol: 5, price: 1 },
      { symbol: null, price: 1 },
      { symbol: 'a\ud800', price: 1 },
    ];
    await put(broker, good(1), ...bad, good(3));
    const first = await runThrough(broker);
    await put(broker, ...bad, good(5));
    const second = await runThrough(broker);
    expect(first.run.status()).toMatchObject({ events: 6, outputs: 2, deadLetters: 4, keys: 0 });
    expect(second.run.status()).toMatchObject({ events: 5, outputs: 1, deadLetters: 4, warmUps: 0 });
    expect((await meansIn(broker)).slice(1)).toEqual([2, 4]);
    const reasons = (await messagesIn(broker, 'prices-dead-letters')).map(
      ({ headers }) => headers['hedgerow-reason'],
    );
    expect(reasons.slice(0, 4)).toEqual([
      'the key is undefined, not text',
      'the key is 5, not text',
      'the key is null, not text',
      'the key has half a character in it',
    ]);
  });

  it('may be empty, or look like anything', async () => {
    const broker = meansBroker();
    const symbols = ['', '|', 'mean@1', '@1|', 'a\nb', '\u0000', '🌾'];
    await put(broker, ...symbols.map((symbol) => ({ symbol, price: 1 })));
    await runThrough(broker);
    await put(broker, ...symbols.map((symbol) => ({ symbol, price: 3 })));
    const { run } = await runThrough(broker);
    expect(run.status()).toMatchObject({ events: 7, outputs: 7, deadLetters: 0, warmUps: 0 });
    expect((await meansIn(broker)).slice(7)).toEqual(symbols.map(() => 2));
  });
});

const price = (price: number) => ({ symbol: 'A', price });

describe('warm-ups', () => {
  const reasons = async (
    broker: ReturnType<typeof meansBroker>,
    window: number,
    version = 1,
  ): Promise<string[]> => {
    const { notices } = await runThrough(broker, { operator: meanOf(window, 'mean', version) });
    return notices.flatMap((notice) => (notice.type === 'warm-up' ? [notice.reason] : []));
  };

  it('are said once, of the last record of a key, and not of those before it', async () => {
    const broker = meansBroker();
    for (const [window, version, said] of [
      [2, 1, []],
      [2, 1, []],
      [3, 1, ['configuration-changed']],
      [3, 1, []],
      [3, 2, ['version-changed']],
      [3, 2, []],
      [4, 2, ['configuration-changed']],
      [4, 2, []],
    ] as const) {
      await put(broker, price(window));
      expect(await reasons(broker, window, version), `${window} ${version}`).toEqual(said);
    }
  });

  it('come of numbers that JSON does not tell apart, and not of fields that are undefined', async () => {
    const reasonOf = async (one: unknown, other: unknown): Promise<string[]> => {
      const broker = meansBroker();
      const operator = (configuration: unknown) => ({ ...meanOf(2), configuration: configuration as null });
      await put(broker, price(1));
      await runThrough(broker, { operator: operator(one) });
      const { notices } = await runThrough(broker, { operator: operator(other) });
      return notices.flatMap((notice) => (notice.type === 'warm-up' ? [notice.reason] : []));
    };
    const numbers = [NaN, Infinity, -Infinity, -0, 0, null];
    for (const one of numbers) {
      for (const other of numbers) {
        const said = Object.is(one, other) ? [] : ['configuration-changed'];
        expect(await reasonOf({ stop: one }, { stop: other }), `${one} ${other}`).toEqual(said);
      }
    }
    expect(await reasonOf(undefined, undefined)).toEqual([]);
    expect(await reasonOf({ a: 1, b: undefined }, { a: 1 })).toEqual([]);
    expect(await reasonOf({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([]);
  });
});

describe('another group over the same states', () => {
  it('is refused, for it would skip what the first one had', async () => {
    const broker = meansBroker();
    await put(broker, price(1), price(3));
    await runThrough(broker);
    const other = startMeans(broker, { group: 'others' }).run.done;
    await expect(other).rejects.toMatchObject({ name: 'KafkaError', reason: 'refused' });
    await expect(other).rejects.toThrow(
      'the states of mean in states must be of the group others, received those of means: another group takes',
    );
    const { run } = await runThrough(broker, { group: 'others', operator: meanOf(2, 'another') });
    expect(run.status()).toMatchObject({ events: 2, outputs: 2 });
  });

  it('is not asked of states that do not say whose they are', async () => {
    const broker = meansBroker();
    await put(broker, price(1), price(3));
    await runThrough(broker);
    const [position] = (await messagesIn(broker, 'states')).filter(({ key }) => key === 'mean@1');
    const { group, ...rest } = JSON.parse(new TextDecoder().decode(position!.value!)) as { group: string };
    expect(group).toBe('means');
    const value = new TextEncoder().encode(JSON.stringify(rest));
    await new MemoryPort(broker).produce([{ topic: 'states', partition: 0, key: 'mean@1', value }]);
    broker.compact('states');
    await put(broker, price(5));
    await runThrough(broker);
    expect((await meansIn(broker)).slice(1)).toEqual([2, 4]);
  });
});

describe('the lag', () => {
  it('is what waits from the moment a partition is taken', async () => {
    const broker = meansBroker();
    await put(broker, ...Array.from({ length: 700 }, (_, i) => price(i)));
    const seen: StatefulStatus[] = [];
    const { run, stop } = startMeans(broker, { onNotice: () => seen.push(run.status()) });
    while (run.status().outputs < 700) await new Promise((done) => setTimeout(done, 2));
    expect(seen[0]).toMatchObject({ lag: 700, partitions: [{ endOffset: 700, nextOffset: 0 }] });
    expect(run.status().lag).toBe(0);
    await stop();
  });
});
