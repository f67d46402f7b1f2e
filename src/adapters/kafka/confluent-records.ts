import type { ConfluentMessage, ConfluentProducer } from './confluent-client.js';
import { codeOf } from './confluent-errors.js';
import { buffered, bytesOf, readable, sleep } from './host.js';
import type { KafkaMessage, KafkaRecord } from './port.js';

/** librdkafka's queue of what is to be sent is full. */
const QUEUE_FULL = -184;

export function messageOf({
  topic,
  partition,
  offset,
  timestamp,
  key,
  value,
  headers = [],
}: ConfluentMessage): KafkaMessage {
  const named = headers.flatMap((header) =>
    Object.entries(header).map(([name, said]) => [name, readable(said)] as const),
  );
  return {
    topic,
    partition,
    offset,
    time: timestamp,
    key: key === null ? null : readable(key),
    value,
    headers: Object.fromEntries(named),
  };
}

/**
 * Hands records to librdkafka, as soon as there is room for them; `opaque` comes back with the report of each delivery.
 * Returns the error of the first that is not taken, and how many were.
 */
export async function handOver(
  producer: ConfluentProducer,
  records: readonly KafkaRecord[],
  opaque?: unknown,
): Promise<{ readonly taken: number; readonly error?: unknown }> {
  for (let taken = 0; taken < records.length; ) {
    const { topic, partition, key, value, headers, time } = records[taken]!;
    const named =
      headers && Object.entries(headers).map(([name, said]) => ({ [name]: buffered(bytesOf(said)) }));
    try {
      producer.produce(
        topic,
        partition,
        value && buffered(value),
        key === null ? null : buffered(bytesOf(key)),
        // Zero is now to librdkafka; what happened at the beginning of 1970 comes a millisecond later.
        time === undefined ? undefined : Math.max(1, Math.trunc(time)),
        opaque,
        named,
      );
      taken++;
    } catch (error) {
      if (codeOf(error) !== QUEUE_FULL) return { taken, error };
      await sleep(5);
    }
  }
  return { taken: records.length };
}
