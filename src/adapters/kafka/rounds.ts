import type { KafkaRecord } from './port.js';

/** Brokers take a million bytes a batch; the rest is for what a record has beside its value. */
const MOST_BYTES = 900_000;

export function partitionKey({ topic, partition }: KafkaRecord): string {
  return `${topic}:${partition}`;
}

/** Records in rounds, none with more than a broker takes of one partition at once. */
export function rounds(records: readonly KafkaRecord[]): KafkaRecord[][] {
  const parts: KafkaRecord[][] = [];
  const state = new Map<string, { round: number; bytes: number }>();
  for (const record of records) {
    const key = partitionKey(record);
    const at = state.get(key) ?? { round: 0, bytes: 0 };
    const bytes = (record.value?.length ?? 0) + (record.key?.length ?? 0) * 3 + 200;
    if (at.bytes > 0 && at.bytes + bytes > MOST_BYTES) {
      at.round++;
      at.bytes = 0;
    }
    at.bytes += bytes;
    state.set(key, at);
    const part = parts[at.round] ?? [];
    parts[at.round] = part;
    part.push(record);
  }
  return parts;
}
