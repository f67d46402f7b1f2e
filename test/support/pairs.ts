import fc from 'fast-check';

/** Two legs as plain arrays. */
export interface Legs {
  readonly y: number[];
  readonly x: number[];
}

const price = fc.integer({ min: 100, max: 100_000 });
const noise = fc.integer({ min: -200, max: 200 });

/** Prices on a grid of sixteenths, y about 1.25 x + 3: x moves, and no line goes through every point. */
export function relatedLegs(least = 6, most = 60): fc.Arbitrary<Legs> {
  return fc
    .array(fc.tuple(price, noise), { minLength: least, maxLength: most })
    .map((rows) => ({
      x: rows.map(([x]) => x / 16),
      y: rows.map(([x, e], i) => (1.25 * x + 48 + e + (i % 3)) / 16),
    }))
    .filter(({ x }) => new Set(x).size > 3);
}

/** The observations from the last to the first. */
export function turned({ y, x }: Legs): Legs {
  return { y: [...y].reverse(), x: [...x].reverse() };
}

/** The error that a call throws. */
export function thrown(run: () => unknown): Error & { readonly reason?: string } {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** Whether two numbers agree to a share of the larger, or of `size`. */
export function close(a: number, b: number, share: number, size = 0): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b), size);
}
