import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { open, pack, packAll, packDeep, unpack, unpackAll, unpackDeep } from '../../src/core/snapshot.js';

const throughJson = (value: unknown): never => JSON.parse(JSON.stringify(value)) as never;

describe('packed numbers', () => {
  it('survive JSON to the last bit, not-a-number, infinities and negative zero included', () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(Object.is(unpack(throughJson(pack(x))), x)).toBe(true);
      }),
    );
    for (const x of [NaN, Infinity, -Infinity, -0, 0, 5e-324, Number.MAX_VALUE]) {
      expect(unpack(throughJson(pack(x)))).toBe(x);
    }
  });

  it('survive in rows and in records', () => {
    fc.assert(
      fc.property(fc.float64Array(), (series) => {
        expect(unpackAll(throughJson(packAll(series)))).toEqual(series);
      }),
    );
    const record = { a: -0, b: { c: [NaN, 1], d: null }, e: true };
    expect(unpackDeep(throughJson(packDeep({ ...record, gone: undefined })))).toEqual(record);
  });

  it('are told from anything else', () => {
    for (const wrong of [null, 'seven', true, [], {}])
      expect(() => unpack(wrong as never)).toThrow(/not a packed number/);
    expect(() => unpackAll({ a: 1 })).toThrow(/expected an array/);
  });
});

it('a snapshot opens only for its own kind and version', () => {
  const snapshot = { kind: 'ZScore', version: 1, state: { a: 1 } };
  expect(open(snapshot, 'ZScore', 1)).toEqual({ a: 1 });
  expect(() => open(snapshot, 'ZScore', 2)).toThrow(
    'ZScore.from: needs a snapshot of ZScore version 2, received ZScore version 1',
  );
  expect(() => open(snapshot, 'Bands', 1)).toThrow(/received ZScore version 1/);
  expect(() => open({ ...snapshot, state: null } as never, 'ZScore', 1)).toThrow(/^ZScore.from: needs/);
  for (const wrong of [null, undefined, {}, 3])
    expect(() => open(wrong as never, 'Bands', 1)).toThrow(/^Bands.from: needs/);
});
