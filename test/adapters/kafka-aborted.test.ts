import { describe, expect, it } from 'vitest';
import { type FetchedPartition, hideAborted } from '../../src/adapters/kafka/kafkajs-cluster.js';

/** A log: `a0` is a record of producer a, `a-` the end of its transaction, `.` one without a transaction. */
const fetched = (
  log: string,
  aborted: readonly (readonly [string, number])[],
  from = 0,
): FetchedPartition => ({
  messages: log
    .split(' ')
    .map((said, i) => ({
      offset: String(i),
      batchContext: { producerId: said[0]!, inTransaction: said !== '.' },
      isControlRecord: said.endsWith('-'),
    }))
    .slice(from),
  abortedTransactions: aborted.map(([producerId, first]) => ({ producerId, firstOffset: String(first) })),
});

const seen = (given: FetchedPartition): string => {
  hideAborted(given);
  return given.messages
    .filter(({ isControlRecord }) => !isControlRecord)
    .map(({ offset }) => offset)
    .join();
};

describe('hideAborted', () => {
  it('hides transactions that overlap, in whatever order the broker lists them', () => {
    const log = 'a0 b0 . b- a- a1 a-';
    expect(
      seen(
        fetched(log, [
          ['b', 1],
          ['a', 0],
        ]),
      ),
    ).toBe('2,5');
    expect(
      seen(
        fetched(log, [
          ['a', 0],
          ['b', 1],
        ]),
      ),
    ).toBe('2,5');
  });

  it('hides two that began before what was fetched, and shows what their producers commit later', () => {
    const aborted = [
      ['b', 1],
      ['a', 0],
    ] as const;
    expect(seen(fetched('a0 b0 a1 b1 b- a- b2 a2 b- a-', aborted, 2))).toBe('6,7');
  });

  it('leaves a log without aborted transactions as it is', () => {
    expect(seen(fetched('a0 . a-', []))).toBe('0,1');
  });
});
