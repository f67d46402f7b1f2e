import { host, sleep, within } from './host.js';
import { fetchCommitted, listOffsets } from './platformatic-fetch.js';
import type { TopicIdPartitions, Wire } from './platformatic-wire.js';
import { KafkaError, type KafkaPosition, type KafkaSubscription, type TopicPartition } from './port.js';

/** How long a fetch waits at the broker, in milliseconds: as long as an assignment may wait for its turn. */
const FETCH_WAIT = 100;

/** How long leaving may take, in milliseconds. */
const GOODBYE = 2000;

const named = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** The place among names of a topic and a partition. */
function placeOf(name: string): TopicPartition {
  const at = name.lastIndexOf('/');
  return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)) };
}

/**
 * A member of a group of the new protocol (KIP-848): the coordinator says what the member shall have, the member says with
 * its heartbeats what it has, and a partition is said to be gone only after its last transaction is through.
 */
export class PlatformaticMembership {
  private readonly member: string = host.crypto.randomUUID();
  private readonly positions = new Map<string, number>();
  private owned = new Set<string>();
  private target: Set<string> | undefined;
  private epoch = 0;
  private interval = 1000;
  private failure: KafkaError | undefined;
  private beating: Promise<void> = Promise.resolve();
  private left = false;

  constructor(
    private readonly wire: Wire,
    private readonly subscription: KafkaSubscription,
    private readonly rebalanceTimeout: number,
  ) {}

  /** Is a member until stopped. */
  async run(): Promise<void> {
    const { signal } = this.subscription;
    await this.beat();
    if (this.failure) throw this.failure;
    const pulse = this.pulse();
    try {
      while (!signal.aborted) {
        if (this.failure) throw this.failure;
        await this.settle();
        if (signal.aborted) break;
        if (this.positions.size === 0) await sleep(20, signal);
        else await this.poll();
      }
      await this.subscription.revoked([...this.owned].map(placeOf));
      this.owned.clear();
    } catch (error) {
      await this.subscription.lost([...this.owned].map(placeOf)).catch(() => {});
      throw error;
    } finally {
      this.left = true;
      await this.beating.catch(() => {});
      await this.leave();
      await pulse;
    }
  }

  /** Does what only an owner of partitions may, with the epoch the broker knows the member by. */
  async asMember<Result>(
    positions: readonly KafkaPosition[],
    task: (epoch: number, member: string) => Promise<Result>,
  ): Promise<Result> {
    for (let tries = 0; ; tries++) {
      if (this.failure) throw this.failure;
      if (this.left || !positions.every((one) => this.owned.has(named(one)))) {
        throw new KafkaError(
          'fenced',
          `hedgerow/kafka: a partition of ${this.subscription.group} is another member's`,
        );
      }
      try {
        return await task(this.epoch, this.member);
      } catch (error) {
        // The epoch moves whenever the group does; a heartbeat tells whether we are still in it.
        const isStale = error instanceof KafkaError && error.message.endsWith('STALE_MEMBER_EPOCH');
        if (!isStale || tries === 5) throw error;
        await this.beat();
      }
    }
  }

  /** Makes what is owned what the coordinator wants. */
  private async settle(): Promise<void> {
    const { target } = this;
    if (!target) return;
    const going = [...this.owned].filter((name) => !target.has(name));
    if (going.length > 0) {
      await this.subscription.revoked(going.map(placeOf));
      for (const name of going) {
        this.owned.delete(name);
        this.positions.delete(name);
      }
      await this.beat();
    }
    const coming = [...target].filter((name) => !this.owned.has(name));
    if (coming.length === 0 || this.failure) return;
    for (const name of coming) this.owned.add(name);
    await this.beat();
    if (this.failure) return;
    const committed = await this.committed(coming.map(placeOf));
    for (const { topic, partition, offset } of await this.subscription.assigned(committed)) {
      this.positions.set(named({ topic, partition }), offset);
    }
  }

