import fc from 'fast-check';
import { merge, Queue, replay, type Source, systemClock } from 'hedgerow/queue';
import { describe, expect, it, vi } from 'vitest';
import { settle, VirtualClock } from '../support/virtual-clock.js';

/** Everything a source has to give. */
async function all<Item>(source: Source<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

async function* later<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  for (const item of items) {
    await settle();
    yield item;
  }
}

/** A feed without end, and whether it was opened and left. */
function endless() {
  const told = { opened: 0, left: 0 };
  let time = 0;
  const feed: AsyncIterable<{ time: number }> = {
    [Symbol.asyncIterator]() {
      told.opened++;
      return {
        next: () => Promise.resolve({ done: false, value: { time: ++time } }),
        return: () => {
          told.left++;
          return Promise.resolve({ done: true, value: undefined });
        },
      };
    },
  };
  return { told, feed };
}

describe('Queue', () => {
  it('hands over in order, before and after the reader asks', async () => {
    const queue = new Queue<number>({ capacity: 10 });
    queue.push(1);
    const first = queue.next();
    const second = queue.next();
    queue.push(2);
    expect(await first).toEqual({ done: false, value: 1 });
    expect(await second).toEqual({ done: false, value: 2 });
    queue.push(3);
    queue.end();
    expect(queue.push(4)).toBe(false);
    expect(await all(queue)).toEqual([3]);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('refuses what it has no room for, and says when half of it is free again', async () => {
    let room = 0;
    const queue = new Queue<number>({ capacity: 4, onRoom: () => room++ });
    expect([1, 2, 3, 4, 5].map((item) => queue.push(item))).toEqual([true, true, true, true, false]);
    expect([queue.size, queue.room, queue.refused]).toEqual([4, 0, 1]);
    await queue.next();
    expect(room).toBe(0);
    await queue.next();
    expect(room).toBe(1);
    await queue.next();
    expect(room).toBe(1);
    expect(queue.push(6)).toBe(true);
    queue.end();
    expect(await all(queue)).toEqual([4, 6]);
  });

  it('takes what is urgent over its room', () => {
    const queue = new Queue<number>({ capacity: 1 });
    queue.push(1);
    expect([queue.push(2), queue.push(3, true), queue.size, queue.room]).toEqual([false, true, 2, 0]);
  });

  it('counts what is urgent where it keeps the latest of each key', () => {
    const queue = new Queue<string>({ capacity: 2, whenFull: 'latest', keyOf: (item) => item[0]! });
    expect([queue.push('u1', true), queue.push('a1'), queue.push('b1')]).toEqual([true, true, false]);
    expect([queue.push('a2'), queue.size, queue.room, queue.refused]).toEqual([true, 2, 0, 1]);
  });

  it('drops the oldest, or keeps the latest of each key in the place of the first', async () => {
    const oldest = new Queue<number>({ capacity: 2, whenFull: 'drop-oldest' });
    for (const item of [1, 2, 3, 4]) oldest.push(item);
    oldest.end();
    expect(await all(oldest)).toEqual([3, 4]);
    expect(oldest.dropped).toBe(2);
    const latest = new Queue<string>({ capacity: 2, whenFull: 'latest', keyOf: (item) => item[0]! });
    expect(['a1', 'b1', 'a2', 'c1', 'b2'].map((item) => latest.push(item))).toEqual([
      ...[true, true, true, false, true],
    ]);
    latest.end();
    expect(await all(latest)).toEqual(['a2', 'b2']);
    expect([latest.dropped, latest.refused]).toEqual([2, 1]);
  });

  it('gives what waits before it fails, once', async () => {
    const queue = new Queue<number>({ capacity: 2 });
    queue.push(1);
    queue.fail(new Error('cut'));
    expect(await queue.next()).toEqual({ done: false, value: 1 });
    await expect(queue.next()).rejects.toThrow('cut');
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('tells that the reader left, by break and by throw alike, and lets go of what waited', async () => {
    for (const leave of ['break', 'throw']) {
      let left = 0;
      const queue = new Queue<number>({ capacity: 9, onLeave: () => left++ });
      for (const item of [1, 2, 3]) queue.push(item);
      const reading = (async () => {
        for await (const item of queue) {
          if (leave === 'throw') throw new Error(`over ${item}`);
          break;
        }
      })();
      if (leave === 'throw') await expect(reading).rejects.toThrow('over 1');
      else await reading;
      expect([left, queue.size, queue.push(4)]).toEqual([1, 0, false]);
    }
  });

  it('keeps order and count whatever the interleaving of pushes and reads', async () => {
    const steps = fc.array(fc.constantFrom('push', 'read'), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (order, capacity) => {
        const queue = new Queue<number>({ capacity });
        const taken: number[] = [];
        const reads: Promise<IteratorResult<number, undefined>>[] = [];
        order.forEach((step, i) => {
          if (step === 'read') reads.push(queue.next());
          else if (queue.push(i)) taken.push(i);
        });
        expect(queue.size).toBeLessThanOrEqual(capacity);
        queue.end();
        const read = (await Promise.all(reads)).flatMap((result) => (result.done ? [] : [result.value]));
        expect([...read, ...(await all(queue))]).toEqual(taken);
      }),
    );
  });

  it('refuses options that mean nothing', () => {
    expect(() => new Queue({ capacity: 0 })).toThrow(
      'Queue: capacity must be a positive integer, received 0',
    );
    expect(() => new Queue({ capacity: 1, whenFull: 'latest' })).toThrow(
      "keyOf belongs to whenFull 'latest'",
    );
    expect(() => new Queue({ capacity: 1, whenful: 'refuse' } as never)).toThrow('did you mean whenFull');
  });
});

describe('merge', () => {
  const timed = (times: readonly number[], from: string) => times.map((time) => ({ time, from }));

  it('is by time, and by the order of the feeds at one time', async () => {
    const merged = await all(merge([timed([1, 4, 4], 'a'), later(timed([1, 2, 4, 9], 'b'))]));
    expect(merged.map(({ time, from }) => `${from}${time}`)).toEqual([
      'a1',
      'b1',
      'b2',
      'a4',
      'a4',
      'b4',
      'b9',
    ]);
  });

  it('is a stable sort of what goes in', async () => {
    const feeds = fc.array(fc.array(fc.integer({ min: 0, max: 9 })), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(feeds, async (times) => {
        const inputs = times.map((one, i) =>
          timed(
            [...one].sort((a, b) => a - b),
            String(i),
          ),
        );
        const sources = inputs.map((input, i) => (i % 2 === 0 ? input : later(input)));
        const expected = inputs.flat().sort((a, b) => a.time - b.time || Number(a.from) - Number(b.from));
        expect(await all(merge(sources))).toEqual(expected);
      }),
    );
  });

  it('waits for a silent feed as long as it is told', async () => {
    const clock = new VirtualClock(0);
    const [fast, slow] = [
      new Queue<{ time: number }>({ capacity: 9 }),
      new Queue<{ time: number }>({ capacity: 9 }),
    ];
    const seen: [number, number][] = [];
    const reading = (async () => {
      for await (const { time } of merge([fast, slow], { wait: '2s', clock })) seen.push([time, clock.now()]);
    })();
    fast.push({ time: 10 });
    await clock.pass(1000);
    expect(seen).toEqual([]);
    slow.push({ time: 5 });
    await clock.pass(1500);
    expect(seen).toEqual([
      [5, 1000],
      [10, 2000],
    ]);
    fast.end();
    slow.end();
    await reading;
  });

  it('leaves every feed when the reader leaves, and when one of them fails', async () => {
    const [a, b] = [
      new Queue<{ time: number }>({ capacity: 9 }),
      new Queue<{ time: number }>({ capacity: 9 }),
    ];
    a.push({ time: 1 });
    b.push({ time: 2 });
    for await (const _ of merge([a, b])) break;
    expect([a.push({ time: 3 }), b.push({ time: 3 })]).toEqual([false, false]);
    const [c, d] = [
      new Queue<{ time: number }>({ capacity: 9 }),
      new Queue<{ time: number }>({ capacity: 9 }),
    ];
    c.fail(new Error('cut'));
    await expect(all(merge([c, d]))).rejects.toThrow('cut');
    expect(d.push({ time: 1 })).toBe(false);
  });

  it('leaves the others when one throws at once, or as it is left', async () => {
    const first = endless();
    function* broken() {
      yield { time: 0 };
      throw new Error('bad row');
    }
    await expect(all(merge([broken(), first.feed]))).rejects.toThrow('bad row');
    expect(first.told.left).toBe(1);
    const second = endless();
    const rude: AsyncIterable<{ time: number }> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: { time: 0 } }),
        return: () => Promise.reject(new Error('not now')),
      }),
    };
    const reading = (async () => {
      for await (const _ of merge([rude, second.feed])) break;
    })();
    await expect(reading).rejects.toThrow('not now');
    expect(second.told.left).toBe(1);
  });

  it('is left at once though a feed never answers', async () => {
    const other = endless();
    async function* stuck() {
      yield { time: 0 };
      await new Promise(() => {});
    }
    const clock = new VirtualClock(0);
    const merged = merge([stuck(), other.feed], { wait: '1s', clock });
    let left = false;
    void (async () => {
      let count = 0;
      for await (const _ of merged) if (++count === 3) break;
      left = true;
    })();
    await clock.pass(10_000);
    expect([left, other.told.left, clock.pending]).toEqual([true, 1, 0]);
  });

  it('answers those who wait when it is left, and those who ask together in their order', async () => {
    const clock = new VirtualClock(0);
    const tape = [{ time: 0 }, { time: 10 }, { time: 20 }];
    const merged = merge([replay(tape, { speed: 1, clock })]);
    const asked = [merged.next(), merged.next(), merged.next(), merged.next()];
    await clock.pass(100);
    const answers = await Promise.all(asked);
    expect(answers.map(({ value }) => value?.time)).toEqual([0, 10, 20, undefined]);
    const quiet = merge([new Queue<{ time: number }>({ capacity: 1 })]);
    const waiting = [quiet.next(), quiet.next()];
    await quiet.return?.();
    expect((await Promise.all(waiting)).map(({ done }) => done)).toEqual([true, true]);
  });

  it('leaves no alarm behind in the replays it is made of', async () => {
    const clock = new VirtualClock(0);
    const tapes = [
      [{ time: 0 }, { time: 1 }, { time: 3.6e6 }],
      [{ time: 0 }, { time: 2 }, { time: 7.2e6 }],
    ];
    let count = 0;
    const reading = (async () => {
      for await (const _ of merge(tapes.map((tape) => replay(tape, { speed: 1, clock })))) {
        if (++count === 3) break;
      }
    })();
    await clock.pass(10);
    await reading;
    expect([count, clock.pending]).toEqual([3, 0]);
  });

  it('opens nothing before it is read', async () => {
    const { told, feed } = endless();
    const merged = merge([feed, replay(feed, { speed: Infinity })]);
    expect(told.opened).toBe(0);
    await merged.next();
    expect(told.opened).toBe(2);
    await merged.return?.();
    expect(told.left).toBe(2);
    const unread = endless();
    await merge([unread.feed]).return?.();
    expect(unread.told).toEqual({ opened: 0, left: 0 });
  });

  it('is empty of nothing, and refuses what is no feed', async () => {
    expect(await all(merge([]))).toEqual([]);
    expect(() => merge([7 as never])).toThrow('merge: a source must be iterable, received 7');
  });
});

