import type { KafkaMessage, KafkaRecord } from './port.js';
import { MOST_BYTES, recordBytes } from './rounds.js';

/** How much of a reason a dead letter carries: an error may have quoted the message, and the two together be too large. */
const REASON = 500;

/** Where a message was. */
export function sourceOf({ topic, partition, offset }: KafkaMessage): string {
  return `${topic}/${partition}/${offset}`;
}

/** A reason, no longer than a dead letter carries. */
export function shortReason(reason: string): string {
  return reason.slice(0, REASON);
}

/** The record of a message that means nothing: as it was, with the reason and its place beside its own headers. */
export function deadLetter(
  topic: string,
  partition: number,
  message: KafkaMessage,
  reason: string,
): KafkaRecord {
  const { key, value, headers, time } = message;
  const said = { 'hedgerow-reason': shortReason(reason), 'hedgerow-source': sourceOf(message) };
  return { topic, partition, key, value, headers: { ...headers, ...said }, time };
}

/**
 * The record as it is, unless it is so large that it fills a batch alone, which its reason may have made too large: then
 * what is left is why and where it was, its size and the beginning of its key.
 */
export function shortLetter(record: KafkaRecord): KafkaRecord {
  if (recordBytes(record) <= MOST_BYTES) return record;
  const { key, value, headers = {} } = record;
  return {
    ...record,
    key: key === null ? null : key.slice(0, REASON),
    value: null,
    headers: {
      'hedgerow-reason': headers['hedgerow-reason']!,
      'hedgerow-source': headers['hedgerow-source']!,
      'hedgerow-left-out': `${value?.length ?? 0} bytes`,
    },
  };
}
