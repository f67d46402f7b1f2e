import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installConfluent } from './confluent.js';
import type { DrillResult } from './drill.js';
import { type DriverName, drivers } from './driver-names.js';
import { type Kafka, startKafka } from './kafka.js';
import { runScript } from './workers.js';

// Where the one client that has to be built cannot be, the others are tried all the same; CI has what it needs.
const missing = await installConfluent();
if (missing !== undefined) console.warn(missing);
const isHere = (driver: DriverName): boolean =>
  missing === undefined || driver !== '@confluentinc/kafka-javascript';
const exact: readonly DriverName[] = drivers.filter((driver) => driver !== 'kafkajs');

let kafka: Kafka;
beforeAll(async () => {
  kafka = await startKafka();
});
afterAll(() => kafka?.end());

const scenario = <Result>(name: string, driver: DriverName, underWay?: () => void): Promise<Result> =>
  runScript('scenarios.ts', driver, [name, kafka.brokers, driver], underWay && { underWay });

for (const driver of drivers) {
  describe.runIf(isHere(driver))(driver, () => {
    it('gives back what was written as it was', async () => {
      expect(await scenario('roundTrip', driver)).toEqual([0, 2, 2, 0]);
    });

    it('shows a transaction whole or not at all, and shuts out whoever had its id before', async () => {
      expect(await scenario('transactions', driver)).toEqual({
        seen: ['first', 'second', 'third', 'fourth'],
        fenced: 'fenced',
        failed: 'too-large',
      });
    });

    it('reads a compacted topic to its end, whole batches of which are gone', async () => {
      const expected = { second: 10, third: 19, last: 1, isCompacted: true };
      expect(await scenario('compacted', driver)).toEqual(expected);
    });

    it('goes on after a stop with the states it had, and buries each poison message once', async () => {
      const { modes, ...result } = await scenario<Record<string, number>>('restart', driver);
      expect(result).toEqual({ outputs: 2000, buried: modes, dead: modes });
    });

    it('keeps to what a port promises of times, aborted transactions, ranges, ends and closing', async () => {
      expect(await scenario('contract', driver)).toEqual({
        days: 'as written',
        transaction: 'as written',
        appendTime: 'the broker’s',
        order: '0,1,2,3,4',
        read: 'kept-0,kept-1,kept-2',
        consumed: 'kept-0,kept-1,kept-2',
        open: 2,
        behind: 'behind,behind',
        noPartition: ['refused', 'refused', 'refused', 'refused'],
        noTime: 'refused',
        fromBelow: [20, 20],
        fromBeyond: [0, 0, 0],
        closedUnder: 'refused: hedgerow/kafka: the port was closed',
        closed: 'refused: hedgerow/kafka: the port was closed',
      });
    });

    it('says what is missing, too narrow, too large or not there', async () => {
      const said = await scenario<Record<string, string>>('errors', driver);
      expect(said['missing']).toMatch(/^missing-topic: .*the-nothing/);
      expect(said['partitions']).toBe(
        'partition-count: runStateful: the state topic the-states must have as many partitions as the-legs, 4, received 3',
      );
      expect(said['unreachable']).toMatch(/^unreachable: /);
      expect(said['tooLarge']).toMatch(/^too-large: /);
    });
  });
}

describe.each(exact.filter(isHere))('a member stopped beyond its session, %s', (driver) => {
  it('finds its transaction refused when it goes on, and its partitions lost', async () => {
    expect(await scenario('zombie', driver)).toEqual({
      before: 'nothing thrown',
      after: 'fenced',
      seen: ['before'],
      lost: [0, 1],
    });
  });
});

describe.each(exact.filter(isHere))('a member whose last write fails, %s', (driver) => {
  it('leaves the group at once, and its process can end', async () => {
    expect(await scenario('badLeavers', driver)).toEqual({ rounds: 10, isQuick: true });
  });
});

describe.each(drivers.filter(isHere))('a broker that stops and starts under load, %s', (driver) => {
  // Only a broker of our own can be stopped.
  const isOurs = !process.env['KAFKA_BROKERS'];

  it.runIf(isOurs)(
    'is waited for, and nothing is lost or repeated, of the input as of the outputs',
    async () => {
      let begin = (): void => {};
      const begun = new Promise<void>((done) => {
        begin = done;
      });
      const underLoad = scenario<Record<string, unknown>>('underLoad', driver, begin);
      await Promise.race([begun, underLoad]);
      await new Promise((done) => setTimeout(done, 5000));
      await kafka.stop();
      await new Promise((done) => setTimeout(done, 3000));
      await kafka.start();
      const { refused, restarts, repeated, ...result } = await underLoad;
      console.table({ driver, refused, restarts, repeated, ...result });
      expect(result).toMatchObject({ wrongPairs: 0, failures: [], notEnded: 0 });
      if (driver !== 'kafkajs') expect(repeated).toBe(0);
      // librdkafka holds what is to be done until the broker is back.
      if (driver !== '@confluentinc/kafka-javascript') expect(restarts).toBeGreaterThan(0);
      // Where kafkajs gave up and was asked again by the scenario, there may be more.
      if (driver === 'kafkajs' && refused !== 0) expect(result['events']).toBeGreaterThanOrEqual(4000);
      else expect(result).toMatchObject({ events: 4000, wrongInputs: 0 });
    },
  );
});

const rounds = Number(process.env['HEDGEROW_DRILL_ROUNDS'] ?? 3);
const events = Number(process.env['HEDGEROW_DRILL_EVENTS'] ?? rounds * 2000);

describe.each(drivers.filter(isHere))(
  'workers killed, stopped beyond their session and joined, %s',
  (driver) => {
    const time = 60_000 + rounds * 40_000;
    const drill = async (mode: string): Promise<DrillResult> => {
      const result = await runScript<DrillResult>(
        'drill.ts',
        driver,
        {
          brokers: kafka.brokers,
          driver,
          mode,
          rounds,
          events,
          seed: 20261121,
          session: 3000,
        },
        { seconds: time / 1000 - 10 },
      );
      console.table({ driver, ...result });
      // What was to happen has happened: members that were stopped, and states that compaction took.
      expect(result.zombies).toBeGreaterThan(0);
      expect(result.stateRecords).toBeLessThan(result.stateEnd);
      return result;
    };
    it.runIf(exact.includes(driver))(
      'give every output exactly once, bit for bit that of one uninterrupted run',
      { timeout: time },
      async () => {
        expect(await drill('exactly-once')).toMatchObject({
          outputs: events,
          missing: 0,
          repeated: 0,
          wrongPairs: 0,
          killed: rounds,
          offsetsThatWentBack: 0,
          notResumed: 0,
          notEnded: 0,
          failures: [],
        });
      },
    );

    it('lose nothing at least once, and count what is repeated', { timeout: time }, async () => {
      expect(await drill('at-least-once')).toMatchObject({
        missing: 0,
        wrongPairs: 0,
        killed: rounds,
        offsetsThatWentBack: 0,
        notResumed: 0,
        notEnded: 0,
        failures: [],
      });
    });
  },
);
