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
      waitForLeaders: false,
      topics: topics.map(({ topic, partitions, compact }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: 1,
        configEntries: compact ? compaction : [],
      })),
    });
    // Of a topic that is new a broker says for a moment that there is none, over which kafkajs' own wait for leaders fails.
    for (const { topic } of topics) {
      for (let tries = 0; ; tries++) {
        try {
          await admin.fetchTopicOffsets(topic);
          break;
        } catch (error) {
          if (tries === 100) throw error;
          await new Promise((done) => setTimeout(done, 100));
        }
      }
    }
  } finally {
    await admin.disconnect();
  }
}
