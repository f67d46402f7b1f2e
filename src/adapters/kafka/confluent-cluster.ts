import {
  type ConfluentAdmin,
  type ConfluentConsumer,
  type ConfluentModule,
  type ConfluentProducer,
  outcome,
} from './confluent-client.js';
import { codeOf, saying } from './confluent-errors.js';
import { sleep, within } from './host.js';
import { portClosed } from './port.js';

/** How long a cluster may take to answer, in milliseconds. */
export const PATIENCE = 20_000;
const CONNECTING = 5000;
const NO_LEADER = [5, 6];

/** Ends a client: what it had left to do is dropped. */
export function ended(client: ConfluentConsumer | ConfluentProducer): Promise<void> {
  const leave = new Promise<void>((done) => {
    if ('produce' in client) client.disconnect(100, done);
    else client.disconnect(done);
  });
  return within(PATIENCE, leave);
}

async function offsetsOf(admin: ConfluentAdmin, topic: string, end: boolean): Promise<number[]> {
  const [described] = await outcome<readonly { error?: unknown; partitions: readonly object[] }[]>((done) =>
    admin.describeTopics([topic], { timeout: CONNECTING }, done),
  );
  if (described!.error) throw described!.error;
  const offset = { timestamp: end ? (-1 as const) : (-2 as const) };
  const places = described!.partitions.map((_, partition) => ({ topic, partition, offset }));
  const found = await outcome<readonly { partition: number; offset: number; error?: unknown }[]>((done) =>
    admin.listOffsets(places, { timeout: CONNECTING }, done),
  );
  const offsets = places.map(() => 0);
  for (const { partition, offset, error } of found) {
    if (error) throw error;
    offsets[partition] = offset;
  }
  return offsets;
}

/** A cluster, and the clients of it that there can be. */
export class ConfluentCluster {
  private admin: ConfluentAdmin | undefined;
  private asking: Promise<unknown> = Promise.resolve();
  /** Whether there are to be no more clients, as where the port is being closed. */
  private isOver = false;

  constructor(
    private readonly module: ConfluentModule,
    private readonly options: object,
  ) {}

  /** A consumer that is connected. */
  async consumer(options: object): Promise<ConfluentConsumer> {
    this.checkOpen();
    const consumer = new this.module.KafkaConsumer({
      ...this.options,
      // Where an offset is not there any more, that is an error, not a reason to go on elsewhere.
      'auto.offset.reset': 'error',
      'isolation.level': 'read_committed',
      'enable.auto.commit': false,
      'enable.auto.offset.store': false,
      'enable.partition.eof': true,
      'fetch.wait.max.ms': 100,
      // What waits to be read is bounded, and is fetched again as soon as there is room.
      'queued.max.messages.kbytes': 16_384,
      'fetch.queue.backoff.ms': 10,
      ...options,
    });
    await this.connect(consumer);
    // The client's threads are few: none of them is kept waiting for messages.
    consumer.setDefaultConsumeTimeout(0);
    return consumer;
  }

  /** A producer that is connected. */
  async producer(options: object): Promise<ConfluentProducer> {
    this.checkOpen();
    const producer = new this.module.Producer({
      ...this.options,
      acks: -1,
      'enable.idempotence': true,
      'topic.metadata.propagation.max.ms': 5000,
      ...options,
    });
    await this.connect(producer);
    producer.setPollInBackground(true);
    return producer;
  }

  private async connect(client: ConfluentConsumer | ConfluentProducer): Promise<void> {
    await outcome((done) => client.connect({ allTopics: false, timeout: CONNECTING }, done));
    if (this.isOver) await ended(client);
    this.checkOpen();
  }

  private checkOpen(): void {
    if (this.isOver) throw portClosed();
  }

  /** The offsets of a topic's partitions at its end (open transactions included) or at its beginning. */
  offsets(topic: string, end: boolean): Promise<number[]> {
    return saying(`asking where ${topic} ${end ? 'ends' : 'begins'}`, async () => {
      // A topic that is new has no leaders for a moment.
      for (let tries = 0; ; tries++) {
        try {
          return await this.inTurn((admin) => offsetsOf(admin, topic, end));
        } catch (error) {
          if (!NO_LEADER.includes(codeOf(error)!) || tries === 30) throw error;
          await sleep(100);
        }
      }
    });
  }

  /** One question after another: the bindings hold up all others on a thread of Node's each, and its end on Node's own. */
  private inTurn<Result>(task: (admin: ConfluentAdmin) => Promise<Result>): Promise<Result> {
    const next = this.asking.then(() => {
      this.checkOpen();
      this.admin ??= this.module.AdminClient.create({ ...this.options });
      return task(this.admin);
    });
    this.asking = next.catch(() => {});
    return next;
  }

  /** From here on there are no new clients. */
  end(): void {
    this.isOver = true;
  }

  async close(): Promise<void> {
    await this.asking;
    this.admin?.disconnect();
    this.admin = undefined;
  }
}
