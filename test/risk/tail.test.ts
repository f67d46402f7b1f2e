import fc from 'fast-check';
import {
  expectedShortfall,
  fittedDegreesOfFreedom,
  isCornishFisherValid,
  quantile,
  Random,
  type TailMethod,
  type TailOptions,
  tailInterval,
  tailRisk,
  valueAtRisk,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { close, thrown } from '../support/pairs.js';

const methods: readonly TailMethod[] = [
  'historical',
  'weighted-historical',
  'normal',
  'student-t',
  'cornish-fisher',
  'ewma',
  'garch',
  'filtered',
];

/** Returns on a grid of a hundredth of a per cent that vary. */
const returns = (least: number, most = 60): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: -900, max: 900 }), { minLength: least, maxLength: most })
    .map((moves) => moves.map((move) => move / 10_000))
    .filter((moves) => new Set(moves).size > 3);

const confidences = fc.constantFrom(0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.999);

/** The tail, or nothing where the Cornish–Fisher expansion is no distribution. */
function tailOrNothing(
  series: readonly number[],
  options: TailOptions,
): ReturnType<typeof tailRisk> | undefined {
  try {
    return tailRisk(series, options);
  } catch (error) {
    if ((error as Error).message.includes('Cornish')) return undefined;
    throw error;
  }
}

