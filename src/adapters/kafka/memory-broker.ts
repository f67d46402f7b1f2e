import { MemoryLog, type MemoryTransaction } from './memory-log.js';
import { KafkaError, type KafkaPosition, type KafkaRecord } from './port.js';

/** A client, as far as the broker knows it. */
export interface MemoryClient {
  wrote(transaction: MemoryTransaction): boolean;
}

/** A member of a group, and what it has and is to have. */
export interface MemoryMember {
  readonly port: MemoryClient;
  readonly topics: readonly string[];
  owned: Set<string>;
  target: Set<string>;
}

/** What a port is about to do. */
export type MemoryOperation =
  | 'produce'
  | 'poll'
  | 'read'
  | 'commit'
  | 'begin'
  | 'offsets'
  | 'end-transaction'
  | 'end-offsets';

/** How a memory broker is made to misbehave. */
export interface MemoryBrokerOptions {
  /** Awaited before each step of each port: the place to crash one, or to hold it. */
  readonly before?: (port: MemoryClient, operation: MemoryOperation) => Promise<void> | void;
}

const named = (topic: string, partition: number): string => `${topic}/${partition}`;

const sizeOf = ({ key, value, headers = {} }: KafkaRecord): number =>
  Object.entries(headers).reduce(
    (sum, [name, said]) => sum + name.length + said.length,
    (value?.length ?? 0) + (key?.length ?? 0),
  );

/**
 * Kafka in memory, for tests and for trying things out: partitions, groups whose members share them, transactions that
 * shut out zombies, readers that see committed records alone, compaction. Nothing of it is stored.
 *
 * @example
 * ```ts
 * const broker = new MemoryBroker({ prices: 2 });
 * const port = new MemoryPort(broker);
 * await port.produce([{ topic: 'prices', partition: 1, key: 'WTI', value: new TextEncoder().encode('70.5') }]);
 * await port.endOffsets('prices'); // → [0, 1]
 * ```
 */
export class MemoryBroker {
  readonly before: NonNullable<MemoryBrokerOptions['before']>;
  /** The largest record, in bytes: its value, and the characters of its key and headers. */
  maximumBytes = 1_048_576;
  private readonly topics = new Map<string, MemoryLog[]>();
  private readonly groups = new Map<string, Set<MemoryMember>>();
  private readonly offsets = new Map<string, Map<string, number>>();
  private readonly writers = new Map<string, { epoch: number; open: MemoryTransaction | undefined }>();
  /** How often anything has happened. */
  version = 0;
  private waiting: (() => void)[] = [];
  private clock = 0;

  constructor(topics: Readonly<Record<string, number>>, { before = () => {} }: MemoryBrokerOptions = {}) {
    this.before = before;
    for (const [name, partitions] of Object.entries(topics)) {
      this.topics.set(
        name,
        Array.from({ length: partitions }, () => new MemoryLog()),
      );
    }
  }

  /** Forgets all but the last record of each key of a topic. */
  compact(topic: string): void {
    for (const log of this.logs(topic)) log.compact();
  }

  /** Takes a port's partitions away, as when its heartbeats stayed away too long; it learns of it later. */
  expel(port: MemoryClient): void {
    for (const members of this.groups.values()) {
      for (const member of members) if (member.port === port) this.leave(members, member);
    }
    for (const writer of this.writers.values()) {
      if (writer.open && port.wrote(writer.open)) this.finish(writer.open, 'aborted');
    }
    this.changed();
  }

  logs(topic: string): MemoryLog[] {
    const logs = this.topics.get(topic);
    if (!logs) throw new KafkaError('missing-topic', `memory broker: there is no topic ${topic}`);
    return logs;
  }

  log(topic: string, partition: number): MemoryLog {
    const log = this.logs(topic)[partition];
    if (!log) throw new KafkaError('refused', `memory broker: ${topic} has no partition ${partition}`);
    return log;
  }

  append(records: readonly KafkaRecord[], transaction?: MemoryTransaction): void {
    for (const record of records) {
      const bytes = sizeOf(record);
      if (bytes > this.maximumBytes) {
        throw new KafkaError(
          'too-large',
          `memory broker: a record of ${record.topic} has ${bytes} bytes, more than ${this.maximumBytes}`,
        );
      }
    }
    for (const record of records)
      this.log(record.topic, record.partition).append(record, this.clock++, transaction);
    this.changed();
  }

  /** Makes every earlier holder of a transactional id a zombie, and undoes what it left open. */
  claim(id: string): number {
    const writer = this.writers.get(id) ?? { epoch: 0, open: undefined };
    this.writers.set(id, writer);
    if (writer.open) this.finish(writer.open, 'aborted');
    return ++writer.epoch;
  }

  begin(id: string, epoch: number): MemoryTransaction {
    this.checkWriter(id, epoch);
    const open: MemoryTransaction = { id, epoch, outcome: 'open', group: undefined, positions: [] };
    this.writers.get(id)!.open = open;
    return open;
  }

  checkWriter(id: string, epoch: number): void {
    if (this.writers.get(id)?.epoch !== epoch) {
      throw new KafkaError('fenced', `memory broker: another producer has the transactional id ${id}`);
    }
  }

  finish(transaction: MemoryTransaction, outcome: 'committed' | 'aborted'): void {
    if (transaction.outcome !== 'open') {
      throw new KafkaError('fenced', `memory broker: the transaction ${transaction.id} has been aborted`);
    }
    transaction.outcome = outcome;
    const writer = this.writers.get(transaction.id)!;
    if (writer.open === transaction) writer.open = undefined;
    if (outcome === 'committed' && transaction.group !== undefined) {
      this.store(transaction.group, transaction.positions);
    }
    this.changed();
  }

  store(group: string, positions: readonly KafkaPosition[]): void {
    const offsets = this.offsets.get(group) ?? new Map<string, number>();
    this.offsets.set(group, offsets);
    for (const { topic, partition, offset } of positions) offsets.set(named(topic, partition), offset);
  }

  committed(group: string, topic: string, partition: number): number {
    return this.offsets.get(group)?.get(named(topic, partition)) ?? 0;
  }

  /** Whether a transaction that is open would commit an offset of this partition. */
  unstable(group: string, topic: string, partition: number): boolean {
    return [...this.writers.values()].some(
      ({ open }) =>
        open?.group === group &&
        open.positions.some((one) => one.topic === topic && one.partition === partition),
    );
  }

  members(group: string): Set<MemoryMember> {
    const members = this.groups.get(group) ?? new Set();
    this.groups.set(group, members);
    return members;
  }

  join(group: string, port: MemoryClient, topics: readonly string[]): MemoryMember {
    const member = { port, topics, owned: new Set<string>(), target: new Set<string>() };
    const members = this.members(group).add(member);
    this.share(members);
    return member;
  }

  leave(members: Set<MemoryMember>, member: MemoryMember): void {
    if (!members.delete(member)) return;
    this.share(members);
  }

  /** Gives every partition to one of the members, in turn. */
  private share(members: Set<MemoryMember>): void {
    const all = [...members];
    const partitions = new Set(all.flatMap(({ topics }) => topics.flatMap((topic) => this.placesOf(topic))));
    for (const member of all) member.target = new Set();
    [...partitions].forEach((place, i) => {
      all[i % all.length]!.target.add(place);
    });
    this.changed();
  }

  private placesOf(topic: string): string[] {
    return this.logs(topic).map((_, partition) => named(topic, partition));
  }

  /** Settles when anything has happened since that version. */
  change(since: number = this.version): Promise<void> {
    if (since !== this.version) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  changed(): void {
    this.version++;
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
