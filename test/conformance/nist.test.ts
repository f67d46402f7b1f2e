import { type LeastSquares, leastSquares, mean, ols, standardDeviation } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

interface LinearInput {
  readonly columns: readonly (readonly number[])[];
  readonly y: readonly number[];
  /** The regressors are x, x², … up to this power of the one column. */
  readonly powers: number;
  readonly intercept: boolean;
}
type LinearExpected = Readonly<
  Record<Exclude<keyof LeastSquares, 'residuals'>, Packed | readonly Packed[]>
> & {
  readonly certified: { readonly coefficients: readonly number[]; readonly errors: readonly number[] };
};

/** Each power is the rounded product of the one before and x, as the answers assume. */
function powersOf(x: readonly number[], degree: number): readonly (readonly number[])[] {
  const columns = [x];
  while (columns.length < degree) columns.push(columns.at(-1)!.map((power, i) => power * x[i]!));
  return columns;
}

/** What NIST certifies is for the decimals of the data. Only in Filip do their doubles differ enough to show. */
const certifiedDigits = (name: string): number => (name === 'Filip' ? 1e-7 : 1e-13);

const linear = answers<LinearInput, LinearExpected>('nist-linear');

describe('leastSquares on the linear sets of NIST', () => {
  it.each(linear.rows.map((row) => [row.name, row] as const))('%s', (name, row) => {
    const { columns, y, powers, intercept } = row.input;
    const design = powers > 1 ? powersOf(columns[0]!, powers) : columns;
    const fit = leastSquares(design, y, { intercept });
    const { certified, ...expected } = row.expected;
    for (const key of Object.keys(expected) as (keyof typeof expected)[]) {
      const tolerance = row.tolerances?.[key] ?? row.tolerance;
      [fit[key]]
        .flatMap((value) => (typeof value === 'number' ? [value] : [...value]))
        .forEach((value, i) => {
          expectNear(value, [expected[key]].flat()[i]!, tolerance, `${key}[${i}]`);
        });
    }
    for (const key of ['coefficients', 'errors'] as const) {
      certified[key].forEach((value, i) => {
        // A certified zero is a perfect fit, which the doubles of Wampler2 are not quite.
        if (value === 0) expectNear(fit[key][i]!, 0, 1e-13, `certified ${key}[${i}]`);
        else expectNear(fit[key][i]!, value, certifiedDigits(name), `certified ${key}[${i}]`);
      });
    }
  });
});

describe('ols on the lines among them', () => {
  const lines = linear.rows.filter((row) => row.input.powers === 1 && row.input.columns.length === 1);
  it.each(lines.map((row) => [row.name, row] as const))('%s', (_, { input, expected }) => {
    const hedge = ols({ y: input.y, x: input.columns[0]! }, { intercept: input.intercept });
    expectNear(hedge.ratio, expected.certified.coefficients.at(-1)!, 1e-13, 'ratio');
    expectNear(hedge.ratioError, expected.certified.errors.at(-1)!, 1e-13, 'ratioError');
    if (!input.intercept) return;
    expectNear(hedge.intercept, expected.certified.coefficients[0]!, 1e-12, 'intercept');
    expectNear(hedge.interceptError, expected.certified.errors[0]!, 1e-13, 'interceptError');
  });
});

interface Description {
  readonly mean: number;
  readonly standardDeviation: number;
}

describe('mean and standardDeviation on the univariate sets of NIST', () => {
  const { rows } = answers<readonly number[], Description & { readonly certified: Description }>(
    'nist-univariate',
  );
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { input, expected, tolerance }) => {
    expectNear(mean(input), expected.mean, tolerance, 'mean');
    expectNear(standardDeviation(input), expected.standardDeviation, tolerance, 'standardDeviation');
    expectNear(mean(input), expected.certified.mean, 1e-14, 'certified mean');
    // In doubles NumAcc3 and NumAcc4 are other numbers from the ninth digit of their deviation on.
    expectNear(standardDeviation(input), expected.certified.standardDeviation, 1e-8, 'certified deviation');
  });
});