  private async committed(places: readonly TopicPartition[]): Promise<KafkaPosition[]> {
    const { group, topics } = this.subscription;
    const asked = topics.map((name) => ({
      name,
      partitionIndexes: places.filter(({ topic }) => topic === name).map(({ partition }) => partition),
    }));
    // Offsets of transactions that are under way are waited for.
    const { groups } = await this.asMember([], (memberEpoch, memberId) =>
      this.wire.askCoordinator(`reading offsets of ${group}`, [0, group], this.wire.module.offsetFetchV9, [
        [{ groupId: group, memberId, memberEpoch, topics: asked }],
        true,
      ]),
    );
    const found = new Map<string, number>();
    for (const { name: topic, partitions } of groups[0]!.topics) {
      for (const { partitionIndex: partition, committedOffset } of partitions) {
        if (committedOffset >= 0n) found.set(named({ topic, partition }), Number(committedOffset));
      }
    }
    const starts = new Map<string, number[]>();
    for (const { topic, partition } of places) {
      if (found.has(named({ topic, partition })) || starts.has(topic)) continue;
      starts.set(topic, await listOffsets(this.wire, topic, false));
    }
    return places.map((one) => ({
      ...one,
      offset: found.get(named(one)) ?? starts.get(one.topic)![one.partition]!,
    }));
  }

  private async poll(): Promise<void> {
    const positions = [...this.positions].map(([name, offset]) => ({ ...placeOf(name), offset }));
    const batches = await this.wire.again(() => fetchCommitted(this.wire, positions, FETCH_WAIT));
    for (const batch of batches) {
      const from = this.positions.get(named(batch));
      if (this.subscription.signal.aborted || this.failure) return;
      if (from === undefined || batch.nextOffset <= from) continue;
      // To the end of the line: an answer is full before it comes to the last partitions.
      this.positions.delete(named(batch));
      this.positions.set(named(batch), batch.nextOffset);
      await this.subscription.batch(batch);
      await sleep(0);
    }
  }

  private async pulse(): Promise<void> {
    while (!this.left && !this.failure) {
      const end = Date.now() + this.interval;
      while (!this.left && Date.now() < end) await sleep(20);
      if (!this.left) await this.beat();
    }
  }

  /** One heartbeat, after the one under way. */
  private beat(): Promise<void> {
    this.beating = this.beating.then(() => this.heartbeat());
    return this.beating;
  }

  private async heartbeat(): Promise<void> {
    if (this.left || this.failure) return;
    const { group, topics } = this.subscription;
    const { wire, member } = this;
    try {
      const metadata = await wire.metadata(topics);
      const ids = new Map(topics.map((name) => [metadata.topics.get(name)!.id, name]));
      const places = [...this.owned].map(placeOf);
      const owned: TopicIdPartitions[] = [...ids].map(([topicId, name]) => ({
        topicId,
        partitions: places.filter(({ topic }) => topic === name).map(({ partition }) => partition),
      }));
      const { memberEpoch, heartbeatIntervalMs, assignment } = await wire.askCoordinator(
        `being a member of ${group}`,
        [0, group],
        wire.module.consumerGroupHeartbeatV1,
        [
          group,
          member,
          this.epoch,
          null,
          null,
          this.rebalanceTimeout,
          topics,
          null,
          null,
          owned.filter(({ partitions }) => partitions.length > 0),
        ],
      );
      this.epoch = memberEpoch;
      this.interval = heartbeatIntervalMs;
      if (assignment) {
        this.target = new Set(
          assignment.topicPartitions.flatMap(({ topicId, partitions }) =>
            partitions.map((partition) => named({ topic: ids.get(topicId)!, partition })),
          ),
        );
      }
    } catch (error) {
      this.failure = error as KafkaError;
    }
  }

  /** Says goodbye, so that the partitions need not wait for the session to end; where nobody listens, not for long. */
  private async leave(): Promise<void> {
    if (this.failure?.reason === 'fenced') return;
    const { group, topics } = this.subscription;
    const args = [group, this.member, -1, null, null, this.rebalanceTimeout, topics, null, null, []] as const;
    const said = this.wire.askCoordinator(
      `leaving ${group}`,
      [0, group],
      this.wire.module.consumerGroupHeartbeatV1,
      [...args],
    );
    await within(GOODBYE, said);
  }
}
