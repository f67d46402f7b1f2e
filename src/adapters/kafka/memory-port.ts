import type { MemoryBroker, MemoryClient, MemoryMember, MemoryOperation } from './memory-broker.js';
import type { MemoryTransaction } from './memory-log.js';
import {
  checkFree,
  checkTimes,
  type KafkaBatch,
  type KafkaCommit,
  KafkaError,
  type KafkaMessage,
  type KafkaPort,
  type KafkaPosition,
  type KafkaRange,
  type KafkaRecord,
  type KafkaSubscription,
  type KafkaTransaction,
  portClosed,
  type TopicPartition,
} from './port.js';

/** How many messages a batch has at most. */
const MOST = 500;

const place = (name: string): TopicPartition => {
  const at = name.lastIndexOf('/');
  return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)) };
};

/**
 * A client of a {@link MemoryBroker}, which can be killed or frozen between any two steps.
 *
 * @example
 * ```ts
 * const port = new MemoryPort(new MemoryBroker({ prices: 3 }));
 * await port.endOffsets('prices'); // → [0, 0, 0]
 * ```
 */
export class MemoryPort implements KafkaPort, MemoryClient {
  readonly client = 'memory';
  readonly fencesOffsets = true;
  private readonly memberships = new Map<string, MemoryMember>();
  private readonly epochs = new Map<string, number>();
  private readonly transactions = new Set<MemoryTransaction>();
  private dead = false;
  private isClosed = false;
  private frozen: Promise<void> | undefined;

  constructor(private readonly broker: MemoryBroker) {}

  /** Ends the client as SIGKILL ends a process: it does nothing any more, and its partitions go to others. */
  kill(): void {
    this.dead = true;
    this.broker.expel(this);
  }

  /** Holds the client where it is, as SIGSTOP does, until the function that is returned is called. */
  freeze(): () => void {
    let thaw = (): void => {};
    this.frozen = new Promise((resolve) => {
      thaw = resolve;
    });
    return () => {
      this.frozen = undefined;
      thaw();
    };
  }

  wrote(transaction: MemoryTransaction): boolean {
    return this.transactions.has(transaction);
  }

  async produce(records: readonly KafkaRecord[]): Promise<void> {
    checkTimes(records);
    await this.step('produce');
    this.broker.append(records);
    await this.step('produce');
  }

