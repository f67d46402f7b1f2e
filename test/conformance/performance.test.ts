import {
  deflatedSharpe,
  drawdowns,
  expectedMaximumSharpe,
  performance,
  probabilisticSharpe,
  versusBenchmark,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

interface Input {
  readonly what: 'performance' | 'drawdowns' | 'versus' | 'psr' | 'maximum' | 'dsr';
  readonly returns: readonly number[];
  readonly y: readonly number[];
  readonly x: readonly number[];
  readonly [option: string]: unknown;
}
type Record = Readonly<{ [name: string]: Packed }>;
type Expected = Record | { readonly spells: readonly Record[] };

const CALLS: Readonly<{ [what in Input['what']]: (input: Input) => object }> = {
  performance: ({ what, returns, ...options }) => performance(returns, options as never),
  drawdowns: ({ returns }) => ({ spells: drawdowns(returns) }),
  versus: ({ what, y, x, ...options }) => versusBenchmark({ y, x }, options as never),
  psr: ({ what, ...evidence }) => ({ value: probabilisticSharpe(evidence as never) }),
  maximum: ({ what, ...trials }) => ({ value: expectedMaximumSharpe(trials as never) }),
  dsr: ({ what, ...found }) => ({ value: deflatedSharpe(found as never) }),
};

/** Every field of both, and no other. */
function compare(actual: object, expected: object, tolerance: number, what: string): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    const mine: unknown = (actual as Readonly<{ [name: string]: unknown }>)[name];
    if (typeof value === 'object') compare(mine as object, value, tolerance, what);
    else expectNear(mine as number, value, tolerance, `${what} ${name}`);
  }
}

describe('performance against mpmath and empyrical', () => {
  const { rows } = answers<Input, Expected>('performance');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(35);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    compare(CALLS[input.what](input), expected, tolerance, input.what);
  });
});
