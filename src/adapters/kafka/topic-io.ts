import { partitionFor } from './partition-for.js';
import { KafkaError, type KafkaMessage, type KafkaPort } from './port.js';
import type { KafkaTopic } from './topic.js';

/** Writes the values of a topic, each to the partition of its key. */
export interface TopicWriter<Value> {
  /** Writes many in one request, and returns when they are safe. */
  write(values: readonly Value[]): Promise<void>;
}

/**
 * A writer of a typed topic. Partitions are those of Kafka's Java client, so other producers may write to the same topic.
 *
 * @example
 * ```ts
 * const broker = new MemoryBroker({ trades: 4 });
 * const trades = kafkaTrades('trades');
 * const writer = await topicWriter(new MemoryPort(broker), trades);
 * await writer.write([{ symbol: 'BTCUSDT', time: 0, price: 60_000, quantity: 0.5 }]);
 * (await readTopic(new MemoryPort(broker), trades)).length; // → 1
 * ```
 */
export async function topicWriter<Value>(
  port: KafkaPort,
  topic: KafkaTopic<Value>,
): Promise<TopicWriter<Value>> {
  const partitions = (await port.endOffsets(topic.name)).length;
  return {
    write: (values) =>
      port.produce(
        values.map((value) => {
          const key = topic.key(value);
          return {
            topic: topic.name,
            partition: partitionFor(key, partitions),
            key,
            value: topic.encode(value),
          };
        }),
      ),
  };
}

/** A message with what it means. */
export interface TopicValue<Value> {
  readonly message: KafkaMessage;
  readonly value: Value;
}

/**
 * Everything committed in a typed topic up to its present end, partition after partition. Deletions, of which a compacted
 * topic has some, are left out.
 *
 * @throws KafkaError naming the message where one means nothing
 * @example
 * ```ts
 * const broker = new MemoryBroker({ trades: 1 });
 * await readTopic(new MemoryPort(broker), kafkaTrades('trades')); // → []
 * ```
 */
export async function readTopic<Value>(
  port: KafkaPort,
  topic: KafkaTopic<Value>,
): Promise<TopicValue<Value>[]> {
  const ends = await port.endOffsets(topic.name);
  const values: TopicValue<Value>[] = [];
  for (let partition = 0; partition < ends.length; partition++) {
    for await (const messages of port.read({ topic: topic.name, partition, to: ends[partition]! })) {
      for (const message of messages) {
        try {
          values.push({ message, value: topic.decode(message) });
        } catch (error) {
          if (message.value === null) continue;
          const { offset } = message;
          const place = `${topic.name}/${partition}/${offset}`;
          throw new KafkaError('refused', `readTopic: ${place}: ${(error as Error).message}`, error);
        }
      }
    }
  }
  return values;
}
