import {
  benjaminiHochberg,
  correlationMatrix,
  covarianceMatrix,
  type Panel,
  screenMatrix,
  screenPairs,
} from 'hedgerow';
import { columnsOf, matrixOf, pairsOf, panel, toNdarray } from 'hedgerow/ndarray';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { prices } from '../pairs/panels.js';

const columns = prices(6, 120, 1);
const names = Object.keys(columns);

describe('panels as ndarrays', () => {
  it('go there and back, without copying on the way back', () => {
    const made = panel(columns);
    const back = columnsOf(made, names);
    expect(back).toEqual(columns);
    made.set(3, 2, 999);
    expect(back['p2']![3]).toBe(999);
  });

  it('go back from any strides: by row, reversed, every other row, a part', () => {
    const byRow = ndarray(new Float64Array(120 * 6), [120, 6]);
    names.forEach((name, j) => {
      columns[name]!.forEach((price, i) => {
        byRow.set(i, j, price);
      });
    });
    expect(columnsOf(byRow, names)).toEqual(columns);
    expect(columnsOf(byRow.step(-1, 1), names)['p1']).toEqual(columns['p1']!.slice().reverse());
    expect(columnsOf(byRow.step(2, 1), names)['p4']).toEqual(columns['p4']!.filter((_, i) => i % 2 === 0));
    expect(columnsOf(byRow.lo(20, 1).hi(50, 2), ['p1', 'p2'])['p2']).toEqual(columns['p2']!.slice(20, 70));
    expect(columnsOf(byRow.transpose(1, 0).hi(6, 2), ['first', 'second']).second).toEqual(
      Float64Array.from(names, (name) => columns[name]![1]!),
    );
  });

  it('are screened and correlated as they lie', () => {
    const byColumn = panel(columns);
    for (const matrix of [byColumn, byColumn.transpose(1, 0).transpose(1, 0)]) {
      const view: Panel = { ...matrix, names };
      expect(screenPairs(view)).toEqual(screenPairs(columns));
      expect(correlationMatrix(view).data).toEqual(correlationMatrix(columns).data);
    }
    const everyOther: Panel = { ...byColumn.step(2, 2), names: ['p0', 'p2', 'p4'] };
    const same = Object.fromEntries(
      ['p0', 'p2', 'p4'].map((name) => [name, columns[name]!.filter((_, i) => i % 2 === 0)]),
    );
    expect(covarianceMatrix(everyOther)).toEqual(covarianceMatrix(same));
    expect(screenPairs(everyOther)).toEqual(screenPairs(same));
  });

  it('refuse names that do not fit', () => {
    expect(() => columnsOf(panel(columns), ['p0'])).toThrow(
      'columnsOf: needs 6 names for 6 columns, received 1',
    );
    expect(() => columnsOf(ndarray(new Float64Array(6)), names)).toThrow('a panel must be a matrix');
  });
});

describe('matrices of pairs as ndarrays', () => {
  it('share the memory of a correlation matrix', () => {
    const related = correlationMatrix(columns);
    const made = toNdarray(related);
    expect(made.get(1, 0)).toBe(related.data[6]);
    expect(made.transpose(1, 0).get(1, 0)).toBe(related.data[1]);
    made.set(0, 0, 5);
    expect(related.data[0]).toBe(5);
  });

  it('hold a screen, and give it back pair by pair', () => {
    const screen = screenPairs(columns, { order: 'both' });
    for (const figure of ['pValue', 'ratio'] as const) {
      const made = toNdarray(screenMatrix(screen, figure));
      const entries = pairsOf(made, names);
      expect(entries.length).toBe(30);
      for (const row of screen.pairs) {
        const entry = entries.find(({ y, x }) => y === row.y && x === row.x);
        expect(entry!.value).toBe(row[figure]);
        expect(made.get(names.indexOf(row.y), names.indexOf(row.x))).toBe(row[figure]);
      }
      expect(matrixOf(entries, names).data).toEqual(made.data);
    }
    const pValues = pairsOf(toNdarray(screenMatrix(screen, 'pValue')), names).map(({ value }) => value);
    const adjusted = pairsOf(toNdarray(screenMatrix(screen, 'adjustedPValue')), names);
    expect(Float64Array.from(adjusted, ({ value }) => value)).toEqual(benjaminiHochberg(pValues));
  });

  it('refuse names that do not fit', () => {
    const made = matrixOf([{ y: 'a', x: 'b', value: 1 }], ['a', 'b']);
    expect(() => pairsOf(made, ['a'])).toThrow('pairsOf: needs 2 names for 2 rows, received 1');
    expect(() => pairsOf(made.hi(2, 1), ['a', 'b'])).toThrow('needs 1 names for 1 columns, received 2');
    expect(() => matrixOf([{ y: 'a', x: 'c', value: 1 }], ['a', 'b'])).toThrow("matrixOf: 'c' is not among");
  });
});
