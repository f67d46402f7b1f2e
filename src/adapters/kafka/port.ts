import { FeedError } from '../../core/errors.js';
import type { KafkaSignal } from './host.js';

/**
 * Why Kafka did not do it: `fenced` (another member has the work now), `unreachable` (try again), `missing-topic`,
 * `partition-count`, `too-large`, `out-of-range` (the log no longer holds the offset) or `refused` (anything else).
 */
export type KafkaReason =
  | 'fenced'
  | 'unreachable'
  | 'missing-topic'
  | 'partition-count'
  | 'too-large'
  | 'out-of-range'
  | 'refused';

/** Kafka did not do what was asked of it; `reason` says why. */
export class KafkaError extends FeedError {
  override readonly name: string = 'KafkaError';

  constructor(reason: KafkaReason, message: string, cause?: unknown) {
    super(reason, message);
    if (cause !== undefined) this.cause = cause;
  }
}

/** Refuses a second membership of a group by one port, whose commits could not be told apart. */
export function checkFree(memberships: ReadonlyMap<string, unknown>, group: string): void {
  if (!memberships.has(group)) return;
  throw new KafkaError(
    'refused',
    `hedgerow/kafka: this port is a member of the group ${group} already; another takes a port of its own`,
  );
}

/** Only a member of a group may say where it stands. */
export function notMember(group: string): KafkaError {
  return new KafkaError('fenced', `hedgerow/kafka: no longer a member of the group ${group}`);
}

export function noPartition(topic: string, partition: number): KafkaError {
  return new KafkaError('refused', `hedgerow/kafka: ${topic} has no partition ${partition}`);
}

/** What every method of a port that was closed throws. */
export function portClosed(): KafkaError {
  return new KafkaError('refused', 'hedgerow/kafka: the port was closed');
}

/** Refuses a time that is none, of which clients make what they like. */
export function checkTimes(records: readonly KafkaRecord[]): void {
  for (const { topic, key, time } of records) {
    if (time === undefined || Math.abs(time) <= Number.MAX_SAFE_INTEGER) continue;
    throw new KafkaError(
      'refused',
      `hedgerow/kafka: the time of the record ${key} of ${topic} must be milliseconds, received ${time}`,
    );
  }
}

/** A record to be written. Its partition is said, never guessed: clients guess differently. */
export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string | null;
  /** Null deletes the key of a compacted topic. */
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 UTC; now where it is not said. */
  readonly time?: number;
}

/** A record as it was read. */
export interface KafkaMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly time: number;
  readonly key: string | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Messages of one partition, in order, and where the partition ended when they were read. */
export interface KafkaBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly KafkaMessage[];
  /** Where to go on: beyond the last message, and beyond markers that are none. */
  readonly nextOffset: number;
  readonly endOffset: number;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** The next offset to be read of a partition. */
export interface KafkaPosition extends TopicPartition {
  readonly offset: number;
}

/**
 * Membership in a consumer group. The four are awaited one after another, never two at once; what they throw ends the
 * membership and comes out of `consume`.
 */
export interface KafkaSubscription {
  readonly group: string;
  readonly topics: readonly string[];
  /** Ends the membership: what is owned is revoked first, then `consume` returns. */
  readonly signal: KafkaSignal;
  /** Partitions that are ours now, at their committed offsets or else at their beginning; returns where to begin. */
  assigned(committed: readonly KafkaPosition[]): Promise<readonly KafkaPosition[]>;
  batch(batch: KafkaBatch): Promise<void>;
  /** Partitions about to go to another member: the last moment to write and commit. */
  revoked(partitions: readonly TopicPartition[]): Promise<void>;
  /** Partitions that are another member's already: whatever was not committed is to be forgotten. */
  lost(partitions: readonly TopicPartition[]): Promise<void>;
}

/** A range of one partition: from an offset (its beginning where not said) up to but not including another. */
export interface KafkaRange extends TopicPartition {
  readonly from?: number;
  readonly to: number;
}

/** What is committed: positions of a group whose member this port is. */
export interface KafkaCommit {
  readonly group: string;
  readonly positions: readonly KafkaPosition[];
}

/** Records that become visible all together or not at all. */
export interface KafkaTransaction {
  /** Whoever used the same id before is shut out by the first use of it here, or by `claim`. */
  readonly id: string;
  readonly records: readonly KafkaRecord[];
  readonly offsets?: KafkaCommit;
  /** Shuts out whoever used the id before, and writes nothing. */
  readonly claim?: boolean;
}

/**
 * What hedgerow needs of a Kafka client. Each driver is one; a client of your own becomes one with seven methods.
 * Every method throws a `KafkaError`.
 */
export interface KafkaPort {
  /** The client, as its package is called. */
  readonly client: string;
  /** Whether a transaction carries the group's generation, without which a zombie cannot be shut out. */
  readonly fencesOffsets: boolean;
  /** Writes, and returns when every replica in sync has it. */
  produce(records: readonly KafkaRecord[]): Promise<void>;
  /** Is a member of a group until stopped; throws when the membership fails. */
  consume(subscription: KafkaSubscription): Promise<void>;
  /**
   * What was committed in a range, in batches, waiting for transactions that are open in it. A range that begins before the
   * log begins with the log; of one that begins beyond its end there is nothing.
   */
  read(range: KafkaRange): AsyncIterable<readonly KafkaMessage[]>;
  commit(commit: KafkaCommit): Promise<void>;
  transaction(transaction: KafkaTransaction): Promise<void>;
  /** Where each partition of a topic ends, open transactions included. */
  endOffsets(topic: string): Promise<readonly number[]>;
  /** Ends it: memberships fail, nothing of theirs is written any more, and so does every later call. */
  close(): Promise<void>;
}