  async consume(subscription: KafkaSubscription): Promise<void> {
    const { group, topics, signal } = subscription;
    const { broker } = this;
    checkFree(this.memberships, group);
    await this.step('poll');
    const members = broker.members(group);
    const member = broker.join(group, this, topics);
    this.memberships.set(group, member);
    const positions = new Map<string, number>();
    const wake = (): void => broker.changed();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        const { version } = broker;
        if (this.isClosed) await subscription.lost([...positions.keys()].map(place));
        await this.step('poll');
        if (!members.has(member)) {
          await subscription.lost([...positions.keys()].map(place));
          throw new KafkaError('fenced', `memory broker: no longer a member of the group ${group}`);
        }
        const worked =
          (await this.giveUp(member, positions, subscription)) ||
          (await this.takeUp(members, member, positions, subscription)) ||
          (await this.poll(positions, subscription));
        if (!worked) await broker.change(version);
      }
      await subscription.revoked([...positions.keys()].map(place));
    } finally {
      signal.removeEventListener('abort', wake);
      broker.leave(members, member);
      this.memberships.delete(group);
    }
  }

  private async giveUp(
    member: MemoryMember,
    positions: Map<string, number>,
    subscription: KafkaSubscription,
  ): Promise<boolean> {
    const going = [...member.owned].filter((name) => !member.target.has(name));
    if (going.length === 0) return false;
    await subscription.revoked(going.map(place));
    for (const name of going) {
      member.owned.delete(name);
      positions.delete(name);
    }
    this.broker.changed();
    return true;
  }

  private async takeUp(
    members: Set<MemoryMember>,
    member: MemoryMember,
    positions: Map<string, number>,
    subscription: KafkaSubscription,
  ): Promise<boolean> {
    const { broker } = this;
    const free = [...member.target].filter((name) => ![...members].some(({ owned }) => owned.has(name)));
    if (free.length === 0) return false;
    for (const name of free) member.owned.add(name);
    const committed: KafkaPosition[] = [];
    for (const { topic, partition } of free.map(place)) {
      await this.step('poll');
      while (broker.unstable(subscription.group, topic, partition)) await broker.change();
      committed.push({ topic, partition, offset: broker.committed(subscription.group, topic, partition) });
    }
    for (const { topic, partition, offset } of await subscription.assigned(committed)) {
      positions.set(`${topic}/${partition}`, offset);
    }
    return true;
  }

  private async poll(positions: Map<string, number>, subscription: KafkaSubscription): Promise<boolean> {
    for (const [name, from] of positions) {
      const { topic, partition } = place(name);
      const log = this.broker.log(topic, partition);
      const messages = log.committed(from, log.end, MOST);
      if (messages.length === 0) continue;
      const nextOffset = messages.at(-1)!.offset + 1;
      // To the end of the line, so that every partition has its turn.
      positions.delete(name);
      positions.set(name, nextOffset);
      const batch: KafkaBatch = { topic, partition, messages, nextOffset, endOffset: log.end };
      await subscription.batch(batch);
      return true;
    }
    return false;
  }

  async *read({ topic, partition, from = 0, to }: KafkaRange): AsyncGenerator<readonly KafkaMessage[]> {
    await this.step('read');
    const log = this.broker.log(topic, partition);
    for (let at = from; ; ) {
      const messages = log.committed(at, to, MOST);
      if (messages.length > 0) {
        at = messages.at(-1)!.offset + 1;
        yield messages;
        await this.step('read');
      } else if (log.stableEnd >= Math.min(to, log.end)) return;
      else await this.broker.change();
    }
  }

  async commit({ group, positions }: KafkaCommit): Promise<void> {
    await this.step('commit');
    this.checkMember(group, positions);
    this.broker.store(group, positions);
    await this.step('commit');
  }

  async transaction({ id, records, offsets, claim = false }: KafkaTransaction): Promise<void> {
    const { broker } = this;
    checkTimes(records);
    await this.step('begin');
    if (claim || !this.epochs.has(id)) this.epochs.set(id, broker.claim(id));
    if (claim) return;
    const transaction = broker.begin(id, this.epochs.get(id)!);
    this.transactions.add(transaction);
    try {
      await this.write(transaction, records);
      if (offsets) await this.addOffsets(transaction, offsets);
      await this.step('end-transaction');
      broker.finish(transaction, 'committed');
      await this.step('end-transaction');
    } catch (error) {
      if (transaction.outcome === 'open') broker.finish(transaction, 'aborted');
      throw error;
    } finally {
      this.transactions.delete(transaction);
    }
  }

  private async write(transaction: MemoryTransaction, records: readonly KafkaRecord[]): Promise<void> {
    // In two requests, as to two brokers.
    const half = records.length >> 1;
    for (const part of [records.slice(0, half), records.slice(half)]) {
      await this.step('produce');
      if (transaction.outcome !== 'open') {
        throw new KafkaError('fenced', `memory broker: the transaction ${transaction.id} has been aborted`);
      }
      this.broker.append(part, transaction);
    }
  }

  private async addOffsets(transaction: MemoryTransaction, offsets: KafkaCommit): Promise<void> {
    await this.step('offsets');
    this.checkMember(offsets.group, offsets.positions);
    transaction.group = offsets.group;
    transaction.positions = offsets.positions;
  }

  async endOffsets(topic: string): Promise<readonly number[]> {
    await this.step('end-offsets');
    return this.broker.logs(topic).map(({ end }) => end);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.broker.expel(this);
  }

  /** A step on the wire: where a client can be stopped for good or for a while. */
  private async step(operation: MemoryOperation): Promise<void> {
    await this.broker.before(this, operation);
    await this.frozen;
    if (this.isClosed) throw portClosed();
    if (this.dead) await new Promise<never>(() => {});
  }

  private checkMember(group: string, positions: readonly KafkaPosition[]): void {
    const member = this.memberships.get(group);
    const isOwner = ({ topic, partition }: KafkaPosition): boolean =>
      member !== undefined &&
      this.broker.members(group).has(member) &&
      member.owned.has(`${topic}/${partition}`);
    if (!positions.every(isOwner)) {
      throw new KafkaError('fenced', `memory broker: a partition of the group ${group} is another member's`);
    }
  }
}
