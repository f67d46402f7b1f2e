import { type KafkaError, MemoryBroker, MemoryPort, runStateful } from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import { ClosingPort } from '../../src/adapters/kafka/closing-port.js';
import { checkNode, loadClient } from '../../src/adapters/kafka/load-client.js';
import { fits, legs, ratios } from './kafka-support.js';

const closed = 'hedgerow/kafka: the port was closed';
const topics = { legs: 2, fits: 2, states: 2, dead: 1 };
const ports = {
  MemoryPort: () => new MemoryPort(new MemoryBroker(topics)),
  'a driver': () => new ClosingPort(new MemoryPort(new MemoryBroker(topics))),
};

describe.each(Object.entries(ports))('a port that is closed, %s', (_, open) => {
  it('ends a run over it with one clear error, and without another try', async () => {
    const port = open();
    const run = runStateful({
      port,
      input: { ...legs, name: 'legs' },
      output: { ...fits, name: 'fits' },
      state: 'states',
      group: 'group',
      operator: ratios(20),
      mode: 'exactly-once',
      deadLetters: 'dead',
      signal: new AbortController().signal,
    });
    while (run.status().partitions.length < 2) await new Promise((done) => setTimeout(done, 5));
    await port.close();
    await expect(run.done).rejects.toThrow(closed);
    expect(run.status().restarts).toBe(0);
  });

  it('refuses whatever is asked of it later', async () => {
    const port = open();
    await port.close();
    await port.close();
    await expect(port.endOffsets('legs')).rejects.toThrow(closed);
    await expect(port.produce([{ topic: 'legs', partition: 0, key: null, value: null }])).rejects.toThrow(
      closed,
    );
    await expect(port.transaction({ id: 'x', records: [], claim: true })).rejects.toThrow(closed);
    await expect(port.commit({ group: 'group', positions: [] })).rejects.toThrow(closed);
    const reading = port.read({ topic: 'legs', partition: 0, to: 1 })[Symbol.asyncIterator]();
    await expect(reading.next()).rejects.toThrow(closed);
  });

  it('refuses a time that is none', async () => {
    const port = open();
    const record = { topic: 'legs', partition: 0, key: 'k', value: null, time: NaN };
    const said = 'the time of the record k of legs must be milliseconds, received NaN';
    await expect(port.produce([record])).rejects.toThrow(said);
    await expect(port.transaction({ id: 'x', records: [record] })).rejects.toThrow(said);
    expect(await port.endOffsets('legs')).toEqual([0, 0]);
  });
});

describe('loadClient', () => {
  it('tells a package that is missing from one that cannot be loaded', async () => {
    await expect(loadClient('no-such-client')).rejects.toThrow(
      'hedgerow/kafka: no-such-client is to be installed beside hedgerow, and is not',
    );
    const broken = `data:text/javascript,throw new Error('broken')`;
    await expect(loadClient(broken)).rejects.toThrow('cannot be loaded: broken');
  });

  it('names the Node that a client needs', () => {
    const check = (version?: string) => (): void => checkNode('the-client', [22, 22], version);
    for (const fine of ['22.22.0', '24.0.1', undefined]) expect(check(fine)).not.toThrow();
    for (const old of ['20.20.2', '22.21.9']) {
      expect(check(old)).toThrow(`hedgerow/kafka: the-client needs Node 22.22 or later, and this is ${old}`);
    }
    const thrown = ((): KafkaError | undefined => {
      try {
        check('20.0.0')();
        return undefined;
      } catch (error) {
        return error as KafkaError;
      }
    })();
    expect(thrown?.reason).toBe('refused');
  });
});
