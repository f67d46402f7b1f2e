import { checkInteger } from '../core/checks.js';
import { OptionError } from '../core/errors.js';

/** A list of at least two different whole numbers, each at least `least`. */
export function checkWholeNumbers(
  who: string,
  name: string,
  list: unknown,
  least: number,
): readonly number[] {
  if (!Array.isArray(list)) throw new OptionError(`${who}: ${name} must be an array of whole numbers`);
  const numbers = list.map((value, i) => checkInteger(who, `${name}[${i}]`, value, least));
  if (new Set(numbers).size > 1) return numbers;
  throw new OptionError(
    `${who}: ${name} must hold at least two different numbers, received ${new Set(numbers).size}`,
  );
}
