import fc from 'fast-check';
import { fromJsonLines, toJsonLines } from 'hedgerow';
import { expect, it } from 'vitest';

it('brings records back to the last bit, wherever the text is cut', async () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(NaN, -0, Infinity, -Infinity));
  const record = fc.record({
    time: number,
    text: fc.constantFrom('a\nb', '"', '\u2028', ''),
    legs: fc.array(number),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(record), fc.integer({ min: 1, max: 20 }), async (records, size) => {
      const text = [...toJsonLines(records)].join('');
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, k) =>
        text.slice(k * size, (k + 1) * size),
      );
      const read: unknown[] = [];
      for await (const value of fromJsonLines(pieces)) read.push(value);
      expect(read).toEqual(records);
    }),
  );
});

it('passes over a byte-order mark, and writes typed arrays as lists', async () => {
  const lines = [...toJsonLines([{ equity: Float64Array.of(1, NaN) }])].join('');
  expect(lines).toBe('{"equity":[1,"NaN"]}\n');
  expect((await fromJsonLines(`\u{feff}${lines}`).next()).value).toEqual({ equity: [1, NaN] });
});
