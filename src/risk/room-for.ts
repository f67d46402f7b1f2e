import { OptionError } from '../core/errors.js';

/** So many numbers, where there is room for them. */
export function roomFor(who: string, name: string, count: number): Float64Array {
  try {
    return new Float64Array(count);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new OptionError(`${who}: ${name} must fit into memory, received ${count}`);
  }
}
