import {
  basketTrades,
  kafkaBasketTrades,
  kafkaTrades,
  MemoryBroker,
  MemoryPort,
  partitionFor,
  readTopic,
  runStateful,
  topicWriter,
} from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';

describe('basketTrades', () => {
  it('brings the legs of a basket together in one partition, each once', async () => {
    const broker = new MemoryBroker({ trades: 3, baskets: 5, places: 3, 'trades-dead-letters': 1 });
    const port = new MemoryPort(broker);
    const [input, output] = [kafkaTrades('trades'), kafkaBasketTrades('baskets')];
    const writer = await topicWriter(port, input);
    const symbols = ['WTI', 'Brent', 'gold'];
    await writer.write(symbols.map((symbol, time) => ({ symbol, time, price: 70, quantity: 1 })));
    const stop = new AbortController();
    const run = runStateful({
      port,
      input,
      output,
      state: 'places',
      group: 'baskets',
      operator: basketTrades({ 'WTI/Brent': ['WTI', 'Brent'], oil: ['Brent', 'WTI', 'WTI'] }),
      mode: 'exactly-once',
      signal: stop.signal,
      flush: { every: 2 },
    });
    while (run.status().events < 3) await new Promise((done) => setTimeout(done, 2));
    stop.abort();
    await run.done;
    const sent = await readTopic(port, output);
    const said = sent.map(({ value: { basket, symbol } }) => `${basket} ${symbol}`).sort();
    expect(said).toEqual(['WTI/Brent Brent', 'WTI/Brent WTI', 'oil Brent', 'oil WTI']);
    for (const { message, value } of sent) expect(message.partition).toBe(partitionFor(value.basket, 5));
  });

  it('refuses trades without a basket', () => {
    const value = new TextEncoder().encode('{"symbol":"WTI","time":0,"price":1,"quantity":1}');
    const at = { topic: 't', partition: 0, offset: 0, time: 0, key: null, headers: {} };
    expect(() => kafkaBasketTrades('t').decode({ ...at, value })).toThrow('basket is no text');
  });

  it('keeps what a trade has, a number that is missing among it', () => {
    const at = { topic: 't', partition: 0, offset: 0, time: 0, key: null, headers: {} };
    const topic = kafkaBasketTrades('t');
    const trade = { symbol: 'WTI', time: 0, price: 70, quantity: NaN, id: 'x' };
    const [sent] = basketTrades({ oil: ['WTI'] })
      .create('WTI')
      .push(trade);
    expect(topic.decode({ ...at, value: topic.encode(sent!) })).toEqual({ basket: 'oil', ...trade });
    const odd = (fields: object): Uint8Array => topic.encode({ ...sent!, ...fields } as typeof sent & object);
    expect(() => topic.decode({ ...at, value: odd({ id: {} }) })).toThrow('id is no text and no number');
    expect(() => topic.decode({ ...at, value: odd({ price: '1' }) })).toThrow('price is no number');
    for (const text of ['null', '5', '[]', '"x"']) {
      expect(() => topic.decode({ ...at, value: new TextEncoder().encode(text) })).toThrow(
        'basket is no text',
      );
    }
  });
});
