import { quoted } from './quoted.js';

/**
 * Holds the ids of a tape against each other without remembering them all. Those that are whole numbers, of any length,
 * must run upwards; of others, such as hashes, only a repeat in the very next row is seen.
 */
export class TradeIds {
  private previous = '';
  private digits = '';

  /** What is wrong with the next id, if anything is. */
  fault(cell: string): string | undefined {
    const id = cell.trim();
    if (id === '') return 'has no trade id';
    if (id === this.previous) return `repeats trade id ${quoted(id)}`;
    const digits = /^0*(\d+)$/.exec(id)?.[1];
    if (digits !== undefined) {
      if (!isAbove(digits, this.digits)) {
        return `has trade id ${quoted(id)} after ${quoted(this.digits)}: repeated or out of order`;
      }
      this.digits = digits;
    }
    this.previous = id;
    return undefined;
  }
}

/** Compares whole numbers as text: a double cannot tell ids of 19 digits apart. */
function isAbove(digits: string, than: string): boolean {
  return digits.length === than.length ? digits > than : digits.length > than.length;
}
