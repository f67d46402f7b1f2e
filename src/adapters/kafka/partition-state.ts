import type { KeyedState, StatefulOperator } from './operator.js';
import { KafkaError, type KafkaMessage, type KafkaRecord } from './port.js';
import {
  decodeState,
  encodeState,
  fingerprint,
  readStateKey,
  type StateRecord,
  stateKey,
} from './state-record.js';

/** Why a state begins anew. */
export type WarmUpReason = 'configuration-changed' | 'version-changed' | 'unreadable';

/** One key's estimator, where it stands, and what of it the state topic knows. */
interface Entry<Event, Output> {
  state: KeyedState<Event, Output>;
  nextOffset: number;
  bytes: number;
}

/** What the states of a partition are made with. */
export interface PartitionWork<Event, Output> {
  readonly operator: StatefulOperator<Event, Output>;
  readonly stateTopic: string;
  /** How many partitions the input has. */
  readonly partitions: number;
  readonly group: string;
  /** Reads an event and its key; throws over a poison message. */
  read(message: KafkaMessage): { readonly event: Event; readonly key: string };
  /** The record of an output, given the input message it comes of and its place among that message's outputs. */
  write(output: Output, source: KafkaMessage, index: number): KafkaRecord;
  /** The record of a message that means nothing. */
  bury(message: KafkaMessage, reason: string): KafkaRecord;
  warmUp(reason: WarmUpReason, partition: number, key: string): void;
}

/** The record of a state, or nothing where it cannot be read. */
function readable(value: Uint8Array): StateRecord | undefined {
  try {
    return decodeState(value);
  } catch {
    return undefined;
  }
}

/** The states of one input partition: restored from the state topic, moved by messages, written back when dirty. */
export class PartitionState<Event, Output> {
  /** The next offset of the input that is not in the states. */
  nextOffset = 0;
  /** What the last flush had reached. */
  flushedOffset = 0;
  endOffset = 0;
  readonly events: { seen: number; skipped: number; dead: number } = { seen: 0, skipped: 0, dead: 0 };
  /** What is to be written with the next flush, but for the states themselves. */
  pending: KafkaRecord[] = [];
  private readonly entries = new Map<string, Entry<Event, Output>>();
  private readonly dirty = new Set<string>();
  private obsolete: string[] = [];
  /** What the state topic says last of each key, while it is read. */
  private readonly read = new Map<
    string,
    { readonly version: number; readonly key: string; readonly value: Uint8Array }
  >();
  private readonly configuration: string;

  constructor(
    readonly partition: number,
    private readonly work: PartitionWork<Event, Output>,
  ) {
    this.configuration = fingerprint(work.operator.configuration);
  }

  get keys(): number {
    return this.entries.size;
  }

  get dirtyKeys(): number {
    return this.dirty.size;
  }

  /** Bytes of state, as they were last written or read. */
  get bytes(): number {
    let sum = 0;
    for (const { bytes } of this.entries.values()) sum += bytes;
    return sum;
  }

  /** Takes one record of the state topic; the last of a key is the one that counts. */
  restore(message: KafkaMessage): void {
    const named = message.key === null ? undefined : readStateKey(message.key);
    if (!named || named.id !== this.work.operator.id) return;
    if (named.key === undefined) this.standAt(message.value);
    else if (message.value === null) this.read.delete(message.key!);
    else this.read.set(message.key!, { version: named.version, key: named.key, value: message.value });
  }

  /** Brings the states that were read to life, when all have been. */
  restored(): void {
    const { version: own } = this.work.operator;
    // Of two versions of a key the operator's own is the truth, whichever stands first.
    for (const { version, key, value } of this.read.values())
      if (version === own) this.revive(version, key, value);
    for (const [text, { version, key, value }] of this.read) {
      if (version === own) continue;
      if (!this.entries.has(key)) this.revive(version, key, value);
      this.obsolete.push(text);
    }
    this.read.clear();
  }

  /** Goes on from where the partition stood. */
  private standAt(value: Uint8Array | null): void {
    const record = value === null ? undefined : readable(value);
    this.checkWidth(record?.partitions);
    this.checkGroup(record?.group);
    this.nextOffset = Math.max(this.nextOffset, record?.nextOffset ?? 0);
  }

