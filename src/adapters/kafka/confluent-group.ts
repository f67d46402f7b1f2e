import { type ConfluentConsumer, type ConfluentMessage, outcome } from './confluent-client.js';
import { type ConfluentCluster, ended } from './confluent-cluster.js';
import { codeOf, named, saying } from './confluent-errors.js';
import { messageOf } from './confluent-records.js';
import { Stop, sleep } from './host.js';
import { KafkaError, type KafkaPosition, type KafkaSubscription, type TopicPartition } from './port.js';

const [ASSIGN, REVOKE] = [-175, -174];
/** A member's epoch of a moment ago. */
const STALE = 113;
/** How many messages are taken at once. */
const MOST = 1000;
/** How long leaving a group may take, in milliseconds. */
const GOODBYE = 3000;

/** What the group wants of a member: to take partitions, or to give them up. */
interface Wish {
  readonly error: unknown;
  readonly places: readonly TopicPartition[];
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;
const placeOf = ({ topic, partition }: TopicPartition): TopicPartition => ({ topic, partition });

/**
 * A member of a group of the new protocol (KIP-848). librdkafka beats its heart on a thread of its own and says what the
 * group wants; it answers the group, and takes part in nothing further, only once it is told that partitions were taken
 * or given up, which is after the subscriber's promise. While the old generation of a member that was shut out is still
 * to be given up librdkafka does not join again, so that whatever it sends bears that generation and is refused.
 */
export class ConfluentMembership {
  private readonly positions = new Map<string, KafkaPosition>();
  private readonly wishes: Wish[] = [];
  private readonly ends = new Map<string, number>();
  private waiting: ConfluentMessage[] = [];
  private consumer: ConfluentConsumer | undefined;
  private using = 0;
  private left = false;
  private leaving = false;

  constructor(
    private readonly cluster: ConfluentCluster,
    private readonly subscription: KafkaSubscription,
    private readonly rebalanceTimeout: number,
    /** How long to wait for the offsets of transactions under way, in milliseconds. */
    private readonly patience: number,
  ) {}

  /** Is a member until stopped. */
  async run(): Promise<void> {
    const { group, topics, signal } = this.subscription;
    const what = `being a member of ${group}`;
    const consumer = await saying(what, () =>
      this.cluster.consumer({
        'group.id': group,
        'group.protocol': 'consumer',
        'max.poll.interval.ms': this.rebalanceTimeout,
        rebalance_cb: (error: unknown, places: readonly TopicPartition[]) => this.wish({ error, places }),
      }),
    );
    this.consumer = consumer;
    consumer.on('partition.eof', (end) => this.ends.set(nameOf(end), end.offset));
    try {
      consumer.subscribe([...topics]);
      while (!signal.aborted && !this.left) {
        await this.settle();
        if (signal.aborted || this.left) break;
        await this.poll();
      }
      if (this.left) throw new KafkaError('refused', `hedgerow/kafka: ${what}: the port was closed`);
      await this.during(this.subscription.revoked(this.places()));
    } catch (error) {
      await this.subscription.lost(this.places()).catch(() => {});
      // What the subscriber throws comes out as it is.
      throw typeof codeOf(error) === 'number' ? named(what, error) : error;
    } finally {
      this.positions.clear();
      await this.leave(consumer);
    }
  }

  /** Writes down where the group stands. */
  commit(positions: readonly KafkaPosition[]): Promise<void> {
    return this.asMember(positions, (consumer) =>
      this.again(() => outcome((done) => consumer.commitCb([...positions], done))),
    );
  }

  /** Does what only an owner of partitions may; fails where they were lost before it was done. */
  async asMember<Result>(
    positions: readonly KafkaPosition[],
    task: (consumer: ConfluentConsumer) => Promise<Result>,
  ): Promise<Result> {
    const { consumer } = this;
    const isOwner = (): boolean =>
      !this.left && !consumer?.assignmentLost() && positions.every((one) => this.positions.has(nameOf(one)));
    const fenced = (): KafkaError =>
      new KafkaError(
        'fenced',
        `hedgerow/kafka: a partition of ${this.subscription.group} is another member's`,
      );
    if (!consumer || !isOwner()) throw fenced();
    this.using++;
    try {
      const result = await task(consumer);
      if (!isOwner()) throw fenced();
      return result;
    } finally {
      this.using--;
    }
  }

  /** Ends the membership from outside. */
  close(): void {
    this.left = true;
  }

  private places(): TopicPartition[] {
    return [...this.positions.values()].map(placeOf);
  }

  /** Does what the group wants, one wish after another. */
  private async settle(): Promise<void> {
    for (let wish = this.wishes.shift(); wish; wish = this.wishes.shift()) {
      try {
        const { error, places } = wish;
        if (codeOf(error) === REVOKE) await this.giveUp(places);
        else if (codeOf(error) === ASSIGN) wish = { error, places: await this.take(places) };
        else throw error;
      } catch (error) {
        // The membership is over; the client waits for an answer all the same, and would not end without one.
        this.leaving = true;
        this.answer(wish);
        throw error;
      }
      this.answer(wish);
    }
  }

  private async giveUp(places: readonly TopicPartition[]): Promise<void> {
    const going = places.map(placeOf).filter((one) => this.positions.has(nameOf(one)));
    if (going.length === 0) return;
    const { subscription, consumer } = this;
    await this.during(consumer!.assignmentLost() ? subscription.lost(going) : subscription.revoked(going));
    const gone = new Set(going.map(nameOf));
    for (const name of gone) {
      this.positions.delete(name);
      this.ends.delete(name);
    }
    // They may come back, and then from further back.
    this.waiting = this.waiting.filter((message) => !gone.has(nameOf(message)));
  }

