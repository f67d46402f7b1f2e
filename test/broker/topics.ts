import { type Admin, Kafka as Client, logLevel } from 'kafkajs';

/** A topic to be made: how many partitions, and whether only the last of a key is kept. */
export interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly compact?: boolean;
}

async function areLed(admin: Admin, names: string[]): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    return topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  } catch (error) {
    if ((error as { retriable?: boolean }).retriable) return false;
    throw error;
  }
}

/** Makes topics on a broker, and waits until they can be used. */
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
    // A broker that has just started says for a moment that it has none of them.
    const names = topics.map(({ topic }) => topic);
    for (let tries = 0; !(await areLed(admin, names)); tries++) {
      if (tries > 300) throw new Error(`nobody leads the partitions of ${names}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  } finally {
    await admin.disconnect();
  }
}
