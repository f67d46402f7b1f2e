import { describe, expect, it } from 'vitest';
import {
  checkBetween,
  checkBoolean,
  checkChoice,
  checkFinite,
  checkFiniteSeries,
  checkInteger,
  checkOptions,
  checkPair,
  checkPositive,
  checkSameLength,
  checkSeries,
} from '../../src/core/checks.js';
import { DataError, OptionError } from '../../src/core/errors.js';

/** What a call throws, as its name and message. */
function thrown(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}

describe('an unknown option', () => {
  const names = ['window', 'minimum', 'maxLags'];

  it('is refused with the nearest right name', () => {
    expect(thrown(() => checkOptions('ZScore', { windw: 20 }, names))).toBe(
      'OptionError: ZScore: unknown option windw; did you mean window?',
    );
    expect(thrown(() => checkOptions('adf', { maxlag: 20 }, names))).toBe(
      'OptionError: adf: unknown option maxlag; did you mean maxLags?',
    );
  });

  it('is refused with the list where none is near', () => {
    expect(thrown(() => checkOptions('adf', { colour: 1 }, names))).toBe(
      'OptionError: adf: unknown option colour (options are window, minimum, maxLags)',
    );
    expect(thrown(() => checkOptions('adf', { colour: 1 }, []))).toBe(
      'OptionError: adf: unknown option colour (options are none)',
    );
  });

  it('is not null: that is a value gone missing, not one left out', () => {
    expect(thrown(() => checkOptions('ZScore', { window: null }, names))).toBe(
      'OptionError: ZScore: window must have a value or be left out, received null',
    );
    expect(() => checkOptions('ZScore', { window: undefined }, names)).not.toThrow();
  });

  it('does not hide in something that is no object', () => {
    expect(thrown(() => checkOptions('adf', 5 as never, names))).toContain(
      'options must be an object, received 5',
    );
    expect(thrown(() => checkOptions('adf', null as never, names))).toContain('received null');
  });
});

describe('a guard', () => {
  it('returns what it was given when that holds', () => {
    expect(checkInteger('f', 'n', 3)).toBe(3);
    expect(checkInteger('f', 'n', 0, 0)).toBe(0);
    expect(checkPositive('f', 'a', 0.5)).toBe(0.5);
    expect(checkFinite('f', 'a', -2)).toBe(-2);
    expect(checkBetween('f', 'p', 1, 0, 1)).toBe(1);
    expect(checkBoolean('f', 'b', false)).toBe(false);
    expect(checkChoice('f', 'c', 'exact', ['exact', 'linear'])).toBe('exact');
    expect(checkSeries('f', 's', new Float32Array(2))).toHaveLength(2);
  });

  it('says who, what must hold and what came', () => {
    expect(thrown(() => checkInteger('ZScore', 'window', 0))).toBe(
      'OptionError: ZScore: window must be a positive integer, received 0',
    );
    expect(thrown(() => checkInteger('f', 'n', 1.5, 0))).toContain(
      'must be a non-negative integer, received 1.5',
    );
    expect(thrown(() => checkInteger('f', 'n', '3', 2))).toContain(
      "must be an integer of at least 2, received '3'",
    );
    expect(thrown(() => checkPositive('f', 'a', Infinity))).toContain(
      'must be a positive number, received Infinity',
    );
    expect(thrown(() => checkPositive('f', 'a', undefined))).toContain('received undefined');
    expect(thrown(() => checkFinite('f', 'a', NaN))).toContain('must be a finite number, received NaN');
    expect(thrown(() => checkBetween('f', 'p', 1.1, 0, 1))).toContain('must be from 0 to 1, received 1.1');
    expect(thrown(() => checkBoolean('f', 'b', 1))).toContain('must be true or false, received 1');
    expect(thrown(() => checkChoice('adf', 'trend', 'constnat', ['none', 'constant']))).toBe(
      "OptionError: adf: trend must be one of 'none', 'constant', received 'constnat'; did you mean constant?",
    );
    expect(thrown(() => checkSeries('mean', 'series', 'abc'))).toBe(
      "DataError: mean: series must be an array of numbers, received 'abc'",
    );
  });

  it('names the index that is not finite', () => {
    expect(thrown(() => checkFiniteSeries('huber', 'y', [1, 2, NaN]))).toBe('DataError: huber: y[2] is NaN');
    expect(thrown(() => checkFiniteSeries('adf', 'series', [1, 2], 14))).toBe(
      'DataError: adf: needs at least 14 observations, received 2',
    );
    expect(thrown(() => checkPair('ols', { y: [1, 2], x: [1, -Infinity] }))).toBe(
      'DataError: ols: x[1] is -Infinity',
    );
  });

  it('names the lengths that differ', () => {
    expect(thrown(() => checkSameLength('ols', { y: [1, 2], x: [1] }))).toBe(
      'DataError: ols: columns must have one length, received y 2, x 1',
    );
    expect(thrown(() => checkPair('ols', null as never))).toContain('a pair must be { y, x }, received null');
    expect(thrown(() => checkPair('ols', { y: [1] } as never))).toContain('x must be an array of numbers');
  });
});

it('errors are known by name and by reason', () => {
  expect(new OptionError('x')).toMatchObject({ name: 'OptionError', message: 'x' });
  expect(new DataError('too-short', 'x')).toMatchObject({ name: 'DataError', reason: 'too-short' });
});