  /** Keys of an input of another width are in other partitions, where their states are not. */
  private checkWidth(made: number | undefined): void {
    const { partitions, stateTopic } = this.work;
    if (made === undefined || made === partitions) return;
    throw new KafkaError(
      'partition-count',
      `runStateful: the states in ${stateTopic} must be of an input with ${partitions} partitions, received those of ${made}: its keys are elsewhere now, so begin with another state topic and group`,
    );
  }

  /** To another group, whose messages these are not, they would look as if it had had them. */
  private checkGroup(made: string | undefined): void {
    const { group, operator, stateTopic } = this.work;
    if (made === undefined || made === group) return;
    throw new KafkaError(
      'refused',
      `runStateful: the states of ${operator.id} in ${stateTopic} must be of the group ${group}, received those of ${made}: another group takes a state topic or an operator id of its own`,
    );
  }

  private revive(version: number, key: string, value: Uint8Array): void {
    const { operator, warmUp } = this.work;
    const record = readable(value);
    let state: KeyedState<Event, Output> | undefined;
    let reason: WarmUpReason | undefined;
    if (version !== operator.version) reason = 'version-changed';
    else if (!record?.snapshot) reason = 'unreadable';
    else if (record.configuration !== this.configuration) reason = 'configuration-changed';
    else {
      try {
        state = operator.from(record.snapshot, key);
      } catch {
        reason = 'unreadable';
      }
    }
    if (reason) warmUp(reason, this.partition, key);
    this.entries.set(key, {
      state: state ?? operator.create(key),
      nextOffset: record?.nextOffset ?? 0,
      bytes: value.length,
    });
  }

  /** Moves the states by one message, unless they have it already. */
  push(message: KafkaMessage): void {
    const { work } = this;
    if (message.offset < this.nextOffset) {
      this.events.skipped++;
      return;
    }
    this.nextOffset = message.offset + 1;
    this.events.seen++;
    let outputs: readonly Output[];
    let entry: Entry<Event, Output> | undefined;
    try {
      const { event, key } = work.read(message);
      entry = this.entries.get(key);
      if (!entry) {
        entry = { state: work.operator.create(key), nextOffset: 0, bytes: 0 };
        this.entries.set(key, entry);
      }
      if (message.offset < entry.nextOffset) {
        this.events.skipped++;
        return;
      }
      outputs = entry.state.push(event);
      this.dirty.add(key);
      const records = outputs.map((output, i) => work.write(output, message, i));
      for (const record of records) this.pending.push(record);
      entry.nextOffset = message.offset + 1;
    } catch (error) {
      this.events.dead++;
      if (entry) entry.nextOffset = message.offset + 1;
      this.pending.push(work.bury(message, error instanceof Error ? error.message : String(error)));
    }
  }

  /** Whether there is anything that the broker does not know. */
  get moved(): boolean {
    return this.nextOffset > this.flushedOffset || this.pending.length > 0;
  }

  /** The records of the dirty states and of the position; they count as written from here on. */
  takeStates(): KafkaRecord[] {
    const { operator, stateTopic: topic } = this.work;
    const { partition, configuration } = this;
    const record = (key: string, value: Uint8Array | null): KafkaRecord => ({ topic, partition, key, value });
    const records: KafkaRecord[] = [];
    for (const key of this.dirty) {
      const entry = this.entries.get(key)!;
      const { nextOffset } = entry;
      const value = encodeState({ nextOffset, configuration, snapshot: entry.state.snapshot() });
      entry.bytes = value.length;
      records.push(record(stateKey(operator, key), value));
    }
    this.dirty.clear();
    for (const text of this.obsolete) records.push(record(text, null));
    this.obsolete = [];
    // Apart from the keys: what became a dead letter moved no state, and must not be buried twice.
    const { partitions, group } = this.work;
    const position = { nextOffset: this.nextOffset, configuration, snapshot: null, partitions, group };
    records.push(record(stateKey(operator), encodeState(position)));
    return records;
  }

  takePending(): KafkaRecord[] {
    const { pending } = this;
    this.pending = [];
    return pending;
  }
}
