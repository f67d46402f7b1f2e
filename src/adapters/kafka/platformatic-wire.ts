import { sleep, within } from './host.js';
import { KafkaError, type KafkaReason } from './port.js';

/** A broker's address. */
export interface Broker {
  readonly host: string;
  readonly port: number;
}

/** A request of the protocol in one version. */
export interface Api<Arguments extends readonly unknown[], Response> {
  async(connection: unknown, ...args: Arguments): Promise<Response>;
}

interface Versioned<Arguments extends readonly unknown[], Response> {
  readonly api: Api<Arguments, Response>;
}

interface Connection {
  on(event: 'close' | 'error', listener: () => void): unknown;
  readonly socket: { destroy(): unknown };
}

interface Pool {
  on(event: 'connecting', listener: (made: { readonly connection: Connection }) => void): unknown;
  get(broker: Broker): Promise<unknown>;
  close(): Promise<void>;
}

export interface TopicMetadata {
  readonly id: string;
  readonly partitionsCount: number;
  readonly partitions: Readonly<Record<number, { readonly leader: number; readonly leaderEpoch: number }>>;
}

interface Metadata {
  readonly brokers: ReadonlyMap<number, Broker>;
  readonly topics: ReadonlyMap<string, TopicMetadata>;
}

interface Base {
  readonly connections: Pool;
  metadata(options: {
    readonly topics: string[];
    readonly autocreateTopics: boolean;
    readonly forceUpdate: boolean;
  }): Promise<Metadata>;
  close(): Promise<void>;
}

export interface TopicIdPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export interface WireRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly (readonly [Uint8Array | null, Uint8Array | null])[];
  readonly timestampDelta: bigint;
  readonly offsetDelta: number;
}

export interface WireBatch {
  readonly firstOffset: bigint;
  readonly attributes: number;
  readonly lastOffsetDelta: number;
  readonly firstTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly producerId: bigint;
  readonly records: readonly WireRecord[];
}

export interface WirePartition {
  readonly partitionIndex: number;
  readonly highWatermark: bigint;
  readonly abortedTransactions:
    | readonly { readonly producerId: bigint; readonly firstOffset: bigint }[]
    | null;
  readonly records?: readonly WireBatch[] | null;
}

interface TopicOffsets {
  readonly name: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly committedOffset: bigint;
    readonly committedLeaderEpoch: number;
  }[];
}

/** The parts of `@platformatic/kafka` that are used: its protocol and connections, not its consumer and producer. */
export interface PlatformaticModule {
  readonly Base: new (options: object) => Base;
  readonly ConnectionPool: new (clientId: string, options: object) => Pool;
  readonly NumericMap: new () => Map<string, number>;
  readonly findCoordinatorV6: Versioned<
    [type: number, keys: string[]],
    { readonly coordinators: readonly { readonly key: string; readonly nodeId: number }[] }
  >;
  readonly consumerGroupHeartbeatV1: Versioned<
    [
      group: string,
      member: string,
      epoch: number,
      instance: null,
      rack: null,
      rebalanceTimeout: number,
      topics: readonly string[],
      regex: null,
      assignor: null,
      owned: readonly TopicIdPartitions[],
    ],
    {
      readonly memberEpoch: number;
      readonly heartbeatIntervalMs: number;
      readonly assignment: { readonly topicPartitions: readonly TopicIdPartitions[] } | null;
    }
  >;
  readonly offsetFetchV9: Versioned<
    [groups: readonly object[], requireStable: boolean],
    {
      readonly groups: readonly {
        readonly topics: readonly {
          readonly name: string;
          readonly partitions: readonly {
            readonly partitionIndex: number;
            readonly committedOffset: bigint;
          }[];
        }[];
      }[];
    }
  >;
  readonly offsetCommitV9: Versioned<
    [group: string, epoch: number, member: string, instance: null, topics: readonly TopicOffsets[]],
    unknown
  >;
  readonly listOffsetsV9: Versioned<
    [replica: number, isolation: number, topics: readonly object[]],
    {
      readonly topics: readonly {
        readonly partitions: readonly { readonly partitionIndex: number; readonly offset: bigint }[];
      }[];
    }
  >;
  readonly fetchV17: Versioned<
    [
      maxWait: number,
      minBytes: number,
      maxBytes: number,
      isolation: number,
      session: number,
      sessionEpoch: number,
      topics: readonly object[],
      forgotten: readonly object[],
      rack: string,
    ],
    {
      readonly responses: readonly {
        readonly topicId: string;
        readonly partitions: readonly WirePartition[];
      }[];
    }
  >;
  readonly initProducerIdV4: Versioned<
    [transactionalId: string | null, timeout: number],
    { readonly producerId: bigint; readonly producerEpoch: number }
  >;
  readonly addPartitionsToTxnV3: Versioned<[transactions: readonly object[]], unknown>;
  readonly addOffsetsToTxnV3: Versioned<
    [transactionalId: string, producerId: bigint, epoch: number, group: string],
    unknown
  >;
  readonly txnOffsetCommitV3: Versioned<
    [
      transactionalId: string,
      group: string,
      producerId: bigint,
      epoch: number,
      generation: number,
      member: string,
      instance: null,
      topics: readonly TopicOffsets[],
    ],
    unknown
  >;
  readonly endTxnV3: Versioned<
    [transactionalId: string, producerId: bigint, epoch: number, committed: boolean],
    unknown
  >;
  readonly produceV11: Versioned<
    [acks: number, timeout: number, records: readonly object[], options: object],
    unknown
  >;
}

