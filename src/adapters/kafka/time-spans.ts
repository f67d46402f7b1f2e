import type { KafkaRecord } from './port.js';
import { partitionKey } from './rounds.js';

/** The largest distance from a batch's first time that is written rightly, in milliseconds: nearly 25 days. */
const MOST = 2 ** 31 - 1;

/**
 * Records in rounds, in none of which a partition has one further from its first than the client can write: a batch holds
 * distances in time, of which `@platformatic/kafka` 2.12.1 writes 32 bits. What belongs to one partition stays in order.
 */
export function timeSpans(records: readonly KafkaRecord[], now: number): KafkaRecord[][] {
  let [least, most] = [Infinity, -Infinity];
  for (const { time = now } of records) {
    least = Math.min(least, time);
    most = Math.max(most, time);
  }
  if (most - least < MOST) return [[...records]];
  const rounds: KafkaRecord[][] = [];
  const state = new Map<string, { round: number; first: number }>();
  for (const record of records) {
    const { time = now } = record;
    const key = partitionKey(record);
    const at = state.get(key) ?? { round: 0, first: time };
    state.set(key, at);
    if (Math.abs(time - at.first) >= MOST) {
      at.round++;
      at.first = time;
    }
    rounds[at.round] ??= [];
    rounds[at.round]!.push(record);
  }
  return rounds;
}
