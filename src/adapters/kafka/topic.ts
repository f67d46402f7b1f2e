import { bytesOf, textOf } from './host.js';
import type { KafkaMessage } from './port.js';

/** A topic whose messages have a meaning: how one is written and how it is read. */
export interface KafkaTopic<Value> {
  readonly name: string;
  /** The key that decides the partition, which what belongs together shares. */
  key(value: Value): string;
  encode(value: Value): Uint8Array;
  /** Throws where the message does not mean anything, which makes it a dead letter. */
  decode(message: KafkaMessage): Value;
}

/** How a topic of JSON is made. */
export interface JsonTopicOptions<Value> {
  key(value: Value): string;
  /** Throws where the value is none, or returns it. */
  check?(value: unknown): Value;
}

/**
 * A topic of JSON, one value a message.
 *
 * @example
 * ```ts
 * const scores = jsonTopic<{ pair: string; score: number }>('scores', { key: ({ pair }) => pair });
 * scores.key({ pair: 'WTI/Brent', score: 2.1 }); // → 'WTI/Brent'
 * scores.encode({ pair: 'A', score: 1 }).length; // → 22
 * ```
 */
export function jsonTopic<Value>(name: string, { key, check }: JsonTopicOptions<Value>): KafkaTopic<Value> {
  return {
    name,
    key,
    encode: (value) => bytesOf(JSON.stringify(value)),
    decode: ({ value }) => {
      if (value === null) throw new Error('the message is empty');
      const parsed: unknown = JSON.parse(textOf(value));
      return check ? check(parsed) : (parsed as Value);
    },
  };
}