describe('systemClock', () => {
  it('waits longer than setTimeout can', () => {
    vi.useFakeTimers();
    try {
      let calls = 0;
      const days = 86_400_000;
      systemClock.after(60 * days, () => calls++);
      const callOff = systemClock.after(60 * days, () => calls++);
      vi.advanceTimersByTime(59 * days);
      expect(calls).toBe(0);
      callOff();
      vi.advanceTimersByTime(days);
      expect([calls, vi.getTimerCount()]).toEqual([1, 0]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('replay', () => {
  const tape = [0, 100, 100, 1000].map((time) => ({ time: 5000 + time }));

  it('goes at the recorded pace, or faster, from the moment it is first read', async () => {
    for (const speed of [1, 10]) {
      const clock = new VirtualClock(0);
      const at: number[] = [];
      const reading = (async () => {
        for await (const _ of replay(tape, { speed, clock })) at.push(clock.now());
      })();
      await clock.pass(2000);
      await reading;
      expect(at).toEqual([0, 100, 100, 1000].map((time) => time / speed));
    }
  });

  it('catches up with a reader that was slow', async () => {
    const clock = new VirtualClock(0);
    const iterator = replay(tape, { speed: 1, clock });
    await iterator.next();
    clock.time = 5000;
    expect((await iterator.next()).value).toEqual({ time: 5100 });
    expect((await iterator.next()).value).toEqual({ time: 5100 });
    expect((await iterator.next()).value).toEqual({ time: 6000 });
    expect((await iterator.next()).done).toBe(true);
  });

  it('goes at once without a clock', async () => {
    const clock = new VirtualClock(0);
    expect(await all(replay(later(tape), { speed: Infinity, clock }))).toEqual(tape);
    expect(clock.pending).toBe(0);
  });

  it('ends when the signal says so, also in a pause, and leaves the source', async () => {
    const clock = new VirtualClock(0);
    const stop = new AbortController();
    let left = false;
    async function* source() {
      try {
        yield* tape;
      } finally {
        left = true;
      }
    }
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { time } of replay(source(), { speed: 1, clock, signal: stop.signal }))
        seen.push(time);
    })();
    await clock.pass(500);
    stop.abort();
    await reading;
    expect([seen, left, clock.pending]).toEqual([[5000, 5100, 5100], true, 0]);
  });

  it('refuses a pace that is none', () => {
    expect(() => replay(tape, { speed: 0 })).toThrow('replay: speed must be a positive number or Infinity');
    expect(() => replay(tape, {} as never)).toThrow('received undefined');
  });
});
