import { buffered, bytesOf } from './host.js';
import type { PlatformaticMembership } from './platformatic-group.js';
import type { Wire } from './platformatic-wire.js';
import { type KafkaCommit, type KafkaRecord, type KafkaTransaction, noPartition, notMember } from './port.js';
import { partitionKey, rounds } from './rounds.js';
import { timeSpans } from './time-spans.js';

/** Who writes, as the broker knows it. */
interface Writer {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  /** The next sequence number of each partition, by which the broker knows a repetition. */
  readonly sequences: Map<string, number>;
}

const writerOf = ({ producerId, producerEpoch }: Omit<Writer, 'sequences'>): Writer => ({
  producerId,
  producerEpoch,
  sequences: new Map(),
});

/** A record as the client writes it. */
function wireRecord({ topic, partition, key, value, headers, time }: KafkaRecord, now: number): object {
  const named = Object.entries(headers ?? {}).map(
    ([name, said]) => [buffered(bytesOf(name)), buffered(bytesOf(said))] as const,
  );
  return {
    topic,
    partition,
    key: key === null ? null : buffered(bytesOf(key)),
    value: value === null ? null : buffered(value),
    headers: new Map(named),
    // One present for all: the client would take another for each, and say the first of the batch.
    timestamp: BigInt(Math.trunc(time ?? now)),
  };
}

/** The records of a round by the broker that has to be told. */
async function byLeader(wire: Wire, round: readonly KafkaRecord[]): Promise<Map<number, KafkaRecord[]>> {
  const names = [...new Set(round.map(({ topic }) => topic))];
  let { topics } = await wire.metadata(names);
  const leaderOf = ({ topic, partition }: KafkaRecord): number | undefined =>
    topics.get(topic)!.partitions[partition]?.leader;
  const parts = new Map<number, KafkaRecord[]>();
  for (const record of round) {
    let leader = leaderOf(record);
    if (leader === undefined) {
      // It may have been added meanwhile.
      ({ topics } = await wire.metadata(names, true));
      leader = leaderOf(record);
    }
    if (leader === undefined) {
      throw noPartition(record.topic, record.partition);
    }
    const list = parts.get(leader);
    if (list) list.push(record);
    else parts.set(leader, [record]);
  }
  return parts;
}

/**
 * Writes records. What a writer sends again in the same round has the same numbers, so that the broker keeps it once.
 */
async function send(
  wire: Wire,
  records: readonly KafkaRecord[],
  { producerId, producerEpoch, sequences }: Writer,
  transactionalId?: string,
): Promise<void> {
  const { NumericMap, produceV11 } = wire.module;
  const name = transactionalId === undefined ? {} : { transactionalId };
  const now = Date.now();
  for (const round of rounds(records).flatMap((one) => timeSpans(one, now))) {
    const what = `writing to ${[...new Set(round.map(({ topic }) => topic))].join(', ')}`;
    const numbers = new NumericMap();
    for (const [key, next] of sequences) numbers.set(key, next);
    const options = { ...name, producerId, producerEpoch, sequences: numbers };
    const write = async (): Promise<void> => {
      const parts = [...(await byLeader(wire, round))].map(([leader, part]) =>
        wire.ask(what, leader, produceV11, [
          -1,
          30_000,
          part.map((record) => wireRecord(record, now)),
          options,
        ]),
      );
      // All of them are waited for, lest one that fails be overtaken by another that is still under way.
      for (const outcome of await Promise.allSettled(parts)) {
        if (outcome.status === 'rejected') throw outcome.reason;
      }
    };
    await (transactionalId === undefined ? wire.whatever(write) : wire.again(write));
    for (const record of round) {
      const key = partitionKey(record);
      // After the largest number comes 0.
      sequences.set(key, ((sequences.get(key) ?? 0) + 1) & 0x7fffffff);
    }
  }
}

const byTopic = <One extends { readonly topic: string }, Part>(
  all: readonly One[],
  part: (one: One) => Part,
): { readonly name: string; readonly partitions: Part[] }[] =>
  [...new Set(all.map(({ topic }) => topic))].map((name) => ({
    name,
    partitions: all.filter(({ topic }) => topic === name).map(part),
  }));

