import Benchmark from 'benchmark';
import { type Answer, answerOf, type Contest, distance, type Entrant } from './contest.js';

/** What one entrant did in one contest. */
export interface Outcome {
  readonly contest: string;
  readonly unit: string;
  readonly name: string;
  readonly note: string;
  /** Units a second: the median of the rounds. */
  readonly speed: number;
  /** Times that hedgerow is faster: the median of the rounds' own ratios. */
  readonly ratio: number;
  /** The distance from the right answer, on the measured data and after a bad tick (undefined where there is no such data). */
  readonly error: number;
  readonly hostileError: number | undefined;
  readonly tolerance: number;
}

export interface Effort {
  readonly rounds: number;
  /** Seconds an entrant is measured for in each round. */
  readonly seconds: number;
  /** Data are shorter by this factor. */
  readonly shrink: number;
}

/** Keeps results alive, so that no engine leaves out the work. */
const kept: { last?: unknown } = {};

/** Runs all entrants in turn, round after round, so that whatever else the machine does falls on all of them. */
export function hold<Input>(contest: Contest<Input>, { rounds, seconds, shrink }: Effort): Outcome[] {
  const size = Math.ceil(contest.size / shrink);
  const input = contest.input(size);
  const lanes = contest.entrants.map((entrant) => lane(contest, entrant, size, input, seconds));
  const times = lanes.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    lanes.forEach(({ run, size: length }, i) => {
      globalThis.gc?.(); // an entrant's rubbish is not the next one's to clear, and what it forgot warms up again
      warmUp(run, seconds / 4);
      times[i]!.push(secondsOf(run, seconds) / length);
    });
  }
  return lanes.map(({ entrant, error, hostileError }, i) => ({
    contest: contest.name,
    unit: contest.unit,
    name: entrant.name,
    note: entrant.note ?? '',
    speed: 1 / median(times[i]!),
    ratio: median(times[i]!.map((time, round) => time / times[0]![round]!)),
    error,
    hostileError,
    tolerance: contest.tolerance,
  }));
}

interface Lane<Input> {
  readonly entrant: Entrant<Input>;
  readonly size: number;
  readonly run: () => unknown;
  readonly error: number;
  readonly hostileError: number | undefined;
}

/** An entrant warmed up, on as much of the data as fits the time, and its answers judged. */
function lane<Input>(
  contest: Contest<Input>,
  entrant: Entrant<Input>,
  full: number,
  fullInput: Input,
  seconds: number,
): Lane<Input> {
  const least = Math.min(contest.least ?? Math.ceil(full / 50), full);
  let trial = least;
  let cost = once(entrant.prepare(contest.input(trial))) / trial;
  // A first run is cold: longer ones tell the cost of an entrant that is not slow.
  while (trial < full && cost * trial < seconds / 2) {
    trial = Math.min(4 * trial, full);
    cost = once(entrant.prepare(contest.input(trial))) / trial;
  }
  // A round takes several runs, so one that does not fit the time is brought well below it.
  const size = cost * full <= 4 * seconds ? full : Math.max(Math.floor(seconds / (2 * cost)), least);
  const input = size === full ? fullInput : contest.input(size);
  const error = judge(contest, entrant, input);
  const hostile = contest.hostile?.(Math.min(size, 20_000));
  const hostileError = hostile && judge(contest, entrant, hostile);
  const run = entrant.prepare(input);
  warmUp(run, seconds);
  return { entrant, size, run, error, hostileError };
}

function warmUp(run: () => unknown, seconds: number): void {
  for (const start = performance.now(); performance.now() - start < 1000 * seconds; ) kept.last = run();
}

function once(run: () => unknown): number {
  const start = performance.now();
  kept.last = run();
  return (performance.now() - start) / 1000;
}

/** hedgerow's answer against the truth, another's against hedgerow's. */
function judge<Input>(contest: Contest<Input>, entrant: Entrant<Input>, input: Input): number {
  const answer = (who: Entrant<Input>): Answer => answerOf(who, who.prepare(input)());
  const ours = contest.entrants[0]!;
  return entrant === ours ? contest.check(answer(ours), input) : distance(answer(entrant), answer(ours));
}

/** The median seconds of a run in one round. */
function secondsOf(run: () => unknown, seconds: number): number {
  const work = (): void => {
    kept.last = run();
  };
  const benchmark = new Benchmark(work, { maxTime: seconds, minSamples: 2 });
  benchmark.run();
  if (benchmark.error) throw benchmark.error;
  return median(benchmark.stats.sample);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
