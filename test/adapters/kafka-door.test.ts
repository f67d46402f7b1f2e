import { jsonTopic } from 'hedgerow/kafka';
import { describe, expect, it } from 'vitest';
import {
  type MeansOptions,
  meanOf,
  meansBroker,
  meansIn,
  put,
  runThrough,
  startMeans,
} from './kafka-means.js';

const refused = (options: object): string => {
  try {
    startMeans(meansBroker(), options as MeansOptions);
    return 'nothing thrown';
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
};

describe('the door of runStateful', () => {
  it('refuses an operator whose states could not be found again', () => {
    const operator = (id: unknown, version: unknown) => ({
      operator: { ...meanOf(2), id, version },
    });
    const twice =
      "runStateful: operator.id must be text that stays apart from version and key, received 'a@1|b'";
    expect(refused(operator('a@1|b', 1))).toBe(`OptionError: ${twice}`);
    expect(refused(operator('', 1))).toMatch("operator.id must be text, received ''");
    expect(refused(operator(undefined, 1))).toMatch('operator.id must be text, received undefined');
    expect(refused(operator('a\udc00', 1))).toMatch('operator.id must be text, received');
    for (const version of [1.5, -1, NaN, 1e21, '1', undefined]) {
      expect(refused(operator('a', version))).toMatch(
        'operator.version must be a non-negative integer, received',
      );
    }
  });

  it('takes every other id and version, and finds the states again', async () => {
    for (const [id, version] of [
      ['a|b', 1],
      ['a@2', 1],
      ['a@1', 0],
      ['@', 9007199254740991],
      ['a\nb', 3],
    ] as const) {
      const broker = meansBroker();
      await put(broker, { symbol: 'A', price: 1 }, { symbol: 'A', price: 3 });
      await runThrough(broker, { operator: meanOf(2, id, version) });
      await put(broker, { symbol: 'A', price: 5 });
      await runThrough(broker, { operator: meanOf(2, id, version) });
      expect((await meansIn(broker)).slice(1), id).toEqual([2, 4]);
    }
  });

  it('refuses what is not there, or is something else', () => {
    const { key, encode } = jsonTopic<object>('t', { key: String });
    const rows: readonly (readonly [object, string])[] = [
      [{ signal: undefined }, 'signal must be that of an AbortController, received undefined'],
      [{ signal: new AbortController() }, 'signal must be that of an AbortController, received an object'],
      [{ port: undefined }, 'port must be a KafkaPort, received undefined'],
      [{ input: undefined }, 'input must be a topic with name, key, encode and decode, received undefined'],
      [{ output: 'means' }, "output must be a topic with name, key, encode and decode, received 'means'"],
      [{ output: { name: 't', key, encode } }, 'output must be a topic with name, key, encode and decode'],
      [{ operator: undefined }, 'operator must have create and from, received undefined'],
      [{ group: '' }, "group must be text, received ''"],
      [{ group: undefined }, 'group must be text, received undefined'],
      [{ state: undefined }, 'state must be text, received undefined'],
      [{ worker: '' }, "worker must be text, received ''"],
      [{ deadLetters: 5 }, 'deadLetters must be text, received 5'],
      [{ key: 5 }, 'key must be a function, received 5'],
      [{ onNotice: 'x' }, "onNotice must be a function, received 'x'"],
      [{ flush: 5 }, 'runStateful: options must be an object, received 5'],
    ];
    for (const [options, said] of rows)
      expect(refused(options)).toContain(
        `OptionError: runStateful: ${said}`.replace('runStateful: runStateful', 'runStateful'),
      );
  });

  it('refuses a clock that no host has', () => {
    expect(refused({ flush: { every: '30d' } })).toBe(
      'OptionError: runStateful: flush.every must be at most 2147483647 milliseconds, received 2592000000',
    );
    expect(refused({ flush: { every: '24d' } })).toBe('nothing thrown');
  });
});
