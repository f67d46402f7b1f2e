import { checkInteger, checkOptions } from '../../core/checks.js';
import { OptionError } from '../../core/errors.js';
import { checkBrokers } from './check-brokers.js';
import { ClosingPort } from './closing-port.js';
import type { ConfluentModule } from './confluent-client.js';
import { ConfluentCluster, PATIENCE } from './confluent-cluster.js';
import { saying } from './confluent-errors.js';
import { ConfluentMembership } from './confluent-group.js';
import { ConfluentReaders } from './confluent-reader.js';
import { ConfluentWriter } from './confluent-writer.js';
import { loadClient } from './load-client.js';
import {
  checkFree,
  type KafkaCommit,
  type KafkaMessage,
  type KafkaPort,
  type KafkaRange,
  type KafkaRecord,
  type KafkaSubscription,
  type KafkaTransaction,
  notMember,
} from './port.js';

/** Where the cluster is, and how patient to be. */
export interface ConfluentKafkaOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** `security.protocol`, `sasl.username` and the like, as librdkafka names them. */
  readonly connection?: object;
  /** After how long the broker undoes a transaction whose worker hangs, in milliseconds: 10,000. */
  readonly transactionTimeout?: number;
  /** How long a member may take to give a partition up, in milliseconds: 30,000. */
  readonly rebalanceTimeout?: number;
  /** The package's module, where it cannot be found by its name from here: it holds a binary and may live apart. */
  readonly client?: unknown;
}

class ConfluentPort implements KafkaPort {
  readonly client = '@confluentinc/kafka-javascript';
  readonly fencesOffsets = true;
  private readonly memberships = new Map<string, ConfluentMembership>();
  private readonly running = new Set<Promise<void>>();
  private readonly readers: ConfluentReaders;
  private readonly writer: ConfluentWriter;

  constructor(
    private readonly cluster: ConfluentCluster,
    private readonly transactionTimeout: number,
    private readonly rebalanceTimeout: number,
  ) {
    this.readers = new ConfluentReaders(cluster);
    this.writer = new ConfluentWriter(cluster, transactionTimeout);
  }

  produce(records: readonly KafkaRecord[]): Promise<void> {
    return this.writer.produce(records);
  }

  async consume(subscription: KafkaSubscription): Promise<void> {
    checkFree(this.memberships, subscription.group);
    const membership = new ConfluentMembership(
      this.cluster,
      subscription,
      this.rebalanceTimeout,
      this.transactionTimeout + PATIENCE,
    );
    this.memberships.set(subscription.group, membership);
    const run = membership.run();
    this.running.add(run);
    try {
      await run;
    } finally {
      this.running.delete(run);
      this.memberships.delete(subscription.group);
    }
  }

  read(range: KafkaRange): AsyncIterable<readonly KafkaMessage[]> {
    return this.readers.read(range);
  }

  async commit({ group, positions }: KafkaCommit): Promise<void> {
    const membership = this.memberships.get(group);
    if (!membership) {
      throw notMember(group);
    }
    await saying(`committing offsets of ${group}`, () => membership.commit(positions));
  }

  transaction(transaction: KafkaTransaction): Promise<void> {
    const group = transaction.offsets?.group;
    return this.writer.transaction(
      transaction,
      group === undefined ? undefined : this.memberships.get(group),
    );
  }

  endOffsets(topic: string): Promise<readonly number[]> {
    return this.cluster.offsets(topic, true);
  }

  async close(): Promise<void> {
    this.cluster.end();
    for (const membership of this.memberships.values()) membership.close();
    await Promise.allSettled(this.running);
    await Promise.allSettled([this.writer.close(), this.readers.close()]);
    await this.cluster.close();
  }
}

/**
 * A Kafka cluster by way of `@confluentinc/kafka-javascript` 1, the bindings of librdkafka, an optional package that is
 * loaded here and nowhere else. Its install fetches a binary, or builds one. Membership follows KIP-848 and therefore needs
 * Kafka 4 or later. Transactions shut zombies out.
 *
 * @throws KafkaError where the package is not installed
 * @example
 * ```ts
 * const open = (): Promise<KafkaPort> => confluentKafka({ brokers: ['127.0.0.1:9092'] });
 * typeof open; // → 'function'
 * ```
 */
export async function confluentKafka(options: ConfluentKafkaOptions): Promise<KafkaPort> {
  const who = 'confluentKafka';
  checkOptions(who, options, [
    'brokers',
    'clientId',
    'connection',
    'transactionTimeout',
    'rebalanceTimeout',
    'client',
  ]);
  const { brokers, clientId = 'hedgerow', connection = {} } = options;
  checkBrokers(who, brokers);
  const transactionTimeout = checkInteger(who, 'transactionTimeout', options.transactionTimeout ?? 10_000);
  const rebalanceTimeout = checkInteger(who, 'rebalanceTimeout', options.rebalanceTimeout ?? 30_000);
  const loaded = (options.client ??
    (await loadClient('@confluentinc/kafka-javascript'))) as ConfluentModule & {
    readonly default?: ConfluentModule;
  };
  const module = loaded.default ?? loaded;
  if (typeof module.KafkaConsumer !== 'function') {
    throw new OptionError(`${who}: client must be the module of @confluentinc/kafka-javascript`);
  }
  const cluster = new ConfluentCluster(module, {
    'bootstrap.servers': brokers.join(','),
    'client.id': clientId,
    // What goes wrong is thrown; librdkafka would write it to the console as well.
    log_level: 0,
    'reconnect.backoff.max.ms': 1000,
    ...connection,
  });
  return new ClosingPort(new ConfluentPort(cluster, transactionTimeout, rebalanceTimeout));
}