describe('valueAtRisk and expectedShortfall', () => {
  it('take the place in the sample from 0.05, not from 1 − 0.95', () => {
    const series = Array.from({ length: 101 }, (_, i) => i - 50);
    expect(valueAtRisk(series, { confidence: 0.95 })).toBe(45);
    expect(expectedShortfall(series, { confidence: 0.95 })).toBe(47.5);
    expect(valueAtRisk(series, { confidence: 0.9 })).toBe(40);
    expect(valueAtRisk(series, { confidence: 0.93 })).toBe(43);
  });

  it('are negative for a sure gain and positive for a sure loss, by every method that needs no variation', () => {
    const gain = [0.01, 0.02, 0.015, 0.012, 0.011, 0.013];
    for (const method of ['historical', 'weighted-historical', 'normal'] as const) {
      const options = { confidence: 0.9, method };
      expect(valueAtRisk(gain, options)).toBeLessThan(0);
      expect(expectedShortfall(gain, options)).toBeLessThan(0);
      expect(valueAtRisk([0.01, 0.01, 0.01], options)).toBeCloseTo(-0.01, 15);
      expect(valueAtRisk([-0.01, -0.01, -0.01], options)).toBeCloseTo(0.01, 15);
    }
  });

  it('know the two definitions of a shortfall apart', () => {
    const series = Array.from({ length: 25 }, (_, i) => -25 + i);
    // 25 · 0.1 = 2.5: the two worst and half of the third.
    expect(expectedShortfall(series, { confidence: 0.9, definition: 'acerbi' })).toBeCloseTo(
      (25 + 24 + 23 / 2) / 2.5,
      13,
    );
    // The quantile lies at 2.4: three are no better.
    expect(expectedShortfall(series, { confidence: 0.9 })).toBeCloseTo((25 + 24 + 23) / 3, 13);
  });

  it('average all returns that tie with the quantile', () => {
    expect(expectedShortfall([-3, -1, -1, -1, -1, 0], { confidence: 0.8 })).toBeCloseTo(7 / 5, 14);
    const crash = [-5, ...new Array<number>(100).fill(-1)];
    expect(expectedShortfall(crash, { confidence: 0.95 })).toBeCloseTo(105 / 101, 14);
    expect(expectedShortfall([1, 1, 1], { confidence: 0.5 })).toBe(-1);
    const ties = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ties, confidences, (series, confidence) => {
        const { valueAtRisk: loss, expectedShortfall: shortfall } = tailRisk(series, { confidence });
        const tail = series.filter((r) => r <= -loss);
        expect(shortfall).toBeCloseTo(-tail.reduce((a, b) => a + b, 0) / tail.length, 12);
      }),
    );
    const random = new Random(12);
    const long = Float64Array.from({ length: 200_000 }, () => Math.round(2 * random.normal()));
    for (const confidence of [0.95, 0.99, 0.6]) {
      const { valueAtRisk: loss, expectedShortfall: shortfall } = tailRisk(long, { confidence });
      const tail = long.filter((r) => r <= -loss);
      expect(shortfall).toBeCloseTo(-tail.reduce((a, b) => a + b, 0) / tail.length, 11);
    }
  });

  it('grow by √horizon, or with the mean by horizon', () => {
    const series = [0.01, -0.02, 0.03, -0.01, 0.015];
    const one = valueAtRisk(series, { confidence: 0.95 });
    expect(valueAtRisk(series, { confidence: 0.95, horizon: 4 })).toBeCloseTo(2 * one, 15);
    const scaled = valueAtRisk(series, { confidence: 0.95, horizon: 4, scaling: 'independent' });
    expect(scaled).toBeCloseTo(2 * (one + 0.005) - 4 * 0.005, 15);
  });

  it('give a long series what the definition gives it', () => {
    const random = new Random(11);
    const series = Float64Array.from({ length: 200_000 }, () => random.normal());
    const sorted = series.slice().sort();
    for (const confidence of [0.95, 0.99, 0.999, 0.6, 0.3]) {
      const p = Number((1 - confidence).toFixed(12));
      const q = quantile(series, p);
      const { valueAtRisk: loss, expectedShortfall: shortfall } = tailRisk(series, { confidence });
      expect(loss).toBe(-q);
      const tail = sorted.filter((x) => x <= q);
      expect(shortfall).toBeCloseTo(-tail.reduce((a, b) => a + b, 0) / tail.length, 11);
    }
    // Sorted and periodic series mislead a sample in strides.
    expect(valueAtRisk(sorted, { confidence: 0.99 })).toBe(-quantile(sorted, 0.01));
    const periodic = series.map((_, i) => (i % 24 === 0 ? -5 : 1));
    expect(valueAtRisk(periodic, { confidence: 0.99 })).toBe(5);
    series[123_456] = NaN;
    expect(thrown(() => valueAtRisk(series, { confidence: 0.99 })).message).toBe(
      'valueAtRisk: returns[123456] is NaN',
    );
    series[123_456] = Infinity;
    expect(thrown(() => valueAtRisk(series, { confidence: 0.99 })).message).toContain('[123456] is Infinity');
  });

  it('meet on a shortfall no less than the value at risk, for any returns and every method', () => {
    fc.assert(
      fc.property(returns(12), confidences, fc.constantFrom(...methods), (series, confidence, method) => {
        const tail = tailOrNothing(series, { confidence, method });
        if (tail) expect(tail.expectedShortfall).toBeGreaterThanOrEqual(tail.valueAtRisk);
        if (method !== 'historical' && method !== 'weighted-historical') return;
        const acerbi = tailRisk(series, { confidence, method, definition: 'acerbi' });
        expect(acerbi.expectedShortfall).toBeGreaterThanOrEqual(acerbi.valueAtRisk - 1e-15);
      }),
    );
  });

  it('fall by what every return gains, and grow with their size', () => {
    const moved = methods.filter((method) => method !== 'ewma');
    fc.assert(
      fc.property(
        returns(12),
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(...moved),
        (series, k, method) => {
          const options = { confidence: 0.95, method };
          const one = tailOrNothing(series, options);
          const shifted = tailOrNothing(
            series.map((r) => r + k / 64),
            options,
          );
          const scaled = tailOrNothing(
            series.map((r) => r * k),
            options,
          );
          // Where the domain of the expansion begins is decided by rounding.
          if (!one || !shifted || !scaled) return;
          const share = method === 'garch' || method === 'filtered' ? 1e-4 : 1e-6;
          for (const name of ['valueAtRisk', 'expectedShortfall'] as const) {
            expect(close(shifted[name], one[name] - k / 64, share, 1)).toBe(true);
            expect(close(scaled[name], k * one[name], share, k * 0.01)).toBe(true);
          }
        },
      ),
    );
  });

  it('are sub-additive where the shortfall is historical', () => {
    const three = fc.integer({ min: 5, max: 60 }).chain((n) => {
      const leg = fc.array(fc.integer({ min: -900, max: 900 }), { minLength: n, maxLength: n });
      return fc.tuple(leg, leg);
    });
    fc.assert(
      fc.property(three, confidences, ([a, b], confidence) => {
        const of = (series: number[]): number =>
          expectedShortfall(series, { confidence, definition: 'acerbi' });
        expect(of(a.map((x, i) => x + b[i]!))).toBeLessThanOrEqual(of(a) + of(b) + 1e-9);
      }),
    );
  });

  it('with very many degrees of freedom are those of the normal', () => {
    const series = [0.01, -0.02, 0.03, -0.01, 0.015];
    for (const confidence of [0.6, 0.95, 0.99]) {
      const normal = tailRisk(series, { confidence, method: 'normal' });
      for (const degreesOfFreedom of [1e9, 1e12, 1e14, 1e15, 1e17, 1e100, 1e300]) {
        const t = tailRisk(series, { confidence, method: 'student-t', degreesOfFreedom });
        const near = 10 / degreesOfFreedom + 1e-14;
        expect(close(t.valueAtRisk, normal.valueAtRisk, near, 0.1)).toBe(true);
        expect(close(t.expectedShortfall, normal.expectedShortfall, near, 0.1)).toBe(true);
      }
    }
  });

  it('refuse a definition where there is only one', () => {
    const series = [0.01, -0.02, 0.03, -0.01, 0.015];
    for (const method of ['normal', 'student-t', 'cornish-fisher', 'ewma', 'garch'] as const) {
      expect(
        thrown(() => expectedShortfall(series, { confidence: 0.9, method, definition: 'acerbi' })).message,
      ).toContain('expectedShortfall: unknown option definition');
    }
  });

  it('refuse what they cannot answer, in words', () => {
    const good = [0.01, -0.02, 0.03, -0.01];
    const message = (run: () => unknown): string => `${thrown(run).name} ${thrown(run).message}`;
    expect(message(() => valueAtRisk([], { confidence: 0.95 }))).toBe(
      'DataError valueAtRisk: needs at least 1 observations, received 0',
    );
    expect(message(() => valueAtRisk(new Float64Array(0), { confidence: 0.95 }))).toContain('at least 1');
    expect(message(() => valueAtRisk([0.1, NaN], { confidence: 0.95 }))).toBe(
      'DataError valueAtRisk: returns[1] is NaN',
    );
    expect(message(() => valueAtRisk(good, { confidence: 95 }))).toBe(
      'OptionError valueAtRisk: confidence must be between 0 and 1, received 95; did you mean 0.95?',
    );
    expect(message(() => valueAtRisk(good, { confidence: 1 }))).toContain('must be between 0 and 1');
    expect(message(() => valueAtRisk(good, {} as TailOptions))).toContain('received undefined');
    expect(message(() => valueAtRisk(good, { confidence: 0.9, method: 'gaussian' as 'normal' }))).toContain(
      "method must be one of 'historical'",
    );
    expect(message(() => valueAtRisk(good, { confidence: 0.9, degreesOfFreedom: 4 }))).toContain(
      'unknown option degreesOfFreedom',
    );
    const t = { confidence: 0.9, method: 'student-t', degreesOfFreedom: 2 } as const;
    expect(message(() => valueAtRisk(good, t))).toContain('must be above 2, received 2');
    const flat = new Array<number>(20).fill(0.01);
    for (const method of ['student-t', 'cornish-fisher', 'garch', 'filtered'] as const) {
      expect(thrown(() => valueAtRisk(flat, { confidence: 0.9, method }))).toMatchObject({
        reason: 'degenerate',
      });
    }
  });
});

