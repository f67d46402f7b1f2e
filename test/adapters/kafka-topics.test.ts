import fc from 'fast-check';
import { jsonTopic, type KafkaMessage, kafkaBars, kafkaTrades, partitionFor } from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';

const message = (value: Uint8Array | null): KafkaMessage => ({
  topic: 't',
  partition: 0,
  offset: 0,
  time: 0,
  key: null,
  value,
  headers: {},
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('partitionFor', () => {
  // Murmur2 of these keys as in Kafka's own UtilsTest.java: murmur2("21".getBytes()) = -973932308 and so on.
  it('is where the Java client puts a key', () => {
    const hashes: readonly [string, number][] = [
      ['21', -973932308],
      ['foobar', -790332482],
      ['a-little-bit-long-string', -985981536],
      ['a-little-bit-longer-string', -1486304829],
      ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
      ['abc', 479470107],
    ];
    const partitions = 1_000_003;
    for (const [key, hash] of hashes) {
      expect(partitionFor(key, partitions), key).toBe((hash & 0x7fffffff) % partitions);
    }
  });
});

const number = fc.oneof(fc.double(), fc.constant(NaN), fc.integer());
const jsonNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0)),
  fc.constant(NaN),
);

describe('trades and bars', () => {
  const trade = (x: fc.Arbitrary<number>) =>
    fc.record(
      {
        symbol: fc.string(),
        time: x,
        price: x,
        quantity: x,
        id: fc.oneof(fc.string(), fc.integer()),
      },
      { requiredKeys: ['symbol', 'time', 'price', 'quantity'] },
    );
  const bar = (x: fc.Arbitrary<number>) =>
    fc.record({
      symbol: fc.string(),
      time: x,
      open: x,
      high: x,
      low: x,
      close: x,
      volume: x,
      count: x,
      vwap: x,
    });

  it('come back from binary bit for bit, read by either kind of topic', () => {
    const [trades, bars] = [kafkaTrades('t', { encoding: 'binary' }), kafkaBars('b', { encoding: 'binary' })];
    fc.assert(
      fc.property(trade(number), bar(number), (a, b) => {
        expect(kafkaTrades('t').decode(message(trades.encode(a)))).toEqual(a);
        expect(kafkaBars('b').decode(message(bars.encode(b)))).toEqual(b);
      }),
    );
  });

  it('come back from JSON, which knows no infinities', () => {
    const [trades, bars] = [kafkaTrades('t'), kafkaBars('b')];
    fc.assert(
      fc.property(trade(jsonNumber), bar(jsonNumber), (a, b) => {
        expect(kafkaTrades('t', { encoding: 'binary' }).decode(message(trades.encode(a)))).toEqual(a);
        expect(bars.decode(message(bars.encode(b)))).toEqual(b);
      }),
    );
  });

  it('refuse what is none', () => {
    const trades = kafkaTrades('t');
    for (const text of [
      '',
      '{}',
      'null',
      '[1]',
      '{"v":2,"symbol":"A"}',
      '{"v":1,"symbol":1}',
      '{"v":1,"symbol":"A"}',
    ]) {
      expect(() => trades.decode(message(bytes(text))), text).toThrow();
    }
    expect(() => trades.decode(message(null))).toThrow('the message is empty');
    const binary = kafkaTrades('t', { encoding: 'binary' }).encode({
      symbol: 'A',
      time: 0,
      price: 1,
      quantity: 1,
    });
    expect(() => trades.decode(message(binary.slice(0, 20)))).toThrow('kind 84 version 1 with 20 bytes');
    expect(() => kafkaBars('t').decode(message(binary))).toThrow();
    const numbers = binary.slice(0, 26);
    for (const tail of [
      '[]',
      '[5]',
      '[null]',
      '"AB"',
      '["A",{"x":1}]',
      '["A",true]',
      '["A",1,2]',
      '{"0":"A"}',
      '',
    ]) {
      expect(() => trades.decode(message(Uint8Array.of(...numbers, ...bytes(tail)))), tail).toThrow();
    }
    const json = (id: unknown): KafkaMessage =>
      message(bytes(JSON.stringify({ v: 1, symbol: 'A', time: 0, price: 1, quantity: 1, id })));
    expect(() => trades.decode(json({ x: 1 }))).toThrow('id is no text and no number');
    expect(() => trades.decode(json(true))).toThrow('id is no text and no number');
    expect(trades.decode(json(null))).toEqual({ symbol: 'A', time: 0, price: 1, quantity: 1 });
    expect(() => trades.decode(message(Uint8Array.of(0xff, 0xfe)))).toThrow();
    expect(() => kafkaTrades('t', { encoding: 'xml' as 'json' })).toThrow(
      "encoding must be one of 'json', 'binary'",
    );
  });

  it('are keyed by symbol', () => {
    expect(kafkaTrades('t').key({ symbol: 'WTI', time: 0, price: 1, quantity: 1 })).toBe('WTI');
    expect(jsonTopic<number>('n', { key: String }).key(7)).toBe('7');
  });
});
