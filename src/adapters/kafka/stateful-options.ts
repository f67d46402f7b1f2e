import type { Duration } from '../../core/duration.js';
import type { KafkaSignal } from './host.js';
import type { StatefulOperator } from './operator.js';
import type { WarmUpReason } from './partition-state.js';
import type { KafkaMessage, KafkaPort } from './port.js';
import type { KafkaTopic } from './topic.js';

/** What a run has to say beside its outputs. */
export type StatefulNotice =
  | {
      readonly type: 'assigned';
      readonly partition: number;
      readonly keys: number;
      readonly nextOffset: number;
    }
  | { readonly type: 'revoked'; readonly partition: number }
  | { readonly type: 'lost'; readonly partition: number }
  | {
      readonly type: 'warm-up';
      readonly reason: WarmUpReason;
      readonly partition: number;
      readonly key: string;
    }
  | {
      readonly type: 'dead-letter';
      readonly partition: number;
      readonly offset: number;
      readonly reason: string;
    }
  | { readonly type: 'restart'; readonly reason: string; readonly message: string };

/** `exactly-once`: outputs, states and offsets in one transaction. `at-least-once`: a crash may repeat outputs, never lose one. */
export type StatefulMode = 'exactly-once' | 'at-least-once';

/** What runs, over what, and where its memory is. */
export interface StatefulOptions<Event, Output> {
  readonly port: KafkaPort;
  readonly input: KafkaTopic<Event>;
  readonly output: KafkaTopic<Output>;
  /** A compacted topic with as many partitions as the input. */
  readonly state: string;
  /** The workers' name; another group cannot go on from these states. */
  readonly group: string;
  readonly operator: StatefulOperator<Event, Output>;
  /** Which state an event belongs to; the input topic's own key where it is not said. What is no text is a dead letter. */
  readonly key?: (event: Event, message: KafkaMessage) => string;
  /** Ends the run: what is held is written first, if the broker is there; the next run does again what was not. */
  readonly signal: KafkaSignal;
  readonly mode: StatefulMode;
  /** Where messages go that mean nothing, with the reason in a header; `<input>-dead-letters` where it is not said. */
  readonly deadLetters?: string;
  /** Names this worker's transactions; no two workers of a group may share one. Made up where it is not said. */
  readonly worker?: string;
  /** How often dirty states are written: after a time, or earlier after so many events; at most 24 days. */
  readonly flush?: { readonly every?: Duration; readonly count?: number };
  readonly onNotice?: (notice: StatefulNotice) => void;
}

/** Where one partition stands. */
export interface PartitionStatus {
  readonly partition: number;
  readonly nextOffset: number;
  readonly flushedOffset: number;
  readonly endOffset: number;
  /** Messages of the partition that are not in the states yet. */
  readonly lag: number;
  readonly keys: number;
  readonly dirtyKeys: number;
  /** Bytes of state as last written. */
  readonly stateBytes: number;
}

/** Where a run stands. */
export interface StatefulStatus {
  readonly partitions: readonly PartitionStatus[];
  readonly lag: number;
  readonly keys: number;
  readonly stateBytes: number;
  readonly events: number;
  /** Events that the states had already. */
  readonly skipped: number;
  readonly deadLetters: number;
  readonly outputs: number;
  readonly flushes: number;
  readonly warmUps: number;
  readonly restarts: number;
}

/** A run under way. */
export interface StatefulRun {
  /** Settles when the run has ended: after its signal, or with what it cannot go on from. */
  readonly done: Promise<void>;
  status(): StatefulStatus;
}

/** What every part of a run adds to. */
export interface StatefulCounts {
  events: number;
  skipped: number;
  deadLetters: number;
  outputs: number;
  flushes: number;
  warmUps: number;
  restarts: number;
}