/** How the cluster is reached. */
export interface WireOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** `tls`, `sasl` and the like, as the client's package describes them. */
  readonly connection: object;
}

const FENCED = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'UNKNOWN_MEMBER_ID',
  'FENCED_MEMBER_EPOCH',
  'STALE_MEMBER_EPOCH',
  'ILLEGAL_GENERATION',
  'INVALID_TXN_STATE',
  'INVALID_PRODUCER_ID_MAPPING',
  'UNKNOWN_PRODUCER_ID',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'TRANSACTION_ABORTABLE',
]);
const AGAIN = new Set([
  'CONCURRENT_TRANSACTIONS',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'UNSTABLE_OFFSET_COMMIT',
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'KAFKA_STORAGE_ERROR',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'REPLICA_NOT_AVAILABLE',
]);

/** The words the protocol has for what went wrong, wherever in an error they stand. */
function codesOf(error: unknown, found: string[] = []): string[] {
  if (typeof error !== 'object' || error === null) return found;
  const { apiId, code, errors, cause } = error as {
    readonly apiId?: string;
    readonly code?: string;
    readonly errors?: readonly unknown[];
    readonly cause?: unknown;
  };
  if (typeof apiId === 'string') found.push(apiId);
  else if (typeof code === 'string') found.push(code);
  for (const one of errors ?? []) codesOf(one, found);
  codesOf(cause, found);
  return found;
}

function reasonOf(codes: readonly string[]): KafkaReason {
  if (codes.some((code) => FENCED.has(code))) return 'fenced';
  if (codes.includes('MESSAGE_TOO_LARGE') || codes.includes('RECORD_LIST_TOO_LARGE')) return 'too-large';
  if (codes.includes('UNKNOWN_TOPIC_OR_PARTITION') || codes.includes('UNKNOWN_TOPIC_ID'))
    return 'missing-topic';
  if (codes.includes('OFFSET_OUT_OF_RANGE')) return 'out-of-range';
  const network = (code: string): boolean =>
    AGAIN.has(code) || /^(PLT_KFK_(NETWORK|TIMEOUT)|ECONN|EPIPE|REQUEST_TIMED_OUT|NETWORK_)/.test(code);
  return codes.some(network) ? 'unreachable' : 'refused';
}

/** How long a coordinator or a leader may be on the move before it counts as unreachable, in milliseconds. */
const PATIENCE = 20_000;
/** The same of a broker that is not there, for what may be said to it twice. */
const LONG_PATIENCE = 60_000;
/** How long connections may take to be closed, in milliseconds. */
const GOODBYE = 2000;

/** Requests of the protocol to whoever they concern, tried again where the broker says so. */
export class Wire {
  private readonly base: Base;
  private readonly pool: Pool;
  /** Fetches wait at the broker for messages, and must not hold up what else is to be said. */
  private readonly fetches: Pool;
  /** Those of all pools: where one fails, its pool may forget the next to the same broker, and does not close it. */
  private readonly connections = new Set<Connection>();
  private readonly coordinators = new Map<string, number>();
  private isClosed = false;

  constructor(
    readonly module: PlatformaticModule,
    { brokers, clientId, connection }: WireOptions,
  ) {
    this.base = new module.Base({
      clientId,
      bootstrapBrokers: brokers,
      retries: 0,
      strict: true,
      ...connection,
    });
    this.pool = new module.ConnectionPool(clientId, connection);
    this.fetches = new module.ConnectionPool(clientId, connection);
    for (const pool of [this.base.connections, this.pool, this.fetches]) {
      pool.on('connecting', ({ connection: made }) => {
        this.connections.add(made);
        for (const event of ['close', 'error'] as const) made.on(event, () => this.connections.delete(made));
      });
    }
  }

