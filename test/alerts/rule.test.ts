import fc from 'fast-check';
import { formatRule, OptionError, parseRule, type Rule } from 'hedgerow';
import { describe, expect, it } from 'vitest';

describe('rules in words', () => {
  it.each([
    ['zscore > 2 for BTCUSDT-ETHUSDT', { metric: 'zscore', above: 2, key: 'BTCUSDT-ETHUSDT' }],
    ['zScore>=2.5', { metric: 'zScore', atLeast: 2.5 }],
    ['price < 1e-3 once', { metric: 'price', below: 0.001, once: true }],
    ['  adf.pValue <=  0.05  held 90 ', { metric: 'adf.pValue', atMost: 0.05, held: 90 }],
    [
      'spread > -1 cooldown 5m clear -2 as "the spread"',
      { metric: 'spread', above: -1, cooldown: '5m', clear: -2, name: 'the spread' },
    ],
    ['"for" > 1 for "a > b"', { metric: 'for', above: 1, key: 'a > b' }],
  ])('%s', (text, rule) => {
    expect(parseRule(text)).toEqual(rule);
    expect(parseRule(formatRule(parseRule(text)))).toEqual(rule);
  });

  it('come back from what they are printed as', () => {
    const word = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.constantFrom('zScore', 'BTC-ETH', 'for', 'once', '>=', '2', '"', '\\', 'Brent − WTI', 'constructor'),
    );
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x || 0);
    const time = fc.constantFrom('500ms' as const, '1s' as const, '4h' as const, 1500);
    const rule = fc
      .tuple(
        fc.constantFrom('above', 'below', 'atLeast', 'atMost'),
        number,
        fc.record(
          { metric: word, key: word, name: word, held: time, cooldown: time, once: fc.constant(true) },
          { requiredKeys: ['metric'] },
        ),
        fc.boolean(),
      )
      .map(([side, limit, rest, clears]) => ({ ...rest, [side]: limit, ...(clears && { clear: limit }) }));
    fc.assert(
      fc.property(rule, (given) => {
        expect(parseRule(formatRule(given as Rule))).toEqual(given);
      }),
    );
  });

  it.each([
    ['', "parseRule: '' must have a metric in place of its end"],
    ['zScore', 'must have one of > < >= <= in place of its end'],
    ['zScore = 2', "must have one of > < >= <= in place of '='"],
    ['zScore > two', "must have a number in place of 'two'"],
    [
      'zScore > 2 fro BTC',
      "must have for, clear, held, cooldown, once or as, each but once, in place of 'fro'",
    ],
    ['zScore > 2 once once', "in place of 'once'"],
    ['zScore > 2 for', 'must have a key in place of its end'],
    ['zScore > 2 for once', "must have a key in place of 'once'"],
    ['zScore > 2 as "wide', 'has quotes that do not close: "wide'],
    ['zScore > 2 held soon', 'parseRule: held must be a duration'],
    ['zScore > 2 clear 3', 'parseRule: clear must be at most the above of 2, received 3'],
    ['toString toString 2', "must have one of > < >= <= in place of 'toString'"],
  ])('refuses %j', (text, message) => {
    expect(() => parseRule(text)).toThrow(OptionError);
    expect(() => parseRule(text)).toThrow(message);
  });
});
