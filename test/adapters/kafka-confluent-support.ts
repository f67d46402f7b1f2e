import { EventEmitter } from 'node:events';

type Done = (error: unknown, result?: unknown) => void;
type Place = { readonly topic: string; readonly partition: number; readonly offset?: number };
type Rebalance = (error: { readonly code: number }, places: readonly Place[]) => void;

const soon = (done: Done, result?: unknown, error: unknown = null): void => {
  setImmediate(() => done(error, result));
};

/** librdkafka's consumer, as far as its bindings show it: what the group wants and what is fetched is said by the test. */
export class FakeConsumer extends EventEmitter {
  static last: FakeConsumer;
  static readonly all: FakeConsumer[] = [];
  readonly calls: string[] = [];
  readonly fetched: Place[] = [];
  committedOffset: number | undefined;
  isLost = false;
  /** What the group wants of a client that is already ending: it waits for the answer. */
  lastWish: 'taken' | undefined;
  private isEnding = false;
  private onAnswer = (): void => {};
  private held: Place[] = [];

  constructor(private readonly options: { readonly rebalance_cb: Rebalance }) {
    super();
    FakeConsumer.last = this;
    FakeConsumer.all.push(this);
  }

  /** What the group wants of the member. */
  wants(what: 'taken' | 'given up', places: readonly Place[]): void {
    this.options.rebalance_cb({ code: what === 'taken' ? -175 : -174 }, places);
  }

  fetches(topic: string, partition: number, offset: number): void {
    const rest = { timestamp: 5, key: null, value: null };
    this.fetched.push({ topic, partition, offset, ...rest } as Place);
  }

  connect(_: object, done: Done): void {
    soon(done);
  }

  disconnect(done: Done): void {
    this.calls.push('disconnect');
    if (!this.lastWish) {
      soon(done);
      return;
    }
    this.isEnding = true;
    this.onAnswer = () => soon(done);
    setImmediate(() => this.wants(this.lastWish!, []));
  }

  setDefaultConsumeTimeout(): void {}

  subscribe(): void {}

  unsubscribe(): void {
    if (this.held.length > 0) setImmediate(() => this.wants('given up', this.held));
  }

  consume(most: number, done: Done): void {
    soon(done, this.fetched.splice(0, most));
  }

  committed(places: readonly Place[], _: number, done: Done): void {
    soon(
      done,
      places.map(({ topic, partition }) => ({ topic, partition, offset: this.committedOffset })),
    );
  }

  incrementalAssign(places: readonly Place[]): void {
    if (this.isEnding) throw Object.assign(new Error('KafkaConsumer is disconnected'), { code: -172 });
    this.calls.push(`take ${places.map(({ partition, offset }) => `${partition}@${offset}`)}`);
    this.held = [...this.held, ...places];
  }

  incrementalUnassign(places: readonly Place[]): void {
    this.calls.push(`give up ${places.map(({ partition }) => partition)}`);
    this.held = this.held.filter((one) => !places.some(({ partition }) => partition === one.partition));
    this.isLost = false;
    this.onAnswer();
  }

  assignments(): readonly Place[] {
    return this.held;
  }

  assignmentLost(): boolean {
    return this.isLost;
  }

  commitCb(_: readonly Place[], done: Done): void {
    soon(done);
  }

  getWatermarkOffsets(): { readonly highOffset: number } {
    return { highOffset: 10 };
  }
}

/** A producer whose deliveries the test reports. */
export class FakeProducer extends EventEmitter {
  static readonly all: FakeProducer[] = [];
  readonly sent: unknown[][] = [];
  isEnded = false;
  refuses: number | undefined;

  constructor(readonly options: object) {
    super();
    FakeProducer.all.push(this);
  }

  connect(_: object, done: Done): void {
    soon(done);
  }

  disconnect(_: number, done: Done): void {
    this.isEnded = true;
    soon(done);
  }

  setPollInBackground(): void {}

  produce(...record: unknown[]): void {
    if (this.refuses !== undefined) throw Object.assign(new Error('refused'), { code: this.refuses });
    this.sent.push(record);
  }

  /** What the next transaction ends with, and whether it can be undone. */
  fails: number | undefined;

  initTransactions(_: number, done: Done): void {
    soon(done);
  }

  beginTransaction(done: Done): void {
    soon(done);
  }

  commitTransaction(_: number, done: Done): void {
    soon(done, undefined, this.failure());
  }

  abortTransaction(_: number, done: Done): void {
    soon(done, undefined, this.failure());
  }

  private failure(): Error | null {
    return this.fails === undefined
      ? null
      : Object.assign(new Error('Local: Fatal error'), { code: this.fails });
  }

  /** Reports that a record arrived, or with which error it did not. */
  reports(index: number, code?: number): void {
    const error = code === undefined ? null : Object.assign(new Error(`error ${code}`), { code });
    this.emit('delivery-report', error, { opaque: this.sent[index]![5] });
  }
}

/** librdkafka's administrator, whose bindings hold everything else up while a question waits for its answer. */
export const fakeAdmin = {
  asked: 0,
  most: 0,
  ended: [] as string[],
  disconnect(): void {
    this.ended.push(`with ${this.asked} under way`);
  },
  describeTopics(_: unknown, __: unknown, done: Done): void {
    this.asks(done, [{ partitions: [{}, {}] }]);
  },
  listOffsets(places: readonly Place[], _: unknown, done: Done): void {
    this.asks(
      done,
      places.map((place) => ({ ...place, offset: 3 })),
    );
  },
  asks(done: Done, result: unknown): void {
    this.most = Math.max(this.most, ++this.asked);
    setImmediate(() => {
      this.asked--;
      done(null, result);
    });
  },
};

export const fakeModule: object = {
  KafkaConsumer: FakeConsumer,
  Producer: FakeProducer,
  AdminClient: { create: () => fakeAdmin },
};
