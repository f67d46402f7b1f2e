// What must hold for every estimator and detector, as functions that throw: they run in the test suite and in a browser.
import type { Detector, Estimator, Snapshot } from 'hedgerow';

/** One exported class under the laws. Observations are made from two tapes of numbers; most use only the first. */
export interface Subject {
  /** The exported class. */
  readonly name: string;
  make(): Estimator<unknown, unknown> | Detector<unknown, unknown>;
  from(snapshot: Snapshot): Estimator<unknown, unknown> | Detector<unknown, unknown>;
  observations(y: readonly number[], x: readonly number[]): readonly unknown[];
  /** The whole-series form: a reading for every observation or, of a detector, all its events. */
  whole?(observations: readonly unknown[]): readonly unknown[];
  /** Observations after which an estimator has forgotten; Infinity where it never does. */
  readonly memory: number;
  /** Clean observations until it is ready; detectors have no such thing. */
  readonly warmUp?: number;
}

export interface Law {
  readonly name: string;
  check(subject: Subject): void;
}

/** A small seeded generator of uniform numbers in [0, 1): Park & Miller (1988). */
export function uniforms(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function tape(
  length: number,
  seed: number,
  next: (u: number, i: number, before: number) => number,
): number[] {
  const uniform = uniforms(seed);
  const out: number[] = [];
  for (let i = 0; i < length; i++) out.push(next(uniform(), i, out[i - 1] ?? 100));
  return out;
}

const walk = (length: number, seed: number): number[] =>
  tape(length, seed, (u, _, before) => before + u - 0.5);

/** Series that break rolling sums: halts, spikes, offsets, gaps, infinities, denormals. */
export const hostileTapes: Readonly<Record<string, (length: number, seed: number) => number[]>> = {
  walk,
  flat: (length) => tape(length, 1, () => 60000.3),
  halted: (length) =>
    [60000.12, 60000.45, 59999.87, 60000.02, ...tape(length, 1, () => 60000.3)].slice(0, length),
  offset: (length, seed) => tape(length, seed, (u) => 1e9 + u),
  spikes: (length, seed) => tape(length, seed, (u, i) => (i % 17 === 5 ? 1e12 : 100 + u)),
  missing: (length, seed) =>
    tape(length, seed, (u, i) => (i % 11 === 3 || (i > 20 && i < 30) ? NaN : 100 + u)),
  infinite: (length, seed) =>
    tape(length, seed, (u, i) => (i % 13 === 4 ? Infinity : i % 13 === 9 ? -Infinity : 100 + u)),
  denormal: (length, seed) => tape(length, seed, (u) => u * 1e-310),
  huge: (length, seed) => tape(length, seed, (u) => (u - 0.5) * 1e300),
  'zeros of both signs': (length, seed) =>
    tape(length, seed, (u) => (u < 0.4 ? -0 : u < 0.8 ? 0 : 5 * u - 4.5)),
  nothing: (length) => tape(length, 1, () => NaN),
};

/** Series whose sums and squares leave the range of a double: readings mean little there, but the laws hold. */
const wildTapes: typeof hostileTapes = {
  'wild above': (length, seed) => tape(length, seed, (u) => (u < 0.1 ? 1e308 : 100 + u)),
  'wild above and below': (length, seed) =>
    tape(length, seed, (u) => (u < 0.05 ? -1e308 : u < 0.1 ? 1e308 : 100 + u)),
};

/** Numbers, arrays and plain objects, equal to the last bit. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

/** As `same`, numbers within a relative 1e-9 of the larger, or of 1. */
function alike(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number' && !Object.is(a, b)) {
    return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1);
  }
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
  return Object.keys(a).every((key) =>
    alike((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function demand(holds: boolean, what: () => string): void {
  if (!holds) throw new Error(what());
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, x) => (typeof x === 'number' ? String(x) : x));
const isEstimator = (it: object): it is Estimator<unknown, unknown> => 'ready' in it;
const reparsed = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot)) as Snapshot;
const LENGTH = 90;

/** The subject's observations of every hostile tape. */
function* tapesOf(subject: Subject): Generator<[string, readonly unknown[]]> {
  for (const [name, make] of Object.entries({ ...hostileTapes, ...wildTapes })) {
    yield [name, subject.observations(make(LENGTH, 7), walk(LENGTH, 8))];
    yield [`${name} in the other leg`, subject.observations(walk(LENGTH, 9), make(LENGTH, 10))];
  }
}

