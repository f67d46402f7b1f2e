import { type Duration, duration } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { durationOrZero } from '../../src/core/duration.js';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['1s', 1000],
    ['5m', 300_000],
    ['4h', 14_400_000],
    ['1d', 86_400_000],
    ['0.5s', 500],
    [250, 250],
    [0.5, 0.5],
  ] as [Duration, number][])('%s is %d milliseconds', (written, milliseconds) => {
    expect(duration('resample', 'every', written)).toBe(milliseconds);
  });

  it.each(['1', 's', '1w', '-1s', '1 s', '', 0, -5, NaN, Infinity, null, undefined, '1e3s'])(
    '%s is refused',
    (wrong) => {
      expect(() => duration('resample', 'every', wrong as Duration)).toThrow(
        /^resample: every must be a duration such as/,
      );
    },
  );
});

it('nothing is a duration where that makes sense', () => {
  for (const nothing of [0, '0s', '0ms', '0.0d'] as Duration[]) {
    expect(durationOrZero('align', 'tolerance', nothing)).toBe(0);
  }
  expect(durationOrZero('align', 'tolerance', '2s')).toBe(2000);
  expect(() => durationOrZero('align', 'tolerance', '0w' as Duration)).toThrow(
    'align: tolerance must be a duration',
  );
});
