import type { KafkaJsAssigner } from './kafkajs-cluster.js';

/** How long a fetch waits at the broker for messages, in milliseconds. */
export const FETCH_WAIT = 100;

/** The parts of `kafkajs` that are used. */
export interface KafkaJsModule {
  readonly Kafka: new (options: object) => KafkaJsClient;
  readonly logLevel: { readonly NOTHING: number };
  readonly Partitioners: { readonly DefaultPartitioner: unknown };
  readonly PartitionAssigners: { readonly roundRobin: KafkaJsAssigner };
}

export interface KafkaJsMessage {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly offset: string;
  readonly timestamp: string;
  readonly headers?: Readonly<
    Record<string, Uint8Array | string | readonly (Uint8Array | string)[] | undefined>
  >;
}

export interface Writes {
  sendBatch(batch: {
    readonly acks: number;
    readonly topicMessages: { readonly topic: string; readonly messages: object[] }[];
  }): Promise<readonly { readonly topicName: string; readonly partition: number }[]>;
}

export interface KafkaJsProducer extends Writes {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  transaction(): Promise<Writes & { commit(): Promise<void>; abort(): Promise<void> }>;
}

interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly KafkaJsMessage[];
  lastOffset(): string;
}

export interface KafkaJsConsumer {
  readonly events: {
    readonly GROUP_JOIN: 'consumer.group_join';
    readonly REBALANCING: 'consumer.rebalancing';
    readonly CRASH: 'consumer.crash';
    readonly END_BATCH_PROCESS: 'consumer.end_batch_process';
    readonly FETCH_START: 'consumer.fetch_start';
    readonly FETCH: 'consumer.fetch';
  };
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  subscribe(options: { readonly topics: string[]; readonly fromBeginning: boolean }): Promise<void>;
  run(options: {
    readonly autoCommit: boolean;
    readonly eachBatchAutoResolve: boolean;
    readonly eachBatch: (given: {
      readonly batch: Batch;
      resolveOffset(offset: string): void;
      heartbeat(): Promise<void>;
    }) => Promise<void>;
  }): Promise<void>;
  seek(position: { readonly topic: string; readonly partition: number; readonly offset: string }): void;
  pause(topics: { readonly topic: string; readonly partitions: number[] }[]): void;
  commitOffsets(
    positions: { readonly topic: string; readonly partition: number; readonly offset: string }[],
  ): Promise<void>;
  on(
    event: 'consumer.group_join',
    listener: (event: {
      readonly payload: { readonly memberAssignment: Readonly<Record<string, readonly number[]>> };
    }) => void,
  ): void;
  on(event: 'consumer.rebalancing', listener: () => void): void;
  on(
    event: 'consumer.crash',
    listener: (event: { readonly payload: { readonly error: Error; readonly restart: boolean } }) => void,
  ): void;
  on(
    event: 'consumer.fetch_start',
    listener: (event: { readonly payload: { readonly nodeId: string } }) => void,
  ): void;
  on(
    event: 'consumer.fetch',
    listener: (event: { readonly payload: { readonly nodeId: string; readonly duration: number } }) => void,
  ): void;
  on(
    event: 'consumer.end_batch_process',
    listener: (event: {
      readonly payload: { readonly partition: number; readonly lastOffset: string };
    }) => void,
  ): void;
}

export interface KafkaJsAdmin {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  fetchTopicOffsets(
    topic: string,
  ): Promise<{ readonly partition: number; readonly high: string; readonly low: string }[]>;
  fetchOffsets(options: {
    readonly groupId: string;
    readonly topics: string[];
  }): Promise<
    readonly { readonly partitions: readonly { readonly partition: number; readonly offset: string }[] }[]
  >;
  deleteGroups(groups: string[]): Promise<unknown>;
}

/** A client that is connected; one that cannot be is ended, or it would go on measuring how long it waits for what it asked. */
export async function connected<Client extends { connect(): Promise<void>; disconnect(): Promise<void> }>(
  client: Client,
): Promise<Client> {
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.disconnect().catch(() => {});
    throw error;
  }
}

export interface KafkaJsClient {
  producer(options: object): KafkaJsProducer;
  consumer(options: object): KafkaJsConsumer;
  admin(): KafkaJsAdmin;
}
