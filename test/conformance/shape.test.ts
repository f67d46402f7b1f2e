import { kurtosis, rollingKurtosis, rollingSkewness, skewness } from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';
import { type FlawedRecipe, flawed } from '../support/flaws.js';

interface Input extends FlawedRecipe {
  readonly of: 'skewness' | 'kurtosis';
  readonly window: number;
  readonly minimum: number;
}

const whole = { skewness, kurtosis };
const rolling = { skewness: rollingSkewness, kurtosis: rollingKurtosis };

describe('rolling skewness and kurtosis against exact fractions', () => {
  const { rows } = answers<Input, Record<string, Packed>>('shape');

  it('has at least 24 rows', () => {
    expect(rows.length).toBeGreaterThanOrEqual(24);
  });

  it.each(rows)('$name', ({ input, expected, tolerance }) => {
    const { of, window, minimum } = input;
    const series = flawed(input);
    const column = rolling[of](series, { window, minimum });
    for (const [at, value] of Object.entries(expected)) {
      const end = Number(at);
      expectNear(column[end]!, value, tolerance, `rolling ${of} at ${end}`, 1);
      const known = series.slice(Math.max(end - window + 1, 0), end + 1).filter(Number.isFinite);
      if (known.length >= minimum) expectNear(whole[of](known), value, tolerance, `${of} at ${end}`, 1);
    }
  });
});