  async metadata(names: readonly string[], forceUpdate = false): Promise<Metadata> {
    return this.named(`asking about ${names.join(', ') || 'the cluster'}`, () =>
      this.base.metadata({ topics: [...names], autocreateTopics: false, forceUpdate }),
    );
  }

  async topic(name: string): Promise<TopicMetadata> {
    return (await this.metadata([name])).topics.get(name)!;
  }

  /** A request to one broker. */
  async ask<Arguments extends readonly unknown[], Response>(
    what: string,
    node: number,
    { api }: Versioned<Arguments, Response>,
    args: Arguments,
    fetches = false,
  ): Promise<Response> {
    return this.named(what, async () => {
      const broker = (await this.metadata([])).brokers.get(node);
      if (!broker) throw new KafkaError('unreachable', `hedgerow/kafka: there is no broker ${node} now`);
      const connection = await (fetches ? this.fetches : this.pool).get(broker);
      return api.async(connection, ...args);
    });
  }

  /** A request to the coordinator of a group (0) or a transactional id (1). */
  async askCoordinator<Arguments extends readonly unknown[], Response>(
    what: string,
    [type, key]: readonly [type: 0 | 1, key: string],
    api: Versioned<Arguments, Response>,
    args: Arguments,
  ): Promise<Response> {
    return this.again(async () => {
      try {
        return await this.ask(what, await this.coordinator(type, key), api, args);
      } catch (error) {
        this.coordinators.delete(`${type}${key}`);
        throw error;
      }
    });
  }

  private async coordinator(type: 0 | 1, key: string): Promise<number> {
    const known = this.coordinators.get(`${type}${key}`);
    if (known !== undefined) return known;
    const { coordinators } = await this.askAny(
      `looking for the coordinator of ${key}`,
      this.module.findCoordinatorV6,
      [type, [key]],
    );
    const { nodeId } = coordinators[0]!;
    this.coordinators.set(`${type}${key}`, nodeId);
    return nodeId;
  }

  /** A request to whichever broker is there. */
  async askAny<Arguments extends readonly unknown[], Response>(
    what: string,
    api: Versioned<Arguments, Response>,
    args: Arguments,
  ): Promise<Response> {
    const [node] = (await this.metadata([])).brokers.keys();
    return this.ask(what, node!, api, args);
  }

  /** Tries again while the broker says that it will be able to soon. */
  again<Response>(task: () => Promise<Response>): Promise<Response> {
    const isSoon = (error: unknown): boolean => codesOf(error).some((code) => AGAIN.has(code));
    return this.insist(task, isSoon, PATIENCE);
  }

  /** Tries again while there is no answer as well: for what may have been heard, and must not do harm a second time. */
  whatever<Response>(task: () => Promise<Response>): Promise<Response> {
    const isSoon = (error: unknown): boolean => error instanceof KafkaError && error.reason === 'unreachable';
    return this.insist(task, isSoon, LONG_PATIENCE);
  }

  private async insist<Response>(
    task: () => Promise<Response>,
    isSoon: (error: unknown) => boolean,
    patience: number,
  ): Promise<Response> {
    const start = Date.now();
    for (let wait = 10; ; wait = Math.min(wait * 2, 200)) {
      try {
        return await task();
      } catch (error) {
        if (this.isClosed || !isSoon(error) || Date.now() - start > patience) throw error;
        await sleep(wait);
      }
    }
  }

  /** What goes wrong, in the words of the port. */
  private async named<Response>(what: string, task: () => Promise<Response>): Promise<Response> {
    try {
      return await task();
    } catch (error) {
      if (error instanceof KafkaError) throw error;
      const codes = codesOf(error);
      const { message } = error as Error;
      const said = codes.find((code) => !code.startsWith('PLT_KFK')) ?? message;
      const reason = message.startsWith('Unknown topic') ? 'missing-topic' : reasonOf(codes);
      throw new KafkaError(reason, `hedgerow/kafka: ${what}: ${said}`, error);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const pools = [this.base.close(), this.pool.close(), this.fetches.close()];
    await within(GOODBYE, Promise.allSettled(pools));
    // What has more to say than the broker hears, and what no pool knows.
    for (const { socket } of this.connections) socket.destroy();
  }
}
