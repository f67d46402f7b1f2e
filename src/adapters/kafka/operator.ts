import type { Estimator } from '../../core/estimator.js';
import type { Json, Snapshot } from '../../core/snapshot.js';

/** The state of one key and its step. A `push` that throws makes its event a dead letter and must leave the state alone. */
export interface KeyedState<Event, Output> {
  push(event: Event): readonly Output[];
  snapshot(): Snapshot;
}

/** What runs over the events of a group, a state a key: it sees no clock, no network and no other key. */
export interface StatefulOperator<Event, Output> {
  /** Names the states in the state topic: any text that a version and a key can follow, so not `a@1|b`. */
  readonly id: string;
  /** Of the layout of the state, from 0; a state of another version warms up again. */
  readonly version: number;
  /** What the state depends on, such as a window; a state made under another configuration warms up again. */
  readonly configuration: Json;
  create(key: string): KeyedState<Event, Output>;
  /** Goes on from a snapshot; throws where it cannot. */
  from(snapshot: Snapshot, key: string): KeyedState<Event, Output>;
}

/** How an estimator becomes an operator. */
export interface EstimatorOperatorOptions<Event, Observation, Reading, Output> {
  readonly id: string;
  readonly version?: number;
  readonly configuration: Json;
  create(): Estimator<Observation, Reading>;
  from(snapshot: Snapshot): Estimator<Observation, Reading>;
  /** What the estimator observes of an event. */
  observe(event: Event): Observation;
  /** What goes out for a reading; nothing where it is undefined. */
  report(reading: Reading, event: Event, key: string): Output | undefined;
}

/**
 * An estimator for each key as an operator.
 *
 * @example
 * ```ts
 * const scores = estimatorOperator({
 *   id: 'z-score',
 *   configuration: { window: 3 },
 *   create: () => new ZScore({ window: 3 }),
 *   from: ZScore.from,
 *   observe: ({ price }: { price: number }) => price,
 *   report: (score, { price }, symbol) => (Number.isNaN(score) ? undefined : { symbol, price, score }),
 * });
 * const state = scores.create('BTCUSDT');
 * [1, 2].flatMap((price) => state.push({ price })).length; // → 0
 * state.push({ price: 3 }); // → [{ symbol: 'BTCUSDT', price: 3, score: 1 }]
 * ```
 */
export function estimatorOperator<Event, Observation, Reading, Output>(
  options: EstimatorOperatorOptions<Event, Observation, Reading, Output>,
): StatefulOperator<Event, Output> {
  const { id, version = 1, configuration, create, from, observe, report } = options;
  const keyed = (estimator: Estimator<Observation, Reading>, key: string): KeyedState<Event, Output> => ({
    push: (event) => {
      const output = report(estimator.push(observe(event)), event, key);
      return output === undefined ? [] : [output];
    },
    snapshot: () => estimator.snapshot(),
  });
  return {
    id,
    version,
    configuration,
    create: (key) => keyed(create(), key),
    from: (snapshot, key) => keyed(from(snapshot), key),
  };
}
