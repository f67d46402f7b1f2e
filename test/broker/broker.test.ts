import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrillResult } from './drill.js';
import { type DriverName, drivers } from './driver-names.js';
import { type Kafka, startKafka } from './kafka.js';
import { runScript } from './workers.js';

let kafka: Kafka;
beforeAll(async () => {
  kafka = await startKafka();
});
afterAll(() => kafka?.end());

const scenario = <Result>(name: string, driver: DriverName): Promise<Result> =>
  runScript('scenarios.ts', [name, kafka.brokers, driver]);

for (const driver of drivers) {
  describe(driver, () => {
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

describe('a broker that stops and starts under load', () => {
  // Only a broker of our own can be stopped.
  const isOurs = !process.env['KAFKA_BROKERS'];
  const stopped = async (driver: DriverName): Promise<Record<string, unknown>> => {
    const underLoad = scenario<Record<string, unknown>>('underLoad', driver);
    await new Promise((done) => setTimeout(done, 10_000));
    await kafka.stop();
    await new Promise((done) => setTimeout(done, 3000));
    await kafka.start();
    const result = await underLoad;
    console.table({ driver, ...result });
    expect(result['restarts']).toBeGreaterThan(0);
    return result;
  };

  it.runIf(isOurs)(
    'is waited for, and nothing is lost or repeated, of the input as of the outputs',
    async () => {
      expect(await stopped('@platformatic/kafka')).toMatchObject({
        events: 4000,
        wrongInputs: 0,
        wrongPairs: 0,
        repeated: 0,
        failures: [],
      });
    },
  );

  it.runIf(isOurs)('is waited for by kafkajs, which repeats none of the input while it tries', async () => {
    const result = await stopped('kafkajs');
    expect(result).toMatchObject({ wrongPairs: 0, failures: [] });
    // Where it gave up and was asked again by the scenario, there may be more.
    if (result['refused'] === 0) expect(result).toMatchObject({ events: 4000, wrongInputs: 0 });
    expect(result['events']).toBeGreaterThanOrEqual(4000);
  });
});

const rounds = Number(process.env['HEDGEROW_DRILL_ROUNDS'] ?? 4);
const events = Number(process.env['HEDGEROW_DRILL_EVENTS'] ?? rounds * 2000);

describe('workers that are killed, stopped beyond their session and joined', () => {
  const drill = async (mode: string, driver: DriverName = '@platformatic/kafka'): Promise<DrillResult> => {
    const result = await runScript<DrillResult>('drill.ts', {
      brokers: kafka.brokers,
      driver,
      mode,
      rounds,
      events,
      seed: 20261121,
      session: 3000,
    });
    console.table({ driver, ...result });
    return result;
  };
  const time = 60_000 + rounds * 40_000;

  it('give every output exactly once, bit for bit that of one uninterrupted run', {
    timeout: time,
  }, async () => {
    expect(await drill('exactly-once')).toMatchObject({
      outputs: events,
      missing: 0,
      repeated: 0,
      wrongPairs: 0,
      killed: rounds,
      offsetsThatWentBack: 0,
      failures: [],
    });
  });

  for (const driver of drivers) {
    it(`lose nothing at least once by ${driver}, and count what is repeated`, { timeout: time }, async () => {
      expect(await drill('at-least-once', driver)).toMatchObject({
        missing: 0,
        wrongPairs: 0,
        killed: rounds,
        offsetsThatWentBack: 0,
        failures: [],
      });
    });
  }
});
