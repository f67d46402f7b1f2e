import { Kafka as Client, logLevel } from 'kafkajs';

/** A topic to be made: how many partitions, and whether only the last of a key is kept. */
export interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly compact?: boolean;
}

/** Makes topics on a broker. */
export async function createTopics(brokers: string, topics: readonly NewTopic[]): Promise<void> {
  const admin = new Client({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const compaction = [
    { name: 'cleanup.policy', value: 'compact' },
    { name: 'min.cleanable.dirty.ratio', value: '0.01' },
    { name: 'segment.ms', value: '1000' },
  ];
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map(({ topic, partitions, compact }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: 1,
        configEntries: compact ? compaction : [],
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
