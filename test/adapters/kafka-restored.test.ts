import { describe, expect, it } from 'vitest';
import { meansBroker, meansIn, messagesIn, put, runThrough } from './kafka-means.js';

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
