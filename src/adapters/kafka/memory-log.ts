import type { KafkaMessage, KafkaPosition, KafkaRecord } from './port.js';

/** A transaction as the memory broker knows it: what it wrote shows or hides with its outcome. */
export interface MemoryTransaction {
  readonly id: string;
  readonly epoch: number;
  outcome: 'open' | 'committed' | 'aborted';
  group: string | undefined;
  positions: readonly KafkaPosition[];
}

interface Stored {
  readonly message: KafkaMessage;
  readonly transaction: MemoryTransaction | undefined;
}

/** One partition's log. */
export class MemoryLog {
  end = 0;
  private stored: Stored[] = [];

  append(record: KafkaRecord, time: number, transaction?: MemoryTransaction): void {
    const { topic, partition, key, value, headers = {} } = record;
    const message = { topic, partition, offset: this.end++, time: record.time ?? time, key, value, headers };
    this.stored.push({ message, transaction });
  }

  /** The first offset that a reader of committed records may not pass: that of the first open transaction. */
  get stableEnd(): number {
    const open = this.stored.find(({ transaction }) => transaction?.outcome === 'open');
    return open ? open.message.offset : this.end;
  }

  /** What is committed from an offset on, up to the stable end. */
  committed(from: number, to: number, most: number): KafkaMessage[] {
    const end = Math.min(to, this.stableEnd);
    const found: KafkaMessage[] = [];
    for (const { message, transaction } of this.stored.slice(this.place(from))) {
      if (message.offset >= end || found.length === most) break;
      if (transaction?.outcome !== 'aborted') found.push(message);
    }
    return found;
  }

  /** Forgets all but the last of each key, as compaction does; open transactions stay as they are. */
  compact(): void {
    const end = this.stableEnd;
    const last = new Map<string | null, number>();
    for (const { message, transaction } of this.stored) {
      if (message.offset < end && transaction?.outcome !== 'aborted') last.set(message.key, message.offset);
    }
    this.stored = this.stored.filter(
      ({ message }) => message.offset >= end || last.get(message.key) === message.offset,
    );
  }

  /** The place of the first record at or after an offset. */
  private place(offset: number): number {
    let [low, high] = [0, this.stored.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.stored[middle]!.message.offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
