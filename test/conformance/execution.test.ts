import { almgrenChriss, implementationShortfall, route, twap, volumeProfile, vwap } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

type Options = { readonly [option: string]: unknown };
type Input = Options & {
  readonly what:
    | 'almgrenChriss'
    | 'almgrenPrinted'
    | 'route'
    | 'volumeProfile'
    | 'shortfall'
    | 'twap'
    | 'vwap';
};
type Expected = Readonly<{ [name: string]: Packed | readonly number[] }>;

const CALLS: Readonly<{ [what in Input['what']]: (options: Options) => object }> = {
  almgrenChriss: (options) => almgrenChriss(options as never),
  almgrenPrinted: (options) => almgrenChriss(options as never),
  route: (options) => route(options as never),
  volumeProfile: ({ time, volume, options }) => ({
    profile: volumeProfile({ time, volume } as never, options as never),
  }),
  shortfall: (options) => implementationShortfall(options as never),
  twap: (options) => ({ children: twap(options as never) }),
  vwap: (options) => ({ children: vwap(options as never) }),
};

describe('execution against quadratic and linear programmes, and printed tables', () => {
  const { rows } = answers<Input, Expected>('execution');

  it('has rows enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(55);
  });

  it.each(rows)('$name', ({ input: { what, ...options }, expected, tolerance }) => {
    const actual = CALLS[what](options) as Expected;
    for (const [name, value] of Object.entries(expected)) {
      if (typeof value !== 'object') expectNear(actual[name] as number, value, tolerance, `${what} ${name}`);
      else {
        const column = actual[name] as readonly number[];
        expect(column.length).toBe(value.length);
        value.forEach((each, i) => {
          expectNear(column[i]!, each, tolerance, `${what} ${name}`);
        });
      }
    }
  });
});