/** Positions as the protocol commits them. */
export function offsetTopics({ positions }: KafkaCommit): {
  readonly name: string;
  readonly partitions: {
    readonly partitionIndex: number;
    readonly committedOffset: bigint;
    readonly committedLeaderEpoch: number;
  }[];
}[] {
  return byTopic(positions, ({ partition, offset }) => ({
    partitionIndex: partition,
    committedOffset: BigInt(offset),
    committedLeaderEpoch: -1,
  }));
}

/** Writes records, in transactions or without. */
export class PlatformaticProducer {
  private readonly writers = new Map<string, Promise<Writer>>();
  private plain: Writer | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly wire: Wire,
    private readonly timeout: number,
  ) {}

  /** One call after another: that keeps their order, whichever has to be repeated. */
  produce(records: readonly KafkaRecord[]): Promise<void> {
    const next = this.turn.then(() => this.write(records));
    this.turn = next.catch(() => {});
    return next;
  }

  private async write(records: readonly KafkaRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { wire } = this;
    this.plain ??= writerOf(
      await wire.again(() =>
        wire.askAny('asking for a producer id', wire.module.initProducerIdV4, [null, 0]),
      ),
    );
    try {
      await send(wire, records, this.plain);
    } catch (error) {
      // How far it came is not known, and the same numbers must not stand for anything else.
      this.plain = undefined;
      throw error;
    }
  }

  async transaction(
    { id, records, offsets, claim = false }: KafkaTransaction,
    membership: PlatformaticMembership | undefined,
  ): Promise<void> {
    const { wire } = this;
    const places = new Map(records.map((record) => [partitionKey(record), record]));
    if (places.size > 0) await wire.again(() => byLeader(wire, [...places.values()]));
    if (claim) this.writers.delete(id);
    const { producerId, producerEpoch, sequences } = await this.writer(id);
    if (claim) return;
    const { addPartitionsToTxnV3, addOffsetsToTxnV3, txnOffsetCommitV3, endTxnV3 } = wire.module;
    const coordinator = [1, id] as const;
    try {
      const topics = byTopic([...places.values()], ({ partition }) => partition);
      if (topics.length > 0) {
        const added = { transactionalId: id, producerId, producerEpoch, verifyOnly: false, topics };
        await wire.askCoordinator(`beginning ${id}`, coordinator, addPartitionsToTxnV3, [[added]]);
        await send(wire, records, { producerId, producerEpoch, sequences }, id);
      }
      if (offsets) {
        const { group } = offsets;
        const what = `committing offsets of ${group}`;
        await wire.askCoordinator(what, coordinator, addOffsetsToTxnV3, [
          id,
          producerId,
          producerEpoch,
          group,
        ]);
        // After the records are written and before the offsets are: a partition that went meanwhile stops it here, and
        // the broker stops a member that is none any more.
        await this.member(group, membership).asMember(offsets.positions, (epoch, member) =>
          wire.askCoordinator(what, [0, group], txnOffsetCommitV3, [
            id,
            group,
            producerId,
            producerEpoch,
            epoch,
            member,
            null,
            offsetTopics(offsets),
          ]),
        );
      }
      if (topics.length > 0 || offsets) {
        await wire.askCoordinator(`ending ${id}`, coordinator, endTxnV3, [
          id,
          producerId,
          producerEpoch,
          true,
        ]);
      }
    } catch (error) {
      // Whether it was committed is not known here; a new claim of the id settles it before anything else is written.
      this.writers.delete(id);
      await wire
        .askCoordinator(`undoing ${id}`, coordinator, endTxnV3, [id, producerId, producerEpoch, false])
        .catch(() => {});
      throw error;
    }
  }

  private member(group: string, membership: PlatformaticMembership | undefined): PlatformaticMembership {
    if (membership) return membership;
    throw notMember(group);
  }

  private writer(id: string): Promise<Writer> {
    const known = this.writers.get(id);
    if (known) return known;
    const writer = this.wire
      .askCoordinator(`claiming ${id}`, [1, id], this.wire.module.initProducerIdV4, [id, this.timeout])
      .then(writerOf);
    this.writers.set(id, writer);
    writer.catch(() => this.writers.delete(id));
    return writer;
  }
}
