import {
  type ConfluentConsumer,
  type ConfluentMessage,
  type ConfluentPosition,
  outcome,
} from './confluent-client.js';
import { type ConfluentCluster, ended, PATIENCE } from './confluent-cluster.js';
import { named, saying } from './confluent-errors.js';
import { messageOf } from './confluent-records.js';
import { sleep } from './host.js';
import { type KafkaMessage, type KafkaRange, noPartition } from './port.js';

/** How many readers are kept for later. */
const SPARE = 8;

/** Consumers that are members of no group, one for each range being read; they are kept, since connecting takes time. */
export class ConfluentReaders {
  private readonly all = new Set<ConfluentConsumer>();
  private readonly spare: ConfluentConsumer[] = [];

  constructor(private readonly cluster: ConfluentCluster) {}

  async *read({ topic, partition, from, to }: KafkaRange): AsyncGenerator<readonly KafkaMessage[]> {
    const what = `reading ${topic}`;
    const beginning = (await this.cluster.offsets(topic, false))[partition];
    if (beginning === undefined) {
      throw noPartition(topic, partition);
    }
    let reached = Math.max(from ?? 0, beginning);
    if (reached >= to) return;
    if (reached > beginning && reached >= (await this.cluster.offsets(topic, true))[partition]!) return;
    const reader = this.spare.pop() ?? (await saying(what, () => this.open()));
    let [end, heard] = [-1, Date.now()];
    // The end of what is committed, which moves when a transaction is over: aborted messages and markers are behind it.
    const onEnd = (place: ConfluentPosition): void => {
      end = place.offset;
      heard = Date.now();
    };
    reader.on('partition.eof', onEnd);
    let failure: unknown;
    try {
      reader.assign([{ topic, partition, offset: reached }]);
      while (reached < to) {
        const messages = await outcome<readonly ConfluentMessage[]>((done) => reader.consume(2000, done));
        const last = messages.at(-1)?.offset ?? -1;
        reached = Math.max(reached, last + 1, end);
        const wanted = messages.filter(({ offset }) => offset < to).map(messageOf);
        if (wanted.length > 0) yield wanted;
        else if (end >= 0 && reached >= reader.getWatermarkOffsets(topic, partition).highOffset) return;
        else if (Date.now() - heard > PATIENCE) {
          // A long transaction, or no broker: the latter throws here.
          await this.cluster.offsets(topic, true);
          heard = Date.now();
        } else await sleep(3);
        if (messages.length > 0) heard = Date.now();
      }
    } catch (error) {
      failure = error;
      throw named(what, error);
    } finally {
      reader.off('partition.eof', onEnd);
      if (failure === undefined && this.spare.length < SPARE && this.all.has(reader)) {
        reader.unassign();
        this.spare.push(reader);
      } else if (this.all.delete(reader)) await ended(reader);
    }
  }

  private async open(): Promise<ConfluentConsumer> {
    const reader = await this.cluster.consumer({ 'group.id': 'hedgerow-readers' });
    this.all.add(reader);
    return reader;
  }

  async close(): Promise<void> {
    const readers = [...this.all];
    this.all.clear();
    this.spare.length = 0;
    await Promise.all(readers.map(ended));
  }
}
