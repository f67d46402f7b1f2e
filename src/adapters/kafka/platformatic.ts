import { checkInteger, checkOptions } from '../../core/checks.js';
import { checkBrokers } from './check-brokers.js';
import { ClosingPort } from './closing-port.js';
import { host } from './host.js';
import { checkNode, loadClient } from './load-client.js';
import { fetchCommitted, listOffsets } from './platformatic-fetch.js';
import { PlatformaticMembership } from './platformatic-group.js';
import { offsetTopics, PlatformaticProducer } from './platformatic-producer.js';
import { type PlatformaticModule, Wire } from './platformatic-wire.js';
import {
  checkFree,
  type KafkaCommit,
  type KafkaMessage,
  type KafkaPort,
  type KafkaRange,
  type KafkaRecord,
  type KafkaSubscription,
  type KafkaTransaction,
  noPartition,
  notMember,
} from './port.js';

/** Where the cluster is, and how patient to be. */
export interface PlatformaticKafkaOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** `tls`, `sasl`, `connectTimeout` and the like, as `@platformatic/kafka` describes them. */
  readonly connection?: object;
  /** After how long the broker undoes a transaction whose worker hangs, in milliseconds: 10,000. */
  readonly transactionTimeout?: number;
  /** How long a member may take to give a partition up, in milliseconds: 30,000. */
  readonly rebalanceTimeout?: number;
}

class PlatformaticPort implements KafkaPort {
  readonly client = '@platformatic/kafka';
  readonly fencesOffsets = true;
  private readonly memberships = new Map<string, PlatformaticMembership>();
  private readonly producer: PlatformaticProducer;

  constructor(
    private readonly wire: Wire,
    transactionTimeout: number,
    private readonly rebalanceTimeout: number,
  ) {
    this.producer = new PlatformaticProducer(wire, transactionTimeout);
  }

  produce(records: readonly KafkaRecord[]): Promise<void> {
    return this.producer.produce(records);
  }

  async consume(subscription: KafkaSubscription): Promise<void> {
    checkFree(this.memberships, subscription.group);
    const membership = new PlatformaticMembership(this.wire, subscription, this.rebalanceTimeout);
    this.memberships.set(subscription.group, membership);
    try {
      await membership.run();
    } finally {
      this.memberships.delete(subscription.group);
    }
  }

  async *read({ topic, partition, from, to }: KafkaRange): AsyncGenerator<readonly KafkaMessage[]> {
    const { wire } = this;
    const beginning = (await wire.again(() => listOffsets(wire, topic, false)))[partition];
    if (beginning === undefined) {
      throw noPartition(topic, partition);
    }
    let offset = Math.max(from ?? 0, beginning);
    if (from !== undefined && from > beginning && from < to) {
      const end = (await wire.again(() => listOffsets(wire, topic, true)))[partition]!;
      if (from >= end) return;
    }
    while (offset < to) {
      const position = { topic, partition, offset };
      const [batch] = await wire.again(() => fetchCommitted(wire, [position], 100));
      if (!batch || (batch.nextOffset === offset && batch.endOffset <= offset)) return;
      offset = batch.nextOffset;
      const messages = batch.messages.filter((message) => message.offset < to);
      if (messages.length > 0) yield messages;
    }
  }

  async commit(commit: KafkaCommit): Promise<void> {
    const { group, positions } = commit;
    const membership = this.memberships.get(group);
    if (!membership) {
      throw notMember(group);
    }
    const { wire } = this;
    await membership.asMember(positions, (epoch, member) =>
      wire.askCoordinator(`committing offsets of ${group}`, [0, group], wire.module.offsetCommitV9, [
        group,
        epoch,
        member,
        null,
        offsetTopics(commit),
      ]),
    );
  }

  transaction(transaction: KafkaTransaction): Promise<void> {
    const group = transaction.offsets?.group;
    return this.producer.transaction(
      transaction,
      group === undefined ? undefined : this.memberships.get(group),
    );
  }

  endOffsets(topic: string): Promise<readonly number[]> {
    return this.wire.again(() => listOffsets(this.wire, topic, true));
  }

  close(): Promise<void> {
    return this.wire.close();
  }
}

/**
 * A Kafka cluster by way of `@platformatic/kafka` 2 (Node 22.22 or later), an optional package that is loaded here and
 * nowhere else. Its connections and its encoding of the protocol are used; membership follows KIP-848 and therefore needs
 * Kafka 4 or later. Transactions shut zombies out.
 *
 * @throws KafkaError where the package is not installed, or Node too old for it
 * @example
 * ```ts
 * const open = (): Promise<KafkaPort> => platformaticKafka({ brokers: ['127.0.0.1:9092'] });
 * typeof open; // → 'function'
 * ```
 */
export async function platformaticKafka(options: PlatformaticKafkaOptions): Promise<KafkaPort> {
  const who = 'platformaticKafka';
  checkOptions(who, options, ['brokers', 'clientId', 'connection', 'transactionTimeout', 'rebalanceTimeout']);
  const { brokers, clientId = 'hedgerow', connection = {} } = options;
  checkBrokers(who, brokers);
  const transactionTimeout = checkInteger(who, 'transactionTimeout', options.transactionTimeout ?? 10_000);
  const rebalanceTimeout = checkInteger(who, 'rebalanceTimeout', options.rebalanceTimeout ?? 30_000);
  checkNode('@platformatic/kafka', [22, 22], host.process?.versions?.node);
  const module = (await loadClient('@platformatic/kafka')) as PlatformaticModule;
  const wire = new Wire(module, { brokers: [...brokers], clientId, connection });
  return new ClosingPort(new PlatformaticPort(wire, transactionTimeout, rebalanceTimeout));
}
