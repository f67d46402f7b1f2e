import type { KafkaRecord } from './port.js';

/** Brokers take a million bytes a batch; the rest is for the frame of the batch. */
export const MOST_BYTES = 900_000;
/** And a hundred million a request, of all its partitions together, unless told otherwise; far more than a flush has. */
const MOST_IN_ALL = 32_000_000;

export function partitionKey({ topic, partition }: KafkaRecord): string {
  return `${topic}:${partition}`;
}

/** No fewer bytes than a record has: a character of text takes three at most. */
export function recordBytes({ key, value, headers = {} }: KafkaRecord): number {
  let characters = key?.length ?? 0;
  let named = 0;
  for (const name in headers) {
    characters += name.length + headers[name]!.length;
    named++;
  }
  return (value?.length ?? 0) + characters * 3 + named * 10 + 100;
}

/** Records in rounds, none with more than a broker takes of one partition, or of all together, at once. */
export function rounds(records: readonly KafkaRecord[]): KafkaRecord[][] {
  const parts: { readonly records: KafkaRecord[]; bytes: number }[] = [];
  const state = new Map<string, { round: number; bytes: number }>();
  for (const record of records) {
    const key = partitionKey(record);
    const at = state.get(key) ?? { round: 0, bytes: 0 };
    const bytes = recordBytes(record);
    if (at.bytes > 0 && at.bytes + bytes > MOST_BYTES) {
      at.round++;
      at.bytes = 0;
    }
    // What belongs to one partition stays in order: it goes to later rounds only.
    while ((parts[at.round]?.bytes ?? 0) > 0 && parts[at.round]!.bytes + bytes > MOST_IN_ALL) {
      at.round++;
      at.bytes = 0;
    }
    at.bytes += bytes;
    state.set(key, at);
    const part = parts[at.round] ?? { records: [], bytes: 0 };
    parts[at.round] = part;
    part.bytes += bytes;
    part.records.push(record);
  }
  return parts.map((part) => part.records);
}
