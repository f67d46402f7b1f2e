import { RollingOls } from 'hedgerow';
import { estimatorOperator, jsonTopic, type KafkaTopic, type StatefulOperator } from 'hedgerow/kafka';

/** A price of both legs of a pair. */
export interface Legs {
  readonly pair: string;
  readonly y: number;
  readonly x: number;
}

export interface Fit {
  readonly pair: string;
  readonly y: number;
  readonly ratio: number;
}

export const legs: KafkaTopic<Legs> = jsonTopic('legs', {
  key: ({ pair }: Legs) => pair,
  check: (value) => {
    const { pair, y, x } = value as Legs;
    if (typeof pair !== 'string' || typeof y !== 'number' || typeof x !== 'number')
      throw new Error('no legs');
    return { pair, y, x };
  },
});

export const fits: KafkaTopic<Fit> = jsonTopic('fits', { key: ({ pair }: Fit) => pair });

/** The hedge ratio over a window, for each pair. */
export function ratios(window: number, id = 'ratio', version = 1): StatefulOperator<Legs, Fit> {
  return estimatorOperator({
    id,
    version,
    configuration: { window },
    create: () => new RollingOls({ window }),
    from: RollingOls.from,
    observe: ({ y, x }: Legs) => ({ y, x }),
    report: ({ ratio }, { pair, y }): Fit => ({ pair, y, ratio: Number.isNaN(ratio) ? 0 : ratio }),
  });
}

/** A small generator that is the same everywhere: Lehmer's, modulus 2^31 − 1. */
export function lehmer(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Legs of many pairs, in turn at random. */
export function someLegs(count: number, pairs: number, seed: number): Legs[] {
  const random = lehmer(seed);
  return Array.from({ length: count }, () => {
    const x = 50 + 50 * random();
    return { pair: `pair-${Math.floor(pairs * random())}`, y: 2 * x + random(), x };
  });
}

/** What one uninterrupted run gives, pair by pair. */
export function uninterrupted(
  events: readonly Legs[],
  operator: StatefulOperator<Legs, Fit>,
): Map<string, Fit[]> {
  const states = new Map<string, ReturnType<typeof operator.create>>();
  const outputs = new Map<string, Fit[]>();
  for (const event of events) {
    const state = states.get(event.pair) ?? operator.create(event.pair);
    states.set(event.pair, state);
    const list = outputs.get(event.pair) ?? [];
    list.push(...state.push(event));
    outputs.set(event.pair, list);
  }
  return outputs;
}

/** Values by pair, in order. */
export function byPair(values: readonly Fit[]): Map<string, Fit[]> {
  const lists = new Map<string, Fit[]>();
  for (const value of values) lists.set(value.pair, [...(lists.get(value.pair) ?? []), value]);
  return lists;
}