  private async take(places: readonly TopicPartition[]): Promise<readonly KafkaPosition[]> {
    if (places.length === 0) return [];
    const committed = await this.committed(places.map(placeOf));
    for (const one of committed) this.positions.set(nameOf(one), one);
    for (const one of await this.during(this.subscription.assigned(committed))) {
      this.positions.set(nameOf(one), one);
    }
    return committed.map((one) => this.positions.get(nameOf(one))!);
  }

  private async committed(places: readonly TopicPartition[]): Promise<KafkaPosition[]> {
    // Offsets of transactions that are under way are waited for: as long as a transaction may last, and longer.
    const found = await this.again(() =>
      outcome<readonly (TopicPartition & { readonly offset?: number })[]>((done) =>
        this.consumer!.committed(places, this.patience, done),
      ),
    );
    const beginnings = new Map<string, readonly number[]>();
    for (const { topic, offset = -1 } of found) {
      if (offset < 0 && !beginnings.has(topic))
        beginnings.set(topic, await this.cluster.offsets(topic, false));
    }
    return found.map(({ topic, partition, offset = -1 }) => ({
      topic,
      partition,
      offset: offset >= 0 ? offset : beginnings.get(topic)![partition]!,
    }));
  }

  private async poll(): Promise<void> {
    const { consumer, subscription, positions } = this;
    const messages = this.waiting.length > 0 ? this.waiting.splice(0) : await this.fetched(MOST);
    const ends = new Map(this.ends);
    this.ends.clear();
    const lists = new Map<string, ConfluentMessage[]>([...ends.keys()].map((name) => [name, []]));
    for (const message of messages) {
      const name = nameOf(message);
      const list = lists.get(name);
      if (list) list.push(message);
      else lists.set(name, [message]);
    }
    if (lists.size === 0) await sleep(5, subscription.signal);
    for (const [name, list] of lists) {
      if (subscription.signal.aborted || this.left || consumer!.assignmentLost()) return;
      const position = positions.get(name);
      // The end is behind markers and aborted messages, which do not come.
      const nextOffset = Math.max((list.at(-1)?.offset ?? -1) + 1, ends.get(name) ?? 0);
      if (!position || nextOffset <= position.offset) continue;
      const { topic, partition, offset: from } = position;
      positions.set(name, { topic, partition, offset: nextOffset });
      const given = list.filter(({ offset }) => offset >= from).map(messageOf);
      const { highOffset } = consumer!.getWatermarkOffsets(topic, partition);
      const endOffset = Math.max(nextOffset, highOffset);
      await this.during(subscription.batch({ topic, partition, messages: given, nextOffset, endOffset }));
    }
  }

  private async fetched(most: number): Promise<readonly ConfluentMessage[]> {
    try {
      return await outcome<readonly ConfluentMessage[]>((done) => this.consumer!.consume(most, done));
    } catch (error) {
      // A broker that is away is looked for by the client itself.
      if (named('', error).reason !== 'unreachable') throw error;
      return [];
    }
  }

  /** Waits for the subscriber, and asks the client for something now and then: it takes one that does not for dead. */
  private async during<Result>(task: Promise<Result>): Promise<Result> {
    const over = new Stop();
    const asking = (async (): Promise<void> => {
      for (;;) {
        await sleep(Math.min(1000, this.rebalanceTimeout / 3), over);
        if (over.aborted) return;
        this.waiting.push(...(await this.fetched(1)));
      }
    })();
    asking.catch(() => {});
    try {
      return await task;
    } finally {
      over.abort();
      await asking;
    }
  }

  /** Tries again where the group moved on a moment ago. */
  private async again<Result>(task: () => Promise<Result>): Promise<Result> {
    for (let tries = 0; ; tries++) {
      try {
        return await task();
      } catch (error) {
        if (codeOf(error) !== STALE || tries === 5) throw error;
        await sleep(100);
      }
    }
  }

  private wish(wish: Wish): void {
    if (this.leaving) this.answer(wish);
    else this.wishes.push(wish);
  }

  private answer({ error, places }: Wish): void {
    const { consumer } = this;
    try {
      if (codeOf(error) === ASSIGN) consumer!.incrementalAssign(places as readonly KafkaPosition[]);
      else consumer!.incrementalUnassign(places);
    } catch (failure) {
      if (!this.leaving) throw failure;
      this.decline();
    }
  }

  /**
   * Answers a client that is on its way out. It waits for its answer for ever, refuses to take partitions all the same, and
   * takes any answer for giving all of them up.
   */
  private decline(): void {
    try {
      this.consumer!.incrementalUnassign([]);
    } catch {
      // It has ended before it was answered.
    }
  }

  private async leave(consumer: ConfluentConsumer): Promise<void> {
    this.left = true;
    this.leaving = true;
    for (const wish of this.wishes.splice(0)) this.answer(wish);
    while (this.using > 0) await sleep(5);
    try {
      consumer.unsubscribe();
      // It asks for what it had assigned, is answered, and says goodbye to the group.
      const end = Date.now() + GOODBYE;
      while (consumer.assignments().length > 0 && Date.now() < end) {
        await this.fetched(1);
        await sleep(2);
      }
    } catch {
      // It has failed for good, which is why we leave.
    }
    await ended(consumer);
  }
}
