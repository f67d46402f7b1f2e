import { bytesOf, host } from './host.js';
import type { PlatformaticMembership } from './platformatic-group.js';
import type { Wire } from './platformatic-wire.js';
import { type KafkaCommit, KafkaError, type KafkaRecord, type KafkaTransaction } from './port.js';
import { partitionKey, rounds } from './rounds.js';

/** Who writes in a transaction. */
interface Writer {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  /** The next sequence number of each partition, by which the broker knows a repetition. */
  readonly sequences: Map<string, number>;
}

const buffered = (bytes: Uint8Array): Uint8Array =>
  host.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A record as the client writes it. */
function wireRecord({ topic, partition, key, value, headers, time }: KafkaRecord): object {
  const named = Object.entries(headers ?? {}).map(
    ([name, said]) => [buffered(bytesOf(name)), buffered(bytesOf(said))] as const,
  );
  return {
    topic,
    partition,
    key: key === null ? null : buffered(bytesOf(key)),
    value: value === null ? null : buffered(value),
    headers: new Map(named),
    ...(time === undefined ? {} : { timestamp: BigInt(Math.trunc(time)) }),
  };
}

async function send(
  wire: Wire,
  records: readonly KafkaRecord[],
  id?: string,
  writer?: Writer,
): Promise<void> {
  const { NumericMap, produceV11 } = wire.module;
  for (const round of rounds(records)) {
    const names = [...new Set(round.map(({ topic }) => topic))];
    const { topics } = await wire.metadata(names);
    const byLeader = new Map<number, KafkaRecord[]>();
    for (const record of round) {
      const leader = topics.get(record.topic)!.partitions[record.partition]?.leader;
      if (leader === undefined) {
        throw new KafkaError(
          'refused',
          `hedgerow/kafka: ${record.topic} has no partition ${record.partition}`,
        );
      }
      const list = byLeader.get(leader);
      if (list) list.push(record);
      else byLeader.set(leader, [record]);
    }
    const sequences = new NumericMap();
    for (const [key, next] of writer?.sequences ?? []) sequences.set(key, next);
    const options = writer
      ? {
          transactionalId: id,
          producerId: writer.producerId,
          producerEpoch: writer.producerEpoch,
          sequences,
        }
      : {};
    await Promise.all(
      [...byLeader].map(([leader, part]) =>
        wire.ask(`writing to ${names.join(', ')}`, leader, produceV11, [
          -1,
          30_000,
          part.map(wireRecord),
          options,
        ]),
      ),
    );
    for (const record of writer ? round : []) {
      const key = partitionKey(record);
      writer!.sequences.set(key, (writer!.sequences.get(key) ?? 0) + 1);
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

  constructor(
    private readonly wire: Wire,
    private readonly timeout: number,
  ) {}

  produce(records: readonly KafkaRecord[]): Promise<void> {
    return this.wire.again(() => send(this.wire, records));
  }

  async transaction(
    { id, records, offsets, claim = false }: KafkaTransaction,
    membership: PlatformaticMembership | undefined,
  ): Promise<void> {
    if (claim) this.writers.delete(id);
    const { producerId, producerEpoch, sequences } = await this.writer(id);
    if (claim) return;
    const { wire } = this;
    const { addPartitionsToTxnV3, addOffsetsToTxnV3, txnOffsetCommitV3, endTxnV3 } = wire.module;
    const coordinator = [1, id] as const;
    try {
      const places = new Map(records.map((record) => [partitionKey(record), record]));
      const topics = byTopic([...places.values()], ({ partition }) => partition);
      if (topics.length > 0) {
        const added = { transactionalId: id, producerId, producerEpoch, verifyOnly: false, topics };
        await wire.askCoordinator(`beginning ${id}`, coordinator, addPartitionsToTxnV3, [[added]]);
        await send(wire, records, id, { producerId, producerEpoch, sequences });
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
    throw new KafkaError('fenced', `hedgerow/kafka: no longer a member of the group ${group}`);
  }

  private writer(id: string): Promise<Writer> {
    const known = this.writers.get(id);
    if (known) return known;
    const writer = this.wire
      .askCoordinator(`claiming ${id}`, [1, id], this.wire.module.initProducerIdV4, [id, this.timeout])
      .then(({ producerId, producerEpoch }) => ({ producerId, producerEpoch, sequences: new Map() }));
    this.writers.set(id, writer);
    writer.catch(() => this.writers.delete(id));
    return writer;
  }
}
