import fc from 'fast-check';
import { Alarm, type AlarmOptions, type Alert, OptionError } from 'hedgerow';
import { describe, expect, it } from 'vitest';

/** The times at which an alarm rings over values, one a second. */
function rings(options: Omit<AlarmOptions, 'name'>, values: readonly number[]): number[] {
  const alarm = new Alarm({ name: 'a', ...options });
  return values.flatMap((value, i) => alarm.push({ time: i * 1000, value }).map(({ time }) => time / 1000));
}

describe('Alarm', () => {
  it('rings when a limit is passed, and again only after the value came back', () => {
    expect(rings({ above: 2 }, [1, 3, 4, 3, 2, 3])).toEqual([1, 5]);
    expect(rings({ below: 2 }, [3, 1, 0, 2, 1])).toEqual([1, 4]);
  });

  it('tells touching from passing', () => {
    expect(rings({ above: 2 }, [2, 2])).toEqual([]);
    expect(rings({ atLeast: 2 }, [1, 2, 2, 1, 2])).toEqual([1, 4]);
    expect(rings({ atMost: 2 }, [3, 2, 1, 2.5, 2])).toEqual([1, 4]);
  });

  it('does not ring twice for a value that trembles at the limit, with a clear', () => {
    expect(rings({ above: 2 }, [1, 2.1, 1.9, 2.1, 1.9, 2.1])).toEqual([1, 3, 5]);
    expect(rings({ above: 2, clear: 1 }, [1, 2.1, 1.9, 2.1, 1, 2.1])).toEqual([1, 5]);
  });

  it('waits until it has been so for a while', () => {
    expect(rings({ above: 2, held: '2s' }, [3, 3, 1, 3, 3, 3, 3])).toEqual([5]);
    expect(rings({ above: 2, held: '2s' }, [3, NaN, 3])).toEqual([2]);
  });

  it('spaces alerts, and rings late when it is still so', () => {
    expect(rings({ above: 2, cooldown: '4s' }, [3, 1, 3, 3, 3, 3])).toEqual([0, 4]);
    expect(rings({ above: 2, cooldown: '4s' }, [3, 1, 3, 1, 1, 1])).toEqual([0]);
  });

  it('rings again after a clock that was far ahead is put right', () => {
    const alarm = new Alarm({ name: 'a', above: 2, cooldown: '4s' });
    expect(alarm.push({ time: 1e15, value: 3 })).toHaveLength(1);
    alarm.push({ time: 1000, value: 1 });
    expect(alarm.push({ time: 2000, value: 3 })).toEqual([]);
    expect(alarm.push({ time: 5000, value: 3 })).toHaveLength(1);
  });

  it('rings once, if once', () => {
    expect(rings({ above: 2, once: true }, [3, 1, 3, 1, 3])).toEqual([0]);
  });

  it('is not moved by what is missing', () => {
    expect(rings({ below: 2 }, [NaN, 3, NaN, 1, NaN, 1])).toEqual([3]);
    const alarm = new Alarm({ name: 'a', above: 2 });
    expect(alarm.push({ time: 0, value: null as never })).toEqual([]);
    expect(alarm.push({ time: 1, value: Infinity })).toHaveLength(1);
  });

  it('carries what a receiver needs', () => {
    const alarm = new Alarm({ name: 'wide', atMost: -2 });
    expect(alarm.push({ time: 7, value: -2.5 })).toEqual([
      {
        id: 'wide/1',
        name: 'wide',
        rule: 'value <= -2',
        metric: 'value',
        value: -2.5,
        threshold: -2,
        time: 7,
      },
    ]);
  });

  const options = fc.record(
    {
      above: fc.constantFrom(0, 0.5),
      clear: fc.constantFrom(-0.5, 0),
      held: fc.constantFrom(0, 1500, '2s' as const),
      cooldown: fc.constantFrom(0, '3s' as const),
      once: fc.boolean(),
    },
    { requiredKeys: ['above'] },
  );
  const tape = fc.array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constant(NaN)), {
    maxLength: 60,
  });

  it('neither repeats nor loses an alert over any restart', () => {
    fc.assert(
      fc.property(options, tape, fc.array(fc.nat(60)), (chosen, values, cuts) => {
        const straight = new Alarm({ name: 'a', ...chosen });
        let restarted = new Alarm({ name: 'a', ...chosen });
        const [expected, received]: [Alert[], Alert[]] = [[], []];
        values.forEach((value, i) => {
          if (cuts.includes(i)) restarted = Alarm.from(JSON.parse(JSON.stringify(restarted.snapshot())));
          expected.push(...straight.push({ time: i * 1000, value }));
          received.push(...restarted.push({ time: i * 1000, value }));
        });
        expect(received).toEqual(expected);
        expect(new Set(received.map(({ id }) => id)).size).toBe(received.length);
      }),
    );
  });

  it('rings only beyond its limit, cleared in between, and no sooner than its cooldown', () => {
    fc.assert(
      fc.property(options, tape, (chosen, values) => {
        const at = rings(chosen, values);
        at.forEach((second, k) => {
          expect(values[second]!).toBeGreaterThan(chosen.above);
          if (k === 0) return;
          const between = values.slice(at[k - 1]! + 1, second);
          expect(between.some((value) => value <= (chosen.clear ?? chosen.above))).toBe(true);
          expect(second - at[k - 1]!).toBeGreaterThanOrEqual(chosen.cooldown === '3s' ? 3 : 0);
        });
      }),
    );
  });

  it.each([
    [{ name: 'a' }, 'Alarm: needs one of above, below, atLeast and atMost, received none'],
    [{ name: 'a', above: 1, below: 2 }, 'received above and below'],
    [{ name: 'a', above: NaN }, 'Alarm: above must be a finite number, received NaN'],
    [{ name: 'a', above: 1, clear: 2 }, 'Alarm: clear must be at most the above of 1, received 2'],
    [{ name: 'a', atMost: 1, clear: 0 }, 'Alarm: clear must be at least the atMost of 1, received 0'],
    [{ name: 'a', above: 1, cooldown: '5 min' }, 'Alarm: cooldown must be a duration'],
    [{ name: '', above: 1 }, "Alarm: name must be a text that is not empty, received ''"],
    [{ name: 'a', abov: 1 }, 'Alarm: unknown option abov; did you mean above?'],
  ])('refuses %o', (wrong, message) => {
    expect(() => new Alarm(wrong as never)).toThrow(OptionError);
    expect(() => new Alarm(wrong as never)).toThrow(message);
  });
});
