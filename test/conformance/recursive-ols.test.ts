import { type ExponentialOlsOptions, exponentialOls, type RecursiveOlsOptions, recursiveOls } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear, type Packed } from '../support/conformance.js';

interface Input extends Readonly<Record<'y' | 'x', readonly Packed[]>> {
  readonly kind: 'recursive' | 'exponential';
  readonly options: RecursiveOlsOptions | ExponentialOlsOptions;
}

const { rows } = answers<Input, Readonly<Record<string, readonly Packed[]>>>('recursive-ols');

describe('recursiveOls and exponentialOls against their sums in many digits', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { input, expected, tolerance }) => {
    const pair = { y: input.y.map(Number), x: input.x.map(Number) };
    const columns: Readonly<Record<string, Float64Array>> =
      input.kind === 'recursive'
        ? { ...recursiveOls(pair, input.options as RecursiveOlsOptions) }
        : { ...exponentialOls(pair, input.options as ExponentialOlsOptions) };
    for (const [name, column] of Object.entries(expected)) {
      column.forEach((wanted, i) => {
        expectNear(columns[name]![i]!, wanted, tolerance, `${name} at ${i}`);
      });
    }
  });
});
