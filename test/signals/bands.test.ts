import fc from 'fast-check';
import { Bands, type BandsOptions, bands } from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('bands', () => {
  it('opens against the score at enter and closes at exit', () => {
    expect([...bands([0, 1.9, 2, 1, 0.6, 0.5, 0], { enter: 2, exit: 0.5 })]).toEqual([
      0, 0, -1, -1, -1, 0, 0,
    ]);
    expect([...bands([-2.5, -0.6, -0.5, 3], { enter: 2, exit: 0.5 })]).toEqual([1, 1, 0, -1]);
  });

  it('turns over at once when the score jumps to the other side', () => {
    expect([...bands([3, -3, 3], { enter: 2, exit: 0 })]).toEqual([-1, 1, -1]);
  });

  it('runs through zero to the other side with a negative exit', () => {
    expect([...bands([2, 0.1, -0.4, -0.5, -0.6], { enter: 2, exit: -0.5 })]).toEqual([-1, -1, -1, 0, 0]);
  });

  it('gives up at the stop and stays out until the score has come back', () => {
    expect([...bands([2, 4, 3, 1, 0, 2.5], { enter: 2, exit: 0, stop: 4 })]).toEqual([-1, 0, 0, 0, 0, -1]);
  });

  it('does not open beyond the stop', () => {
    expect([...bands([5, 3], { enter: 2, exit: 0, stop: 4 })]).toEqual([0, -1]);
  });

  it('changes nothing over a missing score', () => {
    expect([...bands([2.5, Infinity, -Infinity, 0.1], { enter: 2, exit: 0 })]).toEqual([-1, -1, -1, -1]);
    expect([...bands([NaN, 2, NaN, NaN, 0], { enter: 2, exit: 0 })]).toEqual([0, -1, -1, -1, 0]);
  });

  it.each([
    [{ enter: 2 }, 'exit must be a finite number, received undefined'],
    [{ enter: 0, exit: -1 }, 'enter must be a positive number, received 0'],
    [{ enter: 1, exit: 1 }, 'exit must be below enter of 1, received 1'],
    [{ enter: 2, exit: 0, stop: 2 }, 'stop must be above enter of 2, received 2'],
    [{ enter: 2, exit: 0, stp: 4 }, 'unknown option stp; did you mean stop?'],
  ])('refuses %o', (options, message) => {
    expect(() => new Bands(options as BandsOptions)).toThrow(`Bands: ${message}`);
    expect(() => bands([], options as BandsOptions)).toThrow(`bands: ${message}`);
  });
});

describe('for any scores', () => {
  const scores = fc.array(fc.oneof(fc.double({ min: -6, max: 6, noNaN: true }), fc.constant(NaN)), {
    maxLength: 60,
  });

  it('a position is held against the score it was opened at, and is closed by exit or stop alone', () => {
    fc.assert(
      fc.property(scores, (series) => {
        const [enter, exit, stop] = [2, 0.5, 4];
        const held = bands(series, { enter, exit, stop });
        series.forEach((score, i) => {
          const [before, now] = [held[i - 1] ?? 0, held[i]!];
          if (Number.isNaN(score)) expect(now).toBe(before);
          else if (now !== 0 && now !== before) {
            expect(Math.sign(score)).toBe(-now);
            expect(Math.abs(score)).toBeGreaterThanOrEqual(enter);
            expect(Math.abs(score)).toBeLessThan(stop);
          } else if (now === 0 && before !== 0) {
            expect(-before * score <= exit || -before * score >= stop).toBe(true);
          }
        });
      }),
    );
  });

  it('the mirror image of the scores has the mirror image of the positions', () => {
    fc.assert(
      fc.property(scores, (series) => {
        const mirrored = bands(
          series.map((score) => -score),
          { enter: 1.5, exit: 0.2, stop: 5 },
        );
        expect(Array.from(mirrored, (p) => -p + 0)).toEqual([
          ...bands(series, { enter: 1.5, exit: 0.2, stop: 5 }),
        ]);
      }),
    );
  });
});
