import { leastSquares } from 'hedgerow';
import { panel, toNdarray } from 'hedgerow/ndarray';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';

describe('hedgerow/ndarray', () => {
  it('makes a real ndarray over the same memory', () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    const made = toNdarray({ data, shape: [2, 3], stride: [3, 1], offset: 0 });
    expect(made.constructor).toBe(ndarray(data, [2, 3]).constructor);
    expect(made.get(1, 2)).toBe(6);
    made.set(0, 1, 20);
    expect(data[1]).toBe(20);
    expect(made.transpose(1, 0).get(2, 1)).toBe(6);
  });

  it('puts columns side by side', () => {
    const made = panel({ y: [1, 2, 3], x: Float32Array.of(4, 5, 6) });
    expect(made.shape).toEqual([3, 2]);
    expect([made.get(0, 0), made.get(2, 0), made.get(0, 1), made.get(2, 1)]).toEqual([1, 3, 4, 6]);
    expect(made.pick(null, 1).get(1)).toBe(5);
  });

  it('goes into the core as it is, strided too', () => {
    const columns = { a: [1, 2, 3, 4, 5], b: [2, 1, 4, 3, 6] };
    const y = [3, 2, 8, 5, 9];
    const both = panel(columns);
    const expected = leastSquares([columns.a, columns.b], y).coefficients;
    expect(leastSquares(both, y).coefficients).toEqual(expected);
    const reversed = both.step(-1, 1);
    expect(reversed.get(0, 0)).toBe(5);
    expect(leastSquares(reversed, [...y].reverse()).coefficients[1]).toBeCloseTo(expected[1]!, 12);
  });

  it('refuses a view that reaches outside its data', () => {
    const data = new Float64Array(6);
    expect(() => toNdarray({ data, shape: [3, 3], stride: [3, 1], offset: 0 })).toThrow(
      'from 0 to 8 in data of 6',
    );
    expect(() => toNdarray({ data, shape: [2], stride: [3, 1], offset: 0 })).toThrow(
      'shape has 1 axes and stride 2',
    );
    expect(() => toNdarray({ data, shape: [2], stride: [-3], offset: 2 })).toThrow('from -1 to 2');
    expect(toNdarray({ data, shape: [0, 3], stride: [3, 1], offset: 6 }).size).toBe(0);
    const view = { data, shape: [2], stride: [1], offset: 0 };
    for (const wrong of [
      { data: null },
      { data: '1234' },
      { shape: [1.5] },
      { stride: [0.5] },
      { offset: NaN },
    ]) {
      const broken = { ...view, ...wrong } as never;
      expect(() => toNdarray(broken)).toThrow(expect.objectContaining({ reason: 'unreadable' }));
    }
    expect(() => toNdarray(null as never)).toThrow('toNdarray: view must be an object, received null');
    expect(() => panel({})).toThrow('panel: needs at least 1 column');
    expect(() => panel({ y: [1], x: [1, 2] })).toThrow(
      'panel: columns must have one length, received y 1, x 2',
    );
  });
});
