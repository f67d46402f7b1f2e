import { describe, expect, it } from 'vitest';
import { type Gram, projectColumns, projectGram } from '../../src/stationarity/projections.js';
import { expectNear } from '../support/conformance.js';
import { recipe } from '../support/recipes.js';

const gramOf = (columns: readonly Float64Array[]): Gram => ({
  size: columns.length,
  entries: Float64Array.from(
    columns.flatMap((a) => columns.map((b) => a.reduce((sum, x, t) => sum + x * b[t]!, 0))),
  ),
});

describe('projections', () => {
  it('are the same from sums of products and from columns', () => {
    const columns = [1, 2, 3, 4, 5].map((seed) => recipe('white-noise', seed, 80));
    const order = [2, 0, 3, 1, 4];
    const fast = projectGram(gramOf(columns), order)!;
    const slow = projectColumns(order.map((i) => columns[i]!.slice()));
    fast.along.forEach((x, j) => {
      expectNear(x, slow.along[j]!, 1e-11);
    });
    expect(Array.from(fast.rank)).toEqual(Array.from(slow.rank));
    expectNear(fast.residual, slow.residual, 1e-13);
  });

  it('split the response: components and residual add up to its square', () => {
    const columns = [6, 7, 8].map((seed) => recipe('walk', seed, 50));
    const square = columns[2]!.reduce((sum, x) => sum + x * x, 0);
    const { along, residual } = projectColumns(columns);
    expectNear(
      along.reduce((sum, x) => sum + x * x, residual),
      square,
      1e-13,
    );
  });

  it('leave columns that nearly coincide to reflections', () => {
    const a = recipe('walk', 9, 50);
    const columns = [a, a.map((x, t) => x + 1e-4 * (t % 2)), recipe('walk', 10, 50)];
    expect(projectGram(gramOf(columns), [0, 1, 2])).toBeUndefined();
  });

  it('count a column that the earlier ones span as nothing', () => {
    const a = recipe('walk', 11, 50);
    const { along, rank } = projectColumns([
      a.slice(),
      a.map((x) => 2 * x),
      new Float64Array(50),
      recipe('walk', 12, 50),
    ]);
    expect(Array.from(rank)).toEqual([0, 1, 1, 1]);
    expect(along[1]).toBe(0);
    expect(along[2]).toBe(0);
  });
});