describe('the Cornish–Fisher expansion', () => {
  it('is refused where it is no distribution', () => {
    // Skewness near 4: the expansion turns back.
    const series = [...new Array<number>(19).fill(0).map((_, i) => i / 1e4), 1];
    const options = { confidence: 0.95, method: 'cornish-fisher' } as const;
    expect(thrown(() => valueAtRisk(series, options)).message).toContain('is not a distribution');
  });

  it('is valid at the corners of its domain, and not beyond', () => {
    // Maillard (2012): skewness up to 6 (√2 − 1) = 2.485; no skewness, excess kurtosis from 0 to 8.
    expect(isCornishFisherValid(0, 8)).toBe(true);
    expect(isCornishFisherValid(0, 8.001)).toBe(false);
    expect(isCornishFisherValid(0, -0.001)).toBe(false);
    expect(isCornishFisherValid(0, 0)).toBe(true);
    const kurtoses = Array.from({ length: 2000 }, (_, i) => i / 100);
    expect(kurtoses.some((kurtosis) => isCornishFisherValid(2.48, kurtosis))).toBe(true);
    expect(kurtoses.some((kurtosis) => isCornishFisherValid(2.49, kurtosis))).toBe(false);
  });
});

describe('fittedDegreesOfFreedom', () => {
  it('is infinite where tails are thin', () => {
    expect(fittedDegreesOfFreedom([1, -1, 1, -1, 1, -1, 0.9, -0.9])).toBe(Infinity);
  });
});

describe('tailInterval', () => {
  const random = new Random(2);
  const series = Array.from({ length: 400 }, () => 0.01 * random.normal());

  it('is the same for the same seed and narrows with the sample', () => {
    const options = { confidence: 0.95, coverage: 0.9, seed: 4, samples: 400 };
    const whole = tailInterval(series, options);
    expect(tailInterval(series, options)).toEqual(whole);
    const part = tailInterval(series.slice(0, 50), options);
    expect(whole.upper - whole.lower).toBeLessThan(part.upper - part.lower);
    expect(whole.lower).toBeLessThanOrEqual(whole.estimate);
    expect(whole.upper).toBeGreaterThanOrEqual(whole.estimate);
  });

  it('of a normal fit has the width that theory gives', () => {
    // Var of mean + z s is about σ² (1 + z²/2) / n.
    const { error } = tailInterval(series, {
      confidence: 0.99,
      method: 'normal',
      coverage: 0.95,
      seed: 1,
      measure: 'value-at-risk',
    });
    expect(Math.abs(error / (0.01 * Math.sqrt((1 + 2.326 ** 2 / 2) / 400)) - 1)).toBeLessThan(0.15);
  });

  it('refuses a coverage of 95', () => {
    const error = thrown(() => tailInterval(series, { confidence: 0.95, coverage: 95, seed: 1 }));
    expect(error.message).toContain('coverage must be between 0 and 1, received 95');
  });
});
