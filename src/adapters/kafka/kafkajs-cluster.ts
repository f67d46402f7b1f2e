import { KafkaError } from './port.js';

interface FetchedRecord {
  readonly offset: string;
  readonly batchContext?: { readonly producerId: string; readonly inTransaction: boolean };
  isControlRecord?: boolean;
}

/** A partition as kafkajs decodes it, before it looks at what was aborted. */
export interface FetchedPartition {
  readonly messages: readonly FetchedRecord[];
  abortedTransactions?: readonly { readonly producerId: string; readonly firstOffset: string }[];
}

interface FetchRequest {
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly fetchOffset: string }[];
  }[];
}

interface Broker {
  fetch(request: FetchRequest): Promise<{
    readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[];
  }>;
}

/** What kafkajs hands to whoever assigns partitions: the connections of one consumer. */
export interface KafkaJsCluster {
  findBroker(options: object): Promise<Broker>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  fetchTopicsOffset(
    topics: readonly {
      readonly topic: string;
      readonly fromBeginning: boolean;
      readonly partitions: readonly { readonly partition: number }[];
    }[],
  ): Promise<
    readonly { readonly partitions: readonly { readonly partition: number; readonly offset: string }[] }[]
  >;
}

export type KafkaJsAssigner = (given: { readonly cluster: KafkaJsCluster }) => unknown;

/**
 * Hides what was aborted, in the place of kafkajs 2.2.4: that takes the broker's list of aborted transactions for sorted by
 * where they begin, which it is not, and begins one of them a record. A record that is hidden counts as a control record.
 */
export function hideAborted(fetched: FetchedPartition): void {
  const coming = (fetched.abortedTransactions ?? [])
    .map(({ producerId, firstOffset }) => ({ producerId, first: Number(firstOffset) }))
    .sort((a, b) => a.first - b.first);
  if (coming.length === 0) return;
  const aborting = new Set<string>();
  let next = 0;
  for (const record of fetched.messages) {
    const offset = Number(record.offset);
    while (next < coming.length && coming[next]!.first <= offset) aborting.add(coming[next++]!.producerId);
    const { producerId, inTransaction } = record.batchContext ?? { producerId: '', inTransaction: false };
    if (record.isControlRecord) aborting.delete(producerId);
    else if (inTransaction && aborting.has(producerId)) record.isControlRecord = true;
  }
  fetched.abortedTransactions = [];
}

/**
 * Puts `hideAborted` between a consumer and its brokers. Where the offset that is next is out of range, kafkajs goes on
 * elsewhere without a word; here that is an error.
 */
export function mend(
  cluster: KafkaJsCluster,
  position: (topic: string, partition: number) => number | undefined,
): void {
  const find = cluster.findBroker.bind(cluster);
  const mended = new WeakSet<Broker>();
  cluster.findBroker = async (options) => {
    const broker = await find(options);
    if (mended.has(broker)) return broker;
    mended.add(broker);
    const fetch = broker.fetch.bind(broker);
    broker.fetch = async (request) => {
      try {
        const answer = await fetch(request);
        for (const { partitions } of answer.responses) partitions.forEach(hideAborted);
        return answer;
      } catch (error) {
        const { name, topic, partition } = error as { name?: string; topic: string; partition: number };
        if (name !== 'KafkaJSOffsetOutOfRange') throw error;
        const asked = request.topics
          .filter((one) => one.topic === topic)
          .flatMap(({ partitions }) => partitions)
          .find((one) => one.partition === partition);
        const next = position(topic, partition);
        // What is asked for before the position is known is kafkajs' own affair.
        if (next === undefined || !asked || Number(asked.fetchOffset) < next) throw error;
        throw new KafkaError(
          'out-of-range',
          `hedgerow/kafka: ${topic}/${partition} no longer has the offset ${asked.fetchOffset}`,
          error,
        );
      }
    };
    return broker;
  };
}

/** kafkajs' own assigner, which is given the consumer's connections: the way to what is to be mended of them. */
export function mending(
  assigner: KafkaJsAssigner,
  position: (topic: string, partition: number) => number | undefined,
): KafkaJsAssigner[] {
  return [
    (given) => {
      mend(given.cluster, position);
      return assigner(given);
    },
  ];
}