export const laws: readonly Law[] = [
  {
    name: 'live readings equal the whole-series form bit for bit',
    check(subject) {
      if (!subject.whole) return;
      for (const [name, observations] of tapesOf(subject)) {
        const live = subject.make();
        const pushed = observations.map((observation) => live.push(observation));
        const readings = isEstimator(live) ? pushed : (pushed as unknown[][]).flat();
        const whole = subject.whole(observations);
        demand(
          whole.length === readings.length,
          () => `${name}: ${readings.length} live, ${whole.length} whole`,
        );
        readings.forEach((reading, i) => {
          demand(
            same(reading, whole[i]),
            () => `${name} [${i}]: live ${shown(reading)}, whole ${shown(whole[i])}`,
          );
        });
      }
    },
  },
  {
    name: 'a snapshot through JSON goes on bit for bit from any cut',
    check(subject) {
      for (const [name, observations] of tapesOf(subject)) {
        const live = subject.make();
        let resumed = subject.from(reparsed(live.snapshot()));
        observations.forEach((observation, i) => {
          const reading = live.push(observation);
          const again = resumed.push(observation);
          demand(
            same(reading, again),
            () => `${name}, cut before ${i}: ${shown(reading)} became ${shown(again)}`,
          );
          const snapshot = live.snapshot();
          demand(
            same(snapshot, reparsed(snapshot)),
            () => `${name}: the snapshot after ${i} is not plain JSON`,
          );
          // Every cut once, and the copy of a copy in between.
          resumed = subject.from(reparsed((i % 3 === 0 ? resumed : live).snapshot()));
          if (isEstimator(live) && isEstimator(resumed)) {
            const [before, after] = [live.value, resumed.value];
            demand(
              same(before, after),
              () => `${name}, cut after ${i}: value ${shown(before)} became ${shown(after)}`,
            );
            demand(live.ready === resumed.ready, () => `${name}, cut after ${i}: ready changed`);
          }
        });
      }
    },
  },
  {
    name: 'a snapshot of another kind or version is refused by name',
    check(subject) {
      const { state, version } = subject.make().snapshot();
      for (const wrong of [
        { kind: 'Somebody', version, state },
        { kind: subject.name, version: version + 1, state },
      ]) {
        let name = 'nothing';
        try {
          subject.from(wrong);
        } catch (error) {
          name = (error as Error).name;
        }
        demand(name === 'DataError', () => `a snapshot of ${wrong.kind} ${wrong.version} threw ${name}`);
      }
    },
  },
  {
    name: 'a snapshot with parts missing is refused in words of ours',
    check(subject) {
      const whole = subject.make().snapshot();
      for (const broken of [
        {},
        ...Object.keys(whole.state).map((part) => ({ ...whole.state, [part]: 'gone' })),
      ]) {
        try {
          subject.from({ ...whole, state: broken });
        } catch (error) {
          const { name, message } = error as Error;
          const ours = name === 'DataError' || name === 'OptionError';
          demand(ours, () => `${JSON.stringify(broken).slice(0, 80)} threw ${name}: ${message}`);
        }
      }
    },
  },
  {
    name: 'what has left the window leaves no trace',
    check(subject) {
      if (!Number.isFinite(subject.memory)) return;
      const [y, x] = [walk(LENGTH, 3), walk(LENGTH, 4)];
      for (const bad of [NaN, Infinity, -Infinity, 1e12]) {
        for (const at of [0, 7, 19, 20, 21, 29, 30, 31]) {
          const dirty = y.map((value, i) => (i === at ? bad : value));
          const [clean, other] = [subject.make(), subject.make()];
          const cleaned = subject.observations(y, x).map((observation) => clean.push(observation));
          const dirtied = subject.observations(dirty, x).map((observation) => other.push(observation));
          for (let i = at + subject.memory; i < LENGTH; i++) {
            demand(alike(cleaned[i], dirtied[i]), () => {
              return `${bad} at ${at} still shows at ${i}: ${shown(cleaned[i])} became ${shown(dirtied[i])}`;
            });
          }
        }
      }
    },
  },
  {
    name: 'is ready after its warm-up, not before, and for good',
    check(subject) {
      const live = subject.make();
      if (!isEstimator(live)) return;
      subject.observations(walk(LENGTH, 5), walk(LENGTH, 6)).forEach((observation, i) => {
        live.push(observation);
        demand(
          live.ready === i + 1 >= subject.warmUp!,
          () => `ready is ${live.ready} after ${i + 1} observations`,
        );
      });
      const missing = new Array<number>(LENGTH).fill(NaN);
      for (const observation of subject.observations(missing, missing)) {
        live.push(observation);
        demand(live.ready, () => 'ready turned back');
      }
    },
  },
  {
    name: 'value is what push returned last, and no value makes push throw',
    check(subject) {
      for (const [name, observations] of tapesOf(subject)) {
        const live = subject.make();
        for (const observation of observations) {
          const reading = live.push(observation);
          if (isEstimator(live)) demand(same(live.value, reading), () => `${name}: value is not the reading`);
        }
      }
    },
  },
];
