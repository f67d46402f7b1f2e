// Workers that are killed, stopped and joined at random moments: `drill.ts <JSON of DrillOptions>`. Prints a line of JSON.
import { readTopic, type StatefulMode, topicWriter } from 'hedgerow/kafka';
import { byPair, fits, legs, lehmer, ratios, someLegs, uninterrupted } from '../adapters/kafka-support.js';
import { type DriverName, openDriver } from './drivers.js';
import { createTopics } from './topics.js';
import { endWithStarter, endWorkers, startWorker, type Worker } from './workers.js';

export interface DrillOptions {
  readonly brokers: string;
  readonly driver: DriverName;
  readonly mode: StatefulMode;
  readonly rounds: number;
  readonly events: number;
  readonly seed: number;
  /** How long a member may be silent at this broker, in milliseconds. */
  readonly session: number;
}

export interface DrillResult {
  readonly mode: StatefulMode;
  readonly rounds: number;
  readonly events: number;
  readonly outputs: number;
  readonly missing: number;
  readonly repeated: number;
  /** Pairs whose outputs are not those of one uninterrupted run, in order and bit for bit (repetitions apart). */
  readonly wrongPairs: number;
  readonly killed: number;
  readonly zombies: number;
  readonly joined: number;
  /** Memberships that ended over something that passes, whatever it was, and those of them that were shut out. */
  readonly restarts: number;
  readonly fencedRestarts: number;
  /** State records written, and those that compaction left. */
  readonly stateEnd: number;
  readonly stateRecords: number;
  /** State records that were seen as they came, before compaction could take them. */
  readonly stateSeen: number;
  /** Of those, the ones with a smaller `nextOffset` than an earlier one of the same key. */
  readonly offsetsThatWentBack: number;
  /** From SIGKILL to the first output of the last of the victim's partitions, in milliseconds. */
  readonly resumeMedian: number;
  readonly resumeWorst: number;
  /** Partitions of a victim that had something to do and did nothing for 30 seconds. */
  readonly notResumed: number;
  readonly seconds: number;
  /** Workers that did not end when they were asked to. */
  readonly notEnded: number;
  readonly failures: readonly string[];
}

endWithStarter();
const options = JSON.parse(process.argv[2]!) as DrillOptions;
const { brokers, driver, mode, rounds, events: count, seed, session } = options;
const PARTITIONS = 8;
const WINDOW = 20;
const random = lehmer(seed);
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const prefix = `drill-${Date.now()}`;
const began = Date.now();

await createTopics(brokers, [
  { topic: `${prefix}-legs`, partitions: PARTITIONS },
  { topic: `${prefix}-fits`, partitions: PARTITIONS },
  { topic: `${prefix}-states`, partitions: PARTITIONS, compact: true },
  { topic: `${prefix}-dead`, partitions: 1 },
]);
const port = await openDriver(driver, brokers);
const input = { ...legs, name: `${prefix}-legs` };
const output = { ...fits, name: `${prefix}-fits` };
const writer = await topicWriter(port, input);
const events = someLegs(count, 64, seed);

const all: Worker[] = [];
const working: Worker[] = [];
const join = (): void => {
  const worker = startWorker({ brokers, driver, prefix, mode, window: WINDOW, every: 100 });
  all.push(worker);
  working.push(worker);
};
const owners = (): Worker[] => working.filter(({ flushed }) => Object.keys(flushed).length > 0);
const someone = (): Worker | undefined => owners()[Math.floor(random() * owners().length)];
const flushedOf = (partition: string): number =>
  Math.max(-1, ...working.map(({ flushed }) => flushed[partition] ?? -1));
for (let i = 0; i < 3; i++) join();

// Whoever follows the state topic sees the place of each key go forward only.
const states = `${prefix}-states`;
const places = { seen: 0, wentBack: 0, last: new Map<string, number>() };
let isFollowing = true;
const following = (async (): Promise<void> => {
  const reached = Array.from({ length: PARTITIONS }, () => 0);
  for (let more = true; more; await pause(200)) {
    more = isFollowing;
    for (const [partition, to] of (await port.endOffsets(states)).entries()) {
      for await (const messages of port.read({ topic: states, partition, from: reached[partition]!, to })) {
        for (const { key, value } of messages) {
          const { nextOffset } = JSON.parse(new TextDecoder().decode(value!)) as { nextOffset: number };
          const name = `${partition}/${key}`;
          if (nextOffset < (places.last.get(name) ?? 0)) places.wentBack++;
          places.last.set(name, nextOffset);
          places.seen++;
        }
      }
      reached[partition] = to;
    }
  }
})();

