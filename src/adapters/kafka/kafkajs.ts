import { checkInteger, checkOptions } from '../../core/checks.js';
import { checkBrokers } from './check-brokers.js';
import { ClosingPort } from './closing-port.js';
import { within } from './host.js';
import type { KafkaJsClient, KafkaJsModule } from './kafkajs-client.js';
import { KafkaJsEnds } from './kafkajs-ends.js';
import { KafkaJsGroups } from './kafkajs-group.js';
import { KafkaJsReader } from './kafkajs-reader.js';
import { type KafkaJsSocketFactory, KafkaJsSockets, socketFactory } from './kafkajs-sockets.js';
import { KafkaJsWriter } from './kafkajs-writer.js';
import { loadClient } from './load-client.js';
import type {
  KafkaCommit,
  KafkaMessage,
  KafkaPort,
  KafkaRange,
  KafkaRecord,
  KafkaSubscription,
  KafkaTransaction,
} from './port.js';

/** Where the cluster is, and how patient to be. */
export interface KafkaJsOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** `ssl`, `sasl`, `connectionTimeout` and the like, as `kafkajs` describes them. */
  readonly connection?: object;
  /** How long a member may be silent, in milliseconds: 30,000. */
  readonly sessionTimeout?: number;
  /** After how long the broker undoes a transaction whose worker hangs, in milliseconds: 10,000. */
  readonly transactionTimeout?: number;
}

/** How long what is under way may take to end when the port is closed, in milliseconds. */
const GOODBYE = 2000;

class KafkaJsPort implements KafkaPort {
  readonly client = 'kafkajs';
  // Its commit of offsets in a transaction carries no generation: a zombie's would be taken.
  readonly fencesOffsets = false;

  constructor(
    private readonly ends: KafkaJsEnds,
    private readonly writer: KafkaJsWriter,
    private readonly reader: KafkaJsReader,
    private readonly groups: KafkaJsGroups,
    private readonly sockets: KafkaJsSockets,
  ) {}

  produce(records: readonly KafkaRecord[]): Promise<void> {
    return this.writer.produce(records);
  }

  transaction(transaction: KafkaTransaction): Promise<void> {
    return this.writer.transaction(transaction);
  }

  consume(subscription: KafkaSubscription): Promise<void> {
    return this.groups.consume(subscription);
  }

  commit(commit: KafkaCommit): Promise<void> {
    return this.groups.commit(commit);
  }

  read(range: KafkaRange): AsyncIterable<readonly KafkaMessage[]> {
    return this.reader.read(range);
  }

  endOffsets(topic: string): Promise<readonly number[]> {
    return this.ends.of(topic);
  }

  async close(): Promise<void> {
    this.reader.close();
    await within(GOODBYE, Promise.all([this.writer.close(), this.ends.close()]));
    // Whatever is under way still, and what it would connect again, fails.
    this.sockets.cut();
  }
}

/**
 * A Kafka cluster by way of `kafkajs` 2, an optional package that is loaded here and nowhere else. At-least-once only:
 * kafkajs commits offsets in a transaction without the group's generation, so a worker that hung and came back could
 * commit over the one that took its work. It has the classic group protocol alone, and every change of a group makes its
 * members restore their states.
 *
 * @throws KafkaError where the package is not installed
 * @example
 * ```ts
 * const open = (): Promise<KafkaPort> => kafkaJs({ brokers: ['127.0.0.1:9092'] });
 * typeof open; // → 'function'
 * ```
 */
export async function kafkaJs(options: KafkaJsOptions): Promise<KafkaPort> {
  const who = 'kafkaJs';
  checkOptions(who, options, ['brokers', 'clientId', 'connection', 'sessionTimeout', 'transactionTimeout']);
  const { brokers, clientId = 'hedgerow', connection = {} } = options;
  checkBrokers(who, brokers);
  const sessionTimeout = checkInteger(who, 'sessionTimeout', options.sessionTimeout ?? 30_000);
  const transactionTimeout = checkInteger(who, 'transactionTimeout', options.transactionTimeout ?? 10_000);
  const loaded = (await loadClient('kafkajs')) as KafkaJsModule & { readonly default?: KafkaJsModule };
  const { Kafka, logLevel, PartitionAssigners, Partitioners } = loaded.default ?? loaded;
  const { socketFactory: own } = connection as { readonly socketFactory?: KafkaJsSocketFactory };
  const sockets = new KafkaJsSockets(own ?? (await socketFactory()));
  const client = (retries: number): KafkaJsClient =>
    new Kafka({
      // Where there is no broker to try it tries no further.
      brokers: () => (sockets.isCut ? [] : [...brokers]),
      clientId,
      logLevel: logLevel.NOTHING,
      retry: { retries, initialRetryTime: 100, maxRetryTime: 2000 },
      ...connection,
      socketFactory: sockets.connect,
    });
  const [kafka, assigner] = [client(3), PartitionAssigners.roundRobin];
  const ends = new KafkaJsEnds(kafka, assigner);
  const writer = new KafkaJsWriter(
    kafka,
    client(18),
    Partitioners.DefaultPartitioner,
    transactionTimeout,
    ends,
  );
  const reader = new KafkaJsReader(kafka, assigner, ends);
  return new ClosingPort(
    new KafkaJsPort(ends, writer, reader, new KafkaJsGroups(kafka, assigner, sessionTimeout, ends), sockets),
  );
}
