import { readable } from './host.js';
import type { Wire, WireBatch, WirePartition, WireRecord } from './platformatic-wire.js';
import type { KafkaBatch, KafkaMessage, KafkaPosition } from './port.js';

const CONTROL = 0x20;
const TRANSACTIONAL = 0x10;
/** The broker's time counts, which is that of the whole batch (`message.timestamp.type=LogAppendTime`). */
const APPEND_TIME = 0x08;

function messageOf(
  topic: string,
  partition: number,
  { attributes, firstOffset, firstTimestamp, maxTimestamp }: WireBatch,
  { key, value, headers, offsetDelta, timestampDelta }: WireRecord,
): KafkaMessage {
  return {
    topic,
    partition,
    offset: Number(firstOffset) + offsetDelta,
    time: Number(attributes & APPEND_TIME ? maxTimestamp : firstTimestamp + timestampDelta),
    key: key === null ? null : readable(key),
    value,
    headers: Object.fromEntries(headers.map(([name, said]) => [readable(name), readable(said)])),
  };
}

/**
 * The committed messages of a fetched partition from an offset on. The broker sends what was aborted too, with a list of
 * the transactions: from where each begins to its marker, its producer's batches are left out.
 */
export function committedOf(topic: string, fetched: WirePartition, from: number): KafkaBatch {
  const { partitionIndex: partition, records, abortedTransactions, highWatermark } = fetched;
  const coming = [...(abortedTransactions ?? [])].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const aborting = new Set<bigint>();
  const messages: KafkaMessage[] = [];
  let nextOffset = from;
  for (const batch of records ?? []) {
    const lastOffset = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    while (coming.length > 0 && coming[0]!.firstOffset <= lastOffset)
      aborting.add(coming.shift()!.producerId);
    if (batch.attributes & CONTROL) aborting.delete(batch.producerId);
    else if (!(batch.attributes & TRANSACTIONAL) || !aborting.has(batch.producerId)) {
      for (const record of batch.records) {
        const message = messageOf(topic, partition, batch, record);
        if (message.offset >= from) messages.push(message);
      }
    }
    nextOffset = Math.max(nextOffset, Number(lastOffset) + 1);
  }
  return { topic, partition, messages, nextOffset, endOffset: Number(highWatermark) };
}

/** What is committed from several positions on; waits a little where there is nothing. */
export async function fetchCommitted(
  wire: Wire,
  positions: readonly KafkaPosition[],
  maxWait: number,
): Promise<KafkaBatch[]> {
  const names = [...new Set(positions.map(({ topic }) => topic))];
  const { topics } = await wire.metadata(names);
  const byLeader = new Map<number, KafkaPosition[]>();
  for (const position of positions) {
    const { leader } = topics.get(position.topic)!.partitions[position.partition]!;
    byLeader.set(leader, [...(byLeader.get(leader) ?? []), position]);
  }
  const fetched = await Promise.all(
    [...byLeader].map(async ([leader, wanted]) => {
      const request = names.map((name) => ({
        topicId: topics.get(name)!.id,
        partitions: wanted
          .filter(({ topic }) => topic === name)
          .map(({ partition, offset }) => ({
            partition,
            currentLeaderEpoch: -1,
            fetchOffset: BigInt(offset),
            lastFetchedEpoch: -1,
            partitionMaxBytes: 1_048_576,
          })),
      }));
      const args: Parameters<typeof wire.module.fetchV17.api.async> extends [unknown, ...infer Rest]
        ? Rest
        : never = [maxWait, 1, 4_194_304, 1, 0, -1, request, [], ''];
      const what = `fetching ${names.join(', ')}`;
      const { responses } = await wire.ask(what, leader, wire.module.fetchV17, args, true);
      return responses.flatMap(({ topicId, partitions }) => {
        const name = names.find((one) => topics.get(one)!.id === topicId)!;
        return partitions.map((one) => {
          const from = wanted.find(
            ({ topic, partition }) => topic === name && partition === one.partitionIndex,
          )!;
          return committedOf(name, one, from.offset);
        });
      });
    }),
  );
  return fetched.flat();
}

/** The offsets of a topic's partitions at its end (open transactions included) or at its beginning. */
export async function listOffsets(wire: Wire, topic: string, end: boolean): Promise<number[]> {
  const { partitionsCount, partitions } = await wire.topic(topic);
  const offsets = Array.from({ length: partitionsCount }, () => 0);
  const leaders = new Set(offsets.map((_, i) => partitions[i]!.leader));
  await Promise.all(
    [...leaders].map(async (leader) => {
      const asked = offsets.flatMap((_, partitionIndex) =>
        partitions[partitionIndex]!.leader === leader
          ? [{ partitionIndex, currentLeaderEpoch: -1, timestamp: end ? -1n : -2n }]
          : [],
      );
      const { topics } = await wire.ask(`asking where ${topic} ends`, leader, wire.module.listOffsetsV9, [
        -1,
        0,
        [{ name: topic, partitions: asked }],
      ]);
      for (const { partitionIndex, offset } of topics[0]!.partitions)
        offsets[partitionIndex] = Number(offset);
    }),
  );
  return offsets;
}