let isWriting = true;
let round = 0;
const writing = (async (): Promise<void> => {
  const size = Math.max(1, Math.round(count / rounds / 50));
  for (let at = 0; at < events.length; at += size) {
    await writer.write(events.slice(at, at + size));
    while (isWriting && at + size >= ((round + 1) * count) / rounds) await pause(20);
    await pause(20 + 40 * random());
  }
})();

const resumes: number[] = [];
let notResumed = 0;
const tally = { killed: 0, zombies: 0, joined: 0 };
for (; round < rounds; round++) {
  while (owners().length < 2) await pause(20);
  await pause(300 * random());
  const zombie = someone();
  if (zombie) {
    zombie.process.kill('SIGSTOP');
    tally.zombies++;
  }
  await pause(500 * random());
  const another = (): Worker | undefined => owners().find((one) => one !== zombie);
  for (let tries = 0; !another() && tries < 1500; tries++) await pause(20);
  const victim = another();
  if (victim) {
    const held = Object.entries(victim.flushed);
    victim.process.kill('SIGKILL');
    const killed = Date.now();
    working.splice(working.indexOf(victim), 1);
    tally.killed++;
    await pause(200 * random());
    join();
    tally.joined++;
    // Beyond the session of the one that is stopped, so that its partitions are another's when it goes on.
    await pause(session + 300 + 700 * random());
    zombie?.process.kill('SIGCONT');
    const end = Date.now() + 30_000;
    const waiting = async (): Promise<number> => {
      const idle = held.filter(([partition, offset]) => flushedOf(partition) <= offset);
      if (idle.length === 0) return 0;
      // With nothing left to write there is nothing to resume.
      const written = await port.endOffsets(input.name);
      return idle.filter(([partition]) => flushedOf(partition) < written[Number(partition)]!).length;
    };
    let left = await waiting();
    for (; left > 0 && Date.now() < end; left = await waiting()) await pause(10);
    notResumed += left;
    const firsts = held.flatMap(([partition, offset]) => {
      const times = working.flatMap(({ said }) =>
        said
          .filter((one) => one.at > killed && (one.flushed?.[partition] ?? -1) > offset)
          .map(({ at }) => at),
      );
      return times.length > 0 ? [Math.min(...times) - killed] : [];
    });
    if (firsts.length > 0) resumes.push(Math.max(...firsts));
  } else {
    await pause(session + 500);
    zombie?.process.kill('SIGCONT');
  }
}
isWriting = false;
await writing;

const ends = await port.endOffsets(input.name);
const deadline = Date.now() + 60_000;
while (ends.some((end, partition) => flushedOf(String(partition)) < end)) {
  if (Date.now() > deadline) break;
  await pause(50);
}
const notEnded = await endWorkers(working);
for (const { process: child } of all) if (child.exitCode === null) child.kill('SIGKILL');

isFollowing = false;
await following;
const written = await readTopic(port, output);
const sources = new Set<string>();
const once = written.filter(({ message: { headers } }) => {
  const source = headers['hedgerow-source']!;
  return !sources.has(source) && sources.add(source);
});
const given = byPair(once.map(({ value }) => value));
const expected = uninterrupted(events, ratios(WINDOW));
let wrongPairs = 0;
for (const [pair, list] of expected) {
  if (JSON.stringify(given.get(pair)) !== JSON.stringify(list)) wrongPairs++;
}
let stateRecords = 0;
const stateEnds = await port.endOffsets(states);
for (const [partition, to] of stateEnds.entries()) {
  for await (const messages of port.read({ topic: states, partition, to })) stateRecords += messages.length;
}
await port.close();
resumes.sort((a, b) => a - b);
const saidAll = all.flatMap(({ said }) => said);
const result: DrillResult = {
  mode,
  rounds,
  events: count,
  outputs: written.length,
  missing: count - once.length,
  repeated: written.length - once.length,
  wrongPairs,
  ...tally,
  restarts: saidAll.filter(({ type }) => type === 'restart').length,
  fencedRestarts: saidAll.filter(({ type, reason }) => type === 'restart' && reason === 'fenced').length,
  stateEnd: stateEnds.reduce((sum, end) => sum + end, 0),
  stateRecords,
  stateSeen: places.seen,
  offsetsThatWentBack: places.wentBack,
  resumeMedian: resumes[resumes.length >> 1] ?? 0,
  resumeWorst: resumes.at(-1) ?? 0,
  notResumed,
  notEnded,
  seconds: (Date.now() - began) / 1000,
  failures: saidAll.filter(({ type }) => type === 'failed').map(({ message }) => message ?? ''),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
