import { buffered, bytesOf, readable } from './host.js';
import type { KafkaJsMessage } from './kafkajs-client.js';
import type { KafkaMessage, KafkaRecord } from './port.js';

/** Records as kafkajs sends them: topic by topic. */
export function topicMessages(records: readonly KafkaRecord[]): { topic: string; messages: object[] }[] {
  const topics = new Map<string, object[]>();
  for (const { topic, partition, key, value, headers = {}, time } of records) {
    const messages = topics.get(topic) ?? [];
    topics.set(topic, messages);
    messages.push({
      partition,
      key: key === null ? null : buffered(bytesOf(key)),
      value: value === null ? null : buffered(value),
      headers,
      ...(time === undefined ? {} : { timestamp: String(Math.trunc(time)) }),
    });
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

/** A message as the port hands it on. */
export function messageOf(topic: string, partition: number, message: KafkaJsMessage): KafkaMessage {
  const headers = Object.entries(message.headers ?? {}).map(([name, said]) => {
    const one = Array.isArray(said) ? said[0] : said;
    return [name, typeof one === 'string' ? one : one === undefined ? '' : readable(one)] as const;
  });
  return {
    topic,
    partition,
    offset: Number(message.offset),
    time: Number(message.timestamp),
    key: message.key === null ? null : readable(message.key),
    value: message.value,
    headers: Object.fromEntries(headers),
  };
}
