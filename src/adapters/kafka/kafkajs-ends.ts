import { sleep } from './host.js';
import { connected, type KafkaJsAdmin, type KafkaJsClient } from './kafkajs-client.js';
import type { KafkaJsAssigner, KafkaJsCluster } from './kafkajs-cluster.js';
import { saying } from './kafkajs-errors.js';
import { KafkaError } from './port.js';

/** Where logs end, as far as kafkajs' administrator says it and where it does not. */
export class KafkaJsEnds {
  private administrator: Promise<KafkaJsAdmin> | undefined;
  private opened: Promise<{ readonly cluster: KafkaJsCluster; disconnect(): Promise<void> }> | undefined;

  constructor(
    private readonly kafka: KafkaJsClient,
    private readonly assigner: KafkaJsAssigner,
  ) {}

  /** Who is asked; where there was no broker, another is tried next time. */
  get admin(): Promise<KafkaJsAdmin> {
    if (!this.administrator) {
      const admin = connected(this.kafka.admin());
      this.administrator = admin;
      admin.catch(() => {
        if (this.administrator === admin) this.administrator = undefined;
      });
    }
    return this.administrator;
  }

  /** Where each partition of a topic ends, open transactions included. */
  async of(topic: string): Promise<readonly number[]> {
    const ask = (): Promise<{ readonly partition: number; readonly high: string }[]> =>
      saying(`asking where ${topic} ends`, async () => (await this.admin).fetchTopicOffsets(topic));
    let ends = await ask().catch((error: KafkaError) => error);
    // A topic that is new has no leaders for a moment, which kafkajs does not wait for.
    for (let tries = 0; ends instanceof KafkaError && tries < 30; tries++) {
      if (!ends.message.includes('LEADER')) throw ends;
      await sleep(100);
      ends = await ask().catch((error: KafkaError) => error);
    }
    if (ends instanceof KafkaError) throw ends;
    const offsets = Array.from({ length: ends.length }, () => 0);
    // What kafkajs' administrator says is where the first open transaction begins.
    for (const { partition, offset } of await saying(`asking where ${topic} ends`, () =>
      this.lastOf(topic),
    )) {
      offsets[partition] = Number(offset);
    }
    return offsets;
  }

  /** The ends by a consumer that reads what is uncommitted too, of which the connections alone are used. */
  private async lastOf(
    topic: string,
  ): Promise<readonly { readonly partition: number; readonly offset: string }[]> {
    for (let tries = 0; ; tries++) {
      this.opened ??= this.openEnds();
      const { opened } = this;
      try {
        const { cluster } = await opened;
        await cluster.addTargetTopic(topic);
        await cluster.refreshMetadataIfNecessary();
        const partitions = cluster
          .findTopicPartitionMetadata(topic)
          .map(({ partitionId }) => ({ partition: partitionId }));
        const [found] = await cluster.fetchTopicsOffset([{ topic, fromBeginning: false, partitions }]);
        return found!.partitions;
      } catch (error) {
        // A connection that broke, or a leader that moved: another looks anew.
        if (this.opened === opened) this.opened = undefined;
        await opened.then((one) => one.disconnect()).catch(() => {});
        if (tries === 3) throw error;
        await sleep(100);
      }
    }
  }

  private async openEnds(): Promise<{ readonly cluster: KafkaJsCluster; disconnect(): Promise<void> }> {
    let cluster: KafkaJsCluster | undefined;
    const consumer = this.kafka.consumer({
      groupId: 'hedgerow-ends',
      readUncommitted: true,
      partitionAssigners: [
        (given: { readonly cluster: KafkaJsCluster }): unknown => {
          cluster = given.cluster;
          return this.assigner(given);
        },
      ],
    });
    await connected(consumer);
    return { cluster: cluster!, disconnect: () => consumer.disconnect() };
  }

  async close(): Promise<void> {
    await Promise.allSettled(
      [this.administrator, this.opened].map(async (client) => (await client)?.disconnect()),
    );
  }
}
