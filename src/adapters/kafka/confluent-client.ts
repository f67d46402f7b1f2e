/** The parts of `@confluentinc/kafka-javascript` that are used: its bindings of librdkafka, not its likeness to kafkajs. */
export interface ConfluentModule {
  readonly KafkaConsumer: new (options: object) => ConfluentConsumer;
  readonly Producer: new (options: object) => ConfluentProducer;
  readonly AdminClient: { create(options: object): ConfluentAdmin };
}

/** How the bindings answer: an error, or a result. */
export type Done<Result> = (error: unknown, result: Result) => void;

export interface ConfluentMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers?: readonly Readonly<Record<string, Uint8Array>>[];
}

export interface ConfluentPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

interface Connected {
  connect(metadata: { readonly allTopics: boolean; readonly timeout: number }, done: Done<void>): void;
}

export interface ConfluentConsumer extends Connected {
  disconnect(done: () => void): void;
  subscribe(topics: string[]): void;
  unsubscribe(): void;
  assign(positions: readonly ConfluentPosition[]): void;
  unassign(): void;
  incrementalAssign(positions: readonly ConfluentPosition[]): void;
  incrementalUnassign(places: readonly { readonly topic: string; readonly partition: number }[]): void;
  assignments(): readonly { readonly topic: string; readonly partition: number }[];
  /** Whether what was assigned is another member's already; so until it is unassigned. */
  assignmentLost(): boolean;
  setDefaultConsumeTimeout(milliseconds: number): void;
  consume(most: number, done: Done<readonly ConfluentMessage[]>): void;
  committed(
    places: readonly { readonly topic: string; readonly partition: number }[],
    timeout: number,
    done: Done<readonly { readonly topic: string; readonly partition: number; readonly offset?: number }[]>,
  ): void;
  commitCb(positions: readonly ConfluentPosition[], done: Done<void>): void;
  /** As the last fetch saw them. */
  getWatermarkOffsets(
    topic: string,
    partition: number,
  ): { readonly lowOffset: number; readonly highOffset: number };
  on(event: 'partition.eof', listener: (end: ConfluentPosition) => void): void;
  off(event: 'partition.eof', listener: (end: ConfluentPosition) => void): void;
}

export interface ConfluentProducer extends Connected {
  disconnect(flush: number, done: () => void): void;
  setPollInBackground(set: boolean): void;
  produce(
    topic: string,
    partition: number,
    value: Uint8Array | null,
    key: Uint8Array | null,
    time: number | undefined,
    opaque: unknown,
    headers: readonly Readonly<Record<string, Uint8Array>>[] | undefined,
  ): void;
  initTransactions(timeout: number, done: Done<void>): void;
  beginTransaction(done: Done<void>): void;
  sendOffsetsToTransaction(
    positions: readonly ConfluentPosition[],
    consumer: ConfluentConsumer,
    timeout: number,
    done: Done<void>,
  ): void;
  commitTransaction(timeout: number, done: Done<void>): void;
  abortTransaction(timeout: number, done: Done<void>): void;
  on(
    event: 'delivery-report',
    listener: (error: unknown, report: { readonly opaque: unknown }) => void,
  ): void;
}

export interface ConfluentAdmin {
  disconnect(): void;
  describeTopics(
    topics: string[],
    options: { timeout: number },
    done: Done<readonly { readonly error?: unknown; readonly partitions: readonly object[] }[]>,
  ): void;
  listOffsets(
    places: readonly {
      readonly topic: string;
      readonly partition: number;
      readonly offset: { readonly timestamp: -1 | -2 };
    }[],
    options: { timeout: number },
    done: Done<readonly { readonly partition: number; readonly offset: number; readonly error?: unknown }[]>,
  ): void;
}

/** What a task of the bindings comes to. */
export function outcome<Result = void>(task: (done: Done<Result>) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    task((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}
